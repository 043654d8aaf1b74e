"""Read the answers of a class from the graded notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grading.files import is_broken, read_json
from grading.noted import given_besides
from grading.report.alike import AnswerText
from grading.report.results import Submission
from grading.status import Status

BROKEN = (
    "{} is broken, so it was not compared with the other submissions. Run `make grade`, which marks this "
    "submission again"
)


def answers_of(folder: Path, submission: Submission) -> list[AnswerText]:
    """Return a student's answers, without answers that were not attempted."""
    place = folder / "autograded" / submission.student / submission.assignment
    path = place / f"{submission.assignment}.ipynb"
    if "/" in submission.student or not path.is_file():
        return []
    answers = read_json(path, _all_answers, [])
    return [each for each in answers if not _untouched(each.exercise, submission)]


def broken_notebooks(folder: Path) -> list[str]:
    """Return a sentence for each graded notebook that cannot be read."""
    paths = sorted((folder / "autograded").glob("*/*/*.ipynb"))
    return [BROKEN.format(path.relative_to(folder)) for path in paths if is_broken(path, _all_answers)]


def _role(cell: dict[str, Any]) -> dict[str, Any]:
    return cell.get("metadata", {}).get("nbgrader", {})


def _all_answers(notebook: Any) -> list[AnswerText]:
    return [answer for cell in notebook["cells"] for answer in _answers(cell)]


def _answers(cell: dict[str, Any]) -> Iterator[AnswerText]:
    """Yield the answers in a cell: to its own question, and to other questions."""
    source, role = cell.get("source", ""), _role(cell)
    text = "".join(source) if isinstance(source, list) else source
    own = [str(role.get("grade_id", ""))] if role.get("solution") is True else []
    yield from (
        AnswerText(each, text, cell.get("cell_type") == "code") for each in [*own, *given_besides(cell)]
    )


def _untouched(exercise: str, submission: Submission) -> bool:
    told = submission.questions.get(f"test-{exercise}") or submission.questions.get(exercise)
    return told is not None and told.status is Status.NOT_ATTEMPTED
