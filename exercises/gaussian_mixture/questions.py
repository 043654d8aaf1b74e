"""The questions of `gaussian-mixture` about the result of EM, and the reasons why answers are wrong."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from checks.authors import Question, choice, number, own_result, true_or_false
from checks.texts import text


def questions(run: dict[str, Any], hidden: bool, starts: list[list[Any]]) -> dict[str, list[Question]]:
    """Return the questions by name. run: the result of EM from the assignment's start.

    starts: the arguments of this run of EM, and the arguments of another run.
    """
    return {
        "quiz-loglik": _course_questions(run["loglik"], hidden),
        "quiz-results": _result_questions(run, hidden, starts),
    }


def _course_questions(loglik: list[float], hidden: bool) -> list[Question]:
    gains = np.diff(loglik)
    course = "increasing" if (gains >= 0).all() else "neither"
    ended = not (gains[int((gains < 1).argmax()) :] > 1).any()
    return [
        choice(
            "the course of the log-likelihood",
            course,
            {
                "increasing": "",
                "decreasing": "the curve rises to the right: -541 is *less* than -319. Only *minus* the "
                "log-likelihood, a loss, would fall",
                "neither": "a plateau is allowed, and no iteration lowers the log-likelihood: look at the "
                "differences between the entries of `results['loglik']`. The E-step and the M-step can only "
                "raise the lower bound",
            },
            hidden,
        ),
        true_or_false(
            "after a gain below 1, no later gain is above 1",
            ended,
            "look at the curve from the third iteration on: after a gain below 1, several gains are larger "
            "than 1. A plateau may lie before the steepest part of the curve",
            hidden,
        ),
        true_or_false(
            "with `maxiter=12`, `loglik` would be the first thirteen numbers of this `loglik`",
            True,
            "nothing in EM is random: from the same start it does the same iterations. `maxiter` only says "
            "after how many iterations EM ends. Twelve iterations give thirteen numbers, because the start "
            "also has a number",
            hidden,
        ),
    ]


def _result_questions(run: dict[str, Any], hidden: bool, starts: list[list[Any]]) -> list[Question]:
    weights, means, covs = (np.asarray(run[key]) for key in ("weights", "means", "covs"))
    edition = "that is the result for the points of a later edition. Your points come from `load_synthetic()`"
    other = partial(
        text,
        "that number belongs to another component. Python counts from 0, so the {which} component is number "
        "{n}",
    )

    def from_own(*at: Any) -> Any:
        return tuple(own_result("EM", *start, at=at) for start in starts)

    return [
        number(
            "weight of the first component",
            weights[0],
            hidden,
            {
                0.3007102301: edition,
                100
                * weights[
                    0
                ]: "that is the soft count. The weight is the soft count divided by the number of points",
            }
            | {weight: other(which=text("first"), n=0) for weight in weights[1:]},
            own=from_own("weights", 0),
        ),
        number(
            "first coordinate of the second mean",
            means[1][0],
            hidden,
            {
                4.9423923530: edition,
                means[1][1]: "that is the second coordinate. The first coordinate is number 0",
            }
            | {mean[0]: other(which=text("second"), n=1) for mean in means[[0, 2]]},
            own=from_own("means", 1, 0),
        ),
        number(
            "off-diagonal entry of the third covariance",
            covs[2][0][1],
            hidden,
            {0.3305896454: edition}
            | {entry: "that number is on the diagonal, so it is a variance" for entry in np.diag(covs[2])}
            | {cov[0][1]: other(which=text("third"), n=2) for cov in covs[:2]},
            own=from_own("covs", 2, 0, 1),
        ),
    ]
