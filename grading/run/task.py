"""Mark one submission: a function of its bytes and of the bundle, on whatever machine it runs."""

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

_ONE_AT_A_TIME = threading.Lock()  # a process has one warm parent; where more is wanted, more processes are


@dataclass(frozen=True)
class HandedIn:
    """The notebook that a student handed in, and what is to be said of how it lay there, a sentence each.

    pictures: those beside it that it names, by their paths from its folder, with / between names.
    written: the files beside it in which an answer may stand. unsaid: those of the notes that are no matter
    of the student's.
    """

    student: str
    data: bytes
    notes: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    written: tuple[FileBeside, ...] = ()
    unsaid: tuple[str, ...] = ()

    def key(self, bundle: Bundle) -> str:
        """What the result depends on, and nothing else: where this is the same, the result is."""
        here = environment_key(environment(bundle.world))
        shown = [part for name in sorted(self.pictures) for part in (name, self.pictures[name])]
        beside = [repr(each) for each in (self.written, self.unsaid) if each]
        return digest([here, bundle.key, repr(self.notes), self.data, *shown, *beside])


@dataclass(frozen=True)
class Graded:
    """What came of it. questions: by grade_id, in order: status, mark, max, why, hints.

    tries: by exercise and hint, as the student's notebook says. notebook: the graded one, as JSON.
    page: the feedback, for who has no mark by hand and no penalty.
    Raises ValueError for an unknown status.
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

    asked: the environment that the marks are to be made in.
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
        raise  # of this machine, and nothing about the submission
    except (OSError, RuntimeError) as error:
        return failed(handed_in.key(bundle), str(error))
    return _graded(made, bundle, handed_in, time.monotonic() - begin)


def get_ready(bundle: Bundle) -> None:
    """Start what every submission needs, before there is one. What goes wrong, the first of them says."""
    with contextlib.suppress(OSError, RuntimeError):
        here = unpack(bundle)
        here.in_force()
        warm_parent(bundle.boxed, declared(here.beside), packages_of(here.source), bundle.world)
        scorers(bundle.boxed, bundle.world)


def failed(key: str, why: str) -> Graded:
    """What comes of a submission that we could not mark: nothing that says anything about it."""
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
    """What the notebook says of itself; nothing, if it cannot be read.

    What was read before, to be repaired, keeps to the limits: only other data needs a process of its own.
    """

    def counted() -> Mapping[str, Mapping[str, int]]:
        return tries_of(read_content(data), bundle.hints)

    try:
        return counted() if noted.readable else call_apart(counted)
    except (Unreadable, TooCostly):
        return {}


def plain_told(student: str, assignment: str, questions: Mapping[str, Any], boxed: bool) -> Told:
    """What there is to tell of marks that no person and no date has changed."""
    marks = [each["mark"] for each in questions.values() if each["mark"] is not None]
    most = sum(each["max"] for each in questions.values())
    return Told(student, assignment, sum(marks) if marks else None, most, unboxed=not boxed)


def status_of(noted: Noted) -> tuple[SubmissionStatus, str]:
    """The status of a marked submission, and what there is to say of it."""
    stopped = [f"{name}: {each.status}" for name, each in noted.questions.items() if each.status.is_limit]
    if not noted.readable:
        return SubmissionStatus.UNREADABLE, noted.because
    if stopped:
        return SubmissionStatus.LIMIT_HIT, "; ".join(stopped)
    if noted.repaired:
        return SubmissionStatus.REPAIRED, "; ".join(noted.repaired)
    return SubmissionStatus.GRADED, ""
