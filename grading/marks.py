"""`make grade`: run nbgrader over what lies in submitted/, then write marks.csv."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from traitlets.config import Config

from grading.cases import build_hidden
from grading.course import ROOT, Assignment, assignments
from grading.intake import grade_ids, obstacle
from grading.nbgrader_api import finish, generate_assignment, load_config, open_api


@dataclass(frozen=True)
class Result:
    """How grading one submission went; trouble is "" if it has marks."""

    student: str
    assignment: str
    trouble: str = ""


def grade_course(names: list[str], root: Path = ROOT) -> Iterator[Result]:
    """Grade every submission of the assignments named (all, if none is), one by one.

    Hidden cases that are missing are built first. A submission that nbgrader cannot take
    is reported, and the next one is graded all the same. marks.csv is written at the end.
    """
    build_hidden()
    config = load_config(root)
    chosen = [each for each in assignments(root) if not names or each.name in names]
    for assignment in chosen:
        yield from _grade_assignment(assignment, config)
    if any(submitted_students(each) for each in chosen):
        write_marks(config, root)


def _grade_assignment(assignment: Assignment, config: Config) -> Iterator[Result]:
    students = submitted_students(assignment)
    if students:
        _register(assignment)
    for student in students:
        trouble = obstacle(assignment, student) or _grade_one(assignment.name, student, config)
        yield Result(student, assignment.name, trouble)


def submitted_students(assignment: Assignment) -> list[str]:
    """Return who has a folder submitted/<student>/<assignment>/, in order."""
    folders = (assignment.root / "submitted").glob(f"*/{assignment.name}")
    return sorted(folder.parent.name for folder in folders if folder.is_dir())


def _register(assignment: Assignment) -> None:
    """Put the assignment's cells and points into the gradebook; notebooks/ is not touched."""
    with tempfile.TemporaryDirectory() as folder:
        generate_assignment(assignment.name, assignment.root, folder, keep_cells=True)


def _grade_one(assignment: str, student: str, config: Config) -> str:
    """Grade one submission and write its feedback; return what went wrong, or ""."""
    api = open_api(config)
    try:
        finish(api.autograde(assignment, student), "nbgrader cannot grade this submission")
        finish(api.generate_feedback(assignment, student), "nbgrader cannot write the feedback")
    except RuntimeError as error:
        return str(error)
    return ""


def write_marks(config: Config, root: Path = ROOT) -> Path:
    """Write marks.csv from the gradebook: a row a submission, a column a graded cell."""
    path = root / "marks.csv"
    with Gradebook(open_api(config).coursedir.db_url, config.CourseDirectory.course_id) as gradebook:
        graded = [_row(submission) for each in gradebook.assignments for submission in each.submissions]
    # A submission that could not be graded has its row too, without marks.
    empty = [
        {"student": name, "assignment": each.name}
        for each in assignments(root)
        for name in submitted_students(each)
    ]
    rows = {(row["assignment"], row["student"]): row for row in empty + graded}
    in_order = [rows[key] for key in sorted(rows)]
    _write_whole(path, in_order, _columns(in_order, root))
    return path


def _columns(rows: list[dict[str, Any]], root: Path) -> list[str]:
    """Cells in the order of the notebooks that came in, then whatever else there are marks for."""
    first, last = ["student", "assignment"], ["total", "max"]
    came = {row["assignment"] for row in rows}
    chosen = [each for each in assignments(root) if each.name in came]
    cells = [cell for each in chosen for cell in grade_ids(each.solution, graded=True)]
    others = [cell for row in rows for cell in row if cell not in first + last]
    return [*first, *dict.fromkeys(cells + others), *last]


def _row(submission: Any) -> dict[str, Any]:
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    marks = {grade.name: "" if _unread(grade) else f"{grade.score:g}" for grade in grades}
    return {
        "student": submission.student.id,
        "assignment": submission.assignment.name,
        **marks,
        "total": f"{submission.score:g}" if grades else "",  # not graded is not 0
        "max": f"{submission.max_score:g}",
    }


def _unread(grade: Any) -> bool:
    """A cell that a person has yet to read has no mark, which is not the same as 0."""
    return grade.auto_score is None and grade.manual_score is None


def _write_whole(path: Path, rows: list[dict[str, Any]], columns: list[str]) -> None:
    """Write the file beside its place and move it there, so that it is never half written."""
    part = path.with_suffix(".csv.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(part, path)
