"""The law book has what every correct answer about a mixture obeys. The tests keep and break each law."""

import numpy as np
import pytest

from helpers import laws
from helpers.checking import CHECKER

HALVES = np.full((3, 2), 0.5)
EYES = np.array([np.eye(2)] * 2)


def with_entry(array, at, value):
    changed = array.copy()
    changed[at] = value
    return changed


KEPT = {
    "rows": (laws.rows_sum_to_one, HALVES),
    "shares": (laws.shares_from_zero_to_one, with_entry(HALVES, (0, 0), 1 + 1e-6)),
    "weights": (laws.weights_sum_to_one, np.array([0.25, 0.75 + 1e-6])),
    "weights from 0": (laws.weights_not_below_zero, np.array([0.0, 1])),
    "counts": (laws.counts_keep_the_points, np.array([1.6, 1.4]), 3),
    "symmetric": (laws.covariances_symmetric, EYES),
    "positive definite": (laws.covariances_positive_definite, EYES),
    "probabilities": (laws.probabilities_from_zero_to_one, np.array([[0.0, 1 + 1e-6]])),
    "a climb": (laws.never_falls, [-5.0, -3, -3 - 1e-10]),
    "one entry": (laws.never_falls, [-5.0]),
    "a touch": (laws.bound_touches, -300.0, -300.0001),
    "finite": (laws.all_finite, {"means": HALVES}),
}


@pytest.mark.parametrize("called", KEPT.values(), ids=KEPT)
def test_a_law_that_holds_gives_no_sentence(called):
    law, *arrays = called
    assert law(*arrays) is None


BROKEN = {
    "Row 1 of resp sums to 0.75, not to 1: divide each row by its own sum.": (
        laws.rows_sum_to_one,
        with_entry(HALVES, (1, 0), 0.25),
    ),
    "Row 2 of resp has a share below 0: shares come from exp, which is never negative.": (
        laws.shares_from_zero_to_one,
        with_entry(HALVES, 2, [-0.5, 1.4]),
    ),
    "Row 0 of resp has a share above 1: the shares of a point are parts of 1.": (
        laws.shares_from_zero_to_one,
        with_entry(HALVES, 0, [1.5, 0.5]),
    ),
    "The weights sum to 1.1, not to 1: divide each soft count by their sum.": (
        laws.weights_sum_to_one,
        np.array([0.5, 0.6]),
    ),
    "The weight of component 1 is -0.2: a share of the points is never below 0.": (
        laws.weights_not_below_zero,
        np.array([1.2, -0.2]),
    ),
    "They sum to 2.5 for 3 points: sum each column of resp, and nothing else.": (
        laws.counts_keep_the_points,
        np.array([1, 1.5]),
        3,
    ),
    "The covariance of component 1 is not symmetric: centre both factors on the same mean.": (
        laws.covariances_symmetric,
        with_entry(EYES, (1, 0, 1), 0.5),
    ),
    "The covariance of component 0 is not positive definite: its smallest eigenvalue is -1. "
    "Has it collapsed onto a point or a line?": (
        laws.covariances_positive_definite,
        with_entry(EYES, 0, [[1, 2], [2, 1]]),
    ),
    "Pixel 1 of component 0 has probability 1.2: divide by its own soft count.": (
        laws.probabilities_from_zero_to_one,
        np.array([[0.5, 1.2]]),
    ),
    "The log-likelihood fell by 7 after entry 1, which EM never does: is every parameter re-estimated "
    "from the same responsibilities?": (laws.never_falls, [-541, -373, -380]),
    "After the E-step the bound is 2 below the log-likelihood and should touch it: these are not the shares "
    "of weight times density.": (laws.bound_touches, -300, -302),
    "means[0, 1] is nan, which is not finite: look for 0/0 or the log of 0, for a component that holds no "
    "point, or for exp of a very negative number.": (
        laws.all_finite,
        {"means": with_entry(HALVES, (0, 1), np.nan)},
    ),
}


@pytest.mark.parametrize("sentence", BROKEN)
def test_a_law_that_is_broken_says_how_and_what_to_do(sentence):
    law, *arrays = BROKEN[sentence]
    broken = law(*arrays)
    assert broken.sentence.casefold() == sentence.casefold()
    assert broken.sentence[0].isupper()


def test_where_and_what_breaks_a_law_are_fields():
    broken = laws.rows_sum_to_one(with_entry(HALVES, (1, 0), 0.25))
    assert (broken.at, broken.found) == ((1,), 0.75)
    assert laws.never_falls([-5, -6], when="in this M-step").fact.startswith(
        "the log-likelihood fell by 1 in"
    )


def test_every_law_is_broken_in_a_test_above_or_by_a_known_mistake():
    tried = {law.name for law, *_ in BROKEN.values()}
    asked = {law.name for law in CHECKER.laws.values() if law.hint}
    assert tried | asked == set(CHECKER.laws)


def test_a_law_of_logs_is_the_law_itself():
    logs = CHECKER.laws["rows of exp(log_resp) sum to 1"]
    assert logs.hint is laws.rows_sum_to_one.hint
    table = np.log(with_entry(HALVES, (1, 0), 0.25))
    for either_way in (table, table.T):
        assert logs.of_part(either_way, {"X": np.zeros((3, 4))}) == laws.rows_sum_to_one(np.exp(table))
