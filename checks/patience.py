"""Stop a case that never ends, where `check` is called by hand; say in one sentence what an interrupt did.

How: a timer of the system sends a signal twice a second (SIGALRM, `signal.setitimer`), and its handler
looks at the time that this thread has had a processor. So a busy computer costs nothing. There is no
limit where the platform has no such timer (Windows), outside the main thread, or where somebody else uses
the signal, as the grader does. While a library computes in one long call, Python hands no signal over.
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

TICK = 0.5  # seconds between two looks
SECONDS = 5.0  # on a processor, for a case; right answers in plain loops take less than one
IDLE = 3  # times as many seconds may pass on a clock: for what sleeps, or waits for the keyboard
AFTER = 1.0  # seconds for each further case, when one was late already
SWALLOWED = 4  # times that the function may catch the error and go on


INTERRUPTED = later(
    "You interrupted the check in {place}{at}. Nothing is lost: change the function, and "
    "run its cell and this one again."
)


class OutOfTime(TimeoutError):
    """Raised in the function that runs too long."""


class Stopped(BaseException):
    """Raised in a function that catches `OutOfTime` and goes on."""


class Interrupted(KeyboardInterrupt):
    """What an interrupt becomes: IPython shows its sentence and no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass
class CaseTime:
    """How long a case may take; less once one was late."""

    seconds: float = SECONDS
    late: bool = field(default=False, init=False)

    @contextlib.contextmanager
    def limit(self) -> Iterator[None]:
        """Raise `OutOfTime` in what runs within, when its time is over."""
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
    """Whether there is such a timer, and nobody uses it."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return False
    return signal.getsignal(signal.SIGALRM) is signal.SIG_DFL and not signal.getitimer(signal.ITIMER_REAL)[0]


_TIME: ContextVar[CaseTime | None] = ContextVar("time", default=None)


@contextlib.contextmanager
def patient(case_time: CaseTime | None) -> Iterator[None]:
    """Let cases that are tried within have this case_time; None is without a limit."""
    before = _TIME.set(case_time)
    try:
        yield
    finally:
        _TIME.reset(before)


def limited() -> contextlib.AbstractContextManager[None]:
    """Raise `OutOfTime` in what runs within, as `patient` says."""
    case_time = _TIME.get()
    return case_time.limit() if case_time else contextlib.nullcontext()


@contextlib.contextmanager
def telling(function: Callable[..., Any], place: str) -> Iterator[None]:
    """Let an interrupt say in one sentence where in the check it came. What only derives from it goes by."""
    try:
        yield
    except KeyboardInterrupt as interrupt:
        if type(interrupt) is not KeyboardInterrupt:
            raise
        line = own_place(interrupt, function)
        at = say(", at {where}: `{line}`", where=line.where, line=line.line) if line.where else ""
        raise Interrupted(say(INTERRUPTED, place=place, at=at)) from None
