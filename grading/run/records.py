"""What is recorded of a submission beside our own results, and marks.csv, the table for people."""

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
    """Return the record with what the gradebook knows: marks by hand, comments, what counts in the end."""
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
    """A question with what people and policies make of it; `counts` is there only if that is another mark."""
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
    """Return what is known of a submission, but for what the gradebook adds.

    against: what it was marked with, in a word.
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
    """Return the part of a record that says how it was handed in."""
    return {"remarks": [{"kind": str(each.kind), "says": each.says} for each in remarks]}


def waits(record: Record) -> bool:
    """Tell whether a submission has marks, but for answers that a person has yet to read."""
    return bool(waiting(record))


def write_marks(book: Gradebook, records: Mapping[Key, Record], course: Course, folder: Path) -> Path:
    """Write marks.csv: a row a submission, a column a graded cell. Marks come from the gradebook."""
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
    """What a record knows better: the points of an earlier form, and that a broken file has no answers."""
    status = SubmissionStatus.known(record.get("status"))
    most = {"max": f"{record['max']:g}"} if is_outdated(record) else {}
    return most if status is None or status.has_marks else most | {"unread": ""}


def _columns(rows: Iterable[Record], course: Course) -> list[str]:
    """Cells in the order of the notebooks that came in, then whatever else there are marks for."""
    came = {row["assignment"] for row in rows}
    cells = [cell for each in course.assignments() if each.name in came for cell in grade_ids(each.solution)]
    others = [cell for row in rows for cell in row if cell not in FIRST + LAST]
    return [*FIRST, *dict.fromkeys(cells + others), *LAST]


def _told(record: Record) -> Record:
    """What the table says of how a submission was marked. One without marks has a row too."""
    names = {name: str(record.get(name, "")) for name in FIRST}
    repaired = record.get("repaired", []) if is_ours(record) else []
    policies = "; ".join(each.words for each in effects_of(record.get("policies")))
    told = {"policies": policies, "repaired": "; ".join(repaired), "look_at": _look_at(record)}
    return {**names, **{name: as_text(text) for name, text in told.items()}}


def _look_at(record: Record) -> str:
    """Why a person should look, and what to do then; "" if nobody has to."""
    return " ".join(capitalised(str(each).replace("`", "")) for each in reasons(record))


def _row(submission: Any) -> Record:
    """The marks of a submission. Not graded is not 0, and neither is what nobody can read."""
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
    """The mark that counts; nothing where there is none yet, or where it counts for nobody."""
    return f"{grade.score:g}" if has_mark(grade) and (grade.score or grade.cell.max_score) else ""
