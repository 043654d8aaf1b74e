"""The limits of a submission: when one of them is exceeded, the submission is stopped."""

from __future__ import annotations

from dataclasses import dataclass

TOLD = ("cell_seconds", "call_seconds", "notebook_seconds", "memory_mb")


@dataclass(frozen=True)
class Limits:
    """The limits of one submission; nbgrader_config.py can set each limit.

    Time is the time that the submission had, without that of other programs: see grading/protocol/clock.py.
    cell_seconds: the time of one cell.
    call_seconds: the time of one call of a tested function.
    test_seconds: the time of all calls of one test cell.
    notebook_seconds: the time of all cells together, without tests.
    memory_mb, processes: the memory and the number of processes of the whole box.
    file_mb: the size of one file, and of all files in /tmp.
    notebook_kb: the size of a graded notebook; outputs beyond this size are left out.
    """

    cell_seconds: float = 60.0
    call_seconds: float = 20.0
    test_seconds: float = 60.0
    notebook_seconds: float = 600.0
    memory_mb: int = 4096
    processes: int = 64
    file_mb: int = 64
    notebook_kb: int = 950

    @property
    def told(self) -> dict[str, float]:
        """Return the limits that a student is told: those that code can hit."""
        return {name: getattr(self, name) for name in TOLD}
