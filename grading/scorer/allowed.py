"""What the calls of one test have had of their time. The grader keeps the clock: it sees the box."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

from grading.protocol.clock import PATIENCE, STEP, own_time


class TestTime:
    """The time of one test. It asks the grader only where what it knows itself does not suffice.

    grace: seconds beyond a call's limit, in which the box ends the call itself.
    """

    __test__ = False  # no test of pytest's

    def __init__(self, call_seconds: float, test_seconds: float, grace: float):
        self.call_seconds, self.test_seconds, self.grace = call_seconds, test_seconds, grace
        self.before = 0.0  # seconds that calls had in parts before this one
        self.waited = self.asked = self.known = 0.0

    def begin(self, ask: Callable[[float], float]) -> None:
        """Begin a part. ask: what the box had in this part, of so many seconds of waiting for it."""
        self.ask, self.waited, self.asked, self.known = ask, 0.0, 0.0, 0.0

    def end(self) -> None:
        """End a part."""
        if self.waited - self.asked > STEP:
            self.had(self.waited)
        self.before += self.known + self.waited - self.asked
        self.waited = self.asked = self.known = 0.0

    def had(self, waited: float) -> float:
        """The seconds that calls had, of so many of waiting in this part."""
        self.asked, self.known = waited, self.ask(waited)
        return self.before + self.known

    @property
    def is_over(self) -> bool:
        """Whether all calls together had more than a test may have. It never is sooner than on the wall."""
        at_most = self.before + self.known + self.waited - self.asked
        return at_most >= self.test_seconds and self.had(self.waited) >= self.test_seconds


class CallTime:
    """The time of one call."""

    def __init__(self, test: TestTime):
        self.test, self.began, self.begin = test, time.monotonic(), own_time()
        self.first: tuple[float, float] | None = None  # at the first look: of this call, of the test
        self.looked = self.known = 0.0  # when the grader was asked last, and what this call had had by then
        self.ours = 0.0  # seconds on the wall in which this process worked for it

    def left(self) -> float:
        """How long to wait now until the next look; not above 0 when it is over.

        A call may ask for many answers between two looks, and a look costs more than an answer.
        """
        waited, most = own_time() - self.begin, self.test.call_seconds + self.test.grace
        at_most = self.known + waited - self.looked
        if at_most >= min(most, self.known + STEP):
            at_most = self._look(waited)
        wall = time.monotonic() - self.began - self.ours
        return min(most - at_most, STEP, most * PATIENCE - max(wall, self.ours))

    def _look(self, waited: float) -> float:
        """Ask what this call had, of so many seconds of waiting for it."""
        with self.paused():
            had = self.test.had(self.test.waited + waited)
        self.first = self.first or (waited, had)
        self.looked, self.known = waited, self.first[0] + had - self.first[1]
        return self.known

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """While this process works for the call, no time of the call passes."""
        own, wall = own_time(), time.monotonic()
        try:
            yield
        finally:
            self.begin += own_time() - own
            self.ours += time.monotonic() - wall

    def end(self) -> None:
        self.test.waited += own_time() - self.begin
