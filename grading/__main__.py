"""Marking a course: build it, mark it, report, and hand the marks on."""

from __future__ import annotations

import argparse
import sys

from grading.commands import (
    build,
    collect,
    doctor,
    export,
    gradescope,
    mistakes,
    new,
    policy,
    report,
    run,
    term,
    texts,
    why,
)
from grading.files import in_words
from grading.listener import outlive_listeners

COMMANDS = {
    each.__name__.rpartition(".")[2]: each
    for each in (
        *(build, new, mistakes, collect, run, policy, why),
        *(doctor, report, export, gradescope, term, texts),
    )
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m grading", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, command in COMMANDS.items():
        its = commands.add_parser(name, help=command.HELP)
        command.arguments(its)
        its.set_defaults(call=command.call)
    args = parser.parse_args(argv, argparse.Namespace(is_program=argv is None))
    try:
        return args.call(args)
    except (OSError, RuntimeError, ValueError) as error:
        print(f"Stopped: {in_words(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Part of the work may be done: run the same command again.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    outlive_listeners()
    sys.exit(main())
