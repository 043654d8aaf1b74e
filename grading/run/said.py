"""What the command says while it runs, and at its end."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from grading.status import SubmissionStatus

if TYPE_CHECKING:
    from grading.run.course import ClassRun

KINDS = {SubmissionStatus.GRADED: "as handed in"}


def above_the_bar(sentence: str) -> None:
    """Say something while the bar may be there, in a line of its own."""
    from tqdm import tqdm

    tqdm.write(sentence, file=sys.stderr)


def stopped(run: ClassRun) -> str:
    """What there is to say after Ctrl + C: what is done, what is missing, and how it goes on."""
    again = "Give the same command again: it goes on from here."
    if not run.has_begun:
        return f"Stopped before anything was marked. {again}"
    missing = len(run.unmarked)
    are = "submission is" if missing == 1 else "submissions are"
    return (
        f"Stopped. {missing} {are} not marked yet; `make report` says whose. {again} "
        f"What is marked so far: {run.out / 'marks.csv'}."
    )


def not_understood(run: ClassRun) -> str:
    count = len(run.received.not_understood)
    what = "file or folder" if count == 1 else "files and folders"
    return f" Not understood in submitted/: {count} {what}, named above." if count else ""


def summary(run: ClassRun, counts: Counter[str]) -> str:
    if not run.count:
        return "There is nothing to grade: put notebooks into submitted/<student>/<assignment>/."
    ran, unread = counts.pop("ran"), counts.pop("unread")
    have = "submission has" if unread == 1 else "submissions have"
    return (
        f"Submissions: {_kinds(counts, True)}, {_kinds(counts, False)}; {run.count - ran} not changed since "
        f"the run before. {unread} {have} answers to read. "
        f"Marks: {run.out / 'marks.csv'}. Feedback: {run.out / 'feedback'}."
    )


def _kinds(counts: Counter[str], have_marks: bool) -> str:
    """How many have marks, or have none, and of which kinds they are."""
    found = {each: counts[each] for each in SubmissionStatus if each.has_marks == have_marks and counts[each]}
    kinds = ", ".join(f"{number} {KINDS.get(each, each)}" for each, number in found.items())
    of_kinds = f" ({kinds})" if kinds else ""
    return f"{sum(found.values())} {'marked' if have_marks else 'not marked'}{of_kinds}"
