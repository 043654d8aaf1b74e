"""The questions of `when-em-fails`, and reasons for wrong answers."""

from __future__ import annotations

from checks.authors import Question, number, true_or_false

FREE = 59  # parameters of six components in three dimensions: 5 weights, 18 means, 36 of the covariances


def questions(hidden: bool) -> dict[str, list[Question]]:
    """Return the questions by name."""
    return {"quiz-collapse": _about_collapse(hidden), "quiz-parameters": _about_numbers(hidden)}


def _about_collapse(hidden: bool) -> list[Question]:
    return [
        true_or_false(
            "of two runs, the one with the higher log-likelihood is the better model",
            False,
            "a collapsed run can have any log-likelihood, however high. It describes one picture, and not "
            "the data",
            hidden,
        ),
        true_or_false(
            "with a prior, the log-likelihood still never falls",
            False,
            "with a prior, each iteration raises the log-likelihood plus the log of the prior. The "
            "log-likelihood alone may fall: look at the run that goes on from the end of the healthy fit",
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
                60: "the six weights sum to 1, so only five of them are free",
                77: "a covariance is symmetric: of its nine entries six are free",
                78: "the weights sum to 1, and a covariance is symmetric: fewer numbers are free",
                41: "a full covariance has three numbers beside the diagonal, and these are free, too",
                54: "the weights are parameters, too: five of them are free",
            },
        ),
        true_or_false(
            "the number of components with the lowest BIC always predicts new data best",
            False,
            "compare the two figures: the lowest BIC and the highest held-out density stand at different "
            "numbers of components",
            hidden,
        ),
    ]
