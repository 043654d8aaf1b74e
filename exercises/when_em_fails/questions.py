"""The questions of `when-em-fails`, and the reasons why wrong answers are wrong."""

from __future__ import annotations

from checks.authors import Question, number, true_or_false

FREE = 59  # of 6 components in 3 dimensions: 5 for the weights, 18 for the means, 36 for the covariances


def questions(hidden: bool) -> dict[str, list[Question]]:
    """Return the questions by name."""
    return {"quiz-collapse": _about_collapse(hidden), "quiz-parameters": _about_numbers(hidden)}


def _about_collapse(hidden: bool) -> list[Question]:
    return [
        true_or_false(
            "of two runs, the run with the higher log-likelihood is the better model",
            False,
            "the log-likelihood of a collapsed run can be as high as you like. Such a run fits a single "
            "picture, and does not describe the data",
            hidden,
        ),
        true_or_false(
            "even with a prior, the log-likelihood never falls",
            False,
            "with a prior, each iteration raises the log-likelihood plus the log of the prior. The "
            "log-likelihood alone may fall: look at the run that starts where the healthy fit ended",
            hidden,
        ),
    ]


def _about_numbers(hidden: bool) -> list[Question]:
    return [
        number(
            "the number of free parameters",
            FREE,
            hidden,
            {
                60: "the six weights sum to 1, so only five weights are free",
                77: "a covariance is symmetric, so only six of its nine entries are free",
                78: "some of these numbers are not free: the weights sum to 1, and covariances are symmetric",
                41: "in each covariance, three different entries off the diagonal are free, too",
                54: "the weights are parameters, too, and five weights are free",
            },
        ),
        true_or_false(
            "the number of components with the lowest BIC always predicts new data best",
            False,
            "compare the two figures: the lowest BIC and the highest held-out density belong to "
            "different numbers of components",
            hidden,
        ),
    ]
