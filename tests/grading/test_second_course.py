"""The seam between engine and course: a second, small course goes through all of the engine."""

import copy
import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from ours import ROOT

from checks.call import try_case
from checks.explain import explain
from grading.build.cases import draw_cases
from grading.course import load_course

pytestmark = [pytest.mark.instructor, pytest.mark.box]
HERE, NAME = ROOT / "tests" / "second_course", "straight-lines"
WRONG = "def fit_line(x, y):\n    return np.polyfit(x, y, 1)"
ENDLESS = "def residual_spread(x, y, line):\n    while True: pass"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The course in a folder of its own, built by the command."""
    root = tmp_path_factory.mktemp("second") / "course"
    shutil.copytree(HERE, root, ignore=shutil.ignore_patterns("__pycache__"))
    said = grading(root, "build")
    assert "straight-lines: running the reference" in said
    return root


@pytest.fixture(scope="module")
def graded(built):
    """A class of five, marked and reported by the commands."""
    released, reference = (read(built / kind / NAME / f"{NAME}.ipynb") for kind in ("notebooks", "solutions"))
    right = {own: cell.source for cell in reference.cells if (own := answer_of(cell))}
    hand_in(built, "ada", released, right)
    hand_in(built, "bob", released, {**right, "fit_line": WRONG})
    hand_in(built, "cy", released, {**right, "residual_spread": ENDLESS})
    hand_in(built, "dee", released, {})
    hand_in(built, "eve", released, {**right, "quiz-slope": "slope = 1.0"})
    assert "5 submissions: 5 have marks, 0 have none. 5 were marked now" in grading(built, "run")
    assert "Report: " in grading(built, "report")
    return built


def grading(root, verb):
    """Run a command on the course; it finds its hidden cases by itself."""
    env = {name: value for name, value in os.environ.items() if name != "GRADING_HIDDEN"}
    command = [sys.executable, "-m", "grading", verb, "--course", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(path):
    return nbformat.read(path, as_version=4)


def answer_of(cell):
    role = cell.metadata.get("nbgrader", {})
    return role.get("grade_id") if role.get("solution") else None


def hand_in(root, student, released, answers):
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        cell.source = answers.get(answer_of(cell), cell.source)
    path = root / "submitted" / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def test_it_is_small_and_has_nothing_of_the_first_course():
    sources = {path: path.read_text(encoding="utf-8") for path in HERE.rglob("*.py")}
    assert sum(len(text.splitlines()) for text in sources.values()) <= 260
    words = ("from helpers", "import helpers", "explorer", "from exercises", "import exercises")
    assert [(path.name, word) for path, text in sources.items() for word in words if word in text] == []


@pytest.mark.long
def test_every_mistake_loses_marks_and_draws_its_own_hint(built):
    assignment = load_course(built).assignment(NAME)
    drawn, finders = draw_cases(assignment, 3, hidden=True), assignment.course.checker.finders
    found = {
        (exercise, mistake.hint.name): explain(
            [try_case(mistake.answer, case) for case in drawn[exercise]],
            {each.hint.name: each.hint for each in known},
            finders,
        )
        for exercise, known in assignment.mistakes().items()
        for mistake in known
    }
    assert len(found) == 8
    assert {(exercise, hint.name) for (exercise, _), (hint, _) in found.items()} == set(found)


def test_marks_are_fair_and_wrong_answers_have_their_hints(graded):
    with (graded / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert {name: float(row["total"]) for name, row in rows.items()} == {
        "ada": 6, "bob": 3, "cy": 4, "dee": 0, "eve": 5,
    }  # fmt: skip
    page = feedback(graded, "bob")
    assert "slope and intercept exchanged" in page
    assert "The docstring asks for the intercept first." in page
    assert "that is the intercept" in feedback(graded, "eve")
    assert "time limit" in feedback(graded, "cy")


def feedback(root: Path, student: str) -> str:
    return (root / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")


def test_the_report_names_the_mistake(graded):
    assert "slope and intercept exchanged" in (graded / "report.html").read_text(encoding="utf-8")


GOLDEN = ROOT / "tests" / "grading" / "golden" / "results.jsonl"
VOLATILE = {"key": "(a hash)", "against": "(a hash)", "words": "(a hash)", "seconds": 0, "box": "(in words)"}


def test_the_results_of_the_class_are_the_golden_ones(graded):
    """After a change that is meant, write `found` into the golden file, and read the difference."""
    lines = (graded / "results.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.dumps({**json.loads(line), **VOLATILE}) for line in lines]
    assert found == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_a_law_of_its_own_speaks_where_no_mistake_is_known(built):
    assignment = load_course(built).assignment(NAME)
    drawn = draw_cases(assignment, 3, hidden=True)["fit_line"]
    fit = assignment.reference()["fit_line"]
    bent = [try_case(lambda x, y: fit(x, y) + [0.1, 0.2], case) for case in drawn]
    hint, said = explain(bent, {}, assignment.course.checker.finders)
    assert hint.name == "residuals that lean"
    assert said
