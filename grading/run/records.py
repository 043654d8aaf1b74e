"""The records of submissions, completed from the gradebook, and marks.csv, the table for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from grading.course import Course
from grading.files import replace_file
from grading.marking.jobs import grade_ids
from grading.pages.feedback import Told
from grading.pages.render import capitalised
from grading.policies.effects import effects_of
from grading.roster import as_text
from grading.run.journal import Key, Record
from grading.run.look import reasons, waiting
from grading.run.outdated import is_outdated
from grading.run.schema import is_ours
from grading.run.task import Graded
from grading.run.totals import has_mark, hours_late, total_of
from grading.status import SubmissionStatus
from grading.submitted.remarks import Remark

MARKS = "marks.csv"
FIRST = ["student", "assignment", "status"]
LAST = ["total", "max", "unread", "late_hours", "policies", "repaired", "look_at"]


def with_told(record: Record, told: Told) -> Record:
    """Return the record with data from the gradebook: marks by hand, comments, the marks that count."""
    questions = {name: _question(name, each, told) for name, each in record["questions"].items()}
    counts = {"total": told.total, "max": told.max, "penalty": told.penalty}
    late = {"late_hours": round(told.late_hours, 2)}
    policies = {"policies": [each.record for each in told.effects]} if told.effects else {}
    others = {name: each for name, each in record.items() if name != "policies"}
    return {
        **others,
        **counts,
        **late,
        "questions": questions,
        "comments": dict(told.comments),
        **policies,
    }


def _question(name: str, record: Record, told: Told) -> Record:
    """Return a question with data from people and policies. It has `counts` only if another mark counts."""
    found = {key: value for key, value in record.items() if key not in ("counts", "extra")}
    counts = dict(zip(("mark", "max"), told.counts[name])) if name in told.counts else None
    extra = told.extra.get(name)
    return {
        **found,
        "by_hand": told.by_hand.get(name),
        **({"counts": counts} if counts else {}),
        **({"extra": extra} if extra else {}),
    }


def record_of(
    student: str, assignment: str, graded: Graded, remarks: Sequence[Remark] = (), against: str = ""
) -> Record:
    """Return what is known about a submission, except for what the gradebook adds.

    against: a hash of what it was marked with.
    """
    return {
        "student": student,
        "assignment": assignment,
        "status": graded.status,
        "why": graded.why,
        "key": graded.key,
        "against": against,
        "seconds": graded.seconds,
        "box": graded.box,
        "repaired": list(graded.repaired),
        **remarks_of(remarks),
        "tries": graded.tries,
        "questions": {name: dict(each) for name, each in graded.questions.items()},
    }


def remarks_of(remarks: Sequence[Remark]) -> Record:
    """Return the part of a record that says how the submission was handed in."""
    return {"remarks": [{"kind": str(each.kind), "says": each.says} for each in remarks]}


def waits(record: Record) -> bool:
    """Tell whether a submission has marks, except for answers that a person must still read."""
    return bool(waiting(record))


def write_marks(book: Gradebook, records: Mapping[Key, Record], course: Course, folder: Path) -> Path:
    """Write marks.csv from the gradebook: one row for each submission, one column for each graded cell."""
    rows = {key: _told(record) for key, record in records.items()}
    for submission in (each for known in book.assignments for each in known.submissions):
        key = (submission.assignment.name, submission.student.id)
        rows[key] = {**rows.get(key, {}), **_row(submission), **_other_than_in_book(records.get(key, {}))}
    table = io.StringIO()
    in_order = [{**rows[key], "student": as_text(rows[key]["student"])} for key in sorted(rows)]
    writer = csv.DictWriter(table, _columns(in_order, course), restval="")
    writer.writeheader()
    writer.writerows(in_order)
    return replace_file(folder / MARKS, table.getvalue())


def _other_than_in_book(record: Record) -> Record:
    """Return what only records know: earlier points, if outdated, and that broken files have no answers."""
    status = SubmissionStatus.known(record.get("status"))
    most = {"max": f"{record['max']:g}"} if is_outdated(record) else {}
    return most if status is None or status.has_marks else most | {"unread": ""}


def _columns(rows: Iterable[Record], course: Course) -> list[str]:
    """Return the names of columns: cells in the order of the notebooks, then other cells that have marks."""
    came = {row["assignment"] for row in rows}
    cells = [cell for each in course.assignments() if each.name in came for cell in grade_ids(each.solution)]
    others = [cell for row in rows for cell in row if cell not in FIRST + LAST]
    return [*FIRST, *dict.fromkeys(cells + others), *LAST]


def _told(record: Record) -> Record:
    """Return how a submission was marked, for the table. A submission without marks has a row, too."""
    names = {name: str(record.get(name, "")) for name in FIRST}
    repaired = record.get("repaired", []) if is_ours(record) else []
    policies = "; ".join(each.words for each in effects_of(record.get("policies")))
    told = {"policies": policies, "repaired": "; ".join(repaired), "look_at": _look_at(record)}
    return {**names, **{name: as_text(text) for name, text in told.items()}}


def _look_at(record: Record) -> str:
    """Return why a person should look, and what to do; "" if nobody must look."""
    return " ".join(capitalised(str(each).replace("`", "")) for each in reasons(record))


def _row(submission: Any) -> Record:
    """Return the marks of a submission. Not graded is not 0, and a file that nobody can read is not 0."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    unread = sum(not has_mark(grade) for grade in grades)
    total, late = total_of(submission), round(hours_late(submission), 2)
    return {
        "student": submission.student.id,
        "assignment": submission.assignment.name,
        **{grade.name: _mark(grade) for grade in grades},
        "total": "" if total is None else f"{total:g}",
        "max": f"{submission.max_score:g}",
        "unread": "" if total is None else unread or "",
        "late_hours": f"{late:g}" if late else "",
    }


def _mark(grade: Any) -> str:
    """Return the mark that counts; "" if there is no mark yet, or if the question counts for nobody."""
    return f"{grade.score:g}" if has_mark(grade) and (grade.score or grade.cell.max_score) else ""
