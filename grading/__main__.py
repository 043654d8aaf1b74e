"""The instructor's commands: `python -m grading build`, `run`, `report` and `term`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m grading", description=__doc__)
    commands = parser.add_subparsers(required=True)
    build = commands.add_parser("build", help="rebuild everything derived: case files, notebooks")
    build.set_defaults(call=_build)
    run = commands.add_parser("run", help="grade what lies in submitted/, write feedback and marks.csv")
    run.add_argument("assignment", nargs="*", help="only these (default: all)")
    run.add_argument("--course", type=Path, help="the folder with nbgrader_config.py and submitted/")
    run.add_argument("--no-box", action="store_true", help="without a box: marks can be forged")
    run.set_defaults(call=_run)
    report = commands.add_parser("report", help="write report.html: what to explain again on Monday")
    report.add_argument("assignment", nargs="*", help="only these (default: all)")
    report.add_argument("--course", type=Path, help="the folder with results.jsonl and autograded/")
    report.set_defaults(call=_report)
    term = commands.add_parser("term", help="draw new hidden cases for a new term")
    term.set_defaults(call=_term)
    args = parser.parse_args(argv)
    try:
        return args.call(args)
    except (OSError, RuntimeError, ValueError) as error:
        print(f"Stopped: {error}", file=sys.stderr)
        return 1


def _build(args: argparse.Namespace) -> int:
    from grading.cases import build_hidden, build_public
    from grading.course import assignments
    from grading.notebooks import build_release, build_solution

    changed = build_public() + build_hidden()
    print(f"case files: {len(changed)} written, the others were up to date")
    for assignment in assignments():
        print(f"{assignment.name}: running the reference")
        build_solution(assignment)
        saved = build_release(assignment)
        if saved:
            print(f"{assignment.name}: your work in notebooks/ was set aside as {saved.name}")
    return 0


def _term(args: argparse.Namespace) -> int:
    from grading.cases import build_hidden
    from grading.hidden import hidden_folder, new_term

    kept = new_term(hidden_folder())
    files = len(build_hidden())
    before = (
        f" The old seed is kept as {kept.name}: put it back as seed.txt to mark last term's work."
        if kept
        else ""
    )
    print(f"New hidden cases: {files} files in {hidden_folder()}.{before}")
    return 0


def _run(args: argparse.Namespace) -> int:
    from grading.course import ROOT, find_assignment
    from grading.marks import grade_course

    root = (args.course or ROOT).resolve()
    names = [find_assignment(name, root).name for name in args.assignment]
    results = []
    if args.no_box:
        print("Without a box: what you run now has your own rights, and its marks can be forged.", flush=True)
    for result in grade_course(names, root, box=not args.no_box):
        why = f": {result.why}" if result.why else ""
        print(f"{result.student}: {result.assignment}: {result.status}{why}", flush=True)
        results.append(result)
    if not results:
        print("There is nothing to grade: put notebooks into submitted/<student>/<assignment>/.")
        return 0
    done = sum(result.has_marks for result in results)
    print(f"{done} graded, {len(results) - done} need a person.", end=" ")
    print("Marks: marks.csv. Feedback: feedback/.")
    return 0


def _report(args: argparse.Namespace) -> int:
    from grading.course import ROOT
    from grading.report.page import write_report

    print(f"Report: {write_report((args.course or ROOT).resolve(), args.assignment)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
