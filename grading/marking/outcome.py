"""What comes of a cell that was stopped or did not run, in words."""

from __future__ import annotations

from grading.box.limits import Limits
from grading.marking.job import CellResult
from grading.protocol.limits import BUSY
from grading.status import Status

WHY = {
    Status.TIME_LIMIT: f"it ran for more than {{seconds:g}} seconds and could not be interrupted ({BUSY})",
    Status.MEMORY_LIMIT: "it used more than {memory_mb} MB of memory",
    Status.PROCESS_LIMIT: "it started more than {processes} processes",
    Status.CRASHED: "it ended the process that it ran in",
}
LEFT_OUT = f"it was left out: the cells before it ran for more than {{:g}} seconds together ({BUSY})"


def why_stopped(limit: Status, limits: Limits, seconds: float) -> str:
    """Return in words what a cell did that hit this limit. seconds: that it was allowed."""
    return WHY.get(limit, WHY[Status.CRASHED]).format(**vars(limits), seconds=seconds)


def left_out(limits: Limits) -> CellResult:
    """What comes of a cell that only shows something, when the notebook's time is used."""
    return CellResult(status=Status.TIME_LIMIT, why=LEFT_OUT.format(limits.notebook_seconds))


def not_run(is_test: bool) -> CellResult:
    """What comes of a cell after too many that ended their box."""
    why = "too many cells before it ended their box"
    return CellResult(status=Status.CRASHED, mark=no_mark(is_test), why=why)


def no_mark(is_test: bool) -> float | None:
    return 0.0 if is_test else None
