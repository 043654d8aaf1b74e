"""`python -m grading collect`: copy the submissions of a platform's download into submitted/."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "put what you downloaded from Canvas, Moodle or Gradescope, or several notebooks, into submitted/"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument(
        "downloads", nargs="+", type=Path, help="the zip, folder or notebooks from the platform"
    )
    parser.add_argument(
        "--assignment", default="", help="the assignment of all files, whatever their names are"
    )
    parser.add_argument(
        "--worksheet",
        type=Path,
        metavar="FILE",
        help="Moodle's grading worksheet, which has the time when each student handed in",
    )
    parser.add_argument("--zone", default="", help="the time zone of the worksheet, such as Europe/Berlin")
    parser.add_argument(
        "--course", type=Path, help="the folder with course.py (default: this folder or one above it)"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would be written, and write nothing"
    )
    parser.add_argument("--yes", action="store_true", help="write without asking")


def call(args: argparse.Namespace) -> int:
    """Show what the downloads hold, ask, and write; return the exit code."""
    from contextlib import closing

    from grading.collect.collecting import Collecting
    from grading.collect.telling import lines_of
    from grading.course import require_course

    course = require_course(args.course)
    of = course.assignment(args.assignment).name if args.assignment else ""
    times = _times(args)
    with closing(Collecting(course, args.downloads, of)) as collecting:
        seen = collecting.look(times)
        for line in lines_of(seen):
            print(line)
        if not seen.to_write:
            print("There is nothing to write.")
            return 0
        if args.dry_run:
            print("Nothing was written: this was a dry run.")
            return 0
        if not (args.yes or _is_wanted()):
            print("Nothing was written. To write the files, run the same command again with --yes.")
            return 1
        return _write(collecting, seen)


def _times(args: argparse.Namespace) -> dict:
    """Return the time when each of Moodle's participants handed in, if a worksheet is named."""
    from grading.collect.worksheet import times_in
    from grading.doors.sheets import read_sheet

    if bool(args.worksheet) != bool(args.zone):
        raise ValueError("--worksheet and --zone go together: the worksheet does not say its time zone.")
    if args.worksheet and not args.worksheet.is_file():
        raise ValueError(
            f"there is no file {args.worksheet}: write the path of the worksheet that you downloaded."
        )
    return times_in(read_sheet(args.worksheet), args.zone) if args.worksheet else {}


def _is_wanted() -> bool:
    """Ask whether to write, if a person can answer; return the answer."""
    if not sys.stdin.isatty():
        return False
    try:
        return input("Write this? [y/N] ").strip().lower() in ("y", "yes")
    except (EOFError, KeyboardInterrupt):  # Ctrl + D, Ctrl + C: nothing has been written yet
        print()
        return False


def _write(collecting, seen) -> int:
    from grading.collect.attempts import NotTaken

    done = list(collecting.write(seen.to_write))
    failed = [each for each in done if isinstance(each, NotTaken)]
    for each in failed:
        print(f"Not written: {each.student}, {each.assignment}: {each.why.rstrip('.')}.")
    count = len(done) - len(failed)
    print(f"Written: {count} {'submission' if count == 1 else 'submissions'}. Next: make grade")
    return 1 if failed else 0
