"""The time that processes had, whatever else the machine did meanwhile.

Their time stands still while they could run and something else has the processor. So on a busy machine a
limit is as far away as on a calm one. It passes while they run, and while they wait by their own choice: a
sleep costs what it costs on a clock on the wall. It never passes faster than that clock.

Somebody else reads this clock, from the kernel's books: the code that it is about can only make it slower,
and a clock on the wall is behind it.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

STEP = 0.5  # seconds between two looks; what takes less costs none
PATIENCE = 10  # so many times a limit may pass on the wall
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
# Where in /proc/<n>/stat, after the name in brackets: its state, its parent, and four times.
STATE, PARENT, TIMES = 0, 1, slice(11, 15)


class Books(NamedTuple):
    """What the kernel's books say of some processes at one moment.

    used: their seconds on a processor, with those of children that ended. waited: by task, the seconds in
    which it could run and did not. ready: whether one of them runs now, or could.
    """

    used: float = 0.0
    waited: dict[int, float] = {}
    ready: bool = False


def look(processes: Iterable[int]) -> Books:
    """Read the books of these processes; those that are gone say nothing."""
    used, waited, ready = 0.0, {}, False
    for number in processes:
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = stat_fields(f"/proc/{number}")
            used += sum(map(int, fields[TIMES])) / TICKS
            for task in map(int, os.listdir(f"/proc/{number}/task")):
                folder = f"/proc/{number}/task/{task}"
                waited[task] = _waited(folder)
                ready |= stat_fields(folder)[STATE] == "R"
    return Books(used, waited, ready)


def own_time() -> float:
    """Seconds on a clock that stands still while this thread could run and something else does.

    Who waits for others reads this one: they are not to pay for the time until it hears of their answer.
    """
    return time.monotonic() - _waited("/proc/thread-self")


def had(seconds: float, before: Books, after: Books) -> float:
    """Return how much of these seconds the processes had, from one look to the next.

    Where one is ready to run at the end, what they used is what they had: that is right also where the
    whole machine stood still. Else all is theirs that they did not wait for a processor. Many tasks wait
    for each other as well, so what they used is the least.
    """
    used = max(0.0, after.used - before.used)
    if after.ready:
        return min(seconds, used)
    waited = sum(max(0.0, now - before.waited.get(task, 0.0)) for task, now in after.waited.items())
    return min(seconds, max(used, seconds - waited))


def family(root: int) -> set[int]:
    """The numbers of a process and of all that descend from it."""
    children: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError, ValueError, IndexError):
            children.setdefault(int(stat_fields(f"/proc/{name}")[PARENT]), []).append(int(name))
    return set(_descent(root, children))


def _descent(root: int, children: dict[int, list[int]]) -> Iterator[int]:
    yield root
    for child in children.get(root, []):
        yield from _descent(child, children)


def stat_fields(folder: str) -> list[str]:
    """Return what a process's or a thread's folder in /proc says of it, after its name. Raises OSError."""
    with open(f"{folder}/stat", encoding="utf-8", errors="replace") as file:
        return file.read().rpartition(")")[2].split()


def _waited(folder: str) -> float:
    """The seconds that a task waited for a processor; 0 where the kernel does not count them."""
    try:
        with open(f"{folder}/schedstat", "rb", buffering=0) as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


class Stopwatch:
    """Says how much of a time some processes had. members: returns their numbers."""

    def __init__(self, members: Callable[[], Iterable[int]]):
        self.members, self.seconds, self.passed = members, 0.0, 0.0
        self.seen = look(members())

    def had(self, seconds: float) -> float:
        """Return what they had of so many seconds since the beginning; others do not count."""
        now = look(self.members())
        self.passed += had(seconds - self.seconds, self.seen, now)
        self.seconds, self.seen = seconds, now
        return self.passed


class Deadline:
    """A time on the clock on the wall."""

    def __init__(self, seconds: float):
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        """How long to wait now, at most; not above 0 when it is over."""
        return self.end - time.monotonic()


class Allowance:
    """A time that some processes may have. It is looked at now and then while somebody waits for them.

    then: what to do when it is over, such as to interrupt them; they have `grace` seconds to stop.
    """

    def __init__(
        self,
        seconds: float,
        members: Callable[[], Iterable[int]],
        then: Callable[[], object] | None = None,
        grace: float = 0.0,
    ):
        self.seconds, self.members, self.then, self.grace = seconds, members, then, grace
        self.begin, self.began = own_time(), time.monotonic()
        self.watch: Stopwatch | None = None  # most are done before there is need of one
        self.first = 0.0  # seconds before it was there
        self.looked = self.known = 0.0  # when somebody looked last, and what they had had by then

    def passed(self) -> float:
        """The seconds that they had."""
        waited = own_time() - self.begin
        if self.watch is None and waited < min(STEP, self.seconds):
            return waited
        if self.watch is None:
            self.first, self.watch = waited, Stopwatch(self.members)
        self.looked, self.known = waited, self.first + self.watch.had(waited - self.first)
        return self.known

    def left(self) -> float:
        """How long to wait now until the next look, at most; not above 0 when all is over."""
        left = self._left()
        if left <= 0 and self.then:
            then, self.then = self.then, None
            then()
            self.seconds += self.grace
            left = self._left()
        return min(left, STEP)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """While somebody else works for them, no time passes."""
        own, wall = own_time(), time.monotonic()
        try:
            yield
        finally:
            self.begin += own_time() - own
            self.began += time.monotonic() - wall

    def _left(self) -> float:
        """The same. Many messages come between two looks, and a look costs more than a message."""
        wall, waited = time.monotonic() - self.began, own_time() - self.begin
        at_most = self.known + waited - self.looked
        if at_most >= min(self.seconds, self.known + STEP):
            at_most = self.passed()
        return min(self.seconds - at_most, self.seconds * PATIENCE - wall)
