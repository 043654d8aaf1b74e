"""results.jsonl and marks.csv: what came of every submission, for programs and for people.

A line is added when all of a submission has been written. So it says where a run that was
interrupted goes on, and a run that ends puts the lines in order.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from grading.course import assignments
from grading.jobs import grade_ids
from grading.pages.feedback import Told
from grading.run.gradebook import has_mark

RESULTS, MARKS = "results.jsonl", "marks.csv"
FIRST, LAST = ["student", "assignment", "status"], ["total", "max", "late", "repaired"]
Record = dict[str, Any]
Key = tuple[str, str]  # assignment and student


def read_records(folder: Path) -> dict[Key, Record]:
    """Return the last line of each submission; a line that is cut off is none."""
    path = folder / RESULTS
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    records: dict[Key, Record] = {}
    for line in lines:
        try:
            record = json.loads(line)
            records[record["assignment"], record["student"]] = record
        except (ValueError, KeyError, TypeError):
            continue  # the run was ended while it wrote this
    return records


def add_record(folder: Path, record: Record) -> None:
    """Add a line, on the disk before this returns; after one that was cut off, on a line of its own."""
    with (folder / RESULTS).open("ab+") as file:
        file.seek(max(0, file.tell() - 1))
        cut_off = file.read(1) not in (b"", b"\n")
        file.write(b"\n" * cut_off + _line(record).encode())
        file.flush()
        os.fsync(file.fileno())


def with_told(record: Record, told: Told) -> Record:
    """Return the record with what the gradebook knows: marks by hand, comments, what counts in the end."""
    questions = {
        name: {**each, "by_hand": told.by_hand.get(name)} for name, each in record["questions"].items()
    }
    counts = {"total": told.total, "max": told.max, "penalty": told.penalty}
    late = {"late_hours": round(told.late_hours, 2)}
    return {**record, **counts, **late, "questions": questions, "comments": dict(told.comments)}


def write_records(folder: Path, records: Mapping[Key, Record]) -> None:
    """Write all lines anew, in order."""
    replace_file(folder / RESULTS, "".join(_line(records[key]) for key in sorted(records)))


def _line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def write_marks(book: Gradebook, records: Mapping[Key, Record], root: Path, folder: Path) -> Path:
    """Write marks.csv: a row a submission, a column a graded cell. Marks come from the gradebook."""
    rows = {key: _told(record) for key, record in records.items()}
    for submission in (each for known in book.assignments for each in known.submissions):
        key = (submission.assignment.name, submission.student.id)
        rows[key] = {**rows.get(key, {}), **_row(submission)}
    path, in_order = folder / MARKS, [rows[key] for key in sorted(rows)]
    with (part := path.with_suffix(".csv.part")).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _columns(in_order, root), restval="")
        writer.writeheader()
        writer.writerows(in_order)
    os.replace(part, path)
    return path


def _columns(rows: Iterable[Record], root: Path) -> list[str]:
    """Cells in the order of the notebooks that came in, then whatever else there are marks for."""
    came = {row["assignment"] for row in rows}
    cells = [cell for each in assignments(root) if each.name in came for cell in grade_ids(each.solution)]
    others = [cell for row in rows for cell in row if cell not in FIRST + LAST]
    return [*FIRST, *dict.fromkeys(cells + others), *LAST]


def _told(record: Record) -> Record:
    """What the table says of how a submission was marked. One without marks has a row too."""
    repaired = "; ".join(record.get("repaired", []))
    names = {name: record[name] for name in FIRST}
    return {**names, "repaired": repaired}


def _row(submission: Any) -> Record:
    """The marks of a submission. Not graded is not 0, and neither is what nobody can read."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    total = max(0.0, submission.score - float(submission.late_submission_penalty or 0))
    late = round(submission.total_seconds_late / 3600, 2)
    return {
        "student": submission.student.id,
        "assignment": submission.assignment.name,
        **{grade.name: f"{grade.score:g}" if has_mark(grade) else "" for grade in grades},
        "total": f"{total:g}" if any(map(has_mark, grades)) else "",
        "max": f"{submission.max_score:g}",
        "late": f"{late:g}" if late else "",
    }


def replace_file(path: Path, text: str) -> None:
    """Write a file beside its place and move it there, so that it is never half written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
