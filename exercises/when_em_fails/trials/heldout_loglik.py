"""Small inputs for hints on `heldout_loglik`. The simplest is first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _line(points: Any, weights: Any, means: Any, variances: Any) -> Args:
    """Return the arguments, with at least two points: for a single point, scipy's logpdf drops an axis."""
    return {
        "data": np.array(points, float)[:, None],
        "weights": np.array(weights, float),
        "means": np.array(means, float)[:, None],
        "covariances": np.array(variances, float)[:, None, None],
    }


@trial("the points 0 and 0, and one component with mean 0 and variance 1")
def _() -> Args:
    """Both points have the density 0.3989. The log of this density is -0.9189. The mean of two equal numbers
    is the same number, so the answer is -0.9189.

    The answer is a mean over the points, not a sum. Do not change its sign.
    """
    return _line([0, 0], [1], [0], [1])


@trial("the points 0 and 2, and one component with mean 0 and variance 1")
def _() -> Args:
    """The log densities are -0.9189 and -2.9189. Their mean is -1.9189, and this is the answer.

    Take the log of the density of each point, and average the logs. The log of the mean density is another
    number.
    """
    return _line([0, 2], [1], [0], [1])


@trial("the points 0 and 2, and two components with mean 0 and variance 1 and the weights 1/4 and 3/4")
def _() -> Args:
    """Both components have the same density. So the mixture is one Gaussian with mean 0 and variance 1. The
    answer is -1.9189.

    Multiply each density by its weight, or add the log of the weight to the log density. Then, for each
    point, add over the components. The weights sum to 1, so here they do not change the density.
    """
    return _line([0, 2], [0.25, 0.75], [0, 0], [1, 1])


@trial("the points 0 and 2, and components with the means 0 and 2")
def _() -> Args:
    """Both variances are 1, and both weights are 1/2. At each point, one component has the density 0.3989 and
    the other has 0.0540. Half of their sum is 0.226467, and its log is -1.4852. Both points have this log
    density, so it is the answer.

    Add the weighted densities first. Then take the log of the sum. An average of the logs is smaller.
    """
    return _line([0, 2], [0.5, 0.5], [0, 2], [1, 1])


@trial("the points 0, 2 and 4, the weights 1/4 and 3/4, the means 0 and 4, the variances 1 and 4")
def _() -> Args:
    """The mixture has the densities 0.11998, 0.10424 and 0.14964 at the three points. Their logs are -2.1204,
    -2.2611 and -1.8995. The mean of these logs is -2.0937.

    Use the weight, the mean and the covariance of each component. Compute one sum over the components for
    each point.
    """
    return _line([0, 2, 4], [0.25, 0.75], [0, 4], [1, 4])


@trial("the points (1, 1) and (1, -1), and the covariance [[4, 1], [1, 1]]")
def _() -> Args:
    """There is one component, with mean (0, 0). The two densities are 0.0557 and 0.0286. Their logs are
    -2.8872 and -3.5538, and the mean of these logs is -3.2205.

    Use the whole covariance matrix, including its entries off the diagonal.
    """
    return {
        "data": np.array([[1.0, 1], [1, -1]]),
        "weights": np.ones(1),
        "means": np.zeros((1, 2)),
        "covariances": np.array([[[4.0, 1], [1, 1]]]),
    }


@trial("the points 0 and 100, and two components with mean 0 and variance 1")
def _() -> Args:
    """Both weights are 1/2, so the mixture is one Gaussian. The log densities are -0.9189 and -5000.9189.
    Their mean is -2500.9189, and this is the answer.

    The density at 100 is too small for the computer: `exp` gives 0, and the log of 0 is -inf. So compute with
    logs only. Use `log_sum_exp` to add over the components.
    """
    return _line([0, 100], [0.5, 0.5], [0, 0], [1, 1])
