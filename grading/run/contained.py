"""Contain what goes wrong with one submission: it gets a status, and the other submissions are marked.

Some faults concern everybody, and must end the run with one sentence: no box starts, the gradebook is broken,
the disk is full. They are recognised by their types and numbers. `otherwise` writes to files that all
submissions share, such as results.jsonl. If that fails too, the error is raised, and the run ends.
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
    | {errno.EAGAIN, errno.ENOMEM}  # the machine has no more processes, or no more memory
)
MOST_SAID = 200  # characters of an error's message


def contained(student: str, step: Callable[[], T], otherwise: Callable[[str], T]) -> T:
    """Return the result of a step for one student. If the step fails, return `otherwise` of the reason.

    An error that concerns everybody is raised.
    """
    try:
        return step()
    except Exception as error:
        if concerns_everybody(error):
            raise
        return otherwise(reason(student, error))


def concerns_everybody(error: Exception) -> bool:
    """Tell whether every other submission would fail in the same way."""
    if isinstance(error, OSError):
        return error.errno in OF_THE_MACHINE
    return isinstance(error, BoxError | Gone | GradebookError)


def reason(student: str, error: Exception) -> str:
    """Say in a sentence, without its full stop, what went wrong with a student's files."""
    if isinstance(error, OSError) and isinstance(error.filename, str):
        file = f"'{_named(Path(error.filename), student)}', a file of '{student}',"
        return f"{file} cannot be read or written ({error.strerror or type(error).__name__})"
    said = shown(" ".join(str(error).split()))[:MOST_SAID]
    what = ": ".join(filter(None, [type(error).__name__, said]))
    return f"the grader failed at what '{student}' handed in ({what})"


def _named(path: Path, student: str) -> str:
    """Return the path from the folder that contains the student's folder."""
    parts = path.with_name(path.name.removesuffix(PART)).parts
    own = parts.index(student) - 1 if student in parts else -2
    return shown("/".join(parts[max(own, -len(parts)) :]))
