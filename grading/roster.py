"""students.csv: the students of the class, and how learning platforms name them."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

ROSTER = "students.csv"
MATCHED = ("id", "sis_id", "login", "email", "idnumber")  # by these, platforms identify a student
KNOWN = ("student", *MATCHED, "name", "section")
RUNS = tuple("=+-@＝＋－＠")  # a spreadsheet reads a text that begins with one of these as a formula
Row = dict[str, str]


def same_text(name: str) -> str:
    """Return a name in a standard form of Unicode. Names are compared in this form."""
    return unicodedata.normalize("NFC", name)


def read_roster(path: Path) -> list[Row]:
    """Return the class from students.csv. Raises ValueError, which says what to correct."""
    rows, header = read_table(path)
    unknown = [each for each in header if each not in KNOWN]
    if unknown or "student" not in header:
        wrong = f"has a column {listed(unknown)}" if unknown else "has no column student"
        raise ValueError(f"{ROSTER} {wrong}; its columns, with commas between, can be {', '.join(KNOWN)}.")
    if not all(row["student"] for row in rows):
        raise ValueError(f"{ROSTER} has a row without a student: name the folder that the student hands in.")
    for column in ("student", *MATCHED):
        refuse_twice([row[column] for row in rows if row.get(column)], ROSTER)
    return [{name: _safe(name, text) for name, text in row.items()} for row in rows]


def read_table(path: Path) -> tuple[list[Row], list[str]]:
    """Return the rows of a table, without blank ones, and its header. Raises ValueError."""
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
    refuse_twice([each for each in header if each], path.name)
    if any("" in row for row in rows):
        raise ValueError(f"{path.name} has a row with more values than columns: put quotes around commas.")
    stripped = [{name: " ".join(text.split()) for name, text in row.items()} for row in rows]
    return [row for row in stripped if any(row.values())], header


def refuse_twice(names: Sequence[str], where: str) -> None:
    """Raise ValueError if a list has a name twice, in any form of Unicode."""
    twice = [each for each, count in Counter(map(same_text, names)).items() if count > 1]
    if twice:
        raise ValueError(f"{where} has {listed(twice)} twice: keep one of them.")


def matched(text: str, what: str) -> str:
    """Return a text that identifies something. Raises ValueError if a spreadsheet would run it."""
    if text.startswith(RUNS):
        raise ValueError(
            f"{what} {text!r} begins with {text[0]}, and a spreadsheet would run it: correct it."
        )
    return text


def as_text(text: str) -> str:
    """Return a text that no spreadsheet runs: if one would run it, with an apostrophe before it."""
    return f"'{text}" if _runs(text) else text


def of_text(text: str) -> str:
    """Return the text from which `as_text` made this text."""
    return text[1:] if text.startswith("'") and _runs(text) else text


def _runs(text: str) -> bool:
    return text.lstrip().lstrip("'").startswith(RUNS)


def _safe(column: str, text: str) -> str:
    """Return the text in a form that no spreadsheet runs."""
    if column in ("name", "section"):
        return as_text(text)
    return matched(text, f"the {column}")


def listed(names: Collection[str], most: int = 5) -> str:
    """Return names in a sentence; if there are many, only the first few."""
    first = sorted(names)[:most]
    others = len(names) - most
    return ", ".join(first) + (f" and {others} {'other' if others == 1 else 'others'}" if others > 0 else "")
