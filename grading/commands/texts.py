"""`python -m grading texts`: the sentences that students read, in other words or in another language."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = (
    "write the sentences that students read into files, to reword or to translate them, and list what is "
    "missing"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("language", help='a short code, such as "de"; "en" to change the English wording')
    parser.add_argument(
        "assignment",
        nargs="*",
        help="only these assignments (default: those that have such files already, or else all)",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; return 1 if anything is missing or wrong"
    )
    parser.add_argument(
        "--course", type=Path, help="the folder with course.py (default: this folder or one above it)"
    )


def call(args: argparse.Namespace) -> int:
    """Bring the catalogues up to date, and list what is missing; return the exit code."""
    from grading.build.cases import build_hidden
    from grading.course import require_course
    from grading.own_words import require_language
    from grading.texts.lists import Shelf, chosen_names

    course = require_course(args.course)
    language = require_language(args.language, "this command")
    names = chosen_names(course, language, args.assignment)
    build_hidden(course, names)  # hidden cases have reasons for wrong answers, which are sentences too
    shelf = Shelf.of(course, language, names)
    if not args.check:
        shelf.update()
    found = shelf.findings()
    for line in (*map(str, found), *shelf.summary(found)):
        print(line)
    return 1 if args.check and found else 0
