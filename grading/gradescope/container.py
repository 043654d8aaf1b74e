"""Mark the submission in Gradescope's container, by the same steps as `make grade`."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import signal
import stat
import traceback
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from grading.box.kind import BoxKind, boxes_of
from grading.box.limits import Limits
from grading.box.process import BoxError
from grading.box.selftest import require_box
from grading.box.users import end_everybody
from grading.course import World
from grading.files import replace_file
from grading.gradescope.kinds import HOLDS, NAMES, does_not_hold
from grading.gradescope.memory import within_container
from grading.gradescope.packed import Packed, read_packed
from grading.gradescope.told import (
    OUR_FAULT,
    Results,
    for_instructors,
    not_marked,
    paragraphs,
    results_of,
    titled,
    unreadable,
)
from grading.owned import own_folder
from grading.repair import Unreadable
from grading.run.environment import environment
from grading.run.pool import Here
from grading.run.reference import require_full_marks
from grading.run.task import Graded, HandedIn, grade
from grading.status import SubmissionStatus
from grading.submitted.delivery import delivery_in
from grading.submitted.released import Releases
from grading.submitted.remarks import Oddity

SOURCE, CODE, SUBMISSION, MARKED = "source", "code", "submission", "results"
METADATA = "submission_metadata.json"
NO_MATTER = (Oddity.NAME, Oddity.DOWNLOAD)  # students were not told any file name for Gradescope
SPARE = 60  # seconds between our own limit and Gradescope's, in which the results are written
PART_FOR_CELLS = 3  # a notebook's cells may take a third of the time: tests and second runs follow
LATE = "the marking did not finish within the {} minutes that Gradescope allows"


class NoTimeLeft(BaseException):
    """The marking must stop now, and wait for nothing, because Gradescope would end it soon."""


def mark_container(at: Path) -> Results:
    """Mark the submission in a folder with Gradescope's layout, and write results/results.json.

    If anything goes wrong, the results say this, and have no score.
    """
    close_folders(at)
    try:
        results = _marked(at, read_packed(at / SOURCE, at / SOURCE / CODE))
    except Exception as error:
        print(traceback.format_exc())
        results = not_marked(OUR_FAULT, [_broken(f"{type(error).__name__}: {error}")])
    if not end_everybody():  # the results that are written now must not be changed by anybody
        results = not_marked(OUR_FAULT, [_broken("some processes of the submission could not be stopped")])
    replace_file(at / MARKED / "results.json", json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    return results


def check_container(at: Path) -> str:
    """Mark the reference here; return what kind of box submissions run in.

    Raises RuntimeError if the reference does not get full marks.
    """
    close_folders(at)
    packed = fitted(read_packed(at / SOURCE, at / SOURCE / CODE))
    with tight_box(packed.bundle.limits, packed.bundle.world, _secrets(at)) as kind:
        require_full_marks(Here(), packed.bundle)
        return NAMES[kind]


def close_folders(at: Path) -> None:
    """Let only the owner read or change anything in Gradescope's folder."""
    for each in at.iterdir():
        if not each.is_symlink():
            each.chmod(stat.S_IMODE(each.stat().st_mode) & ~(stat.S_IRWXG | stat.S_IRWXO))


def fitted(packed: Packed) -> Packed:
    """Return the same materials with limits that act before the limits of the container do."""
    limits = within_container(packed.bundle.limits)
    seconds = min(limits.notebook_seconds, packed.minutes * 60 / PART_FOR_CELLS)
    limits = dataclasses.replace(limits, notebook_seconds=seconds)
    return dataclasses.replace(packed, bundle=dataclasses.replace(packed.bundle, limits=limits))


@contextlib.contextmanager
def tight_box(limits: Limits, world: World, secrets: list[Path]) -> Iterator[BoxKind]:
    """Make boxes of the best kind that is possible here. Raises BoxError if no kind is tight."""
    for kind in BoxKind:
        with boxes_of(kind):
            try:
                in_force = require_box(limits, secrets, world)
            except BoxError as error:
                print(f"The submission cannot run {NAMES[kind].partition(',')[0]}. {error}")
                continue
            print(f"The submission runs {NAMES[kind]}; {in_force}.")
            yield kind
            return
    raise BoxError("this container has no safe box, so no student's code is run.")


def _secrets(at: Path) -> list[Path]:
    return [at / name for name in (SOURCE, MARKED, SUBMISSION, METADATA)]


def _marked(at: Path, packed: Packed) -> Results:
    packed = fitted(packed)
    bundle = packed.bundle
    try:
        handed_in = received(at, packed)
    except Unreadable as error:
        print(f"The upload cannot be read: {error}")
        return not_marked(unreadable(str(error)))
    with tight_box(bundle.limits, bundle.world, _secrets(at)) as kind:
        try:
            with _at_most(packed.minutes * 60 - SPARE):
                graded = grade(bundle, handed_in, environment(bundle.world))
        except NoTimeLeft:
            why = LATE.format(packed.minutes)
            print(f"Not marked: {why}.")
            return not_marked(OUR_FAULT, [_broken(why)])
    _say(graded)
    return _results(packed, graded, kind)


def received(at: Path, packed: Packed) -> HandedIn:
    """Return the uploaded submission. Raises Unreadable with one sentence."""
    with own_folder() as room:
        paths = {name: Path(room, f"{name}.ipynb") for name in packed.releases}
        for name, path in paths.items():
            path.write_bytes(packed.releases[name])
        made = delivery_in(at, SUBMISSION, packed.bundle.assignment, Releases(paths))
    unsaid = tuple(each.says for each in made.remarks if each.kind in NO_MATTER) + made.unsaid
    return HandedIn(SUBMISSION, made.data, made.repairs, made.pictures, made.written, unsaid)


def _results(packed: Packed, graded: Graded, kind: BoxKind) -> Results:
    if graded.status is SubmissionStatus.OUR_FAULT:
        return not_marked(OUR_FAULT, [_broken(graded.why)])
    if not graded.has_marks:
        return not_marked(unreadable(graded.why))
    return results_of(graded, packed.visibility, [_how(graded, kind)], packed.policy)


def _how(graded: Graded, kind: BoxKind) -> Results:
    """Return an entry for instructors: where the submission ran, and what the box prevents or does not."""
    ran = paragraphs([f"The submission ran {NAMES[kind]}; {graded.box}"])
    lists = titled("What holds", HOLDS) + titled("What does not hold", does_not_hold(kind))
    return for_instructors("How this was marked", ran + lists)


def _broken(what: str) -> Results:
    tell = "The output of the autograder has the whole message. Rerun the autograder for this submission."
    return for_instructors("What went wrong", f"<pre>{escape(what)}</pre>{paragraphs([tell])}")


def _say(graded: Graded) -> None:
    """Print the result in the output of the autograder, which instructors read."""
    print(f"{graded.status}. {graded.why}")
    for name, each in graded.questions.items():
        mark = "-" if each["mark"] is None else f"{each['mark']:g}"
        print(f"{name}: {each['status']}, {mark} of {each['max']:g}")
    print(f"Marked in {graded.seconds:g} s.")


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise NoTimeLeft in the `with` block after this many seconds."""

    def stop(*_: Any) -> None:
        raise NoTimeLeft

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
