"""One slip in an EM that is one long function costs only the parts that it makes wrong."""

import warnings

import numpy as np
import pytest
from ours import COURSE, called, known_in
from scipy.stats import multivariate_normal

from checks.call import try_case
from grading import hidden
from helpers import check, check_answer, log_sum_exp, loglikelihood

SOURCE = """
def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    weights, means, covariances = init_weights, init_means, init_covariances
    loglik = [loglikelihood(data, weights, means, covariances)]
    for _ in range(maxiter):
        parts = zip(weights, means, covariances)
        scores = np.column_stack([np.log(w) + multivariate_normal.logpdf(data, m, c) for w, m, c in parts])
        resp = np.exp(scores - log_sum_exp(scores, axis=1)[:, None])
        counts = resp.sum(axis=0)
        weights = counts / counts.sum()
        means = resp.T @ data / counts[:, None]
        covariances = []
        for k, mean in enumerate(means):
            centred = data - mean
            covariances.append((resp[:, k, None] * centred).T @ centred / counts[k])
        loglik.append(loglikelihood(data, weights, means, covariances))
        if loglik[-1] - loglik[-2] < thresh:
            break
    return {"weights": weights, "means": means, "covs": covariances, "loglik": loglik, "resp": resp}
"""
SHARE, SCATTER = "counts / counts.sum()", "centred / counts[k]"
UPPER = f"{SCATTER} * np.tri(len(mean)).T"
# The slip, the parts that it makes wrong in one iteration, and how many of 10 marks the whole EM earns at
# most.
SLIPS = {
    "weights over K": (SHARE, "counts / len(counts)", {"weights", "loglik"}, 6),
    "counts for weights": (SHARE, "counts", {"weights", "loglik"}, 6),
    "percent": (SHARE, "100 * counts / counts.sum()", {"weights", "loglik"}, 6),
    "negative weights": (SHARE, "-counts / counts.sum()", {"weights", "loglik"}, 2),
    "weights that are no numbers": (SHARE, "np.nan * counts", {"weights", "loglik"}, 2),
    "covariances that are no numbers": (SCATTER, f"{SCATTER} * np.nan", {"covs", "loglik"}, 2),
    "negative covariances": (SCATTER, "centred / -counts[k]", {"covs", "loglik"}, 2),
    "the upper half": (SCATTER, UPPER, {"covs", "loglik"}, 6),
}


def slipped(words):
    before, after, *_ = SLIPS[words]
    world = {"np": np, "multivariate_normal": multivariate_normal, "log_sum_exp": log_sum_exp}
    world["loglikelihood"] = loglikelihood
    assert before in SOURCE
    exec(SOURCE.replace(before, after), world)
    return world["EM"]


@pytest.mark.parametrize("words", SLIPS)
def test_a_slip_makes_only_its_own_parts_wrong(words):
    cases = hidden[called("gaussian-mixture", "EM")]
    outcome = try_case(slipped(words), next(case for case in cases if case.kwargs["maxiter"] == 1))
    assert outcome.calls[0].error is None
    assert outcome.calls[0].wrong == SLIPS[words][2]


@pytest.mark.long
@pytest.mark.parametrize("words", SLIPS)
def test_a_slip_costs_less_than_all_and_a_wrong_part_earns_nothing(words):
    marks = check(slipped(words), out_of=10, cases=hidden, name=called("gaussian-mixture", "EM"))
    assert 0.5 <= marks <= SLIPS[words][3]


def test_an_em_with_wrong_weights_goes_on_and_students_who_call_it_get_a_warning():
    start = course_start()
    with pytest.warns(UserWarning, match=r"weights sum to 33\.3333, not to 1: divide them by their sum"):
        run = slipped("weights over K")(*start)
    assert np.isfinite(run["loglik"]).all()
    with pytest.raises(ValueError, match="no weight may be negative"):
        slipped("negative weights")(*start)


def course_start():
    question = hidden["quiz-results"][0]
    return question.own["result"]["args"]


MISTAKES = [
    pytest.param(each.answer, id=each.hint.name, marks=[] if n % 9 == 0 else [pytest.mark.long])
    for n, each in enumerate(known_in("gaussian-mixture")["EM"])
]
STEPS = [
    pytest.param(exercise, each.answer, id=f"{exercise}: {each.hint.name}", marks=pytest.mark.long)
    for exercise, known in known_in("gaussian-mixture").items()
    if exercise != "EM"
    for each in known
]
# With these mistakes EM ends in an error on the course's points. So there is no result to read a number from.
WITHOUT_RESULT = {
    "summed along the rows", "everything summed", "hard counts", "points above one half counted",
    "summed over the components", "inner products",
}  # fmt: skip


def marks_of_reading(function):
    """Return the marks in the quiz of somebody who reads the numbers from a run of this EM."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run = function(*course_start())
    numbers = run["weights"][0], run["means"][1][0], run["covs"][2][0][1]
    world = {"check_answer": check_answer, "hidden": hidden, "EM": function, "numbers": numbers}
    return eval("check_answer('quiz-results', *numbers, out_of=3, cases=hidden)", world)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_EM_costs_no_mark_of_the_questions_about_its_result(mistake):
    assert marks_of_reading(mistake) == 3


@pytest.mark.parametrize(("exercise", "mistake"), STEPS)
def test_a_mistake_in_a_step_costs_no_mark_of_the_questions_about_the_result(exercise, mistake, request):
    world = COURSE.assignment("gaussian-mixture").reference()
    world[exercise] = mistake
    if request.node.callspec.id.partition(": ")[2] in WITHOUT_RESULT:
        with pytest.raises((ValueError, IndexError)):
            world["EM"](*course_start())
    else:
        assert marks_of_reading(world["EM"]) == 3


def made_up(data, *start, **options):
    covariance = 0.3 * np.eye(2) + 0.1
    means = [[1, 2], [3, 4], [5, 6]]
    return {
        "weights": [0.5, 0.2, 0.3],
        "means": means,
        "covs": [covariance] * 3,
        "loglik": [1],
        "resp": [[1]],
    }


def test_a_result_that_is_made_up_earns_nothing():
    assert marks_of_reading(made_up) == 0
    assert marks_of_reading(lambda data, *start: made_up(data) | {"loglik": [np.sum(data)]}) == 0
    only_here = len(course_start()[0])
    assert marks_of_reading(lambda data, *start: made_up(data) if len(data) == only_here else {}) == 0
