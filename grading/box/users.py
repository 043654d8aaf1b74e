"""Users without a name: numbers that nobody else has, and how to end all processes of such a user.

Where there are no namespaces, all processes of a submission have the same user, whatever they do. Processes
that leave their parent keep the user. So they are found, counted and ended by their user.
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

FIRST, LAST = 2**30, 2**31 - 2  # no system gives such numbers; so many that none is drawn twice
FEW_FIRST, FEW_LAST = 20_000, 60_000  # the range where only few numbers are allowed
RANGES = Path("/proc/self/uid_map")
PROCESSES = Path("/proc")
ROUNDS, PAUSE = 100, 0.02  # rounds of killing, and the seconds between two rounds
NOBODYS = 65_534
_given: set[int] = set()  # the users that this process has made


def new_user() -> int:
    """Return a number that no other user has, here or in another container of this machine.

    The kernel counts a user's processes over all containers of a machine. With the same number, two
    submissions would share one limit.
    """
    many = _is_allowed(LAST)
    first, last = (FIRST, LAST) if many else (FEW_FIRST, FEW_LAST)
    user = first + secrets.randbelow(last - first)
    _given.add(user)
    return user


def _is_allowed(user: int) -> bool:
    """Tell whether a process here can become this user."""
    ranges = (map(int, line.split()) for line in RANGES.read_text(encoding="ascii").splitlines())
    return any(begin <= user < begin + count for begin, _, count in ranges)


def processes_of(user: int) -> set[int]:
    """Return the numbers of the processes of a user, without ended ones that wait to be reaped."""
    return {number for number in _numbers() if _runs_as(number, user)}


def _numbers() -> Iterator[int]:
    return (int(name) for name in os.listdir(PROCESSES) if name.isdigit())


def _runs_as(number: int, user: int) -> bool:
    """Tell whether a process belongs to this user and runs, even if its first thread has ended."""
    try:
        text = (PROCESSES / str(number) / "status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    told = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
    ended = told["State"][:1] in "ZX" and int(told.get("Threads", 1)) <= 1
    return int(told["Uid"].split()[0]) == user and not ended


def memory_of(number: int, user: int) -> int:
    """Return the bytes of a user's process: shared memory is divided among its processes.

    In a container, root may not read the memory of another user's process. So this thread acts as that user
    for a moment. If a process hides its memory from its own user, the whole memory is counted, with
    everything that the process shares.
    """
    try:
        with _looking_as(user):
            return _kilobytes(PROCESSES / str(number) / "smaps_rollup", "Pss") * 1024
    except PermissionError:
        with contextlib.suppress(OSError):
            return _kilobytes(PROCESSES / str(number) / "status", "VmRSS") * 1024
    except OSError:
        pass  # the process has ended
    return 0


@contextlib.contextmanager
def _looking_as(user: int) -> Iterator[None]:
    """Open files as another user, in this thread alone, until the `with` block ends."""
    libc.setfsgid(user)
    libc.setfsuid(user)
    try:
        yield
    finally:
        libc.setfsuid(os.geteuid())
        libc.setfsgid(os.getegid())


def _kilobytes(file: Path, name: str) -> int:
    """Return the number behind a name in a file of the kernel; 0 if the name is not there."""
    lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def end_all(user: int) -> bool:
    """Kill all processes of a user, also those that fork all the time; return whether they are gone.

    One call of the kernel kills all of them, so no fork can escape between two calls.
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
    """Kill all processes of a user, from a process that acts as this user.

    The real and the saved user of the killer are another user. So the user's processes may not kill it.
    """
    killer = os.fork()
    if killer == 0:
        with contextlib.suppress(OSError):
            other = user + 1 if user != FEW_LAST else NOBODYS
            os.setgroups([])
            os.setresuid(other, user, other)  # processes with this real or saved user may kill it
            os.kill(-1, signal.SIGKILL)
        os._exit(0)
    os.waitpid(killer, 0)
