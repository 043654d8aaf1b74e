"""Trials are small inputs for hints. Correct answers pass all of them; the first that fails is shown."""

import numpy as np
import pytest
from answers import right_answers
from ours import CHECKER, COURSE, LESSONS
from test_answers import drawn

from checks.authors.trials import trials_of
from checks.call import try_case
from checks.hints import Ladder
from checks.run import run_check
from checks.trials import SIMPLE, whole
from grading.build.draw import DrawnCases

TRIED = {
    (each.name, exercise): trials
    for each in COURSE.assignments()
    for exercise, trials in trials_of(f"{each.package}.trials").items()
}


def cases_of(home, exercise):
    return drawn(home, 1)[exercise]


@pytest.mark.parametrize(("home", "exercise"), TRIED, ids=lambda each: each)
def test_every_right_answer_passes_every_trial(home, exercise):
    """Otherwise a hint for a function with another mistake would call correct behaviour a mistake."""
    trials = [case for case in cases_of(home, exercise) if case.trial]
    assert len(trials) == len(TRIED[home, exercise]) >= 2
    for words, answer in right_answers(home)[exercise].items():
        assert [case.name for case in trials if try_case(answer, case).fault] == [], words


def test_every_function_that_is_checked_has_trials():
    asked = {(home, exercise) for home in LESSONS for exercise in right_answers(home)}
    assert asked == {(home, exercise) for home, exercise in TRIED if home in LESSONS}


@pytest.mark.parametrize(("home", "exercise"), TRIED, ids=lambda each: each)
def test_a_trial_is_worth_no_marks_and_reads_well(home, exercise):
    for case in (case for case in cases_of(home, exercise) if case.trial):
        assert not case.graded
        assert not case.name[0].isupper()
        point, principle = case.trial.split("\n\n")
        assert point.endswith(".")
        assert principle.endswith((".", "?"))
        assert 15 <= len(case.trial.split()) <= 90
        assert "right answer" in whole(case) or "2000" in case.name


def shown(function, name, hidden=False, ladder=None):
    """Return the report of a check, on public cases or on hidden ones."""
    said = []
    book = DrawnCases(COURSE.assignment("image-clusters").recipe(), 1, 1) if hidden else CHECKER.public
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("checks.run.display", lambda report, metadata=None: said.append(report))
        run_check(function, 2, book, f"image-clusters/{name}", CHECKER.finders, ladder or Ladder())
    return said[0]


def swapped(table):
    """Make a mistake that nobody has listed: it is correct where both clusters have the same size."""
    shares = np.max(table, axis=1) / np.sum(table, axis=1)
    return np.sum(shares * np.sum(table, axis=1)[::-1]) / np.sum(table)


def test_the_first_trial_that_fails_is_shown_with_the_result():
    ladder = Ladder()
    reports = [
        shown(lambda table, by=by: swapped(table) + 0 * by, "purity", ladder=ladder) for by in range(3)
    ]
    assert reports[0].title == "wrong for two clusters with the same largest category, (5, 1) and (4, 0)"
    point = reports[0].hint[0]
    assert "5 + 4 of 10 pictures are in the category of their cluster, and the purity is 0.9." in point
    assert point.endswith("Your function gives `0.9333`.")


def test_at_the_third_attempt_the_input_is_shown_whole():
    ladder = Ladder()
    for attempt in (1, 2, 3):
        namespace = {"np": np, "swapped": swapped}
        exec(f"def purity(table): attempt = {attempt}; return swapped(table)", namespace)
        report = shown(namespace["purity"], "purity", ladder=ladder)
        assert len(report.hint) == attempt
    assert "table = `[[5, 1], [4, 0]]`. The right answer: `0.9`." in report.hint[2]


def test_a_report_on_hidden_cases_shows_no_answer():
    report = shown(swapped, "purity", hidden=True)
    assert report.title.startswith("wrong for two clusters")
    assert "Your function gives something else." in report.hint[0]
    assert "0.9333" not in repr(report)


def test_a_function_that_passes_all_trials_is_told_that():
    def only_small(table):
        return np.max(table, axis=1).sum() / np.sum(table) + (np.sum(table) > 120) / 7

    report = shown(only_small, "purity")
    assert report.title == SIMPLE
    assert "is right for 6 simple inputs, from one cluster" in report.hint[0]
    assert "In the case '" in report.hint[0]
