"""Laws, finders and words that a course registers are found by name; an unknown name is an error.

A law is a property that every correct answer has. A finder looks at a wrong answer and draws a hint.
"""

import numpy as np
import pytest
from ours import COURSE

from checks.authors import Broken, LawBook, Stage, found, registrar
from checks.call import try_case
from checks.casebook import save_cases
from checks.cases import Case
from checks.checker import Checker
from checks.explain import explain
from checks.generic import GENERIC, in_order
from checks.hints import Hint
from checks.trials import Tried
from grading.build.draw import _names_of_laws


@pytest.fixture
def book():
    made = LawBook()

    @made.law("sums to 0", 1e-6, hint="residuals that do not sum to 0")
    def sums_to_zero(residuals, tolerance):
        """Your residuals do not sum to 0."""
        total = float(np.sum(residuals))
        return Broken(f"they sum to {total:g}", found=total) if abs(total) > tolerance else None

    @made.law("never asked by check", 0.0)
    def other(residuals, tolerance):
        """It has no hint."""

    made.form(sums_to_zero, "logs sum to 0", lambda part, args: (np.exp(part) - args["shift"],))
    return made


def test_an_unknown_law_is_an_error_at_its_entry(book):
    with pytest.raises(ValueError, match=r"LAWS\['fit'\]\['slope'\]: there is no law 'sums to O' with "):
        book.chosen({"fit": {"": ["sums to 0"], "slope": ["sums to O"]}})
    with pytest.raises(ValueError, match="the laws are: 'sums to 0', 'logs sum to 0'."):
        book.chosen({"fit": {"": ["never asked by check"]}})
    assert book.chosen({"fit": {"": [book["sums to 0"]]}}) == {"fit": {"": (book["sums to 0"],)}}


def test_two_laws_have_two_names(book):
    with pytest.raises(ValueError, match="two laws called 'sums to 0'"):
        book.law("sums to 0", 1.0)(lambda residuals, tolerance: None)


def test_a_broken_law_draws_its_hint_with_the_fact_behind_the_title(book, tmp_path, capsys):
    right = np.array([1.0, -3, 2])
    cases = [
        Case("plain", {"x": right}, answers=(right,), laws={"": ("sums to 0",)}),
        Case("unnamed", {"x": right}, answers=(right,)),
    ]
    save_cases(tmp_path / "some" / "residuals.npz", cases)
    checker = Checker(tmp_path, laws=book)
    for changed, words in (
        ([1.0, -4, 2], "residuals that do not sum to 0 (they sum to -1)"),
        ([1.0, -2, 1], ""),
    ):
        checker.check(lambda x, changed=changed: changed, out_of=2, name="residuals")
        shown = capsys.readouterr().out
        assert words in shown if words else "residuals that" not in shown


def test_a_law_reads_another_form_of_the_answer_and_the_arguments(book):
    logs = book["logs sum to 0"]
    assert logs.of_part(np.log([2.0, 3, 4]), {"shift": 3.0}) is None
    assert logs.of_part(np.log([2.0, 3, 4]), {"shift": 2.0}).found == pytest.approx(3)


def test_finders_are_asked_in_the_order_of_stages_and_those_of_the_course_first(tmp_path):
    own = []
    for stage in (Stage.REST, Stage.SIZE):
        registrar(own, stage)(f"ours, {stage.name}")(lambda look: found(True))
    names = [each.hint.name for each in Checker(tmp_path, own).finders]
    assert names.index("ours, SIZE") + 1 == names.index("NaN or infinity")
    assert names.index("ours, REST") + 1 == names.index("some rows right, others not")
    assert names[-1] == "the numbers are wrong"


def test_a_course_can_put_a_hint_of_the_engine_in_its_own_words(tmp_path):
    words = {"another shape": Hint("a table on its side", ("point", "principle", "fragment"))}
    finders = Checker(tmp_path, words=words).finders
    assert len(finders) == len(GENERIC)
    assert words["another shape"] in [each.hint for each in finders]
    with pytest.raises(ValueError, match="no hint 'another shap' to put other words to; there are: "):
        Checker(tmp_path, words={"another shap": words["another shape"]})


def test_a_law_for_a_missing_exercise_or_part_stops_the_build():
    recipe = COURSE.assignment("gaussian-mixture").recipe()
    drawn = {"EM": [Case("c", answers=({"weights": np.ones(2)},))]}
    laws = ["weights sum to 1"]
    where = r"exercises.gaussian_mixture.cases.LAWS\['E"
    with pytest.raises(ValueError, match=where + r"\w'\]: there is no exercise of that name; there are: EM"):
        _names_of_laws(recipe, {"EN": {"weights": laws}}, drawn)
    with pytest.raises(
        ValueError, match=where + r"M'\]: its answer has no part 'weight'; it has: \['weights'"
    ):
        _names_of_laws(recipe, {"EM": {"weight": laws}}, drawn)
    assert _names_of_laws(recipe, {"EM": {"weights": laws}}, drawn) == {"EM": {"weights": tuple(laws)}}
    assert _names_of_laws(recipe, {}, drawn) == {}


def test_a_hint_about_all_cases_must_be_true_of_all_that_fail():
    """One of these answers is the right one in another order; the other one is not."""
    cases = [Case(str(n), {"n": n}, answers=([1.0, 2.0 + n, 5.0],)) for n in range(2)]

    def sorted_down_at_times(n):
        return [5.0, 2.0, 1.0] if n == 0 else [1.0, 1.0, 1.0]

    outcomes = [try_case(sorted_down_at_times, case) for case in cases]
    finders = in_order([], {})
    assert explain(outcomes[:1], {}, finders)[0].name == "right numbers in another order"
    assert explain(outcomes, {}, finders)[0].name != "right numbers in another order"


def test_an_error_in_some_cases_is_told_after_hints_that_fit_all_cases():
    def singular_at_times(n):
        return np.linalg.inv(np.zeros((2, 2))) if n else -np.array([1.0, 2.0, 5.0])

    cases = [Case(str(n), {"n": n}, answers=([1.0, 2.0, 5.0],)) for n in range(2)]
    outcomes = [try_case(singular_at_times, case) for case in cases]
    finders = in_order([], {})
    assert explain(outcomes[1:], {}, finders)[0].name == "a matrix that cannot be inverted"
    assert explain(outcomes, {}, finders)[0].name == "a matrix that cannot be inverted"  # no other hint fits
    trial = Case("one", {"n": 0}, answers=([1.0, 2, 5],), trial="It is 1, 2, 5.")
    tried = Tried(singular_at_times, [trial], hidden=False)
    assert explain(outcomes, {}, finders, tried)[0].name == "wrong for one"


def test_nan_in_some_cases_is_told_after_trials():
    def undefined_at_times(n):
        return np.array([np.nan if n else 3.0, 2.0, 5.0])

    cases = [Case(str(n), {"n": n}, answers=([1.0, 2.0, 6.0],)) for n in range(2)]
    outcomes = [try_case(undefined_at_times, case) for case in cases]
    trial = Case("one", {"n": 0}, answers=([1.0, 2, 6],), trial="It is 1, 2, 6.")
    tried = Tried(undefined_at_times, [trial], hidden=False)
    finders = in_order([], {})
    assert explain(outcomes[1:], {}, finders, tried)[0].name == "NaN or infinity"
    assert explain(outcomes, {}, finders, tried)[0].name == "wrong for one"
