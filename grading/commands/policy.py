"""`python -m grading policy`: decisions that change which marks count, each in one command."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "drop a question, change points, set a due date, give an extension, a mark by hand, and more"
LATER = "Only `attempt` runs a student's code again. All policies are in policies.toml."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add a command for each policy, and those that list policies or take a policy back."""
    from grading.policies.verbs import VERBS

    parser.description, parser.epilog = HELP.capitalize() + ".", LATER
    kinds = parser.add_subparsers(dest="verb", required=True, metavar="POLICY")
    for name, verb in VERBS.items():
        its = _parser(kinds, name, verb.help, verb.example)
        verb.arguments(its)
        if name == "extend":
            its.add_argument("--no-penalty", action="store_true", help="nothing is taken off for being late")
        its.set_defaults(undo=False)
    shown = kinds.add_parser("list", help="all policies, each with the command that takes it back")
    shown.add_argument("assignment", nargs="*", help="only these assignments (default: all)")
    shown.add_argument("--course", type=Path, help="the folder with policies.toml")
    undo = kinds.add_parser("undo", help="take a policy back: the marks are then as if it had never been set")
    undone = undo.add_subparsers(dest="verb", required=True, metavar="POLICY")
    for name, verb in VERBS.items():
        its = _parser(undone, name, f"take back: {verb.help}", f"policy undo {name} ...")
        verb.arguments(its, undo=True)
        its.set_defaults(undo=True)


def _parser(
    kinds: argparse._SubParsersAction, name: str, about: str, example: str
) -> argparse.ArgumentParser:
    described = f"{about[0].upper()}{about[1:]}."
    its = kinds.add_parser(
        name,
        help=about,
        description=described,
        epilog=f"Example: .venv/bin/python -m grading {example}",
    )
    its.add_argument("--course", type=Path, help="the folder with policies.toml")
    its.add_argument("--out", type=Path, help="the folder with the marks, if you used --out with `run`")
    its.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    return its


def call(args: argparse.Namespace) -> int:
    """Show or change policies; return the exit code."""
    from grading.course import require_course

    course = require_course(args.course)
    if args.verb == "list":
        from grading.run.change import show_all

        return show_all(course, args.assignment)
    from grading.run.change import change

    changed = change(course, args)
    if changed.mark_again and not args.dry_run:
        return _marked_again(args, changed.student)
    return 0


def _marked_again(args: argparse.Namespace, student: str) -> int:
    """Mark the attempt that counts now; return the exit code."""
    from grading.commands import run

    parser = argparse.ArgumentParser()
    run.arguments(parser)
    again = parser.parse_args([args.assignment, "--student", student])
    again.course, again.out, again.is_program = args.course, args.out, args.is_program
    return run.call(again)
