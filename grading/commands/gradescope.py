"""`python -m grading gradescope`: the autograder zip that Gradescope runs."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "write the autograder zip of an assignment for Gradescope"
VISIBILITIES = ("after_due_date", "visible", "after_published", "hidden")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("assignment", help="the name of the assignment")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="the zip to write (default: ASSIGNMENT-gradescope.zip)"
    )
    parser.add_argument(
        "--visibility",
        choices=VISIBILITIES,
        default=VISIBILITIES[0],
        help="when students see marks and reasons (default: %(default)s)",
    )
    parser.add_argument(
        "--minutes",
        type=int,
        default=10,
        help="the timeout that the assignment has in Gradescope (default: %(default)s)",
    )
    parser.add_argument(
        "--course", type=Path, help="the folder with course.py (default: this folder or one above it)"
    )


def call(args: argparse.Namespace) -> int:
    """Write the zip, and print what to set in Gradescope; return the exit code."""
    from grading.course import require_course
    from grading.gradescope.archive import write_autograder
    from grading.gradescope.packed import Visibility

    assignment = require_course(args.course).assignment(args.assignment)
    path = args.out or Path(f"{assignment.name}-gradescope.zip")
    if path.is_dir():
        raise ValueError(
            f"{path} is a folder: --out is the name of the zip, such as {path / 'autograder.zip'}."
        )
    made = write_autograder(assignment, path, Visibility(args.visibility), args.minutes)
    size = path.stat().st_size / 1e6
    secret = "The zip contains the solution and the seed: do not show it to students."
    print(f"Written: {path} ({size:.1f} MB). {secret}")
    print(f"In Gradescope, set the autograder points to {sum(made.automatic.values()):g}.")
    for name, points in made.by_person.items():
        print(f"Add a manual question '{name}' with {points:g} points: a person reads this answer.")
    if made.left_out:
        left = ", ".join(made.left_out)
        print(f"These policies are not in the zip: {left}. Set them in Gradescope.")
    return 0
