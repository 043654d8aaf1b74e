"""`make stock`: unchanged nbgrader grades the hostile and broken submissions of the tests.

The results are in docs/measurements.md.

Each submission is graded by stock nbgrader in a separate box, with all of nbgrader inside. This is necessary,
because some submissions would end every process of the user who runs them.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from conftest import copy_course
from ours import COURSE, ROOT
from submissions.abuse import ABUSES, ESCAPES
from submissions.accidents import ACCIDENTS
from submissions.cases import Case
from submissions.cheating import CHEATS
from submissions.draft import NAME, points, right

from benchmarks.documents import MEASUREMENTS, Texts
from grading.box.limits import Limits
from grading.box.process import ENTER
from grading.box.totals import open_totals
from grading.box.walls import Walls
from grading.build.cases import build_hidden
from grading.build.hidden import hidden_folder

SECONDS = 120
LIMITS = Limits(memory_mb=6144, processes=400, file_mb=700)
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.Execute.timeout = 15
"""
SCRIPT = """
import json, os, shutil, subprocess, sys
shutil.copytree("/stock", "course")
os.chdir("course")
command = [sys.executable, "-m", "nbgrader", "autograde", sys.argv[1], "--student", "s"]
subprocess.run(command, capture_output=True)
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    grades = book.find_submission_notebook(sys.argv[1], sys.argv[1], "s").grades
    print(json.dumps({grade.name: grade.auto_score for grade in grades}))
"""
ROW = "| {0} | {1} | {2} | {3} | {4} |"
CHEATING, ACCIDENTAL = "cheating, with wrong answers", "broken by accident"
CORPUS = {
    CHEATING: CHEATS,
    "using too much": ABUSES,
    "looking for a way out": ESCAPES,
    ACCIDENTAL: ACCIDENTS,
}


class Fate(NamedTuple):
    """The numbers of submissions that forge marks, lose marks that they deserve, or get no mark at all."""

    count: int
    forged: int
    lost: int
    unmarked: int


def prepared(folder):
    """Return a course with stock settings, whose assignment is released."""
    course = copy_course(folder)
    shutil.copytree(hidden_folder(), course / "hidden")
    (course / "nbgrader_config.py").write_text(CONFIG)
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", NAME, "--force", "--quiet"]
    subprocess.run(command, cwd=course, env={**os.environ, "PATH": path}, check=True)
    return course


def stock(draft, released, folder):
    """Return the marks that stock nbgrader gives, by test; an empty dict if it gives no marks."""
    course = folder / "course"
    shutil.copytree(released, course)
    draft.save(course / "submitted" / "s" / NAME)
    seen = [ROOT / "grading", *COURSE.world.folders().values()]
    environment = {
        "GRADING_HIDDEN": os.path.join("/tmp", "course", "hidden"),
        "PYTHONPATH": str(ROOT),
    }
    walls = Walls({**{str(each): each for each in seen}, "/stock": course}, LIMITS.file_mb, environment)
    for path in [course, *course.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    try:
        return json.loads(said_within(walls, [sys.executable, "-c", SCRIPT, NAME]).splitlines()[-1])
    except (IndexError, ValueError):
        return {}


def said_within(walls, program):
    """Return what a program prints in a separate box, or nothing if it takes too long."""
    totals = open_totals(LIMITS)
    command = ["sh", "-c", ENTER, "sh", str(len(totals.entries)), *totals.entries, *walls.command(program)]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    try:
        with subprocess.Popen(command, **pipes) as process:
            totals.watch(process.pid)
            try:
                return process.communicate(timeout=SECONDS)[0]
            except subprocess.TimeoutExpired:
                process.kill()
                return b""
    finally:
        totals.close()


def outcome(case, released):
    """Return what stock nbgrader does with a case.

    The result has the marks that it gives for wrong answers, the marks that correct answers lose, and whether
    it gives any marks.
    """
    with tempfile.TemporaryDirectory() as folder:
        marks = stock(case.draft(), released, Path(folder))
    kept = {name: marks.get(name) or 0.0 for name in points()}
    forged = sum(kept[name] for name in case.lost)
    lost = (
        0
        if case.whole == "cannot be read"
        else sum(most - kept[name] for name, most in points().items() if name not in case.lost)
    )
    return forged, lost, bool(marks)


def once(cases):
    """Return the first variant of each case, without the cases that concern only the box and the scorer."""
    return [case for case in cases if not case.is_variant and int(case.number.rstrip("a")) < 90]


def measured() -> Texts:
    """Grade the corpus, and return what the documents say."""
    found = measure()
    return {MEASUREMENTS: f"{line(found)}\n\n{table(found)}"}


def measure() -> dict[str, Fate]:
    """Grade all submissions. Raises RuntimeError if an ordinary submission does not get full marks here."""
    build_hidden(COURSE)
    released = prepared(Path(tempfile.mkdtemp()))
    ordinary = Case("0", "ordinary", right, lambda draft: None, ())
    if outcome(ordinary, released)[1] != 0:
        raise RuntimeError("stock nbgrader does not give full marks to a right notebook here")
    return {title: fate(once(cases), released) for title, cases in CORPUS.items()}


def fate(cases, released):
    """Return how many of these cases forge marks, lose marks that they deserve, or get no mark at all."""
    results = []
    for case in cases:
        results.append(outcome(case, released))
        print(case.student, *results[-1], flush=True)
    forged, lost = sum(each[0] > 0 for each in results), sum(each[1] > 0 for each in results)
    return Fate(len(results), forged, lost, sum(not each[2] for each in results))


def table(found: dict[str, Fate]) -> str:
    """Return the figures as Markdown."""
    lines = [
        "| submissions | how many | marks forged | correct answers that lost marks | no mark at all |",
        "|---|---|---|---|---|",
        *(ROW.format(title, *each) for title, each in found.items()),
    ]
    return "\n".join(lines)


def line(found: dict[str, Fate]) -> str:
    """Return the sentence above the table."""
    cheating, accidents = found[CHEATING], found[ACCIDENTAL]
    return (
        f"Stock nbgrader gives marks for nothing to {cheating.forged} of {cheating.count} submissions that "
        f"cheat, and takes marks from right answers in {accidents.lost} of {accidents.count} that broke by "
        "accident."
    )
