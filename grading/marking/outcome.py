"""The result of a cell that was stopped or did not run, with the reason in words."""

from __future__ import annotations

from checks.texts import later, say
from grading.box.limits import Limits
from grading.marking.job import CellResult
from grading.protocol.fit import Unfit
from grading.protocol.limits import BUSY
from grading.status import Status

WHY = {
    Status.TIME_LIMIT: later(
        "the code ran for over {seconds:g} seconds and could not be interrupted ({busy})"
    ),
    Status.MEMORY_LIMIT: later(
        "the code asked for more than {memory_mb:,} MB of memory, the most that the marking computer allows"
    ),
    Status.PROCESS_LIMIT: later(
        "the code started more than {processes} processes, the most that the marking computer allows"
    ),
    Status.FILE_LIMIT: later(
        "the code wrote a file of more than {file_mb} MB, the most that the marking computer allows"
    ),
    Status.CRASHED: later("the code ended Python itself, as `os._exit()` does, or a crash in a package"),
}
# Why a cell is left out although it ran to its end.
WHY_UNFIT = {
    Unfit.FILES: later(
        "after this cell, Python cannot open one more file: close files when you have read them"
    ),
    Unfit.PROCESSES: later(
        "after this cell, Python cannot start another process in time, and each test needs one"
    ),
}
LEFT_OUT = later(
    "this cell was not run: the cells before it ran for more than {seconds:g} seconds together ({busy})"
)
SPARED = later("this cell was not run: something in this notebook ended Python, and no test needs this cell")
NOT_RUN = later("this cell was not run, because too many cells before it ended Python itself")


def why_stopped(limit: Status, limits: Limits, seconds: float) -> str:
    """Return in words what a cell did to hit this limit. seconds: how long it was allowed to run."""
    return say(WHY.get(limit, WHY[Status.CRASHED]), **vars(limits), seconds=seconds, busy=say(BUSY))


def left_out(limits: Limits) -> CellResult:
    """Return the result of a cell that only shows something and is left out: the notebook's time is used."""
    return CellResult(
        status=Status.TIME_LIMIT, why=say(LEFT_OUT, seconds=limits.notebook_seconds, busy=say(BUSY))
    )


def spared() -> CellResult:
    """Return the result of a cell that only shows something: it is left out, because something ended Python.

    That happened after the cell had run, and the cell may be the cause.
    """
    return CellResult(status=Status.CRASHED, why=say(SPARED))


def not_run(is_test: bool) -> CellResult:
    """Return the result of a cell that is not run, because too many cells before it ended their box."""
    return CellResult(status=Status.CRASHED, mark=no_mark(is_test), why=say(NOT_RUN))


def no_mark(is_test: bool) -> float | None:
    return 0.0 if is_test else None
