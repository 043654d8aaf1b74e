"""Stop a case that never ends, if `check` is called by hand; say in one sentence where an interrupt came.

A timer of the system sends a signal twice a second (SIGALRM, `signal.setitimer`). Its handler looks at how
long this thread has used a processor. So a busy computer costs nothing. There is no limit on platforms that
have no such timer (Windows), outside the main thread, or if other code uses the signal, as the grader does.
While a library computes in one long call, Python does not call the handler.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from checks.raised import own_place
from checks.texts import later, say

TICK = 0.5  # seconds between two looks at the time
SECONDS = 5.0  # on a processor, for each case; right answers in plain loops take less than one second
IDLE = 3  # times as many seconds are allowed on a clock: a function may sleep, or wait for the keyboard
AFTER = 1.0  # seconds for each further case, after one case was late
SWALLOWED = 4  # the fourth time `Stopped` is raised: the function has caught the error three times


INTERRUPTED = later(
    "You interrupted the check in {place}{at}. Nothing is lost: change the function, and "
    "run its cell and this one again."
)


class OutOfTime(TimeoutError):
    """The error that is raised in a function that runs too long."""


class Stopped(BaseException):
    """The exception that is raised in a function that catches `OutOfTime` and goes on."""


class Interrupted(KeyboardInterrupt):
    """An interrupt of the check. IPython shows its sentence and no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass
class CaseTime:
    """How long each case may take; less after one case was late."""

    seconds: float = SECONDS
    late: bool = field(default=False, init=False)

    @contextlib.contextmanager
    def limit(self) -> Iterator[None]:
        """Raise `OutOfTime` in the code inside the `with` block when its time is over."""
        if not _is_free():
            yield
            return
        most = min(self.seconds, AFTER) if self.late else self.seconds
        begin, clock, raised = time.thread_time(), time.monotonic(), 0

        def look(number: int, frame: FrameType | None) -> None:
            nonlocal raised
            if time.thread_time() - begin > most or time.monotonic() - clock > IDLE * most:
                self.late, raised = True, raised + 1
                raise (
                    OutOfTime(say("it ran for more than {seconds:g} seconds", seconds=most))
                    if raised < SWALLOWED
                    else Stopped
                )

        before = signal.signal(signal.SIGALRM, look)
        signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
        try:
            yield
        except Stopped:
            raise OutOfTime(say("it ran for more than {seconds:g} seconds", seconds=most)) from None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def _is_free() -> bool:
    """Tell whether there is such a timer, and no other code uses it."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return False
    return signal.getsignal(signal.SIGALRM) is signal.SIG_DFL and not signal.getitimer(signal.ITIMER_REAL)[0]


_TIME: ContextVar[CaseTime | None] = ContextVar("time", default=None)


@contextlib.contextmanager
def patient(case_time: CaseTime | None) -> Iterator[None]:
    """Set the time for cases that are tried inside the `with` block; None means no limit."""
    before = _TIME.set(case_time)
    try:
        yield
    finally:
        _TIME.reset(before)


def limited() -> contextlib.AbstractContextManager[None]:
    """Raise `OutOfTime` in the code inside the `with` block, if `patient` has set a time and it is over."""
    case_time = _TIME.get()
    return case_time.limit() if case_time else contextlib.nullcontext()


@contextlib.contextmanager
def telling(function: Callable[..., Any], place: str) -> Iterator[None]:
    """Let an interrupt say in one sentence where in the check it came. Its subclasses are not changed."""
    try:
        yield
    except KeyboardInterrupt as interrupt:
        if type(interrupt) is not KeyboardInterrupt:
            raise
        line = own_place(interrupt, function)
        at = say(", at {where}: `{line}`", where=line.where, line=line.line) if line.where else ""
        raise Interrupted(say(INTERRUPTED, place=place, at=at)) from None
