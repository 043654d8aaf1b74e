"""Users without a name: a number that nobody else has, and the end of all that runs under it.

Where there are no namespaces, a user is what a submission's processes have in common, whatever they do:
those that leave their parent keep the user. So they are found, counted and ended by it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from grading.inside.spaces import libc

FIRST, LAST = 2**30, 2**31 - 2  # no system gives such numbers; of so many, no two boxes draw the same
FEW_FIRST, FEW_LAST = 20_000, 60_000  # where only few numbers can be had
RANGES = Path("/proc/self/uid_map")
PROCESSES = Path("/proc")
ROUNDS, PAUSE = 100, 0.02  # of killing, and seconds between two
NOBODYS = 65_534
_given: set[int] = set()  # the users that this process has made


def new_user() -> int:
    """Return a number that no other user has, here or in a container beside this one.

    The kernel counts a user's processes over all containers of a machine. With the same number, two
    submissions would share one limit.
    """
    many = _is_allowed(LAST)
    first, last = (FIRST, LAST) if many else (FEW_FIRST, FEW_LAST)
    user = first + secrets.randbelow(last - first)
    _given.add(user)
    return user


def _is_allowed(user: int) -> bool:
    """Whether a process here can be this user."""
    ranges = (map(int, line.split()) for line in RANGES.read_text(encoding="ascii").splitlines())
    return any(begin <= user < begin + count for begin, _, count in ranges)


def processes_of(user: int) -> set[int]:
    """Return the numbers of the processes of a user; not of those that have ended and wait to be reaped."""
    return {number for number in _numbers() if _runs_as(number, user)}


def _numbers() -> Iterator[int]:
    return (int(name) for name in os.listdir(PROCESSES) if name.isdigit())


def _runs_as(number: int, user: int) -> bool:
    """Whether a process is this user's and runs, be it in another thread than its first."""
    try:
        text = (PROCESSES / str(number) / "status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    told = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
    ended = told["State"][:1] in "ZX" and int(told.get("Threads", 1)) <= 1
    return int(told["Uid"].split()[0]) == user and not ended


def memory_of(number: int, user: int) -> int:
    """Return the bytes of a user's process: what several share is divided among them.

    In a container, root may not look into another user's process. So this thread looks as that user. What a
    process hides from its own user is counted whole, with all that it shares.
    """
    try:
        with _looking_as(user):
            return _kilobytes(PROCESSES / str(number) / "smaps_rollup", "Pss") * 1024
    except PermissionError:
        with contextlib.suppress(OSError):
            return _kilobytes(PROCESSES / str(number) / "status", "VmRSS") * 1024
    except OSError:
        pass  # it has ended
    return 0


@contextlib.contextmanager
def _looking_as(user: int) -> Iterator[None]:
    """Open files as another user meanwhile, in this thread alone."""
    libc.setfsgid(user)
    libc.setfsuid(user)
    try:
        yield
    finally:
        libc.setfsuid(os.geteuid())
        libc.setfsgid(os.getegid())


def _kilobytes(file: Path, name: str) -> int:
    """The number behind a name in a file of the kernel's; 0 if it is not there."""
    lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def end_all(user: int) -> bool:
    """Kill all processes of a user, also those that fork all the time; return whether they are gone.

    One call of the kernel kills them all: no fork can slip through between two of them.
    """
    for _ in range(ROUNDS):
        if not processes_of(user):
            return True
        _kill_at_once(user)
        time.sleep(PAUSE)
    return not processes_of(user)


def end_everybody() -> bool:
    """End all processes of all users that this process has made; return whether they are gone."""
    return all([end_all(user) for user in sorted(_given)])


def _kill_at_once(user: int) -> None:
    """Kill all that a process may kill which acts as this user, and which the user itself may not kill."""
    killer = os.fork()
    if killer == 0:
        with contextlib.suppress(OSError):
            other = user + 1 if user != FEW_LAST else NOBODYS
            os.setgroups([])
            os.setresuid(other, user, other)  # a process is killed by who has its real or its saved user
            os.kill(-1, signal.SIGKILL)
        os._exit(0)
    os.waitpid(killer, 0)
