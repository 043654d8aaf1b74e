"""`python -m grading mistakes`: list the known mistakes, for the instructor who prepares a lesson."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.authors import Mistake

HELP = "list the mistakes that the checks recognise; for one exercise, with their hints"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.description = f"{HELP.capitalize()}. Do not show this list to students: it contains all hints."
    parser.add_argument("assignment", nargs="?", default="", help="only this assignment (default: all)")
    parser.add_argument("exercise", nargs="?", default="", help="only this function, with all hints")
    parser.add_argument(
        "--course", type=Path, help="the folder with course.py (default: this folder or one above it)"
    )


def call(args: argparse.Namespace) -> int:
    """Print the list; return the exit code."""
    from grading.choices import no_such
    from grading.course import require_course

    course = require_course(args.course)
    assignments = [course.assignment(args.assignment)] if args.assignment else course.assignments()
    for assignment in assignments:
        known = assignment.mistakes()
        if args.exercise and args.exercise not in known:
            raise ValueError(no_such("exercise", args.exercise, known))
        for exercise in [args.exercise] if args.exercise else known:
            print(f"{assignment.name}, {exercise}: {len(known[exercise])} known mistakes")
            print(*_lines(known[exercise], with_hints=bool(args.exercise)), sep="\n", end="\n\n")
    return 0


def _lines(mistakes: Sequence[Mistake], with_hints: bool) -> Iterator[str]:
    for each in mistakes:
        yield f"  {each.hint.name}"
        if with_hints:
            yield from (f"    hint {n}: {rung}" for n, rung in enumerate(each.hint.rungs, start=1))
