"""The warm parent: it has imported what notebooks import, and forks a box for every submission.

It reads nothing of a submission, and nothing secret: what it has in memory, every box can read.
A box is made of two processes: the first in its own namespaces, which only waits, and its child,
which has no rights and runs the submission's session.
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

MOST_WORDS = 200  # of a reason
PROGRAMS = {"session": session.main, "probe": probe.main}


def start() -> None:
    """Begin: the descriptor of the socket is the only argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl + C at the terminal is the host's to handle
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children that end need nobody to wait for them
    link = Link(socket.socket(fileno=int(sys.argv[1])))
    first = link.receive()
    told = unpack(first.payload)
    if told["warm"]:
        warm_up(told["modules"], told["fonts"])
    gc.collect()
    gc.freeze()  # forks share what is loaded by now, as long as nobody collects it
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
    """Make the namespaces, and in them the box's first process; tell the grader which it is."""
    link.close()
    with _telling(end):
        if request["walled"]:
            leave(own_user=os.getuid() != 0)
        first = os.fork()
        if first == 0:
            _leave_by(_way(request), end, request)
        socket.send_fds(end, [b"+"], [os.pidfd_open(first)])


def _way(request: dict[str, Any]) -> Callable[[socket.socket, dict[str, Any]], None]:
    """What the first process of a box does."""
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
    """Furnish the box, start what runs in it, and wait: when this process ends, all in here do."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with _telling(end):
        furnish(request["file_mb"], request["kept"])
        become(request["user"])
        refuse_calls()  # here already: what a submission can reach of this process has no more rights
        child = os.fork()
        if child == 0:
            show_own_files()
            link_fonts()
            _leave_by(_run, end, request)
        end.close()
        hide_own_files()
    while os.wait()[0] != child:  # others are orphans
        pass


def _run(end: socket.socket, request: dict[str, Any]) -> None:
    """Run the program in the box. Of what was open only its socket stays open."""
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
    """Tell the grader why there is no box."""
    try:
        yield
    except OSError as error:
        end.send(f"-{error}"[:MOST_WORDS].encode())
        raise


def _leave_by(task: Any, *args: Any) -> NoReturn:
    """Do the task and end this process: nothing of the parent's runs on in a fork."""
    code = 1
    try:
        task(*args)
        code = 0
    except BaseException:
        traceback.print_exc()  # for whoever looks why there is no box
        raise
    finally:
        os._exit(code)
