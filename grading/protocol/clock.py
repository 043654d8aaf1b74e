"""Measure the time that processes had, independent of other work of the machine.

Their time does not pass while they could run and another program has the processor. So on a busy machine
they can do as much before a limit as on an idle one. Their time passes while they run, and while they wait
by their own choice: a sleep costs as much as on a wall clock. It never passes faster than a wall clock.

Another process reads this clock, from the kernel's books (its counters in /proc). The measured code can only
make the clock slower. Behind it there is a limit on the wall clock, too.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

STEP = 0.5  # seconds between two looks at the books; a shorter call costs no look
PATIENCE = 10  # on the wall clock, a limit may take so many times its seconds
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
# Fields of /proc/<n>/stat, after the name in brackets: the state, the parent, and four times.
STATE, PARENT, TIMES = 0, 1, slice(11, 15)


class Books(NamedTuple):
    """The values of the kernel's books for some processes at one moment.

    used: their seconds on a processor, with those of children that ended.
    waited: for each task (thread), the seconds in which it could run and did not.
    ready: whether one of the tasks runs now, or could run.
    """

    used: float = 0.0
    waited: dict[int, float] = {}
    ready: bool = False


def look(processes: Iterable[int]) -> Books:
    """Read the books of these processes. Processes that have ended are skipped."""
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
    """Return seconds of a clock that stops while this thread could run and another program runs.

    A process that waits for other processes uses this clock. So they do not pay for the time between their
    answer and the moment in which this process can read it.
    """
    return time.monotonic() - _waited("/proc/thread-self")


def had(seconds: float, before: Books, after: Books) -> float:
    """Return how much of these seconds the processes had, from one look at the books to the next.

    If one of them is ready to run at the end, they had the time that they used. That is correct also if the
    whole machine stood still. Otherwise they had all the time in which they did not wait for a processor.
    Many tasks also wait for each other, so the time that they used is the minimum.
    """
    used = max(0.0, after.used - before.used)
    if after.ready:
        return min(seconds, used)
    waited = sum(max(0.0, now - before.waited.get(task, 0.0)) for task, now in after.waited.items())
    return min(seconds, max(used, seconds - waited))


def family(root: int) -> set[int]:
    """Return the numbers of a process and of all its descendants."""
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
    """Return the fields of `stat` in a process's or thread's folder in /proc, after the name.

    Raises OSError.
    """
    with open(f"{folder}/stat", encoding="utf-8", errors="replace") as file:
        return file.read().rpartition(")")[2].split()


def _waited(folder: str) -> float:
    """Return the seconds that a task waited for a processor; 0 if the kernel does not count them."""
    try:
        with open(f"{folder}/schedstat", "rb", buffering=0) as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


class Stopwatch:
    """A stopwatch for the time that some processes had. members: a function that returns their numbers."""

    def __init__(self, members: Callable[[], Iterable[int]]):
        self.members, self.seconds, self.passed = members, 0.0, 0.0
        self.seen = look(members())

    def had(self, seconds: float) -> float:
        """Return how much the processes had of so many seconds since the beginning."""
        now = look(self.members())
        self.passed += had(seconds - self.seconds, self.seen, now)
        self.seconds, self.seen = seconds, now
        return self.passed


class Deadline:
    """A time on the wall clock."""

    def __init__(self, seconds: float):
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left; 0 or less when the time is over."""
        return self.end - time.monotonic()


class Allowance:
    """A time that some processes may have. A process that waits for them checks it from time to time.

    then: what to do when the time is over, such as interrupt them. They then have `grace` seconds to stop.
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
        self.watch: Stopwatch | None = None  # most calls end before a stopwatch is needed
        self.first = 0.0  # seconds before the stopwatch was made
        self.looked = self.known = 0.0  # the time of the last look, and how much the processes had had then

    def passed(self) -> float:
        """Return the seconds that the processes had."""
        waited = own_time() - self.begin
        if self.watch is None and waited < min(STEP, self.seconds):
            return waited
        if self.watch is None:
            self.first, self.watch = waited, Stopwatch(self.members)
        self.looked, self.known = waited, self.first + self.watch.had(waited - self.first)
        return self.known

    def left(self) -> float:
        """Return the seconds to wait until the next look; 0 or less when the time and `grace` are over."""
        left = self._left()
        if left <= 0 and self.then:
            then, self.then = self.then, None
            then()
            self.seconds += self.grace
            left = self._left()
        return min(left, STEP)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Let no time pass in this block, in which another process works for the measured processes."""
        own, wall = own_time(), time.monotonic()
        try:
            yield
        finally:
            self.begin += own_time() - own
            self.began += time.monotonic() - wall

    def _left(self) -> float:
        """Return the seconds that are left. Look at the books only if needed.

        Many messages may come between two looks, and a look costs more than a message.
        """
        wall, waited = time.monotonic() - self.began, own_time() - self.begin
        at_most = self.known + waited - self.looked
        if at_most >= min(self.seconds, self.known + STEP):
            at_most = self.passed()
        return min(self.seconds - at_most, self.seconds * PATIENCE - wall)
