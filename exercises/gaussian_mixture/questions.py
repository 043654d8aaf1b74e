"""The questions of `gaussian-mixture`, about the fit that everybody finds, and reasons for wrong answers."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from checks.authors import Question, choice, number, own_result, true_or_false
from checks.texts import text


def questions(run: dict[str, Any], hidden: bool, starts: list[list[Any]]) -> dict[str, list[Question]]:
    """Return the questions by name. run: what EM returns from the assignment's start.

    starts: the arguments of this EM, and others.
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
                "decreasing": "the curve climbs to the right: -541 is *less* than -319. It is minus the "
                "log-likelihood, a loss, that would go down",
                "neither": "a plateau is allowed, and no step goes down: look at the differences of "
                "`results['loglik']`. Each half of an EM iteration can only raise the bound",
            },
            hidden,
        ),
        true_or_false(
            "once a gain is below 1, none is above 1 any more",
            ended,
            "look at the curve from the third iteration on: after a gain below 1 come several that are "
            "larger. A plateau may lie before the steepest climb",
            hidden,
        ),
        true_or_false(
            "with `maxiter=12` the trace would be the first thirteen numbers of this one",
            True,
            "there is no chance in EM: from the same start it takes the same steps, and `maxiter` only says "
            "after how many of them it ends. Twelve steps make thirteen numbers, because the start has one",
            hidden,
        ),
    ]


def _result_questions(run: dict[str, Any], hidden: bool, starts: list[list[Any]]) -> list[Question]:
    weights, means, covs = (np.asarray(run[key]) for key in ("weights", "means", "covs"))
    edition = "that is the result for the later edition's points; yours come from `load_synthetic()`"
    other = partial(
        text, "that belongs to another component: Python counts from 0, so the {which} is number {n}"
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
                100 * weights[0]: "that is the soft count; the weight is its share of all points",
            }
            | {weight: other(which=text("first"), n=0) for weight in weights[1:]},
            own=from_own("weights", 0),
        ),
        number(
            "first coordinate of the second mean",
            means[1][0],
            hidden,
            {4.9423923530: edition, means[1][1]: "that is the second coordinate; the first is number 0"}
            | {mean[0]: other(which=text("second"), n=1) for mean in means[[0, 2]]},
            own=from_own("means", 1, 0),
        ),
        number(
            "off-diagonal entry of the third covariance",
            covs[2][0][1],
            hidden,
            {0.3305896454: edition}
            | {entry: "that is on the diagonal, a variance" for entry in np.diag(covs[2])}
            | {cov[0][1]: other(which=text("third"), n=2) for cov in covs[:2]},
            own=from_own("covs", 2, 0, 1),
        ),
    ]
