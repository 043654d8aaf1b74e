"""Small inputs for hints on `bic`. The simplest is first."""

from __future__ import annotations

from typing import Any

from checks.authors import trial

Args = dict[str, Any]


def _fit(loglik: float, points: int, dims: int, components: int) -> Args:
    return {"loglik": loglik, "num_points": points, "num_dims": dims, "num_components": components}


@trial("one component on a line, 10 points and the log-likelihood 0")
def _() -> Args:
    """The free parameters are 1 mean and 1 variance. The only weight is 1, so it is not free. The answer is 2
    log 10 = 4.6052.

    The penalty is the number of free parameters times the natural log of the number of points.
    """
    return _fit(0.0, 10, 1, 1)


@trial("one component on a line, 10 points and the log-likelihood -20")
def _() -> Args:
    """There are 2 free parameters, so the penalty is 2 log 10 = 4.6052. Minus twice the log-likelihood is 40.
    So the answer is 44.6052.

    The log-likelihood is already the sum over all points. Multiply it by -2 and by nothing else.
    """
    return _fit(-20.0, 10, 1, 1)


@trial("one component on a line, 10 points and the log-likelihood 30")
def _() -> Args:
    """There are 2 free parameters, so the penalty is 2 log 10 = 4.6052. Minus twice the log-likelihood is
    -60. So the answer is -55.3948.

    A log-likelihood may be positive, and then BIC may be negative. Keep the signs of the formula.
    """
    return _fit(30.0, 10, 1, 1)


@trial("two components on a line, 10 points and the log-likelihood -20")
def _() -> Args:
    """There are 2 means, 2 variances and 1 free weight. These are 5 free parameters. So the answer is 5 log
    10 + 40 = 51.5129.

    Each component has its own mean and its own variance. The weights sum to 1, so K - 1 weights are free.
    """
    return _fit(-20.0, 10, 1, 2)


@trial("one component in the plane, 100 points and the log-likelihood -200")
def _() -> Args:
    """The mean has 2 free parameters. The symmetric covariance has 3. These are 5 free parameters, so the
    answer is 5 log 100 + 400 = 423.0259.

    A symmetric 2 × 2 matrix has two free entries on the diagonal and one free entry off the diagonal.
    """
    return _fit(-200.0, 100, 2, 1)


@trial("three components in 3 dimensions, 100 points and the log-likelihood -250")
def _() -> Args:
    """There are 2 free weights. The means have 3 · 3 = 9 free parameters, and the covariances have 3 · 6 =
    18. These are 29 free parameters, so the answer is 29 log 100 + 500 = 633.5499.

    A symmetric 3 × 3 matrix has 6 free entries. Each component has such a matrix.
    """
    return _fit(-250.0, 100, 3, 3)
