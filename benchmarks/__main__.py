"""Measure the parts that are named, print the tables, and write them into docs/measurements.md."""

from __future__ import annotations

import argparse
import importlib
import shutil
from typing import NamedTuple

from benchmarks.documents import MEASUREMENTS, write_sections


class Measurement(NamedTuple):
    """A part that can be measured: the command that writes its results, its module, and what it needs."""

    command: str
    module: str
    needs_box: bool = False


PARTS = {
    "steps": Measurement("make bench", "benchmarks.steps"),
    "explorer": Measurement("make bench, of the explorer", "benchmarks.explorer_speed"),
    "marking": Measurement("make bench, of marking", "benchmarks.grading_speed", needs_box=True),
    "mutants": Measurement("make mutants", "benchmarks.mutants"),
    "hints": Measurement("python -m benchmarks hints", "benchmarks.hints"),
    "stock": Measurement("make stock", "benchmarks.stock", needs_box=True),
    "alike": Measurement("python -m benchmarks alike", "benchmarks.alike"),
    "leaks": Measurement("python -m benchmarks leaks", "benchmarks.leaks"),
    "fair": Measurement("python -m benchmarks fair", "benchmarks.fair"),
    "fuzz": Measurement("python -m benchmarks fuzz", "benchmarks.fuzz"),
    "day": Measurement("python -m benchmarks day", "benchmarks.long_day", needs_box=True),
    "words": Measurement("python -m benchmarks words", "benchmarks.words"),
}
SPEED = ("steps", "explorer", "marking")


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Return the arguments of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "part", nargs="*", metavar="|".join(PARTS), help=f"only these (default: {', '.join(SPEED)})"
    )
    parser.add_argument("--students", type=int, help="of marking and of a day: how many hand in")
    parser.add_argument("--minutes", type=float, help="of fuzz: how long odd inputs are tried")
    parser.add_argument("--stock", type=int, help="of marking: how many with stock nbgrader")
    parser.add_argument("--before", metavar="REVISION", help="of words: the revision to compare with")
    args = parser.parse_args(argv)
    if odd := set(args.part) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(odd))}")
    return args


def main(argv: list[str] | None = None) -> None:
    """Measure the parts that the command line names."""
    args = arguments(argv)
    asked = {
        "marking": {"many": args.students, "few": args.stock},
        "fuzz": {"minutes": args.minutes},
        "day": {"students": args.students},
        "words": {"before": args.before},
    }
    for name in args.part or SPEED:
        measure(name, **{key: value for key, value in asked.get(name, {}).items() if value})


def measure(name: str, **options: float | str) -> None:
    """Measure one part. Print its tables before they are written, so that an error cannot lose them."""
    part = PARTS[name]
    if part.needs_box and shutil.which("bwrap") is None:
        print(f"No measurement of {name}: bubblewrap is not installed.")
        return
    texts = importlib.import_module(part.module).measured(**options)
    print(texts[MEASUREMENTS])
    write_sections(part.command, texts)


if __name__ == "__main__":
    main()
