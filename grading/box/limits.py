"""How much a submission may use before it is stopped."""

from __future__ import annotations

from dataclasses import dataclass

TOLD = ("cell_seconds", "call_seconds", "notebook_seconds", "memory_mb")


@dataclass(frozen=True)
class Limits:
    """The limits of one submission; nbgrader_config.py can set each.

    cell_seconds: the time of one cell. call_seconds: of one call of a tested function.
    test_seconds: of all calls of one test cell. notebook_seconds: of all cells together, without tests.
    Time is what the submission had, not what other programs took: see grading/protocol/clock.py.
    memory_mb, processes: of the whole box. file_mb: of one file, and of all files in /tmp.
    notebook_kb: the size of a graded notebook; outputs beyond it are left out.
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
        """What a student is told of them: what code can hit."""
        return {name: getattr(self, name) for name in TOLD}
