"""`python -m grading run`: mark the submissions in submitted/."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grading.course import Course

HELP = "mark the work in submitted/, write feedback and marks.csv"
WITHOUT_BOX = (
    "Warning: without the box, students' code runs with your own rights. It can read and change your files, "
    "and forge marks."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("assignment", nargs="*", help="only these assignments (default: all)")
    parser.add_argument("--course", type=Path, help="the folder with nbgrader_config.py and submitted/")
    parser.add_argument(
        "--submitted", type=Path, help="the folder with <student>/<assignment>/ (default: submitted)"
    )
    parser.add_argument(
        "--out", type=Path, help="the folder for marks, feedback and the gradebook (default: the course)"
    )
    parser.add_argument(
        "--student", action="append", default=[], help="only this student; repeat the option for several"
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=0,
        help="how many submissions are marked at the same time (default: one for each processor core)",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="the address of a dask scheduler; its workers mark instead of this machine",
    )
    parser.add_argument(
        "--force", action="store_true", help="mark submissions again that have not changed, too"
    )
    parser.add_argument(
        "--no-box",
        action="store_true",
        help="run students' code without the box (the sandbox); students can then forge marks",
    )


def call(args: argparse.Namespace) -> int:
    """Mark the submissions; return the exit code."""
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
    from grading.run.loose import tell
    from grading.run.options import Options
    from grading.run.progress import report_on, workers_of

    names = [course.assignment(name).name for name in args.assignment]
    if args.jobs < 0:
        raise ValueError(f"--jobs is {args.jobs}, but must be 0 (one for each core) or more.")
    if args.submitted and not args.submitted.is_dir():
        raise ValueError(f"there is no folder {args.submitted}: --submitted holds <student>/<assignment>/.")
    if args.no_box:
        print(WITHOUT_BOX, flush=True)
    tell(course, args.out)
    folders = {"submitted": args.submitted, "out": args.out}
    with workers_of(args.scheduler) as pool:
        more = {"students": args.student, "force": args.force, "jobs": args.jobs, "pool": pool}
        return report_on(ClassRun(Options(names, course, box=not args.no_box, **folders, **more)), asked)
