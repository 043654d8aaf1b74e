"""Gradescope's autograder zip of one assignment."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import grading
from grading.course import Assignment
from grading.gradescope.container import CODE
from grading.gradescope.packages import LOCK, marking_lock
from grading.gradescope.packed import Packed, Visibility, packed
from grading.gradescope.ruled import left_out
from grading.gradescope.told import OUR_FAULT, not_marked
from grading.marking.jobs import is_test, name, points_of
from grading.policies.policy import Policy
from grading.policies.read import read_policies
from grading.run.bundle import Bundle, bundle_for, unpack
from grading.run.course import ClassRun
from grading.run.environment import MADE
from grading.run.options import Options, config_of
from grading.run.ruled import known_names
from grading.settings import Settings
from grading.zips import write_zip

HERE = Path(__file__).parent
PROGRAMS = ("setup.sh", "run_autograder")
FAULT = "fault.json"  # the results for Gradescope if the marking stops before its end
NOT_NEEDED = (".pyc", ".map")


@dataclass(frozen=True)
class Autograder:
    """The zip that was written, and the points that the instructor must set in Gradescope.

    automatic: the points of the questions that are marked in Gradescope.
    by_person: the points of each written answer, which needs a manual question in Gradescope.
    left_out: the policies that are not in the zip, in words.
    """

    path: Path
    automatic: dict[str, float]
    by_person: dict[str, float]
    left_out: list[str]


def write_autograder(assignment: Assignment, path: Path, visibility: Visibility, minutes: int) -> Autograder:
    """Write the zip of an assignment. Raises ValueError if a part of it is missing."""
    policy = policy_of(assignment)
    held = packed(assignment, boxed_bundle(assignment), visibility, minutes, policy)
    write_zip(path, {**files_of(held), LOCK: marking_lock(assignment.course).encode()}, programs=PROGRAMS)
    path.chmod(0o600)  # it holds files that no student may read
    source = unpack(held.bundle).source
    points = policy.points_by(points_of(source))
    tests = {name(cell) for cell in source.cells if is_test(cell)}
    marked = tests | set(policy.full_marks)  # a question with full marks for all needs no person
    return Autograder(
        path,
        {each: value for each, value in points.items() if each in marked},
        {each: value for each, value in points.items() if each not in marked},
        left_out(policy),
    )


def policy_of(assignment: Assignment) -> Policy:
    """Return the policies of an assignment. Raises ValueError with everything that is not understood."""
    run = ClassRun(Options([assignment.name], assignment.course))
    with closing(run.received):
        return read_policies(assignment.course.root, known_names(run)).of(assignment.name)


def boxed_bundle(assignment: Assignment) -> Bundle:
    """Return the materials for marking the assignment in a box, with the limits of nbgrader_config.py."""
    settings = Settings(config=config_of(Options(course=assignment.course)))
    return replace(bundle_for(assignment, settings), boxed=True)


def files_of(held: Packed) -> dict[str, bytes]:
    """Return the files of the zip, without the lock."""
    folders = {"grading": Path(grading.__file__).parent, **held.bundle.world.all_folders()}
    code = {
        f"{CODE}/{package}/{file}": data
        for package, folder in folders.items()
        for file, data in _files(folder).items()
    }
    fault = {FAULT: json.dumps(not_marked(OUR_FAULT), indent=1).encode()}
    return {**{each: (HERE / each).read_bytes() for each in PROGRAMS}, **fault, **code, **held.files()}


def _files(folder: Path) -> dict[str, bytes]:
    """Return all files of a package or of a data folder, by their paths in it."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in NOT_NEEDED)
    inside = {path.relative_to(folder): path for path in sorted(paths)}
    return {to.as_posix(): path.read_bytes() for to, path in inside.items() if not MADE & set(to.parts)}
