"""What comes of a cell that was stopped or did not run, in words."""

from __future__ import annotations

from grading.box.limits import Limits
from grading.marking.job import CellResult
from grading.protocol.fit import Unfit
from grading.protocol.limits import BUSY
from grading.status import Status

MOST = "the most that the marking computer allows"
WHY = {
    Status.TIME_LIMIT: f"the code ran for over {{seconds:g}} seconds and could not be interrupted ({BUSY})",
    Status.MEMORY_LIMIT: f"the code asked for more than {{memory_mb:,}} MB of memory, {MOST}",
    Status.PROCESS_LIMIT: f"the code started more than {{processes}} processes, {MOST}",
    Status.FILE_LIMIT: f"the code wrote a file of more than {{file_mb}} MB, {MOST}",
    Status.CRASHED: "the code ended Python itself, as `os._exit()` does, or a crash in a package",
}
# Why a cell is left out that ran to its end.
WHY_UNFIT = {
    Unfit.FILES: "after this cell, Python cannot open one more file: close files when you have read them",
    Unfit.PROCESSES: "after this cell, Python cannot start another process in time, and each test needs one",
}
LEFT_OUT = f"this cell was not run: the cells before it ran for more than {{:g}} seconds together ({BUSY})"


def why_stopped(limit: Status, limits: Limits, seconds: float) -> str:
    """Return in words what a cell did that hit this limit. seconds: that it was allowed."""
    return WHY.get(limit, WHY[Status.CRASHED]).format(**vars(limits), seconds=seconds)


def left_out(limits: Limits) -> CellResult:
    """What comes of a cell that only shows something, when the notebook's time is used."""
    return CellResult(status=Status.TIME_LIMIT, why=LEFT_OUT.format(limits.notebook_seconds))


def spared() -> CellResult:
    """What comes of a cell that only shows something, when something has ended Python later than it ran."""
    why = "this cell was not run: something in this notebook ended Python, and no test needs this cell"
    return CellResult(status=Status.CRASHED, why=why)


def not_run(is_test: bool) -> CellResult:
    """What comes of a cell after too many that ended their box."""
    why = "this cell was not run, because too many cells before it ended Python itself"
    return CellResult(status=Status.CRASHED, mark=no_mark(is_test), why=why)


def no_mark(is_test: bool) -> float | None:
    return 0.0 if is_test else None
