"""How people get `residual_spread` wrong."""

import numpy as np

from checks.authors import OURS, mistake


@mistake("divided by n", seen=OURS)
def _(x, y, line):
    """You divide by the number of points. Two of them were spent on the line.

    The line has bent towards the points, so the residuals are too small on average.

    With 5 points and a sum of squares of 12 the variance is 12 / 3 = 4.
    """
    return np.sqrt(np.mean((y - line[0] - line[1] * x) ** 2))


@mistake("the root forgotten", seen=OURS)
def _(x, y, line):
    """You return the variance. The spread is its root.

    The spread has the unit of y. The variance has the unit squared.

    A variance of 4 is a spread of 2.
    """
    return np.sum((y - line[0] - line[1] * x) ** 2) / (len(x) - 2)


@mistake("the spread of y itself", seen=OURS)
def _(x, y, line):
    """You measure how far y lies from its mean. The residuals are what the line leaves over.

    Where the line explains much, the residuals are much smaller than y.

    The points (0, 0), (1, 1), (2, 2) lie on a line: their residuals are 0.
    """
    return np.sqrt(np.sum((y - np.mean(y)) ** 2) / (len(x) - 2))


@mistake("the intercept left out", seen=OURS)
def _(x, y, line):
    """You subtract the slope times x, and not the intercept.

    A residual is y minus the whole line.

    For the line 1 + 2 x and the point (1, 4) it is 4 - 3 = 1.
    """
    return np.sqrt(np.sum((y - line[1] * x) ** 2) / (len(x) - 2))
