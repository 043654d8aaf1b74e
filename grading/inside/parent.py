"""The warm parent: it has imported the packages of notebooks, and forks a box for every submission.

It reads no part of a submission, and nothing secret: every box can read everything in its memory. A box is
made of two processes. The first has its own namespaces, and only waits. Its child has no rights, and runs
the submission's session.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from grading.inside import probe, session
from grading.inside.spaces import (
    become,
    end_me_first,
    furnish,
    gain_nothing,
    hide_own_files,
    leave,
    move_in,
    show_own_files,
)
from grading.inside.syscalls import refuse_calls
from grading.inside.warm import link_fonts, reseed, warm_up
from grading.protocol.plain import pack, unpack
from grading.protocol.wire import ANSWER, Closed, Link, Message

MOST_WORDS = 200  # characters of a reason
PROGRAMS = {"session": session.main, "probe": probe.main}


def start() -> None:
    """Start the parent. The number of the socket's descriptor is the program's only argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the grader handles Ctrl + C at the terminal
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # so nobody needs to wait for children that end
    link = Link(socket.socket(fileno=int(sys.argv[1])))
    first = link.receive()
    told = unpack(first.payload)
    if told["warm"]:
        warm_up(told["modules"], told["fonts"])
    gc.collect()
    gc.freeze()  # forks share what is loaded now, as long as no garbage collection touches it
    link.send(Message(ANSWER, first.nonce, pack({"ready": True})))
    serve(link)


def serve(link: Link) -> None:
    """Fork a box for every socket that the grader sends."""
    with contextlib.suppress(Closed):
        while True:
            message = link.receive()
            request = unpack(message.payload)
            end = link.sent_along()
            if os.fork() == 0:
                _leave_by(_begin, link, end, request)
            end.close()
            link.send(Message(ANSWER, message.nonce, pack({})))


def _begin(link: Link, end: socket.socket, request: dict[str, Any]) -> None:
    """Make the namespaces and the box's first process in them; send the grader a handle of this process."""
    link.close()
    with _telling(end):
        if request["walled"]:
            leave(own_user=os.getuid() != 0)
        first = os.fork()
        if first == 0:
            _leave_by(_way(request), end, request)
        socket.send_fds(end, [b"+"], [os.pidfd_open(first)])


def _way(request: dict[str, Any]) -> Callable[[socket.socket, dict[str, Any]], None]:
    """Return the function that the first process of a box runs."""
    if request["walled"]:
        return _first
    return _run if request["user"] is None else _as_user


def _as_user(end: socket.socket, request: dict[str, Any]) -> None:
    """Become another user, without namespaces, and run the program in the box."""
    with _telling(end):
        end_me_first()
        become(request["user"])
        gain_nothing()
        refuse_calls(network=False)
        move_in(request["home"])
    show_own_files()
    link_fonts(request["fonts"])
    _run(end, request)


def _first(end: socket.socket, request: dict[str, Any]) -> None:
    """Set up the box, start the program in it, and wait: when this process ends, the whole box ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with _telling(end):
        furnish(request["file_mb"], request["kept"])
        become(request["user"])
        refuse_calls()  # in this process too: a submission that reaches it gains no rights
        child = os.fork()
        if child == 0:
            show_own_files()
            link_fonts()
            _leave_by(_run, end, request)
        end.close()
        hide_own_files()
    while os.wait()[0] != child:  # the others are orphans
        pass


def _run(end: socket.socket, request: dict[str, Any]) -> None:
    """Run the program in the box. Of all descriptors only 0 to 2 and that of its socket stay open."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    descriptor = end.detach()
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, 65_536)
    reseed()
    os.write(descriptor, b".")
    PROGRAMS[request["program"]](descriptor)


@contextlib.contextmanager
def _telling(end: socket.socket) -> Iterator[None]:
    """Send the grader the reason if an error stops the box from being made."""
    try:
        yield
    except OSError as error:
        end.send(f"-{error}"[:MOST_WORDS].encode())
        raise


def _leave_by(task: Any, *args: Any) -> NoReturn:
    """Do the task and end this process: no code of the parent may run on in a fork."""
    code = 1
    try:
        task(*args)
        code = 0
    except BaseException:
        traceback.print_exc()  # for a person who wants to know why there is no box
        raise
    finally:
        os._exit(code)
