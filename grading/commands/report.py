"""`python -m grading report`: write report.html, which says what to explain again."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "write report.html: what to explain again in class"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("assignment", nargs="*", help="only these assignments (default: all)")
    parser.add_argument("--course", type=Path, help="the folder with results.jsonl and autograded/")


def call(args: argparse.Namespace) -> int:
    """Write the report; return the exit code."""
    from grading.course import find_course
    from grading.report.page import write_report
    from grading.report.sources import broken_notebooks
    from grading.run.unwell import broken_files

    course = find_course(args.course)
    folder = args.course.resolve() if args.course else course.root
    print(f"Report: {write_report(folder, args.assignment, course)}")
    for sentence in [*broken_files(folder), *broken_notebooks(folder)]:
        print(f"Look at this: {sentence}.")
    return 0
