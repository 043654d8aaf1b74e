"""Run in the box instead of a submission, and try everything that a submission must not be able to do.

The probe sends a sentence over the socket for each attempt that succeeded.
"""

from __future__ import annotations

import ctypes
import fcntl
import glob
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from grading.inside.spaces import CLONE_NEWUSER, libc
from grading.protocol.limits import MEGABYTE, set_limits
from grading.protocol.plain import pack, unpack
from grading.protocol.wire import ANSWER, Link, Message

PTRACE_SEIZE = 0x4206
# The sets of rights that must be empty, with namespaces (True) and without. Without namespaces no right can
# be gained, whatever the bounding set contains.
RIGHTS = {True: ("CapEff", "CapBnd"), False: ("CapEff", "CapPrm", "CapInh", "CapAmb")}


def main(descriptor: int) -> None:
    """Run the probe. descriptor: the number of the socket."""
    link = Link(socket.socket(fileno=descriptor))
    message = link.receive()
    asked = {**unpack(message.payload), "socket": descriptor}
    set_limits(asked["memory_mb"], asked["file_mb"], asked["processes"])
    link.send(Message(ANSWER, message.nonce, pack(list(breaches(asked)))))


def breaches(asked: dict) -> Iterator[str]:
    """Yield a sentence for everything that was possible."""
    for path in asked["secrets"]:
        if can(lambda path=path: os.listdir(path) if os.path.isdir(path) else open(path).close()):
            yield f"it can read {path}"
    for port in asked["ports"]:
        if can(lambda port=port: socket.create_connection(("127.0.0.1", port), 1).close()):
            yield "it can reach the network of this machine"
    if asked["spaces"] and os.path.isdir("/sys/class/net") and set(os.listdir("/sys/class/net")) - {"lo"}:
        yield "it can see this machine's network"
    yield from _rights(asked)
    for folder in ("/", "/usr", *asked["folders"], "/dev", os.path.dirname(sys.executable)):
        if can(lambda folder=folder: open(os.path.join(folder, "probe"), "w").close()):
            yield f"it can write into {folder}"
    with open("/proc/self/environ") as file:  # its first environment: libraries add variables later
        begun = {setting.partition("=")[0] for setting in file.read().split("\0")}
    if begun & set(asked["variables"]):
        yield "it can read the environment of the grader"
    most = len([0, 1, 2, asked["socket"], "the folder that is listed"])
    if len(os.listdir("/proc/self/fd")) > most:
        yield "it holds something open that is the grader's"
    yield from _limits(asked)


def _rights(asked: dict) -> Iterator[str]:
    if os.getuid() == 0:
        yield "it has the rights of root"
    with open("/proc/self/status") as file:
        status = dict(line.split(":", 1) for line in file)
    if any(int(status[name], 16) for name in RIGHTS[asked["spaces"]]):
        yield "it has rights that a submission does not need"
    if int(status["NoNewPrivs"]) != 1:
        yield "it can gain rights from programs"
    seen = [int(os.path.basename(path)) for path in glob.glob("/proc/[0-9]*")]
    if can(_make_namespaces):
        yield "it can make new namespaces"
    yield from _neighbours(seen if asked["spaces"] else [os.getpid()])
    if not asked["spaces"]:
        yield from _other_users(asked["grader"])
        return
    own = os.readlink("/proc/self") == str(os.getpid())
    if not own or len(seen) > 10 or asked["grader"] in seen and _is_grader(asked):
        yield "it can see processes outside"


def _other_users(grader: int) -> Iterator[str]:
    """Yield what the probe can do to the grader's processes, which it sees where there are no namespaces."""
    for number in (grader, os.getppid()):
        if can(lambda number=number: os.kill(number, 0)):
            yield "it can end processes of the grader"
        for name in ("environ", "mem", "maps", "fd"):
            path = f"/proc/{number}/{name}"
            if can(lambda path=path: os.listdir(path) if path.endswith("fd") else Path(path).read_bytes()):
                yield f"it can read the {name} of a process of the grader"
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK):
        if can(lambda family=family: socket.socket(family, socket.SOCK_DGRAM).close()):
            yield "it can make sockets of a network"


def _make_namespaces() -> None:
    """Make a user namespace. It gives every right within it, and so access to more of the kernel."""
    if libc.unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")


def _neighbours(seen: list[int]) -> Iterator[str]:
    """Yield the ways in which two boxes could communicate.

    Yield also what the probe can do to the grader's processes in its box.
    """
    for number in seen:
        with open(f"/proc/{number}/status") as file:
            if not any(line.split() == ["Seccomp:", "2"] for line in file):
                yield "a process of the box may ask anything of the kernel"
    if libc.ptrace(PTRACE_SEIZE, 1, 0, 0) == 0:
        yield "it can trace the first process of the box"
    if libc.inotify_init1(0) >= 0:
        yield "it can watch files that others read"
    if can(_lock_twice):
        yield "it can lock files that others read"
    if can(lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)):
        yield "it can use sockets of this machine"


def _lock_twice() -> None:
    """Lock a file twice. Where the system keeps locks, the second attempt has to wait."""
    with open(os.__file__) as one, open(os.__file__) as two:
        fcntl.flock(one, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            fcntl.flock(two, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
    raise OSError("nobody sees a lock")


def _is_grader(asked: dict) -> bool:
    """Tell whether the process of the grader's number is the grader.

    In a container, a process in the box may have the same number.
    """
    try:
        with open(f"/proc/{asked['grader']}/cmdline", "rb") as file:
            return file.read() == asked["words"]
    except OSError:
        return False


def _limits(asked: dict) -> Iterator[str]:
    # Where nothing is mounted, one file has a limit of size; the grader adds up all files outside the box.
    sizes = (3, asked["file_mb"] // 2) if asked["spaces"] else (1, asked["file_mb"] + 1)
    for folder in ("/tmp", "/dev/shm", "/student") if asked["spaces"] else [os.environ["HOME"]]:
        if can(lambda folder=folder: _fill(folder, *sizes)):
            yield f"it can write more than {asked['file_mb']} MB into {folder}"
    if can(lambda: bytearray((asked["memory_mb"] + 100) * MEGABYTE)):
        yield f"it can take more than {asked['memory_mb']} MB of memory"


def _fill(folder: str, files: int, each: int) -> None:
    """Write this many files. each: the megabytes of one file."""
    paths = [os.path.join(folder, f"probe{n}") for n in range(files)]
    try:
        for path in paths:
            with open(path, "wb") as file:
                for _ in range(each):
                    file.write(b"\1" * MEGABYTE)
    finally:
        for path in paths:
            if os.path.exists(path):
                os.remove(path)


def can(attempt: Callable[[], object]) -> bool:
    """Tell whether an attempt succeeds."""
    try:
        attempt()
    except (OSError, MemoryError, ValueError):
        return False
    return True
