"""`python -m grading export`: write marks and feedback in the form that learning platforms import."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "write what Canvas or Moodle imports: marks, and feedback files"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    system = parser.add_mutually_exclusive_group(required=True)
    for kind in ("canvas", "moodle", "gradescope"):
        told = (
            "write a table of marks for you: Gradescope cannot import marks"
            if kind == "gradescope"
            else f"write the marks for {kind.title()}"
        )
        system.add_argument(f"--{kind}", dest="kind", action="store_const", const=kind, help=told)
    parser.add_argument(
        "--course", type=Path, help="the folder with marks.csv and, if there is one, students.csv"
    )
    parser.add_argument(
        "--assignment",
        action="append",
        default=[],
        help="only this assignment; repeat the option for several",
    )
    sheet = parser.add_mutually_exclusive_group()
    sheet.add_argument(
        "--gradebook", type=Path, metavar="FILE", help="Canvas's exported gradebook, to be filled in"
    )
    sheet.add_argument(
        "--worksheet", type=Path, metavar="FILE", help="Moodle's grading worksheet, to be filled in"
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
    doubt = parser.add_mutually_exclusive_group()
    doubt.add_argument("--final-only", action="store_true", help="leave out totals that are not final")
    doubt.add_argument("--anyway", action="store_true", help="export totals that are not final, too")


def call(args: argparse.Namespace) -> int:
    """Write the files; return the exit code."""
    from grading.course import find_course
    from grading.doors.export import class_totals
    from grading.doors.final import What, doubts_of, final, left_out, since_the_marks
    from grading.doors.tables import titles_of, write_export
    from grading.doors.told import told_of

    columns, sheet = _columns(args.column), _sheet(args)
    folder = args.course.resolve() if args.course else find_course().root
    totals = class_totals(folder, args.leave_out)
    totals = totals.of(_chosen(args.assignment, totals.points)) if args.assignment else totals
    titles_of(columns, totals)
    what = What.EXPORT if args.anyway else What.LEAVE_OUT if args.final_only else What.REFUSE
    doubts, told = doubts_of(folder, totals), [*told_of(folder, totals), *since_the_marks(folder, totals)]
    if doubts and what is What.REFUSE:
        print("\n".join(told))
    exported = write_export(args.kind, folder, final(totals, doubts, what), columns, sheet)
    for path in exported.paths:
        print(f"Written: {path}")
    for sentence in [*exported.notes, *(left_out(doubts) if what is What.LEAVE_OUT else []), *told]:
        print(sentence)
    return 0


def _columns(given: list[str]) -> dict[str, str]:
    odd = [each for each in given if "=" not in each]
    if odd:
        raise ValueError(f"--column is {odd[0]!r}, but must be like 'my-assignment=Homework 1 (1234)'.")
    return dict(each.split("=", 1) for each in given)


def _sheet(args: argparse.Namespace):
    """Return the table that the platform gave, if the command names one."""
    from grading.doors.sheets import read_sheet

    for name, kind in (("gradebook", "canvas"), ("worksheet", "moodle")):
        path = getattr(args, name)
        if path and args.kind != kind:
            raise ValueError(f"--{name} works only together with --{kind}.")
        if path and not path.is_file():
            raise ValueError(f"there is no file {path}: write the path of the file that you downloaded.")
        if path:
            return read_sheet(path)
    return None


def _chosen(names: list[str], there) -> list[str]:
    from grading.choices import no_such

    for name in names:
        if name not in there:
            raise ValueError(no_such("assignment", name, there))
    return names
