"""The totals in marks.csv and students.csv of a class, which can go to a learning platform.

An answer that nobody has read yet counts as 0 in a total, so this total is not final. `not_final` names the
students.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grading.choices import no_such
from grading.roster import (
    ROSTER,
    Row,
    listed,
    matched,
    of_text,
    read_roster,
    read_table,
    refuse_twice,
    same_text,
)

MARKS = "marks.csv"
NOT_FINAL, MOST_NAMED = "not final", 20
NEEDED = ("student", "assignment", "total", "max")
Key = tuple[str, str]  # the student and the assignment


@dataclass(frozen=True)
class ClassTotals:
    """The students of a class, the points of each assignment, and the totals; "" if there is no mark."""

    students: Sequence[Row]
    points: Mapping[str, str]
    totals: Mapping[Key, str]
    unread: Mapping[Key, int]  # the number of answers that nobody has read yet, where it is not 0
    without_mark: Mapping[Key, str]  # the status of a submission that has no mark, in a word

    def not_final(self, student: str) -> str:
        """Return a note with those totals of a student that are not final; "" if all are final."""
        told = self.unread_of(student)
        return f"{NOT_FINAL}: {told}" if told else ""

    def unread_of(self, student: str) -> str:
        """Return how many answers of a student are not read yet, by assignment; "" if all are read."""
        return "; ".join(f"{of}: {_answers(n)}" for (who, of), n in self.unread.items() if who == student)

    def of(self, assignments: Collection[str]) -> ClassTotals:
        """Return the same class with only these assignments."""
        points = {name: each for name, each in self.points.items() if name in assignments}
        kept = (
            {key: each for key, each in whole.items() if key[1] in assignments}
            for whole in (self.totals, self.unread, self.without_mark)
        )
        return ClassTotals(self.students, points, *kept)

    def without(self, keys: Collection[Key]) -> ClassTotals:
        """Return the same class without these totals."""
        kept = (
            {key: each for key, each in whole.items() if key not in keys}
            for whole in (self.totals, self.unread, self.without_mark)
        )
        return ClassTotals(self.students, self.points, *kept)


def not_final(course: ClassTotals) -> list[str]:
    """Return a sentence for each assignment with totals that count unread answers as 0."""
    return [_said(name, course.unread) for name in dict.fromkeys(of for _, of in course.unread)]


def without_mark(course: ClassTotals) -> list[str]:
    """Return a sentence for each assignment and reason, about students whose submission has no mark."""
    found = defaultdict[Key, list[str]](list)
    for (student, name), status in course.without_mark.items():
        found[name, status].append(student)
    return [f"{name}: {listed(who, MOST_NAMED)} ({status})." for (name, status), who in found.items()]


def _said(name: str, unread: Mapping[Key, int]) -> str:
    who = sorted(student for student, of in unread if of == name)
    count = sum(unread[student, name] for student in who)
    totals = "1 total is" if len(who) == 1 else f"{len(who)} totals are"
    unread_ones = "1 answer is not read yet and counts"
    if count != 1:
        unread_ones = f"{count} answers are not read yet and count"
    return f"{name}: {totals} not final ({listed(who, MOST_NAMED)}), because {unread_ones} as 0."


def _answers(count: int) -> str:
    return f"{count} {'answer' if count == 1 else 'answers'} not read yet"


def class_totals(folder: Path, leave_out: Collection[str] = ()) -> ClassTotals:
    """Return the content of marks.csv and students.csv, checked. Raises ValueError, which says what to do.

    leave_out: names in marks.csv that are not students.
    """
    folder, leave_out = Path(folder), set(map(same_text, leave_out))
    marks = _marks(folder / MARKS)
    there = {row["student"] for row in marks}
    roster = read_roster(folder / ROSTER) if (folder / ROSTER).exists() else None
    _require_known(leave_out, there | {row["student"] for row in roster or ()})
    came = dict.fromkeys(row["student"] for row in marks if row["student"] not in leave_out)
    if roster is not None:
        students = [row for row in roster if same_text(row["student"]) not in leave_out]
        lost = set(came) - {same_text(row["student"]) for row in students}
        if lost:
            what = f"{ROSTER} has no row for {listed(lost)}, but {MARKS} has one"
            leave_out_who = "For somebody who is not a student, use --leave-out STUDENT."
            raise ValueError(f"{what}. Add a row for each student to {ROSTER}. {leave_out_who}")
    else:
        students = [{"student": each, "login": _login(each)} for each in came]
    if not students:
        raise ValueError(f"there is no student in {MARKS}: run make grade first.")
    marks = [row for row in marks if row["student"] in came]
    totals = {(row["student"], row["assignment"]): row["total"] for row in marks}
    without = {
        (row["student"], row["assignment"]): row.get("status") or "no mark"
        for row in marks
        if not row["total"]
    }
    unread = {(row["student"], row["assignment"]): int(row.get("unread") or 0) for row in marks}
    waiting = {key: count for key, count in unread.items() if count}
    return ClassTotals(students, _points(marks), totals, waiting, without)


def _login(student: str) -> str:
    """Return the name by which a platform knows a student, if only the folder gives it. Raises ValueError."""
    try:
        return matched(student, "the student")
    except ValueError as error:
        leave = f"--leave-out={shlex.quote(student)}"
        raise ValueError(
            f"{error} Rename the folder in submitted/, or leave this student out: {leave}"
        ) from None


def _require_known(names: Collection[str], there: Collection[str]) -> None:
    known = set(map(same_text, there))
    unknown = sorted(each for each in names if each not in known)
    if unknown:
        raise ValueError(f"--leave-out: {no_such('student', unknown[0], there)}")


def _marks(path: Path) -> list[Row]:
    if not path.exists():
        raise ValueError(f"there is no {MARKS} in {path.parent.name or 'this folder'}: run make grade first.")
    rows, header = read_table(path)
    missing = [each for each in NEEDED if each not in header]
    if missing:
        raise ValueError(
            f"{MARKS} has no column {listed(missing)}: run make grade, which writes {MARKS} again."
        )
    refuse_twice([f"{row['student']}: {row['assignment']}" for row in rows], MARKS)
    for row in rows:
        row["student"] = same_text(of_text(row["student"]))
        row["total"], row["max"] = _number(row["total"]), _number(row["max"])
        row["unread"] = _number(row.get("unread", ""))
    return rows


def _number(text: str) -> str:
    """Return the number as the table will show it; an empty text stays empty."""
    try:
        return f"{float(text):g}" if text else ""
    except ValueError:
        raise ValueError(f"{MARKS} has {text!r} in the place of a number: run make grade again.") from None


def _points(marks: Sequence[Row]) -> dict[str, str]:
    """Return the points of each assignment. Rows of submissions that could not be graded have no points."""
    found: dict[str, str] = {}
    for row in marks:
        found[row["assignment"]] = max(
            found.get(row["assignment"], ""), row["max"], key=lambda n: float(n or -1)
        )
    return found
