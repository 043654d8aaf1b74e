"""The page of a student whose submission cannot be read: it says what was wrong, and what to do."""

from __future__ import annotations

import functools
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from checks.texts import later, say
from grading.marking.jobs import points_of
from grading.pages.feedback import Told, feedback_page
from grading.policies.policy import NO_POLICY, Policy
from grading.repair import Unreadable, unreadable
from grading.speech import in_language_of_built

NOT_OPENED = later("the marking computer could not open it")


def unread_page(
    solution: Path,
    release: Path,
    student: str,
    assignment: str,
    error: Unreadable,
    policy: Policy = NO_POLICY,
) -> str:
    """Return the page of a submission without a notebook that can be marked. error: the reason in a sentence.

    A file that the marking computer cannot open is not the student's problem. The page then says only that
    this computer could not open the file, not why.
    """
    ours = error.barrier.is_ours
    built = _notebook(solution)
    with in_language_of_built(built):
        nb = unreadable(built, _notebook(release), Unreadable(say(NOT_OPENED)) if ours else error)
    most = sum(policy.points_by(points_of(nb)).values())
    return feedback_page(nb, Told(student, assignment, None, most, unopened=ours))


@functools.lru_cache(maxsize=8)
def _notebook(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)
