"""A number that is read correctly from one's own wrong result keeps its mark. A made-up result does not."""

import numpy as np
import pytest
from ours import CHECKER

from checks.authors import number, own_result
from checks.casebook import CaseBook, save_cases
from checks.cases import Case

HERE, NEAR = np.array([1.0, 2, 6]), np.array([1.5, 2.5, 7])


def right(x):
    return {"centre": np.mean(x), "groups": np.argsort(-np.asarray(x)), "spread": [np.var(x), np.std(x)]}


def best(groups):
    return groups[:2]


@pytest.fixture
def ask(tmp_path, capsys):
    """Return a function that asks the questions, given somebody's functions. It returns marks and report."""
    centre = tuple(own_result("fit", x, at=("centre",)) for x in (HERE, NEAR))
    group = tuple(own_result("fit", x, at=("groups", 0)) for x in (HERE, NEAR[::-1]))
    inner = (own_result("fit", x, at=("groups",)) for x in (HERE, NEAR[::-1]))
    left = tuple(own_result("best", each, left_of=[0, 1, 2], count=1, at=(0,)) for each in inner)

    def save(folder, hidden):
        questions = [
            number("the centre", 3.0, hidden, {9.0: "that is the sum"}, own=centre),
            number("the first group", 2, hidden, own=group),
            number("who is left", 0, hidden, own=left),
        ]
        save_cases(tmp_path / folder / "lines" / "quiz.npz", questions)

    save("public", False)
    save("hidden", True)
    case = Case.of({"fit": right}, "fit", "a case", {"x": NEAR})
    save_cases(tmp_path / "hidden" / "lines" / "fit.npz", [case])

    def marks(answers, hidden="hidden", **functions):
        world = {"check_answer": CHECKER.check_answer, "book": CaseBook(tmp_path / hidden), **functions}
        given = ", ".join(map(repr, answers))
        mark = eval(f"check_answer('lines/quiz', {given}, out_of=3, cases=book)", world)
        return mark, capsys.readouterr().out

    return marks


def shifted(x):
    """Return a result that is wrong everywhere."""
    return {"centre": np.sum(x), "groups": np.argsort(x), "spread": [1, 2]}


def test_a_number_from_the_student_s_own_result_keeps_its_mark(ask):
    marks, said = ask([9.0, 0, 2], fit=shifted, best=best)
    assert marks == 3
    assert said.count("✓ right for your own result (1 of 1)") == 3
    assert said.count("this is the number that your own `fit` gives. The correct number is different") == 1
    assert said.count("this is the number that your own `best` gives. The correct number is different") == 1


def test_correct_numbers_need_no_function_and_wrong_ones_get_their_reason(ask):
    assert ask([3.0, 2, 0])[0] == 3
    marks, said = ask([9.0, 1, 1], fit=right, best=best)
    assert marks == 0
    assert "that is the sum" in said


def test_a_number_that_is_read_wrongly_from_ones_own_result_earns_nothing(ask):
    assert ask([1.0, 2.5, 1], fit=shifted, best=best)[0] == 0


CHOSEN = {"centre": 9.0, "groups": [0, 1, 2], "spread": [1, 2]}


@pytest.mark.parametrize(
    "made_up",
    [
        lambda x: CHOSEN,
        lambda x: CHOSEN | {"groups": np.array([0, 1, 2.0])},
        lambda x: {key: np.array(value) for key, value in CHOSEN.items()},
        lambda x: CHOSEN if len(x) == 3 else right(x),
        lambda x: 1 / 0,
        lambda x: exit(),
        lambda x: None,
        lambda x: {"centre": 9.0},
        "no function",
    ],
)
def test_results_that_are_chosen_by_hand_earn_nothing(ask, made_up):
    assert ask([9.0, 0, 2], fit=made_up, best=lambda groups: [0, 1])[0] == 0
    assert ask([9.0, 0, 2])[0] == 0  # a name that does not exist


def test_a_number_that_never_changes_counts_if_its_function_earns_a_part(ask):
    """The function is wrong in a way that does not depend on the arguments."""
    assert ask([0.5, 2, 0], fit=lambda x: right(x) | {"centre": 0.5}, best=best)[0] == 3
    assert ask([0.5, 1, 1], fit=lambda x: {"centre": 0.5}, best=best)[0] == 0


def test_a_function_that_has_hit_a_limit_is_not_called_once_more(ask):
    class Slow:
        costly = True

        def __call__(self, x):
            raise AssertionError("was called")

    assert ask([9.0, 0, 2], fit=Slow(), best=best)[0] == 0


def test_in_public_no_function_is_called_and_the_rule_is_explained(ask):
    marks, said = ask([9.0, 0, 2], "public", fit=lambda x: 1 / 0, best=best)
    assert marks is None
    assert "If your `fit` is wrong, a number that you read correctly from its result counts as well." in said
