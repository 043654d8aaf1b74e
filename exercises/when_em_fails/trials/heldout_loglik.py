"""Small inputs for hints on `heldout_loglik`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _line(points: Any, weights: Any, means: Any, variances: Any) -> Args:
    """At least two points: scipy's logpdf drops the axis of a single one."""
    return {
        "data": np.array(points, float)[:, None],
        "weights": np.array(weights, float),
        "means": np.array(means, float)[:, None],
        "covariances": np.array(variances, float)[:, None, None],
    }


@trial("the points 0 and 0, and one component with mean 0 and variance 1")
def _() -> Args:
    """Both points have the density 0.3989. Its log is -0.9189. The mean of two equal numbers is this number
    again, -0.9189.

    The answer is a mean over the points, not a sum. It keeps its sign.
    """
    return _line([0, 0], [1], [0], [1])


@trial("the points 0 and 2, and one component with mean 0 and variance 1")
def _() -> Args:
    """The log densities are -0.9189 and -2.9189. Their mean is -1.9189.

    Take the log of each point's density, and average the logs. The log of the mean density is another
    number.
    """
    return _line([0, 2], [1], [0], [1])


@trial("the points 0 and 2, and two components with mean 0 and variance 1 and the weights 1/4 and 3/4")
def _() -> Args:
    """The two components have the same density. So the mixture is one Gaussian with mean 0 and variance 1.
    The answer is -1.9189.

    Multiply each density by its weight, or add the log of the weight. Then add over all components of a
    point. The weights sum to 1, so nothing changes here.
    """
    return _line([0, 2], [0.25, 0.75], [0, 0], [1, 1])


@trial("the points 0 and 2, and components with the means 0 and 2")
def _() -> Args:
    """Both variances are 1 and both weights are 1/2. At each point the component densities are 0.3989 and
    0.0540. Half of their sum is 0.226467, and its log is -1.4852. Both points have this log density.

    Add the weighted densities first, and take the log of the sum. An average of the logs is smaller.
    """
    return _line([0, 2], [0.5, 0.5], [0, 2], [1, 1])


@trial("the points 0, 2 and 4, the weights 1/4 and 3/4, the means 0 and 4, the variances 1 and 4")
def _() -> Args:
    """The densities of the mixture are 0.11998, 0.10424 and 0.14964. Their logs are -2.1204, -2.2611 and
    -1.8995, with the mean -2.0937.

    Each component needs its own weight, mean and covariance. There is one sum for each point, over the
    components.
    """
    return _line([0, 2, 4], [0.25, 0.75], [0, 4], [1, 4])


@trial("the points (1, 1) and (1, -1), and the covariance [[4, 1], [1, 1]]")
def _() -> Args:
    """There is one component, with mean (0, 0). The densities are 0.0557 and 0.0286. The log densities are
    -2.8872 and -3.5538, with the mean -3.2205.

    The whole covariance matrix is used, also its entries off the diagonal.
    """
    return {
        "data": np.array([[1.0, 1], [1, -1]]),
        "weights": np.ones(1),
        "means": np.zeros((1, 2)),
        "covariances": np.array([[[4.0, 1], [1, 1]]]),
    }


@trial("the points 0 and 100, and two components with mean 0 and variance 1")
def _() -> Args:
    """Both weights are 1/2, so the mixture is one Gaussian. The log densities are -0.9189 and
    -5000.9189, with the mean -2500.9189.

    The density at 100 is too small for a float: `exp` gives 0, and the log of 0 is -inf. Stay in logs. Use
    `log_sum_exp` to add over the components.
    """
    return _line([0, 100], [0.5, 0.5], [0, 0], [1, 1])
