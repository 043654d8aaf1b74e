"""One submission ends nobody's run: what goes wrong with it is its own status, and the others are marked.

Some faults concern everybody, and must end the run with their one sentence: no box starts, the gradebook is
broken, the disk is full. They are told apart by their types and numbers. `otherwise` writes to
files that all share, such as results.jsonl. If that fails too, the error is raised, and the run ends.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from grading.box.process import BoxError
from grading.files import PART
from grading.run.pool import Gone
from grading.run.sound import GradebookError
from grading.submitted.names import shown

T = TypeVar("T")
OF_THE_MACHINE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ESTALE}
    | {errno.EAGAIN, errno.ENOMEM}  # no more processes, no more memory
)
MOST_SAID = 200  # characters of an error's own message


def contained(student: str, step: Callable[[], T], otherwise: Callable[[str], T]) -> T:
    """Return what comes of a step for one student; if it fails, what `otherwise` makes of the reason.

    Raises what concerns everybody.
    """
    try:
        return step()
    except Exception as error:
        if concerns_everybody(error):
            raise
        return otherwise(reason(student, error))


def concerns_everybody(error: Exception) -> bool:
    """Whether no other submission would fare better."""
    if isinstance(error, OSError):
        return error.errno in OF_THE_MACHINE
    return isinstance(error, BoxError | Gone | GradebookError)


def reason(student: str, error: Exception) -> str:
    """Say in a sentence what went wrong with a student's files, without its full stop."""
    if isinstance(error, OSError) and isinstance(error.filename, str):
        file = f"'{_named(Path(error.filename), student)}', a file of '{student}',"
        return f"{file} cannot be read or written ({error.strerror or type(error).__name__})"
    said = shown(" ".join(str(error).split()))[:MOST_SAID]
    what = ": ".join(filter(None, [type(error).__name__, said]))
    return f"the grader failed at what '{student}' handed in ({what})"


def _named(path: Path, student: str) -> str:
    """The path from the folder around the student's own."""
    parts = path.with_name(path.name.removesuffix(PART)).parts
    own = parts.index(student) - 1 if student in parts else -2
    return shown("/".join(parts[max(own, -len(parts)) :]))
