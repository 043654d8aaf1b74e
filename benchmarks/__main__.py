"""Run every benchmark, or those named, print the tables, and write them into README.md."""

from __future__ import annotations

import argparse
import shutil

from benchmarks.explorer_speed import run as run_explorer
from benchmarks.grading_speed import FEW, MANY
from benchmarks.grading_speed import run as run_marking
from benchmarks.report import run as run_steps

PARTS = ("steps", "explorer", "marking")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("part", nargs="*", metavar="|".join(PARTS), help="only these (default: all)")
    parser.add_argument("--students", type=int, default=MANY, help="of marking: how many hand in")
    parser.add_argument("--stock", type=int, default=FEW, help="of marking: how many with stock nbgrader")
    args = parser.parse_args()
    parts = args.part or PARTS
    if odd := set(parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(odd))}")
    if "steps" in parts:
        print(run_steps())
    if "explorer" in parts:
        print(run_explorer())
    if "marking" in parts and shutil.which("bwrap") is None:
        print("Marking is not measured: bubblewrap is not installed.")
    elif "marking" in parts:
        print(run_marking(args.students, args.stock))


if __name__ == "__main__":
    main()
