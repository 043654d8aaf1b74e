"""`python -m grading doctor`: look for lost or broken results."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "find lost or broken results, and repair them"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--course", type=Path, help="the folder with nbgrader_config.py and submitted/")
    parser.add_argument("--out", type=Path, help="the folder with the results (default: the course)")


def call(args: argparse.Namespace) -> int:
    """Look for lost or broken results, and repair them; return the exit code."""
    from grading.course import require_course
    from grading.run.course import ClassRun
    from grading.run.doctor import mend_and_tell
    from grading.run.loose import tell
    from grading.run.options import Options

    course = require_course(args.course)
    tell(course, args.out)
    return mend_and_tell(ClassRun(Options((), course, out=args.out)))
