"""marks.csv as a file that a learning platform takes in: Canvas's gradebook or Moodle's.

Spreadsheets run a cell that begins with = + - or @, and these files are opened in them. A name that
begins so gets an apostrophe before it: nothing is matched by it. A login or a number must stay as
it is to be matched, so one that begins so is refused.

A student without a mark never gets a 0. For Canvas, a blank means no mark. For Moodle, a blank in a new
column means 0, so we write a dash, as Moodle's own exports do. Both imports delete a mark that the
platform already has.

A total counts an answer that nobody has read yet as 0, so it is not final. The files say whose that is:
Canvas's behind the name, Moodle's in a last column. Neither platform reads these.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grading.choices import no_such, there_are
from grading.files import replace_file
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
CANVAS = {"ID": "id", "SIS User ID": "sis_id", "SIS Login ID": "login", "Section": "section"}
MOODLE = {"idnumber": "idnumber", "email": "email", "username": "login"}
Key = tuple[str, str]  # the student and the assignment


@dataclass(frozen=True)
class ClassTotals:
    """Who is in it, the points of each assignment, and the totals; without a mark, a total is ""."""

    students: Sequence[Row]
    points: Mapping[str, str]
    totals: Mapping[Key, str]
    unread: Mapping[Key, int]  # answers that nobody has read yet, where there are some
    without_mark: Mapping[Key, str]  # what came of the others that were handed in, in a word

    def not_final(self, student: str) -> str:
        """Say that totals of a student are not final, and which; "" if all are."""
        told = self.unread_of(student)
        return f"{NOT_FINAL}: {told}" if told else ""

    def unread_of(self, student: str) -> str:
        """Say how many answers of a student are not read yet, by assignment; "" if all are."""
        return "; ".join(f"{of}: {_answers(n)}" for (who, of), n in self.unread.items() if who == student)


def write_export(
    kind: str,
    folder: Path,
    columns: Mapping[str, str] | None = None,
    leave_out: Collection[str] = (),
    course: ClassTotals | None = None,
) -> list[Path]:
    """Write canvas.csv or moodle.csv beside marks.csv, and return where. Raises ValueError with what to do.

    course: what `class_totals` has read of the folder, if it was asked before. What `not_final` says of it
    should be told to whoever asked for these files.

    students.csv, if there is one, is the class: who is in it without a mark has none there, never 0.
    columns: the platform's name of an assignment, such as "Homework 1 (1234)" in Canvas.
    leave_out: students of marks.csv who are none, such as a reference.

    Canvas matches students by ID, SIS User ID or SIS Login ID; without students.csv the last is the
    name of the folder handed in. Moodle matches by the first of idnumber, email and username
    that everybody has, and imports nothing if it does not know one of them. Its columns have 100 for
    the highest grade until you set the points of the assignment.
    """
    if kind not in TABLES:
        raise ValueError(f"there is no export for {kind!r}; there is one for canvas and for moodle.")
    course = course or class_totals(folder, leave_out)
    unknown = sorted(set(columns or ()) - set(course.points))
    if unknown:
        name, there = unknown[0], there_are(unknown[0], course.points)
        raise ValueError(f"no assignment of {MARKS} is called {name}; {there}")
    titles = {each: matched((columns or {}).get(each, each), "a column") for each in course.points}
    if len(set(titles.values())) < len(titles):
        raise ValueError("two assignments have one column's name; give each its own.")
    table = io.StringIO()
    csv.writer(table).writerows(TABLES[kind](course, titles))
    return [replace_file(Path(folder) / f"{kind}.csv", table.getvalue())]


def not_final(course: ClassTotals) -> list[str]:
    """Return what is to be said of totals that count unread answers as 0, a sentence for each assignment."""
    return [_said(name, course.unread) for name in dict.fromkeys(of for _, of in course.unread)]


def without_mark(course: ClassTotals) -> list[str]:
    """Return who handed in something that has no mark, and why: a sentence for each assignment and reason."""
    found = defaultdict[Key, list[str]](list)
    for (student, name), status in course.without_mark.items():
        found[name, status].append(student)
    return [f"{name}: {listed(who, MOST_NAMED)} ({status})." for (name, status), who in found.items()]


def _said(name: str, unread: Mapping[Key, int]) -> str:
    who = sorted(student for student, of in unread if of == name)
    count = sum(unread[student, name] for student in who)
    are, totals = ("is", "total counts") if len(who) == 1 else ("are", "totals count")
    return (
        f"{name}: {len(who)} {totals} {_answers(count)} as 0 and {are} not final: {listed(who, MOST_NAMED)}."
    )


def _answers(count: int) -> str:
    return f"{count} {'answer' if count == 1 else 'answers'} not read yet"


def class_totals(folder: Path, leave_out: Collection[str] = ()) -> ClassTotals:
    """Return what marks.csv and students.csv hold, checked. Raises ValueError with what to do.

    leave_out: students of marks.csv who are none.
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
            what = f"{MARKS} has {listed(lost)}, who is not in {ROSTER}"
            raise ValueError(f"{what}: add a row there, or leave out who is no student.")
    else:
        students = [{"student": each, "login": matched(each, "a folder's name")} for each in came]
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
        raise ValueError(f"{MARKS} has no column {listed(missing)}: run make grade, which writes it anew.")
    refuse_twice([f"{row['student']}: {row['assignment']}" for row in rows], MARKS)
    for row in rows:
        row["student"] = same_text(of_text(row["student"]))
        row["total"], row["max"] = _number(row["total"]), _number(row["max"])
        row["unread"] = _number(row.get("unread", ""))
    return rows


def _number(text: str) -> str:
    """The number as it stands in the table; blank stays blank."""
    try:
        return f"{float(text):g}" if text else ""
    except ValueError:
        raise ValueError(f"{MARKS} has {text!r} where a number belongs: run make grade again.") from None


def _points(marks: Sequence[Row]) -> dict[str, str]:
    """The points of each assignment; what could not be graded does not know them."""
    found: dict[str, str] = {}
    for row in marks:
        found[row["assignment"]] = max(
            found.get(row["assignment"], ""), row["max"], key=lambda n: float(n or -1)
        )
    return found


def _canvas(course: ClassTotals, titles: Mapping[str, str]) -> Iterator[list[str]]:
    yield ["Student", *CANVAS, *titles.values()]
    yield ["    Points Possible", *[""] * len(CANVAS), *course.points.values()]
    for row in course.students:
        known = [row.get(column, "") for column in CANVAS.values()]
        name, note = row.get("name") or row["student"], course.not_final(same_text(row["student"]))
        yield [f"{name} ({note})" if note else name, *known, *_totals(course, row, "")]


def _moodle(course: ClassTotals, titles: Mapping[str, str]) -> Iterator[list[str]]:
    rows = course.students
    whole = (name for name, column in MOODLE.items() if all(row.get(column) for row in rows))
    title = next(whole, None)
    by = MOODLE[title] if title else "student"
    noted = [NOT_FINAL] if course.unread else []
    yield [title or "username", *titles.values(), *noted]
    for row in rows:
        notes = [course.unread_of(same_text(row["student"]))] if noted else []
        yield [row[by], *_totals(course, row, "-"), *notes]


def _totals(course: ClassTotals, row: Row, none: str) -> list[str]:
    student = same_text(row["student"])
    return [course.totals.get((student, each)) or none for each in course.points]


TABLES = {"canvas": _canvas, "moodle": _moodle}
