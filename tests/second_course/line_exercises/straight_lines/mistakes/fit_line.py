"""How people get `fit_line` wrong."""

import numpy as np

from checks.authors import OURS, mistake


@mistake("a line through the origin", seen=OURS)
def _(x, y):
    """Your line has no intercept. It is forced through the origin.

    Least squares chooses two numbers. Without the first, the residuals do not sum to zero.

    The points (0, 1) and (1, 1) lie on a flat line at height 1. Through the origin it would climb.
    """
    return np.array([0.0, np.sum(x * y) / np.sum(x * x)])


@mistake("slope and intercept exchanged", seen=OURS)
def _(x, y):
    """You return the slope first. The docstring asks for the intercept first.

    The code that calls your function uses the first number as the intercept.

    For the line 1 + 2 x the answer is (1, 2), and not (2, 1).
    """
    return np.polyfit(x, y, 1)


@mistake("x fitted on y", seen=OURS)
def _(x, y):
    """You fit x as a line in y. The exercise asks for y as a line in x.

    The two lines differ: each makes other distances small.

    With a correlation of 0.5 the two slopes are 0.5 and, turned round, 2.
    """
    return np.polyfit(y, x, 1)[::-1]


@mistake("covariance and variance divided by different numbers", seen=OURS)
def _(x, y):
    """You divide the covariance by n - 1 and the variance by n. So the slope is too large.

    In the quotient the divisor must cancel. Use the same one twice.

    With n = 5 the slope is too large by a factor of 5 / 4.
    """
    slope = np.cov(x, y)[0, 1] / np.var(x)
    return np.array([np.mean(y) - slope * np.mean(x), slope])
