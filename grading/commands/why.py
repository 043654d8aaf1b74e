"""`python -m grading why`: show which hidden case failed, for an instructor who is asked about a mark."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "show why a question of a student has its marks: which hidden case failed, and how"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.description = f"{HELP.capitalize()}. Do not show its output to students: it contains hidden cases."
    parser.epilog = "Example: .venv/bin/python -m grading why ada fit"
    parser.add_argument("student", help="as in students.csv and marks.csv")
    parser.add_argument("question", help="as on the feedback page: a function, a quiz or a written answer")
    parser.add_argument(
        "--assignment", default="", help="needed if several assignments have a question of that name"
    )
    parser.add_argument("--course", type=Path, help="the folder with nbgrader_config.py and submitted/")
    parser.add_argument("--submitted", type=Path, help="the folder with submissions (default: submitted)")
    parser.add_argument("--out", type=Path, help="the folder with the marks, if you used --out with `run`")
    parser.add_argument("--all", action="store_true", help="show every failed case in full")
    parser.add_argument(
        "--no-box",
        action="store_true",
        help="run the student's code without the box (the sandbox): it then has your own rights",
    )


def call(args: argparse.Namespace) -> int:
    """Explain the marks; return the exit code: 1 if the submission cannot be read."""
    from grading.course import require_course
    from grading.why.asked import asked_about
    from grading.why.explain import explain

    about = require_course(args.course), args.student, args.question, args.assignment
    with asked_about(*about, args.out, not args.no_box, args.submitted) as asked:
        return explain(asked, args.all)
