"""Checks before any formula uses an array: its numbers are finite, a covariance is positive definite."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from checks.texts import say

# Larger than errors of float32 rounding, and much smaller than any likely mistake.
SUM_TOLERANCE = 1e-5
SYMMETRY_TOLERANCE = 1e-6

# Called with a sentence about a fault. The formulas still work despite such a fault.
Refuse = Callable[[str], None]


def refuse(sentence: str) -> None:
    """Raise ValueError with this sentence."""
    raise ValueError(sentence)


def warn(sentence: str) -> None:
    """Warn with this sentence and continue."""
    warnings.warn(sentence, stacklevel=2)


def as_floats(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return the values as an array of floats. Raise ValueError if that is not possible."""
    try:
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(
            say(
                "{name} cannot be read as an array of numbers: all rows must have the same length.", name=name
            )
        ) from None


def first_at(mask: NDArray[np.bool_]) -> list[int]:
    """Return the index of the first True."""
    return [int(i) for i in np.argwhere(mask)[0]]


def require_finite(array: NDArray[np.float64], name: str) -> None:
    """Refuse an array with a NaN or an infinity, and say at which index it is."""
    bad = ~np.isfinite(array)
    if bad.any():
        at = first_at(bad)
        raise ValueError(
            say(
                "{name} is not finite at {at}: the value there is {array}.",
                name=name,
                at=at,
                array=array[tuple(at)],
            )
        )


def require_symmetric(matrix: NDArray[np.float64], name: str, refuse: Refuse) -> None:
    """Refuse a matrix that is not symmetric."""
    gap = np.abs(matrix - matrix.T)
    if gap.max() > SYMMETRY_TOLERANCE * np.abs(matrix).max():
        i, j = sorted(int(x) for x in np.unravel_index(gap.argmax(), gap.shape))
        refuse(
            say(
                "{name} is not symmetric, so it is not a covariance: entry [{i}, {j}] is {matrix:.6g} "
                "and entry [{j}, {i}] is {matrix2:.6g}.",
                name=name,
                i=i,
                j=j,
                matrix=matrix[i, j],
                matrix2=matrix[j, i],
            )
        )


def require_positive_definite(matrix: NDArray[np.float64], name: str) -> None:
    """Refuse a matrix that is not positive definite."""
    try:
        np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        smallest = np.linalg.eigvalsh(matrix)[0]
        raise ValueError(
            say(
                "{name} is not positive definite, so it is not a covariance: its smallest eigenvalue is "
                "{smallest:.3g}.",
                name=name,
                smallest=smallest,
            )
        ) from None


def require_unit_interval(array: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    """Return the array; refuse numbers outside 0 to 1, such as grey levels up to 255."""
    if array.min() < 0 or array.max() > 1:
        raise ValueError(
            say(
                "{name} goes from {min:g} to {max:g}, but must stay between 0 and 1: binarise it, or "
                "divide grey levels by 255.",
                name=name,
                min=array.min(),
                max=array.max(),
            )
        )
    return array
