"""Runs in the box in place of a submission, and tries what a submission must not be able to do.

It sends what it could do over the socket, a sentence for each.
"""

from __future__ import annotations

import glob
import os
import socket
import sys
from collections.abc import Callable, Iterator

MEGABYTE = 2**20


def start() -> None:
    """Begin: the descriptor of the socket is the only argument."""
    from guest.limits import set_limits  # names that these modules have in the box
    from guest.plain import pack, unpack
    from guest.wire import ANSWER, Frame, Link

    link = Link(socket.socket(fileno=int(sys.argv[1])))
    frame = link.receive()
    asked = unpack(frame.payload)
    set_limits(asked["memory_mb"], asked["file_mb"], asked["processes"])
    link.send(Frame(ANSWER, frame.nonce, pack(list(breaches(asked)))))


def breaches(asked: dict) -> Iterator[str]:
    """Yield a sentence for everything that was possible."""
    for path in asked["secrets"]:
        if can(lambda path=path: os.listdir(path) if os.path.isdir(path) else open(path).close()):
            yield f"it can read {path}"
    for port in asked["ports"]:
        if can(lambda port=port: socket.create_connection(("127.0.0.1", port), 1).close()):
            yield "it can reach the network of this machine"
    if os.path.isdir("/sys/class/net") and set(os.listdir("/sys/class/net")) - {"lo"}:
        yield "it can see this machine's network"
    yield from _rights(asked)
    for folder in ("/", "/usr", "/course/helpers", "/course/data", "/dev", os.path.dirname(sys.executable)):
        if can(lambda folder=folder: open(os.path.join(folder, "probe"), "w").close()):
            yield f"it can write into {folder}"
    if any(name in os.environ for name in asked["variables"]):
        yield "it can read the environment of the grader"
    yield from _limits(asked)


def _rights(asked: dict) -> Iterator[str]:
    if os.getuid() == 0:
        yield "it has the rights of root"
    with open("/proc/self/status") as file:
        status = dict(line.split(":", 1) for line in file)
    if int(status["CapEff"], 16) or int(status["CapBnd"], 16):
        yield "it has rights that a submission does not need"
    if int(status["NoNewPrivs"]) != 1:
        yield "it can gain rights from programs"
    seen = [int(os.path.basename(path)) for path in glob.glob("/proc/[0-9]*")]
    if len(seen) > 10 or asked["grader"] in seen and _is_grader(asked["grader"]):
        yield "it can see processes outside"


def _is_grader(number: int) -> bool:
    try:
        with open(f"/proc/{number}/cmdline", "rb") as file:
            return b"probe" not in file.read()
    except OSError:
        return False


def _limits(asked: dict) -> Iterator[str]:
    for folder in ("/tmp", "/dev/shm", "/student"):
        if can(lambda folder=folder: _fill(folder, asked["file_mb"])):
            yield f"it can write more than {asked['file_mb']} MB into {folder}"
    if can(lambda: bytearray((asked["memory_mb"] + 100) * MEGABYTE)):
        yield f"it can take more than {asked['memory_mb']} MB of memory"


def _fill(folder: str, most: int) -> None:
    paths = [os.path.join(folder, f"probe{n}") for n in range(3)]
    try:
        for path in paths:
            with open(path, "wb") as file:
                for _ in range(most // 2):
                    file.write(b"\1" * MEGABYTE)
    finally:
        for path in paths:
            if os.path.exists(path):
                os.remove(path)


def can(attempt: Callable[[], object]) -> bool:
    """Tell whether this is possible."""
    try:
        attempt()
    except (OSError, MemoryError, ValueError):
        return False
    return True
