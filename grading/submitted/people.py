"""Find the student whom a name in submitted/ means: a student of students.csv, if the name fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grading.roster import MATCHED, Row, same_text
from grading.submitted.names import key_of_name, student_name

NUMBER = re.compile(r"_\d+$")


class People:
    """The class. Without students.csv, each student is called by the name of the folder.

    numbers: Canvas's numbers by student, if earlier downloads have shown them. The numbers in students.csv
    win.
    """

    def __init__(self, rows: Sequence[Row] = (), numbers: Mapping[str, str] | None = None):
        self.numbers = {**(numbers or {}), **{row["student"]: row["id"] for row in rows if row.get("id")}}
        self.numbered = _only((number, student) for student, number in self.numbers.items())
        self.exact = {same_text(row["student"]): row["student"] for row in rows}
        self.folded = _only((same_text(row["student"]).casefold(), row["student"]) for row in rows)
        self.known_by = _only(
            (row[column].casefold(), row["student"]) for row in rows for column in MATCHED if row.get(column)
        )
        called = [(each, row["student"]) for row in rows for each in _spoken(row.get("name", ""))]
        self.called, self._all_called = _only(called), called

    def find(self, *names: str) -> str:
        """Return the student of the first name that fits a student; "" if no name fits."""
        for name in filter(None, names):
            whole = same_text(name)
            found = self.exact.get(whole) or self.folded.get(whole.casefold())
            found = found or self.known_by.get(whole.casefold()) or self.called.get(_spelt(whole))
            if found:
                return found
        return ""

    def of_number(self, number: str, name: str, called: str) -> str:
        """Return the student with this Canvas number and name. called: the name for an unknown student.

        If the student of that name has another number, this is a second student of the same name. The name
        then ends in the number.
        """
        found = self.find(number) or self.numbered.get(number) or self.find(name) or student_name(called)
        is_other = self.numbers.get(found, number) != number
        return student_name(f"{name}_{number}") if is_other else found

    def namesakes(self, name: str) -> list[str]:
        """Return the students with this name, if there are several. A number after it is the platform's."""
        key = _spelt(NUMBER.sub("", same_text(name)))
        found = sorted({student for each, student in self._all_called if each == key})
        return found if len(found) > 1 else []

    def named(self, *names: str) -> str:
        """Return the student of students.csv, or otherwise the first name as all files write it."""
        return self.find(*names) or student_name(next(filter(None, names), ""))


def _only(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the keys that belong to only one student, with that student."""
    found: dict[str, set[str]] = {}
    for each, student in pairs:
        found.setdefault(each, set()).add(student)
    return {each: students.pop() for each, students in found.items() if len(students) == 1}


def _spoken(name: str) -> Iterator[str]:
    """Yield a name in each order of its words that platforms write: the last name first, or last."""
    words = name.replace(",", " ").split()
    for at in range(len(words)):
        yield _spelt("".join(words[at:] + words[:at]))


def _spelt(name: str) -> str:
    """Return a name without accents and signs, as platforms write names of files."""
    plain = unicodedata.normalize("NFKD", name)
    return key_of_name("".join(each for each in plain if not unicodedata.combining(each)))
