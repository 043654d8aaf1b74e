"""The separation of engine and course: a second, small course works with every part of the engine."""

import json

import pytest
from ours import ROOT
from second import HERE, NAME, SecondCourse

from checks.call import try_case
from checks.explain import explain
from grading.build.cases import draw_cases
from grading.course import load_course

pytestmark = [pytest.mark.instructor, pytest.mark.box]
WRONG = "def fit_line(x, y):\n    return np.polyfit(x, y, 1)"
ENDLESS = "def residual_spread(x, y, line):\n    while True: pass"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the second course in a separate folder, built by the command."""
    course = SecondCourse(tmp_path_factory.mktemp("second"))
    assert "straight-lines: running the reference" in course.grading("build")
    return course


@pytest.fixture(scope="module")
def graded(built):
    """Return a class of five, marked and reported by the commands."""
    built.hand_in("ada")
    built.hand_in("bob", fit_line=WRONG)
    built.hand_in("cy", residual_spread=ENDLESS)
    built.hand_in_as("dee", {})
    built.hand_in("eve", **{"quiz-slope": "slope = 1.0"})
    assert "5 submissions: 5 have marks, 0 have none. 5 were marked now" in built.grading("run")
    assert "Report: " in built.grading("report")
    return built


def test_the_second_course_is_small_and_has_no_words_of_the_first_one():
    sources = {path: path.read_text(encoding="utf-8") for path in HERE.rglob("*.py")}
    assert sum(len(text.splitlines()) for text in sources.values()) <= 260
    words = ("from helpers", "import helpers", "explorer", "from exercises", "import exercises")
    assert [(path.name, word) for path, text in sources.items() for word in words if word in text] == []


@pytest.mark.long
def test_every_mistake_loses_marks_and_draws_its_own_hint(built):
    assignment = load_course(built.root).assignment(NAME)
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
    assert graded.marks() == {"ada": 6, "bob": 3, "cy": 4, "dee": 0, "eve": 5}
    page = graded.feedback("bob")
    assert "slope and intercept exchanged" in page
    assert "The docstring asks for the intercept first." in page
    assert "that is the intercept" in graded.feedback("eve")
    assert "time limit" in graded.feedback("cy")


def test_the_report_names_the_mistake(graded):
    assert "slope and intercept exchanged" in (graded.root / "report.html").read_text(encoding="utf-8")


GOLDEN = ROOT / "tests" / "grading" / "golden" / "results.jsonl"
VOLATILE = {"key": "(a hash)", "against": "(a hash)", "words": "(a hash)", "seconds": 0, "box": "(in words)"}


def test_the_results_of_the_class_are_the_golden_ones(graded):
    """After an intended change, write `found` into the golden file, and read the difference."""
    lines = (graded.root / "results.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.dumps({**json.loads(line), **VOLATILE}) for line in lines]
    assert found == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_a_law_of_the_course_gives_a_hint_where_no_mistake_is_known(built):
    assignment = load_course(built.root).assignment(NAME)
    drawn = draw_cases(assignment, 3, hidden=True)["fit_line"]
    fit = assignment.reference()["fit_line"]
    bent = [try_case(lambda x, y: fit(x, y) + [0.1, 0.2], case) for case in drawn]
    hint, said = explain(bent, {}, assignment.course.checker.finders)
    assert hint.name == "residuals that lean"
    assert said
