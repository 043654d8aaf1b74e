"""marks.csv as a file that a learning platform takes in: Canvas's gradebook or Moodle's.

Spreadsheets run a cell that begins with = + - or @, and these files are opened in them. A name that
begins so gets an apostrophe before it: nothing is matched by it. A login or a number must stay as
it is to be matched, so one that begins so is refused.

A student without a mark never gets a 0. For Canvas, a blank means no mark. For Moodle, a blank in a new
column means 0, so we write a dash, as Moodle's own exports do. Both imports delete a mark that the
platform already has.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grading.files import replace_file

MARKS, ROSTER = "marks.csv", "students.csv"
NEEDED = ("student", "assignment", "total", "max")
MATCHED = ("id", "sis_id", "login", "email", "idnumber")  # what platforms know a student by
KNOWN = ("student", *MATCHED, "name", "section")
RUNS = tuple("=+-@＝＋－＠")  # what a spreadsheet takes for the beginning of a formula
CANVAS = {"ID": "id", "SIS User ID": "sis_id", "SIS Login ID": "login", "Section": "section"}
MOODLE = {"idnumber": "idnumber", "email": "email", "username": "login"}
Row = dict[str, str]


@dataclass(frozen=True)
class ClassTotals:
    """Who is in it, the points of each assignment, and the totals; without a mark, a total is ""."""

    students: Sequence[Row]
    points: Mapping[str, str]
    totals: Mapping[tuple[str, str], str]


def write_export(
    kind: str, folder: Path, columns: Mapping[str, str] | None = None, leave_out: Collection[str] = ()
) -> list[Path]:
    """Write canvas.csv or moodle.csv beside marks.csv, and return where. Raises ValueError with what to do.

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
    course = _course(Path(folder), set(leave_out))
    unknown = set(columns or ()) - set(course.points)
    if unknown:
        raise ValueError(f"no assignment of {MARKS} is called {_list(unknown)}; correct the columns' names.")
    titles = {each: _matched((columns or {}).get(each, each), "a column") for each in course.points}
    if len(set(titles.values())) < len(titles):
        raise ValueError("two assignments have one column's name; give each its own.")
    table = io.StringIO()
    csv.writer(table).writerows(TABLES[kind](course, titles))
    return [replace_file(Path(folder) / f"{kind}.csv", table.getvalue())]


def _course(folder: Path, leave_out: set[str]) -> ClassTotals:
    """What the two files hold, checked."""
    marks = [row for row in _marks(folder / MARKS) if row["student"] not in leave_out]
    came = dict.fromkeys(row["student"] for row in marks)
    if (folder / ROSTER).exists():
        students = [row for row in _roster(folder / ROSTER) if row["student"] not in leave_out]
        lost = set(came) - {row["student"] for row in students}
        if lost:
            what = f"{MARKS} has {_list(lost)}, who is not in {ROSTER}"
            raise ValueError(f"{what}: add a row there, or leave out who is no student.")
    else:
        students = [{"student": each, "login": _matched(each, "a folder's name")} for each in came]
    if not students:
        raise ValueError(f"there is no student in {MARKS}: run make grade first.")
    totals = {(row["student"], row["assignment"]): row["total"] for row in marks}
    return ClassTotals(students, _points(marks), totals)


def _marks(path: Path) -> list[Row]:
    if not path.exists():
        raise ValueError(f"there is no {MARKS} in {path.parent.name or 'this folder'}: run make grade first.")
    rows, header = _read(path)
    missing = [each for each in NEEDED if each not in header]
    if missing:
        raise ValueError(f"{MARKS} has no column {_list(missing)}: run make grade, which writes it anew.")
    _refuse_twice([f"{row['student']}: {row['assignment']}" for row in rows], MARKS)
    for row in rows:
        row["total"], row["max"] = _number(row["total"]), _number(row["max"])
    return rows


def _roster(path: Path) -> list[Row]:
    rows, header = _read(path)
    unknown = [each for each in header if each not in KNOWN]
    if unknown or "student" not in header:
        wrong = f"has a column {_list(unknown)}" if unknown else "has no column student"
        raise ValueError(f"{ROSTER} {wrong}; its columns, with commas between, can be {', '.join(KNOWN)}.")
    if not all(row["student"] for row in rows):
        raise ValueError(f"{ROSTER} has a row without a student: name the folder that the student hands in.")
    for column in ("student", *MATCHED):
        _refuse_twice([row[column] for row in rows if row.get(column)], ROSTER)
    return [{name: _safe(name, text) for name, text in row.items()} for row in rows]


def _read(path: Path) -> tuple[list[Row], list[str]]:
    """The rows of a table, without blank ones, and its header."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", restval="", strict=True)
            header = [name.strip() for name in reader.fieldnames or ()]
            reader.fieldnames = header
            rows = list(reader)
    except UnicodeDecodeError:
        raise ValueError(f"{path.name} is not in UTF-8: save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise ValueError(f"{path.name} cannot be read as a table: {error}.") from None
    _refuse_twice([each for each in header if each], path.name)
    if any("" in row for row in rows):
        raise ValueError(f"{path.name} has a row with more values than columns: put quotes around commas.")
    stripped = [{name: " ".join(text.split()) for name, text in row.items()} for row in rows]
    return [row for row in stripped if any(row.values())], header


def _refuse_twice(names: Sequence[str], where: str) -> None:
    twice = [each for each, count in Counter(names).items() if count > 1]
    if twice:
        raise ValueError(f"{where} has {_list(twice)} twice: keep one of them.")


def _number(text: str) -> str:
    """The number as it stands in the table; blank stays blank."""
    try:
        return f"{float(text):g}" if text else ""
    except ValueError:
        raise ValueError(f"{MARKS} has {text!r} where a number belongs: run make grade again.") from None


def _safe(column: str, text: str) -> str:
    """The text as no spreadsheet runs it."""
    if column in ("name", "section"):
        return f"'{text}" if text.startswith(RUNS) else text
    return _matched(text, f"the {column}")


def _matched(text: str, what: str) -> str:
    if text.startswith(RUNS):
        raise ValueError(
            f"{what} {text!r} begins with {text[0]}, and a spreadsheet would run it: correct it."
        )
    return text


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
        yield [row.get("name") or row["student"], *known, *_totals(course, row, "")]


def _moodle(course: ClassTotals, titles: Mapping[str, str]) -> Iterator[list[str]]:
    rows = course.students
    whole = (name for name, column in MOODLE.items() if all(row.get(column) for row in rows))
    title = next(whole, None)
    by = MOODLE[title] if title else "student"
    yield [title or "username", *titles.values()]
    for row in rows:
        yield [row[by], *_totals(course, row, "-")]


def _totals(course: ClassTotals, row: Row, none: str) -> list[str]:
    return [course.totals.get((row["student"], each)) or none for each in course.points]


TABLES = {"canvas": _canvas, "moodle": _moodle}


def _list(names: Collection[str]) -> str:
    """Names in a sentence; of many the first few."""
    first = sorted(names)[:5]
    return ", ".join(first) + (" and others" if len(names) > 5 else "")
