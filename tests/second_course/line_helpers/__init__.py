"""The package that this course's notebooks import: `check` and `check_answer` for its cases and laws."""

from pathlib import Path

import numpy as np

from checks.authors import Broken, LawBook
from checks.checker import Checker

LAWS = LawBook()


def _residuals(line, args):
    x, y = np.asarray(args["x"]), np.asarray(args["y"])
    return y - line[0] - line[1] * x, np.column_stack([np.ones_like(x), x])


@LAWS.law("residuals orthogonal to the columns", 1e-6, hint="residuals that lean", reads=_residuals)
def residuals_orthogonal(residuals, columns, tolerance):
    """The residuals of your line still lean to one side, or to one end.

    Least squares leaves residuals that are orthogonal to each column: to the ones, and to x.

    Residuals (1, 0, -1) at x = (0, 1, 2) sum to 0, and 0 * 1 + 1 * 0 - 2 * 1 = -2: the slope can be better.
    """
    lean = columns.T @ residuals
    if abs(lean).max() <= tolerance * abs(columns).sum():
        return None
    return Broken(f"their product with column {abs(lean).argmax()} is {lean[abs(lean).argmax()]:.4g}, not 0")


@LAWS.law("a spread is positive", 0.0, hint="a spread that is negative")
def positive(spread, tolerance):
    """Your spread is negative. It is a root, so it cannot be.

    The root of 4 is 2.
    """
    return Broken(f"it is {float(spread):.4g}") if spread < tolerance else None


CHECKER = Checker(Path(__file__).parent / "checks", laws=LAWS)
check, check_answer = CHECKER.check, CHECKER.check_answer
