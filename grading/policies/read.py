"""Read policies.toml. If some lines are not understood, an error names each of them, and nothing counts."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grading.choices import there_are
from grading.policies.entries import ENTRIES, InTable
from grading.policies.known import KnownNames
from grading.policies.policy import NO_POLICY, POLICIES, Policy
from grading.policies.values import VALUES

NOTHING_COUNTS = "Correct this. Until then, nothing is marked and no mark is changed"
NOT_UNDERSTOOD = f"Some lines of {POLICIES} are not understood (see below). {NOTHING_COUNTS}."
Report = Callable[[str], None]


@dataclass(frozen=True)
class Policies:
    """The policies of a course, by assignment."""

    by_assignment: Mapping[str, Policy] = field(default_factory=dict)

    def of(self, assignment: str) -> Policy:
        """Return the policies of an assignment; without policies, those that change nothing."""
        return self.by_assignment.get(assignment, NO_POLICY)


NO_POLICIES = Policies()


def read_policies(root: Path, known: KnownNames) -> Policies:
    """Return the policies in policies.toml of a course. Raises ValueError with everything that is wrong."""
    path = root / POLICIES
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except UnicodeDecodeError:
        raise ValueError(f"{POLICIES} is not in UTF-8: save it as UTF-8 text.") from None
    return policies_of(text, known)


def policies_of(text: str, known: KnownNames, intro: str = NOT_UNDERSTOOD) -> Policies:
    """Return the policies in a text. Raises ValueError with everything that is wrong in it.

    intro: the beginning of the error message.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{POLICIES} is not a valid TOML file: {error}. {NOTHING_COUNTS}.") from None
    wrong: list[str] = []
    found = {name: _policy(name, table, known, wrong.append) for name, table in told.items()}
    if wrong:
        raise ValueError("\n".join([intro, *wrong]))
    return Policies({name: policy for name, policy in found.items() if not policy.is_empty})


def _policy(name: str, table: Any, known: KnownNames, report: Report) -> Policy:
    """Return the policies of one table."""
    if name not in known.assignments:
        report(f"- [{name}]: there is no assignment '{name}'; {there_are(name, known.assignments)}")
        return NO_POLICY
    if not isinstance(table, dict):
        report(
            f"- {name} is {table!r}, but must be a table: write [{name}] in a separate line, and its keys "
            "below."
        )
        return NO_POLICY
    found = {key: _value(InTable(name, known), key, value, report) for key, value in table.items()}
    policy = Policy(**{FIELDS[key]: value for key, value in found.items() if value is not None})
    for each in disagreements(policy, known.questions(name) if policy.by_hand else {}):
        report(f"- [{name}] {each}")
    return policy


def disagreements(policy: Policy, points: Mapping[str, float]) -> Iterator[str]:
    """Yield the contradictions between an assignment's policies. points: by question."""
    for (student, question), each in policy.by_hand.items():
        most = policy.points_of(question, points[question])
        if each.marks > most:
            most_is = f"by_hand: '{question}' has {most:g} marks, but {student} would have {each.marks:g}"
            yield f"{most_is}. Write {most:g} or less. Give extra credit in the formgrader."
    for student, extension in policy.extensions.items():
        if policy.due and extension.until and extension.until.when <= policy.due.when:
            yield f"extension: the date of {student} is not later than the due date. Write a later date."


FIELDS = {key: key for key in VALUES} | {
    "extension": "extensions",
    "attempt": "attempts",
    "by_hand": "by_hand",
}


def _value(place: InTable, key: str, value: Any, report: Report) -> Any:
    """Return the value of one key of a table; None if it is not understood."""
    if key in ENTRIES:
        return ENTRIES[key](place, value, report)
    if key not in VALUES:
        report(
            f"- [{place.assignment}] has the key '{key}', but there is no such policy; "
            f"{there_are(key, FIELDS)}"
        )
        return None
    try:
        return VALUES[key](place, value)
    except ValueError as error:
        report(f"- [{place.assignment}] {key}: {str(error).rstrip('.')}.")
        return None
