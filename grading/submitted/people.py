"""Who a name in submitted/ means: the student of students.csv, if there is one whom it fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grading.roster import MATCHED, Row, same_text
from grading.submitted.names import key_of_name, student_name

NUMBER = re.compile(r"_\d+$")


class People:
    """The class. Without students.csv everybody is called what the folder is called.

    numbers: Canvas's, by student, where they are known from earlier downloads; those of students.csv win.
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
        """The student whom the first of these names fits that fits one; "" if none does."""
        for name in filter(None, names):
            whole = same_text(name)
            found = self.exact.get(whole) or self.folded.get(whole.casefold())
            found = found or self.known_by.get(whole.casefold()) or self.called.get(_spelt(whole))
            if found:
                return found
        return ""

    def of_number(self, number: str, name: str, called: str) -> str:
        """The student with a number of Canvas's and a name. called: what we call who is not known.

        Who has another number is another student of that name, and has the number behind it.
        """
        found = self.find(number) or self.numbered.get(number) or self.find(name) or student_name(called)
        is_other = self.numbers.get(found, number) != number
        return student_name(f"{name}_{number}") if is_other else found

    def namesakes(self, name: str) -> list[str]:
        """The students who are called so, if there are several. A number behind it is a platform's."""
        key = _spelt(NUMBER.sub("", same_text(name)))
        found = sorted({student for each, student in self._all_called if each == key})
        return found if len(found) > 1 else []

    def named(self, *names: str) -> str:
        """The student of students.csv, or else what the first of these names is in all files of ours."""
        return self.find(*names) or student_name(next(filter(None, names), ""))


def _only(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What stands for one student alone."""
    found: dict[str, set[str]] = {}
    for each, student in pairs:
        found.setdefault(each, set()).add(student)
    return {each: students.pop() for each, students in found.items() if len(students) == 1}


def _spoken(name: str) -> Iterator[str]:
    """A name in every order of its words that platforms write: the last name first, or last."""
    words = name.replace(",", " ").split()
    for at in range(len(words)):
        yield _spelt("".join(words[at:] + words[:at]))


def _spelt(name: str) -> str:
    """Without accents and signs, as platforms make names of files."""
    plain = unicodedata.normalize("NFKD", name)
    return key_of_name("".join(each for each in plain if not unicodedata.combining(each)))
