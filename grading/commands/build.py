"""`python -m grading build`: write the case files and notebooks, from the solutions."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "write the case files and the notebooks again, from the solutions"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("assignment", nargs="*", help="only these assignments (default: all)")
    parser.add_argument(
        "--course", type=Path, help="the folder with course.py (default: this folder or one above it)"
    )


def call(args: argparse.Namespace) -> int:
    """Build the files; return the exit code."""
    from grading.build.cases import build_hidden, build_public
    from grading.build.notebooks import build_release, build_solution
    from grading.build.own_words import require_own_words
    from grading.build.rubrics import require_rubrics
    from grading.course import require_course
    from grading.run.loose import tell
    from grading.texts.compiled import compile_texts

    course = require_course(args.course)
    tell(course)
    require_own_words(course)
    chosen = [course.assignment(name) for name in args.assignment] or course.assignments()
    for assignment in chosen:
        require_rubrics(assignment)
    changed = build_public(course, args.assignment) + build_hidden(course, args.assignment)
    print(f"case files: {len(changed)} written, the others were up to date")
    if texts := compile_texts(course):
        print(f"texts: {len(texts)} files written or removed")
    for assignment in chosen:
        print(f"{assignment.name}: running the reference")
        build_solution(assignment)
        saved = build_release(assignment)
        if saved:
            print(f"{assignment.name}: your work in notebooks/ was set aside as {saved.name}")
    return 0
