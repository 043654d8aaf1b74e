"""`make grade`: run nbgrader over what lies in submitted/, then write marks.csv."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from grading.course import ROOT, Assignment, assignments
from grading.jobs import grade_ids
from grading.nbgrader_api import finish, generate_assignment, load_config, open_api
from grading.plugin import BoxedExecute
from grading.repair import Unreadable, find_notebook
from grading.repair.rebuild import OURS

GRADED, REPAIRED, LIMIT, UNREADABLE = "graded", "repaired", "limit hit", "cannot be read"
OUR_FAULT = "fault of ours"


@dataclass(frozen=True)
class Result:
    """How marking one submission went, in a word and, if there is more to say, in a sentence."""

    student: str
    assignment: str
    status: str = GRADED
    why: str = ""

    @property
    def has_marks(self) -> bool:
        return self.status in (GRADED, REPAIRED, LIMIT)


def grade_course(names: list[str], root: Path = ROOT, box: bool = True) -> Iterator[Result]:
    """Grade every submission of the assignments named (all, if none is), one by one.

    First the box is tried: BoxError says what mends it. A submission that cannot be marked is
    reported, and the next one is marked all the same. marks.csv is written at the end.
    """
    config = load_config(root)
    if not box:
        config.BoxedExecute.box = False
    chosen = [each for each in assignments(root) if not names or each.name in names]
    if any(submitted_students(each) for each in chosen):
        BoxedExecute(config=config).ready(CourseDirectory(config=config))
        for assignment in chosen:
            yield from _grade_assignment(assignment, config)
        write_marks(config, root)


def _grade_assignment(assignment: Assignment, config: Config) -> Iterator[Result]:
    students = submitted_students(assignment)
    if students:
        _register(assignment)
    for student in students:
        yield _grade_one(assignment, student, config)


def submitted_students(assignment: Assignment) -> list[str]:
    """Return who has a folder submitted/<student>/<assignment>/, in order."""
    folders = (assignment.root / "submitted").glob(f"*/{assignment.name}")
    return sorted(folder.parent.name for folder in folders if folder.is_dir())


def _register(assignment: Assignment) -> None:
    """Put the assignment's cells and points into the gradebook; notebooks/ is not touched."""
    with tempfile.TemporaryDirectory() as folder:
        generate_assignment(assignment.name, assignment.root, folder, keep_cells=True)


def _grade_one(assignment: Assignment, student: str, config: Config) -> Result:
    """Grade one submission and write its feedback."""
    api, name = open_api(config), assignment.name
    try:
        _let_nbgrader_see(assignment, student)
        finish(api.autograde(name, student), "nbgrader cannot grade this submission")
        finish(api.generate_feedback(name, student), "nbgrader cannot write the feedback")
    except Unreadable as error:
        return Result(student, name, UNREADABLE, str(error))
    except RuntimeError as error:
        return Result(student, name, OUR_FAULT, str(error))
    return Result(student, name, *_status(how_marked(assignment, student)))


def _let_nbgrader_see(assignment: Assignment, student: str) -> None:
    """Give a notebook without the ending .ipynb a copy with it: nbgrader sees no others."""
    folder = assignment.root / "submitted" / student / assignment.name
    path, _ = find_notebook(folder, assignment.name)
    if path.suffix != ".ipynb":
        shutil.copy(path, path.with_name(f"{path.name}.ipynb"))


def how_marked(assignment: Assignment, student: str) -> dict[str, Any]:
    """Return what the graded notebook says of its marking; nothing, if there is none."""
    path = assignment.root / "autograded" / student / assignment.name / f"{assignment.name}.ipynb"
    if not path.exists():
        return {}
    return nbformat.read(path, as_version=4).metadata.get(OURS, {})


def _status(ours: dict[str, Any]) -> tuple[str, str]:
    stopped = (" limit", "crashed")
    limits = [
        f"{name}: {each['status']}"
        for name, each in ours["questions"].items()
        if each["status"].endswith(stopped)
    ]
    if ours["unreadable"]:
        return UNREADABLE, ours["unreadable"]
    if limits:
        return LIMIT, "; ".join(limits)
    return (REPAIRED, "; ".join(ours["repaired"])) if ours["repaired"] else (GRADED, "")


def write_marks(config: Config, root: Path = ROOT) -> Path:
    """Write marks.csv from the gradebook: a row a submission, a column a graded cell."""
    path = root / "marks.csv"
    with Gradebook(open_api(config).coursedir.db_url, config.CourseDirectory.course_id) as gradebook:
        graded = [_row(submission) for each in gradebook.assignments for submission in each.submissions]
    # A submission that could not be graded has its row too, without marks.
    empty = [
        {"student": name, "assignment": each.name, "status": UNREADABLE}
        for each in assignments(root)
        for name in submitted_students(each)
    ]
    known = {each.name: each for each in assignments(root)}
    for row in graded:
        ours = how_marked(known[row["assignment"]], row["student"]) if row["assignment"] in known else {}
        row.update(_told(ours))
    rows = {(row["assignment"], row["student"]): row for row in empty + graded}
    in_order = [rows[key] for key in sorted(rows)]
    _write_whole(path, in_order, _columns(in_order, root))
    return path


def _columns(rows: list[dict[str, Any]], root: Path) -> list[str]:
    """Cells in the order of the notebooks that came in, then whatever else there are marks for."""
    first, last = ["student", "assignment", "status"], ["total", "max", "repaired"]
    came = {row["assignment"] for row in rows}
    chosen = [each for each in assignments(root) if each.name in came]
    cells = [cell for each in chosen for cell in grade_ids(each.solution)]
    others = [cell for row in rows for cell in row if cell not in first + last]
    return [*first, *dict.fromkeys(cells + others), *last]


def _row(submission: Any) -> dict[str, Any]:
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    marks = {grade.name: f"{grade.score:g}" if _has_mark(grade) else "" for grade in grades}
    return {
        "student": submission.student.id,
        "assignment": submission.assignment.name,
        **marks,
        # Not graded is not 0, and neither is what nobody can read.
        "total": f"{submission.score:g}" if any(map(_has_mark, grades)) else "",
        "max": f"{submission.max_score:g}",
    }


def _has_mark(grade: Any) -> bool:
    """A cell that a person has yet to read has no mark, which is not the same as 0."""
    return grade.auto_score is not None or grade.manual_score is not None


def _told(ours: dict[str, Any]) -> dict[str, str]:
    """What the table says of how a submission was marked."""
    return {"status": _status(ours)[0], "repaired": "; ".join(ours["repaired"])} if ours else {}


def _write_whole(path: Path, rows: list[dict[str, Any]], columns: list[str]) -> None:
    """Write the file beside its place and move it there, so that it is never half written."""
    part = path.with_suffix(".csv.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(part, path)
