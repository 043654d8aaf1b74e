"""Measure how much time the calls of one test have used. The grader keeps the clock: it sees the box."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

from grading.protocol.clock import PATIENCE, STEP, own_time


class TestTime:
    """The time of one test. It asks the grader only if its own numbers are not enough.

    grace: seconds after a call's limit in which the box ends the call itself.
    """

    __test__ = False  # pytest must not collect it as a test

    def __init__(self, call_seconds: float, test_seconds: float, grace: float):
        self.call_seconds, self.test_seconds, self.grace = call_seconds, test_seconds, grace
        self.before = 0.0  # seconds that calls had in the parts before this part
        self.waited = self.asked = self.known = 0.0

    def begin(self, ask: Callable[[float], float]) -> None:
        """Begin a part. ask: a function that returns how much time the box had in this part.

        Its argument is how many seconds this process has waited for the box.
        """
        self.ask, self.waited, self.asked, self.known = ask, 0.0, 0.0, 0.0

    def end(self) -> None:
        """End a part."""
        if self.waited - self.asked > STEP:
            self.had(self.waited)
        self.before += self.known + self.waited - self.asked
        self.waited = self.asked = self.known = 0.0

    def had(self, waited: float) -> float:
        """Return the seconds that calls had. waited: the seconds that this process waited in this part."""
        self.asked, self.known = waited, self.ask(waited)
        return self.before + self.known

    @property
    def is_over(self) -> bool:
        """Tell whether all calls together had more than a test may have; never before a wall clock does."""
        at_most = self.before + self.known + self.waited - self.asked
        return at_most >= self.test_seconds and self.had(self.waited) >= self.test_seconds


class CallTime:
    """The time of one call."""

    def __init__(self, test: TestTime):
        self.test, self.began, self.begin = test, time.monotonic(), own_time()
        self.first: tuple[float, float] | None = None  # at the first look: the time of this call, of the test
        self.looked = self.known = 0.0  # when the grader was asked last, and how much this call had had then
        self.ours = 0.0  # seconds on the wall clock in which this process worked for the call

    def left(self) -> float:
        """Return the seconds to wait until the next look; 0 or less when the time is over.

        A call may ask for many answers between two looks, and a look costs more than an answer.
        """
        waited, most = own_time() - self.begin, self.test.call_seconds + self.test.grace
        at_most = self.known + waited - self.looked
        if at_most >= min(most, self.known + STEP):
            at_most = self._look(waited)
        wall = time.monotonic() - self.began - self.ours
        return min(most - at_most, STEP, most * PATIENCE - max(wall, self.ours))

    def _look(self, waited: float) -> float:
        """Ask the grader how much time this call had. waited: the seconds of waiting for it."""
        with self.paused():
            had = self.test.had(self.test.waited + waited)
        self.first = self.first or (waited, had)
        self.looked, self.known = waited, self.first[0] + had - self.first[1]
        return self.known

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Let no time of the call pass in this block, in which this process works for the call."""
        own, wall = own_time(), time.monotonic()
        try:
            yield
        finally:
            self.begin += own_time() - own
            self.ours += time.monotonic() - wall

    def end(self) -> None:
        self.test.waited += own_time() - self.begin
