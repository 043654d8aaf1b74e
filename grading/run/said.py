"""The sentences that the command prints while it runs, and at its end."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from grading.pages.render import capitalised
from grading.policies.listing import strangers
from grading.roster import listed
from grading.run.needs_person import needs_person
from grading.run.options import Done
from grading.run.outdated import WHY, outdated_in
from grading.run.ruled import known_names
from grading.settings import Settings
from grading.status import SubmissionStatus

if TYPE_CHECKING:
    from grading.run.course import ClassRun

MOST_NAMED = 20
ENOUGH = "This is enough; you need do nothing."


def above_the_bar(sentence: str) -> None:
    """Print a sentence in a separate line, while the progress bar may be visible."""
    from tqdm import tqdm

    tqdm.write(sentence, file=sys.stderr)


def stopped(run: ClassRun) -> str:
    """Return what to print after Ctrl + C: what is done, what is missing, and how to go on."""
    again = "Run the same command again: it goes on from here."
    if not run.has_begun:
        return f"Stopped before anything was marked. {again}"
    missing = len(run.unmarked)
    are = "submission is" if missing == 1 else "submissions are"
    return (
        f"Stopped. {missing} {are} not marked yet; `make report` says whose. {again} "
        f"What is marked so far: {run.out / 'marks.csv'}."
    )


def at_the_end(run: ClassRun, counts: Counter[Any]) -> list[str]:
    """Return all lines after the last submission. counts: of each status, of each `Done`, and of "unread"."""
    is_boxed = run.in_force and Settings(config=run.config).box
    return [
        *(f"Look at this: {sentence}." for sentence in run.said),
        *([f"The box: {run.in_force}. {ENOUGH}"] if is_boxed else []),
        *of_the_class(run, counts),
    ]


def of_the_class(run: ClassRun, counts: Counter[Any]) -> list[str]:
    """Return the lines that stay true while the class does not change. Runs without work print them, too."""
    unknown = strangers(run.policies, known_names(run))
    look = [*run.received.same_file, *filter(None, [run.received.warning]), *unknown]
    return [
        *(f"Look at this: {sentence}." for sentence in look),
        *(f"Not understood: {each.path}: {each.why}." for each in run.received.not_understood),
        *no_longer(run),
        *out_of_date(run),
        *needs_person(run.records, run.keys),
        f"{summary(run, counts)}{not_understood(run)}",
    ]


def not_understood(run: ClassRun) -> str:
    count = len(run.received.not_understood)
    what = "file or folder" if count == 1 else "files and folders"
    return f" Not understood in submitted/: {count} {what}, named above." if count else ""


def summary(run: ClassRun, counts: Counter[Any]) -> str:
    if not run.count:
        return "There is nothing to grade: put notebooks into submitted/<student>/<assignment>/."
    with_marks = sum(counts[each] for each in SubmissionStatus if each.has_marks)
    without = sum(counts[each] for each in SubmissionStatus if not each.has_marks)
    unread = counts["unread"]
    waits = "submission has" if unread == 1 else "submissions have"
    return (
        f"{run.count} {'submission' if run.count == 1 else 'submissions'}: {_have(with_marks, 'marks')}, "
        f"{_have(without, 'none')}. {_done(counts)}. {unread} {waits} answers to read. "
        f"Marks: {run.out / 'marks.csv'}. Feedback: {run.out / 'feedback'}."
    )


def _have(count: int, what: str) -> str:
    return f"{count} {'has' if count == 1 else 'have'} {what}"


def _done(counts: Counter[Any]) -> str:
    """Say what this run did. Submissions that could not be marked now have had a line before."""
    marked, same, none = (counts[each] for each in Done)
    parts = [
        f"{marked} {'was' if marked == 1 else 'were'} marked now",
        f"{same} had not changed since the run before",
        *([f"{none} could not be marked now"] if none else []),
    ]
    return ", ".join(parts)


def out_of_date(run: ClassRun) -> list[str]:
    """Return lines that name the students whose marks are out of date."""
    why = f"{capitalised(WHY)}. Run `make grade` for all students."
    found = outdated_in(run.records)
    return [f"Out of date: {name}: {listed(who, MOST_NAMED)}. {why}" for name, who in found.items()]


def no_longer(run: ClassRun) -> list[str]:
    """Return a line with the students who have a row in marks.csv, but nothing in submitted/ any more."""
    names = listed(run.no_longer, MOST_NAMED)
    return [f"In marks.csv, but no longer in submitted/: {names}."] if names else []
