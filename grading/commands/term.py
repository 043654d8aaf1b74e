"""`python -m grading term`: new hidden cases for a new term."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "draw new hidden cases for a new term"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument(
        "--course", type=Path, help="the folder with course.py (default: this folder or one above it)"
    )


def call(args: argparse.Namespace) -> int:
    """Draw new cases; return the exit code."""
    from grading.build.cases import build_hidden
    from grading.build.hidden import hidden_folder, new_term
    from grading.course import require_course

    course = require_course(args.course)
    kept = new_term(hidden_folder(course))
    files = len(build_hidden(course))
    before = (
        f" The old seed is kept as {kept.name}: put it back as seed.txt to mark last term's work."
        if kept
        else ""
    )
    print(f"New hidden cases: {files} files in {hidden_folder(course)}.{before}")
    return 0
