"""Entries of policies.toml for one student: extensions, earlier attempts, marks by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from grading.choices import there_are
from grading.policies.known import KnownNames
from grading.policies.policy import AttemptChoice, Extension, HandMark
from grading.policies.values import due_date, number, text

Report = Callable[[str], None]
Entry = dict[str, Any]


@dataclass(frozen=True)
class InTable:
    """The table of one assignment. known: the names that may occur in it."""

    assignment: str
    known: KnownNames

    def question(self, name: Any) -> str:
        """Return the grade_id of a question. Raises ValueError."""
        return self.known.question(self.assignment, text(name, "name of a question"))

    def student(self, name: Any, may_be_new: bool = False) -> str:
        """Return a student's name. Raises ValueError.

        may_be_new: whether the student may have handed in nothing yet, see KnownNames.student_or_new.
        """
        name = text(name, "name of a student")
        return self.known.student_or_new(name) if may_be_new else self.known.student(name)


def _extension(place: InTable, entry: Entry) -> tuple[str, Extension]:
    until = due_date(entry["until"]) if "until" in entry else None
    free = entry.get("no_penalty", False)
    if not isinstance(free, bool) or bool(until) == free:
        raise ValueError('write either `until = "..."` or `no_penalty = true`, but not both')
    student = place.student(entry["student"], may_be_new=True)
    return student, Extension(until, free, text(entry.get("reason", ""), "reason"))


def _attempt(place: InTable, entry: Entry) -> tuple[str, AttemptChoice]:
    student, use = place.student(entry["student"]), entry["use"]
    there = place.known.attempts(place.assignment, student)
    if isinstance(use, bool) or use not in there:
        found = f"there are: {', '.join(map(str, there))}" if there else "no attempt is kept"
        raise ValueError(f"there is no attempts/{student}/{place.assignment}/{use}/; {found}")
    return student, AttemptChoice(use, text(entry.get("reason", ""), "reason"))


def _by_hand(place: InTable, entry: Entry) -> tuple[tuple[str, str], HandMark]:
    student, question = place.student(entry["student"]), place.question(entry["question"])
    return (student, question), HandMark(number(entry["marks"]), text(entry.get("comment", ""), "comment"))


@dataclass(frozen=True)
class EntryKind:
    """A kind of entry. read: reads an entry. needs: the required keys. may: the optional keys."""

    read: Callable[[InTable, Entry], tuple[Any, Any]]
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()


KINDS = {
    "extension": EntryKind(_extension, ("student",), ("until", "no_penalty", "reason")),
    "attempt": EntryKind(_attempt, ("student", "use"), ("reason",)),
    "by_hand": EntryKind(_by_hand, ("student", "question", "marks"), ("comment",)),
}


def _read_all(key: str, place: InTable, value: Any, report: Report) -> dict[Any, Any]:
    """Read all entries of a kind, by student or question; report the errors in each entry."""
    found: dict[Any, Any] = {}
    name = f"[[{place.assignment}.{key}]]"
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        form = f"write one entry for each student. Each entry begins with the line {name}"
        report(f"- [{place.assignment}] {key}: {form}.")
        return found
    for at, entry in enumerate(value, 1):
        where = name if len(value) == 1 else f"{name} number {at}"
        try:
            about, read = _read(KINDS[key], place, entry)
        except ValueError as error:
            report(f"- {where}: {str(error).rstrip('.')}.")
            continue
        if about in found:
            who = about if isinstance(about, str) else ", question ".join(about)
            report(f"- {where}: there are two entries for {who}: keep one of them.")
        found[about] = read
    return found


def _read(kind: EntryKind, place: InTable, entry: Entry) -> tuple[Any, Any]:
    for problem in _problems(kind, entry):
        raise ValueError(problem)
    return kind.read(place, entry)


def _problems(kind: EntryKind, entry: Entry) -> Iterator[str]:
    keys = [*kind.needs, *kind.may]
    yield from (f"it has the key '{key}'; {there_are(key, keys)}" for key in entry if key not in keys)
    yield from (f"the key '{key}' is missing" for key in kind.needs if key not in entry)


def _reader(key: str) -> Callable[[InTable, Any, Report], dict[Any, Any]]:
    return lambda place, value, report: _read_all(key, place, value, report)


ENTRIES = {key: _reader(key) for key in KINDS}
