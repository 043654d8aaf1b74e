"""Random problems that any correct solution can solve: no underflow, no collapse."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray


class Mixture(NamedTuple):
    """Parameters of a mixture of Gaussians, and points drawn from it."""

    data: NDArray[np.float64]
    weights: NDArray[np.float64]
    means: NDArray[np.float64]
    covariances: NDArray[np.float64]


def draw_mixture(
    rng: Generator,
    num_components: int,
    num_dims: int,
    num_points: int,
    scale: float = 1.0,
    shift: float = 2.0,
) -> Mixture:
    """Draw components that overlap and have unequal weights, and draw points from them.

    scale: the unit of all lengths. shift: how far all points and means are moved, in multiples of `scale`.
    """
    weights = draw_weights(rng, num_components)
    means = rng.normal(size=(num_components, num_dims))
    means[:, 0] = 2.5 * rng.permutation(num_components) + rng.uniform(-0.3, 0.3, num_components)
    covariances = np.array([draw_covariance(rng, num_dims) for _ in range(num_components)])
    chosen = np.arange(num_points) % num_components
    noise = rng.normal(size=(num_points, num_dims))
    data = means[chosen] + np.einsum("nij,nj->ni", np.linalg.cholesky(covariances)[chosen], noise)
    origin = shift * scale * rng.choice([-1, 1], num_dims) * rng.uniform(0.8, 1.2, num_dims)
    return Mixture(scale * data + origin, weights, scale * means + origin, scale**2 * covariances)


def draw_weights(rng: Generator, num_components: int) -> NDArray[np.float64]:
    """Draw mixing weights that are all different."""
    raw = 1 + rng.permutation(num_components) + rng.uniform(0, 0.5, num_components)
    return raw / raw.sum()


def draw_covariance(rng: Generator, num_dims: int) -> NDArray[np.float64]:
    """Draw a well-conditioned covariance matrix that is not diagonal."""
    spread = rng.normal(size=(num_dims, num_dims + 2))
    return spread @ spread.T / (num_dims + 2) + 0.3 * np.eye(num_dims)


def draw_responsibilities(rng: Generator, num_points: int, num_components: int) -> NDArray[np.float64]:
    """Draw responsibilities whose rows sum to 1. No component has only a small share of all points."""
    return rng.dirichlet(np.linspace(1, 2, num_components), num_points)
