"""Responsibilities with a guard: a small number, added against a division by 0.

Code adds it to weight times density, or to the sum of these products. A guard up to a *line* passes, and a
larger guard fails (see sized.py).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from exercises.pieces.sized import Args, line
from helpers.likelihood import log_gaussians

Numbers = NDArray[np.float64]
PRODUCT = 3e-10  # the line for guards: a guard up to this size changes no mark


def products(args: Args) -> Numbers:
    """Return weight times density for each point and component, (N, K)."""
    return args["weights"] * np.exp(log_gaussians(args["data"], args["means"], args["covariances"]))


def shares(args: Args, to_products: float = 0.0, to_sums: float = 0.0) -> Numbers:
    """Return the responsibilities, (N, K), with a guard in each product, or in each row's sum."""
    each = products(args) + to_products
    return each / (each.sum(axis=1, keepdims=True) + to_sums)


def product_lines(args: Args) -> tuple[float, float]:
    """Return the lines of the two guards, the lower line first."""
    low, high = sorted(
        [
            line(shares, shares, args),
            line(shares, lambda args, epsilon: shares(args, to_sums=epsilon), args),
        ]
    )
    return low, high
