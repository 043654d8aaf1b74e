"""Mark one submission: a function of its bytes and of the bundle, the same on every machine."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from grading.apart import TooCostly, call_apart
from grading.box.parent import warm_parent
from grading.box.process import BoxError
from grading.box.session import declared
from grading.marking.jobs import packages_of, points_of
from grading.marking.submission import mark_repaired, repair_bytes
from grading.noted import Noted
from grading.pages.feedback import Told, feedback_page
from grading.places import FileBeside
from grading.repair import Unreadable
from grading.repair.read import read_content
from grading.run.bundle import Bundle, digest, unpack
from grading.run.environment import environment, environment_key, require_environment
from grading.run.tries import tries_of
from grading.scorer.client import scorers
from grading.status import SubmissionStatus

_ONE_AT_A_TIME = threading.Lock()  # a process has one warm parent, which forks boxes; start more processes


@dataclass(frozen=True)
class HandedIn:
    """The notebook that a student handed in, with sentences about how it was found.

    student: the name of the student.
    data: the bytes of the notebook.
    notes: the sentences about how it was found.
    pictures: the pictures next to the notebook that it names, by their paths from its folder, with / between
        names.
    written: the files next to the notebook in which an answer may be.
    unsaid: those notes that do not concern the student.
    """

    student: str
    data: bytes
    notes: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    written: tuple[FileBeside, ...] = ()
    unsaid: tuple[str, ...] = ()

    def key(self, bundle: Bundle) -> str:
        """Return a hash of everything that the result depends on: the same key means the same result."""
        here = environment_key(environment(bundle.world))
        shown = [part for name in sorted(self.pictures) for part in (name, self.pictures[name])]
        beside = [repr(each) for each in (self.written, self.unsaid) if each]
        return digest([here, bundle.key, repr(self.notes), self.data, *shown, *beside])


@dataclass(frozen=True)
class Graded:
    """The result of marking a submission.

    key: the hash of everything that the result depends on.
    status: how marking went; an unknown status raises ValueError.
    why: a sentence about the status.
    questions: for each grade_id, in order: status, mark, max, why, hints.
    repaired: what was repaired in the notebook.
    untouched: the questions whose answers the student has not changed.
    tries: the number of attempts by exercise and hint, as the student's notebook says.
    box: the box in which it ran.
    seconds: how long marking took.
    notebook: the graded notebook, as JSON.
    page: the feedback, for a student who has no mark by hand and no penalty.
    """

    key: str
    status: SubmissionStatus
    why: str = ""
    questions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    repaired: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()
    tries: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    box: str = ""
    seconds: float = 0.0
    notebook: str = ""
    page: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "status", SubmissionStatus(self.status))

    @property
    def has_marks(self) -> bool:
        return self.status.has_marks


def grade(bundle: Bundle, handed_in: HandedIn, asked: Mapping[str, str]) -> Graded:
    """Mark a submission. Raises OtherEnvironment, before anything else, and BoxError.

    asked: the environment in which the marks must be made.
    """
    require_environment(asked, bundle.world)
    with _ONE_AT_A_TIME:
        return _grade(bundle, handed_in)


def _grade(bundle: Bundle, handed_in: HandedIn) -> Graded:
    begin, materials = time.monotonic(), unpack(bundle)
    in_force = materials.in_force()
    try:
        beside = handed_in.pictures, handed_in.written, handed_in.unsaid
        nb = repair_bytes(materials, handed_in.data, handed_in.notes, *beside)
        made = mark_repaired(materials, nb, in_force)
    except BoxError:
        raise  # it is a fault of this machine, and says nothing about the submission
    except (OSError, RuntimeError) as error:
        return failed(handed_in.key(bundle), str(error))
    return _graded(made, bundle, handed_in, time.monotonic() - begin)


def get_ready(bundle: Bundle) -> None:
    """Start what every submission needs, before there is one. The first submission reports any error."""
    with contextlib.suppress(OSError, RuntimeError):
        here = unpack(bundle)
        here.in_force()
        warm_parent(bundle.boxed, declared(here.beside), packages_of(here.source), bundle.world)
        scorers(bundle.boxed, bundle.world)


def failed(key: str, why: str) -> Graded:
    """Return the result of a submission that the grader failed to mark. It says nothing about the answers."""
    return Graded(key, SubmissionStatus.OUR_FAULT, why)


def _graded(nb: NotebookNode, bundle: Bundle, handed_in: HandedIn, seconds: float) -> Graded:
    noted, points = Noted.of(nb), points_of(nb)
    questions = {each: {"max": points[each], **told.record} for each, told in noted.questions.items()}
    told = plain_told(handed_in.student, bundle.assignment, questions, bundle.boxed)
    return Graded(
        handed_in.key(bundle),
        *status_of(noted),
        questions=questions,
        repaired=tuple(noted.repaired),
        untouched=tuple(noted.untouched),
        tries=_tries(handed_in.data, bundle, noted),
        box=noted.box,
        seconds=round(seconds, 2),
        notebook=nbformat.writes(nb),
        page=feedback_page(nb, told),
    )


def _tries(data: bytes, bundle: Bundle, noted: Noted) -> Mapping[str, Mapping[str, int]]:
    """Return the attempts that the notebook records; nothing if it cannot be read.

    If the notebook was read before, to be repaired, it is within the limits. Only other data is read in a
    separate process.
    """

    def counted() -> Mapping[str, Mapping[str, int]]:
        return tries_of(read_content(data), bundle.hints)

    try:
        return counted() if noted.readable else call_apart(counted)
    except (Unreadable, TooCostly):
        return {}


def plain_told(student: str, assignment: str, questions: Mapping[str, Any], boxed: bool) -> Told:
    """Return what a student is told about marks that no person and no date has changed."""
    marks = [each["mark"] for each in questions.values() if each["mark"] is not None]
    most = sum(each["max"] for each in questions.values())
    return Told(student, assignment, sum(marks) if marks else None, most, unboxed=not boxed)


def status_of(noted: Noted) -> tuple[SubmissionStatus, str]:
    """Return the status of a marked submission, and a sentence about it."""
    stopped = [f"{name}: {each.status}" for name, each in noted.questions.items() if each.status.is_limit]
    if not noted.readable:
        return SubmissionStatus.UNREADABLE, noted.because
    if stopped:
        return SubmissionStatus.LIMIT_HIT, "; ".join(stopped)
    if noted.repaired:
        return SubmissionStatus.REPAIRED, "; ".join(noted.repaired)
    return SubmissionStatus.GRADED, ""
