"""`python -m grading export`: marks.csv as learning platforms import it."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "write what Canvas or Moodle imports, from marks.csv"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    system = parser.add_mutually_exclusive_group(required=True)
    for kind in ("canvas", "moodle"):
        system.add_argument(f"--{kind}", dest="kind", action="store_const", const=kind, help=f"{kind}.csv")
    parser.add_argument(
        "--course", type=Path, help="the folder with marks.csv and, if there is one, students.csv"
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="ASSIGNMENT=NAME",
        help="the assignment's column in Canvas or Moodle",
    )
    parser.add_argument(
        "--leave-out", action="append", default=[], metavar="STUDENT", help="leave this student out"
    )


def call(args: argparse.Namespace) -> int:
    """Write the file; return the exit code."""
    from grading.course import find_course
    from grading.doors.export import class_totals, write_export
    from grading.doors.told import told_of

    odd = [each for each in args.column if "=" not in each]
    if odd:
        raise ValueError(f"--column is {odd[0]!r}, but must be like 'my-assignment=Homework 1 (1234)'.")
    columns = dict(each.split("=", 1) for each in args.column)
    folder = args.course.resolve() if args.course else find_course().root
    totals = class_totals(folder, args.leave_out)
    for path in write_export(args.kind, folder, columns, course=totals):
        print(f"Written: {path}")
    for sentence in told_of(folder, totals):
        print(sentence)
    return 0
