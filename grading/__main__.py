"""The commands: `python -m grading build`, `new`, `run`, `doctor`, `report`, `export` and `term`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grading.files import in_words


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m grading", description=__doc__)
    commands = parser.add_subparsers(required=True)
    build = commands.add_parser("build", help="rebuild everything derived: case files, notebooks")
    build.add_argument("assignment", nargs="*", help="only these (default: all)")
    build.add_argument("--course", type=Path, help="the folder with course.py (default: this or one above)")
    build.set_defaults(call=_build)
    new = commands.add_parser("new", help="write the skeleton of an assignment, or of one more exercise")
    new.add_argument("assignment", help="its name, in small letters with hyphens")
    new.add_argument("exercise", nargs="?", default="", help="the function that students write")
    new.add_argument("--course", type=Path, help="the folder with course.py (default: this or one above)")
    new.set_defaults(call=_new)
    run = commands.add_parser("run", help="grade what lies in submitted/, write feedback and marks.csv")
    run.add_argument("assignment", nargs="*", help="only these (default: all)")
    run.add_argument("--course", type=Path, help="the folder with nbgrader_config.py and submitted/")
    run.add_argument(
        "--submitted", type=Path, help="the folder with <student>/<assignment>/ (default: submitted)"
    )
    run.add_argument(
        "--out", type=Path, help="where marks, feedback and the gradebook go (default: the course)"
    )
    run.add_argument("--student", action="append", default=[], help="only this one; can be given again")
    run.add_argument("--jobs", type=int, default=0, help="how many at once (default: one a core)")
    run.add_argument(
        "--scheduler", metavar="ADDRESS", help="a dask scheduler whose workers mark, instead of this machine"
    )
    run.add_argument("--force", action="store_true", help="grade again what has not changed, too")
    run.add_argument("--no-box", action="store_true", help="without a box: marks can be forged")
    run.set_defaults(call=_run)
    doctor = commands.add_parser("doctor", help="look for lost or broken results, and make them whole")
    doctor.add_argument("--course", type=Path, help="the folder with nbgrader_config.py and submitted/")
    doctor.add_argument("--out", type=Path, help="where the results are (default: the course)")
    doctor.set_defaults(call=_doctor)
    report = commands.add_parser("report", help="write report.html: what to explain again on Monday")
    report.add_argument("assignment", nargs="*", help="only these (default: all)")
    report.add_argument("--course", type=Path, help="the folder with results.jsonl and autograded/")
    report.set_defaults(call=_report)
    export = commands.add_parser("export", help="write what Canvas or Moodle imports, from marks.csv")
    system = export.add_mutually_exclusive_group(required=True)
    for kind in ("canvas", "moodle"):
        system.add_argument(f"--{kind}", dest="kind", action="store_const", const=kind, help=f"{kind}.csv")
    export.add_argument(
        "--course", type=Path, help="the folder with marks.csv and, if there is one, students.csv"
    )
    export.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="ASSIGNMENT=NAME",
        help="the assignment's column in Canvas or Moodle",
    )
    export.add_argument(
        "--leave-out", action="append", default=[], metavar="STUDENT", help="leave this student out"
    )
    export.set_defaults(call=_export)
    term = commands.add_parser("term", help="draw new hidden cases for a new term")
    term.add_argument("--course", type=Path, help="the folder with course.py (default: this or one above)")
    term.set_defaults(call=_term)
    args = parser.parse_args(argv, argparse.Namespace(is_program=argv is None))
    try:
        return args.call(args)
    except (OSError, RuntimeError, ValueError) as error:
        print(f"Stopped: {in_words(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Part of the work may be done: give the same command again.", file=sys.stderr)
        return 130


def _build(args: argparse.Namespace) -> int:
    from grading.build.cases import build_hidden, build_public
    from grading.build.notebooks import build_release, build_solution
    from grading.course import require_course

    course = require_course(args.course)
    chosen = [course.assignment(name) for name in args.assignment] or course.assignments()
    changed = build_public(course, args.assignment) + build_hidden(course, args.assignment)
    print(f"case files: {len(changed)} written, the others were up to date")
    for assignment in chosen:
        print(f"{assignment.name}: running the reference")
        build_solution(assignment)
        saved = build_release(assignment)
        if saved:
            print(f"{assignment.name}: your work in notebooks/ was set aside as {saved.name}")
    return 0


def _new(args: argparse.Namespace) -> int:
    from grading.build.new import new
    from grading.course import require_course

    course = require_course(args.course)
    for path in new(course, args.assignment, args.exercise):
        print(f"written: {path.relative_to(course.root)}")
    print(f"Next: change the examples in these files, then make build ARGS={args.assignment}")
    return 0


def _term(args: argparse.Namespace) -> int:
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


def _run(args: argparse.Namespace) -> int:
    from grading.box.scope import enter_scope
    from grading.interrupts import heed_all
    from grading.run.forks import begin_to_load

    if args.is_program and not (args.scheduler or args.no_box):
        enter_scope()
    if args.is_program:
        heed_all()
    if not args.scheduler:
        begin_to_load()
    from grading.course import require_course
    from grading.run.course import ClassRun
    from grading.run.options import Options
    from grading.run.progress import report_on, workers_of

    course = require_course(args.course)
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
        return report_on(ClassRun(Options(names, course, box=not args.no_box, **folders, **more)))


def _doctor(args: argparse.Namespace) -> int:
    from grading.course import require_course
    from grading.run.course import ClassRun
    from grading.run.doctor import mend_and_tell
    from grading.run.options import Options

    return mend_and_tell(ClassRun(Options((), require_course(args.course), out=args.out)))


def _report(args: argparse.Namespace) -> int:
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


def _export(args: argparse.Namespace) -> int:
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


if __name__ == "__main__":
    sys.exit(main())
