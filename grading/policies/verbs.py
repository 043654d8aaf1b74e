"""The policies as commands: their arguments, the change in policies.toml, and how to take them back."""

from __future__ import annotations

import shlex
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grading.policies import write
from grading.policies.write import Edit

if TYPE_CHECKING:
    from grading.policies.known import KnownNames

Maker = Callable[[Namespace, "KnownNames"], Edit]
ASSIGNMENT, STUDENT, QUESTION = "assignment", "student", "question"
HELPS = {
    ASSIGNMENT: "the name of the assignment, which is also the name of its folder",
    STUDENT: "as in students.csv and marks.csv",
    QUESTION: "as on the feedback page: a function, or the name of a quiz or of a written answer",
    "points": "the new number of points of the question",
    "time": "the due date, in quotes: '2026-01-31 17:00:00 Europe/Berlin'",
    "rule": "in quotes: '10%% a day', '10%% a day, at most 50%%, 15 minutes grace', '2 marks a day', 'zero'",
    "number": "the number of the attempt in attempts/<student>/<assignment>/; 1 is the oldest",
    "marks": "the marks for this question; they replace every other mark",
}
OPTIONS = {
    "--until": "the student's own due date, in quotes, with a zone",
    "--reason": "a note for you; students never see it",
    "--comment": "a comment for the student, on the feedback page",
}


@dataclass(frozen=True)
class Verb:
    """One policy as a command.

    help, example: the texts of --help.
    names: the arguments that identify the policy, such as the assignment and the student.
    put, take: make the edit of policies.toml that adds the policy, or takes it back.
    more, options: the further arguments and options.
    """

    help: str
    example: str
    names: tuple[str, ...]
    put: Maker
    take: Maker
    more: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    def arguments(self, parser: ArgumentParser, undo: bool = False) -> None:
        """Add the arguments of the command; to take a policy back, only those that identify it."""
        for name in (*self.names, *(() if undo else self.more)):
            parser.add_argument(name, help=HELPS[name], type=float if name in ("points", "marks") else str)
        for name in () if undo else self.options:
            parser.add_argument(name, default="", help=OPTIONS[name])

    def said(self, args: Namespace) -> str:
        """Return the names of the policy, as a person types them."""
        return " ".join(quoted(str(getattr(args, name))) for name in self.names)


def quoted(word: str) -> str:
    """Return a word as a person types it into a terminal."""
    return shlex.quote(word)


def _same_question(args: Namespace, known: KnownNames) -> write.Same:
    def named(name: str) -> str:
        try:
            return known.question(args.assignment, name)
        except ValueError:
            return name

    return lambda one, other: named(one) == named(other)


def _same_entry(args: Namespace, known: KnownNames) -> write.SameIn:
    """Return a function that tells whether two names in an entry mean the same student or question."""
    of_question = _same_question(args, known)

    def named(name: str) -> str:
        try:
            return known.student(name)
        except ValueError:
            return name

    def same(key: str, one: str, other: str) -> bool:
        return of_question(one, other) if key == QUESTION else named(one) == named(other)

    return same


def _question(args: Namespace, known: KnownNames) -> str:
    return known.question(args.assignment, args.question)


def _listed(key: str) -> tuple[Maker, Maker]:
    """Return two functions: they make the edits that add a question to a list, and remove it."""
    return (
        lambda args, known: write.add_name(key, _question(args, known), _same_question(args, known)),
        lambda args, known: write.remove_name(key, args.question, _same_question(args, known)),
    )


def _valued(key: str, name: str) -> tuple[Maker, Maker]:
    """Return two functions: they make the edits that set the value of a key, and remove it."""
    return (
        lambda args, known: write.set_value(key, getattr(args, name)),
        lambda args, known: write.remove_value(key),
    )


def _entry(key: str, *about: str, more: Callable[[Namespace], dict], may_be_new: bool = False):
    """Return two functions: they make the edits that write an entry about a student, and remove it."""

    def put(args: Namespace, known: KnownNames) -> Edit:
        find = known.student_or_new if may_be_new else known.student
        names = {"student": find(args.student)}
        names |= {"question": _question(args, known)} if "question" in about else {}
        told = {name: value for name, value in more(args).items() if value not in ("", False)}
        return write.put_entry(key, names, told, _same_entry(args, known))

    def take(args: Namespace, known: KnownNames) -> Edit:
        return write.remove_entry(
            key, {name: getattr(args, name) for name in about}, _same_entry(args, known)
        )

    return put, take


def _extension(args: Namespace) -> dict:
    return {"until": args.until, "no_penalty": args.no_penalty, "reason": args.reason}


def _attempt(args: Namespace) -> dict:
    if not args.number.isdecimal():
        wanted = "the number of an attempt must be a whole number, such as 1"
        raise ValueError(f"{wanted}. You wrote {args.number!r}.")
    return {"use": int(args.number), "reason": args.reason}


def _by_hand(args: Namespace) -> dict:
    return {"marks": whole(args.marks), "comment": args.comment}


def _points(args: Namespace, known: KnownNames) -> Edit:
    same = _same_question(args, known)
    return write.set_in_table("points", _question(args, known), whole(args.points), same)


def whole(number: float) -> float | int:
    """Return a number as people write it: 3 and not 3.0."""
    return int(number) if number.is_integer() else number


def _no_points(args: Namespace, known: KnownNames) -> Edit:
    return write.remove_in_table("points", args.question, _same_question(args, known))


VERBS = {
    "drop": Verb(
        "a question counts for nobody: its marks and its points are taken out of the total",
        "policy drop homework-1 quiz-two",
        (ASSIGNMENT, QUESTION),
        *_listed("dropped"),
    ),
    "full-marks": Verb(
        "everybody who handed in gets full marks for a question",
        "policy full-marks homework-1 quiz-two",
        (ASSIGNMENT, QUESTION),
        *_listed("full_marks"),
    ),
    "points": Verb(
        "a question gets another number of points: marks for it change in proportion",
        "policy points homework-1 fit 15",
        (ASSIGNMENT, QUESTION),
        _points,
        _no_points,
        more=("points",),
    ),
    "due": Verb(
        "set the due date of an assignment",
        "policy due homework-1 '2026-01-31 17:00:00 Europe/Berlin'",
        (ASSIGNMENT,),
        *_valued("due", "time"),
        more=("time",),
    ),
    "penalty": Verb(
        "set what is taken off for late work",
        "policy penalty homework-1 '10% a day, at most 50%'",
        (ASSIGNMENT,),
        *_valued("penalty", "rule"),
        more=("rule",),
    ),
    "extend": Verb(
        "one student gets more time, or no penalty",
        "policy extend homework-1 ada --until '2026-02-07 17:00:00 Europe/Berlin' --reason ill",
        (ASSIGNMENT, STUDENT),
        *_entry("extension", STUDENT, more=_extension, may_be_new=True),
        options=("--until", "--reason"),
    ),
    "attempt": Verb(
        "an earlier attempt of one student is marked instead of the last one",
        "policy attempt homework-1 ada 1 --reason 'the last file was empty'",
        (ASSIGNMENT, STUDENT),
        *_entry("attempt", STUDENT, more=_attempt),
        more=("number",),
        options=("--reason",),
    ),
    "mark": Verb(
        "one student gets the mark that you write, and a comment, for a question",
        "policy mark homework-1 ada fit 2 --comment 'right, but for one sign'",
        (ASSIGNMENT, STUDENT, QUESTION),
        *_entry("by_hand", STUDENT, QUESTION, more=_by_hand),
        more=("marks",),
        options=("--comment",),
    ),
}
