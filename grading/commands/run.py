"""`python -m grading run`: mark what lies in submitted/."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grading.course import Course

HELP = "grade what lies in submitted/, write feedback and marks.csv"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("assignment", nargs="*", help="only these (default: all)")
    parser.add_argument("--course", type=Path, help="the folder with nbgrader_config.py and submitted/")
    parser.add_argument(
        "--submitted", type=Path, help="the folder with <student>/<assignment>/ (default: submitted)"
    )
    parser.add_argument(
        "--out", type=Path, help="where marks, feedback and the gradebook go (default: the course)"
    )
    parser.add_argument("--student", action="append", default=[], help="only this one; can be given again")
    parser.add_argument("--jobs", type=int, default=0, help="how many at once (default: one a core)")
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="a dask scheduler whose workers mark, instead of this machine"
    )
    parser.add_argument("--force", action="store_true", help="grade again what has not changed, too")
    parser.add_argument("--no-box", action="store_true", help="without a box: marks can be forged")


def call(args: argparse.Namespace) -> int:
    """Mark; return the exit code."""
    from grading.course import require_course
    from grading.run.last import asked_for, said_again

    course = require_course(args.course)
    out = (args.out or course.root).resolve()
    asked = asked_for(args.assignment, args.student, args.no_box, args.submitted, course.root, out)
    if lines := () if args.force else said_again(out, asked):
        print(*lines, sep="\n")
        return 0
    return _run(args, course, asked)


def _run(args: argparse.Namespace, course: Course, asked: str) -> int:
    from grading.box.scope import enter_scope
    from grading.interrupts import heed_all
    from grading.run.forks import begin_to_load

    if args.is_program and not (args.scheduler or args.no_box):
        enter_scope()
    if args.is_program:
        heed_all()
    if not args.scheduler:
        begin_to_load()
    from grading.run.course import ClassRun
    from grading.run.options import Options
    from grading.run.progress import report_on, workers_of

    names = [course.assignment(name).name for name in args.assignment]
    if args.jobs < 0:
        raise ValueError(f"--jobs is {args.jobs}, but must be at least 1.")
    if args.submitted and not args.submitted.is_dir():
        raise ValueError(f"there is no folder {args.submitted}: --submitted holds <student>/<assignment>/.")
    if args.no_box:
        print("Without a box: what you run now has your own rights, and its marks can be forged.", flush=True)
    folders = {"submitted": args.submitted, "out": args.out}
    with workers_of(args.scheduler) as pool:
        more = {"students": args.student, "force": args.force, "jobs": args.jobs, "pool": pool}
        return report_on(ClassRun(Options(names, course, box=not args.no_box, **folders, **more)), asked)
