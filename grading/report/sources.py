"""The answers of a class as they stand in the graded notebooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from grading.report.alike import AnswerText
from grading.report.results import Submission
from grading.status import Status


def answers_of(folder: Path, submission: Submission) -> list[AnswerText]:
    """Return what a student wrote; nothing of an answer that was not attempted."""
    place = folder / "autograded" / submission.student / submission.assignment
    path = place / f"{submission.assignment}.ipynb"
    if "/" in submission.student or not path.is_file():
        return []
    cells = json.loads(path.read_text(encoding="utf-8")).get("cells", [])
    answers = [_answer(cell) for cell in cells if _role(cell).get("solution") is True]
    return [each for each in answers if not _untouched(each.exercise, submission)]


def _role(cell: dict[str, Any]) -> dict[str, Any]:
    return cell.get("metadata", {}).get("nbgrader", {})


def _answer(cell: dict[str, Any]) -> AnswerText:
    source = cell.get("source", "")
    text = "".join(source) if isinstance(source, list) else source
    return AnswerText(str(_role(cell).get("grade_id", "")), text, cell.get("cell_type") == "code")


def _untouched(exercise: str, submission: Submission) -> bool:
    told = submission.questions.get(f"test-{exercise}") or submission.questions.get(exercise)
    return told is not None and told.status is Status.NOT_ATTEMPTED
