"""`python -m grading new`: the skeleton of an assignment or of one more exercise."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "write the skeleton of an assignment, or of one more exercise"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("assignment", help="its name in lower-case letters and hyphens, such as homework-1")
    parser.add_argument("exercise", nargs="?", default="", help="the function that students write")
    parser.add_argument(
        "--course", type=Path, help="the folder with course.py (default: this folder or one above it)"
    )


def call(args: argparse.Namespace) -> int:
    """Write the skeleton; return the exit code."""
    from grading.build.new import new
    from grading.course import require_course

    course = require_course(args.course)
    for path in new(course, args.assignment, args.exercise):
        print(f"written: {path.relative_to(course.root)}")
    print(f"Next: change the examples in these files, then make build ARGS={args.assignment}")
    return 0
