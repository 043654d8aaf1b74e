"""Seven classic failures of EM, each a scene that shows one, and what to look at.

All run on the explorer's own steps, but for the one whose E-step leaves the log domain.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from explorer.calls import Answer
from explorer.forms import Numbers
from explorer.history import THRESH, Run, follow
from explorer.moment import Engine, engine_for
from explorer.scene import Scene, evenly
from explorer.steps import GAUSSIAN, start_from
from helpers.datasets import generate_mog_data, load_synthetic

ROUND = np.eye(2)  # the covariance of a round heap


@functools.cache
def gallery_scenes() -> tuple[Scene, ...]:
    """Return the seven scenes; they are computed once in a kernel."""
    return tuple(make() for make in GALLERY)


def collapse() -> Scene:
    """A component that is left with two equal points shrinks onto them."""
    data = np.vstack([_two_heaps(), [[2, 4], [2, 4]]])
    run = _run(data, [[0, 0], [4, 1], [2, 4]], [ROUND, ROUND, 0.4 * ROUND])
    return _scene(
        "collapse on a doubled point",
        "Two points lie at the same place, (2, 4). Component 2 lets go of all others and shrinks onto them: "
        "its density grows without limit, and so does the log-likelihood, until it has no width at all.",
        data,
        [run],
    )


def symmetric_start() -> Scene:
    """Components that begin alike stay alike."""
    data = _two_heaps()
    means, covs = [data.mean(axis=0)] * 2, [np.cov(data, rowvar=False, ddof=0)] * 2
    run = _run(data, means, covs, thresh=0, maxiter=5)
    run = replace(run, end="It could go on for ever, and nothing would change.")
    return _scene(
        "symmetric start",
        "Both components begin alike, so each point is shared half and half, and both are re-estimated "
        "alike: nothing ever changes. A start must break the symmetry.",
        data,
        [run],
    )


def dead_component() -> Scene:
    """A component too far from all points to get a share of any."""
    data = _two_heaps()
    far = _run(data, [[0, 0], [4, 1], [70, 70]], [ROUND] * 3, "far from all points")
    near = _run(data, [[0, 0], [4, 1], data[7]], [ROUND] * 3, "from a point", 0.01)
    return _scene(
        "dead component",
        "Component 2 begins far away at (70, 70), where no point has a share in it that a computer can tell "
        "from 0. It holds no point, and the mean of no points is 0/0. In the other run it begins at a point.",
        data,
        [far, near],
    )


def wrong_optimum() -> Scene:
    """Two starts, two tops, one of them much lower."""
    data = load_synthetic()
    runs = [_from_points(data, chosen) for chosen in ([25, 10, 82], [0, 6, 11])]
    return _scene(
        "wrong optimum",
        "Both runs converge, and the second ends almost 20 lower: two components share the upper group, "
        "and one covers the other two. Each step climbs, so none leads down and over. Start often.",
        data,
        runs,
    )


def slow_plateau() -> Scene:
    """Gains so small that an impatient threshold takes them for the end."""
    data = generate_mog_data(60, [[0, 0], [6, 1]], [ROUND] * 2, [0.5, 0.5], seed=3)
    middle, cov = data.mean(axis=0), np.cov(data, rowvar=False)
    means = [middle - [0.003, 0], middle + [0.003, 0]]
    runs = [
        _run(data, means, [cov, cov], f"threshold {name}", thresh)
        for name, thresh in {"0.00000001": 1e-8, "0.0001": 1e-4}.items()
    ]
    return _scene(
        "slow plateau",
        "The means begin nearly together. For many iterations almost nothing is gained, and the second run, "
        "with a threshold of 0.0001, takes that for the end. The first waits, and the curve rises by 40.",
        data,
        runs,
    )


def underflow() -> Scene:
    """The densities of far points are rounded to 0, and 0/0 is no share."""
    data = np.vstack([_two_heaps(), [[30, 40], [31, 42]]])
    means, covs = [[0, 0], [4, 1]], [ROUND] * 2
    own = engine_for(GAUSSIAN, data)
    spoiled = Engine(GAUSSIAN, data, _without_logs, own.m_step)
    runs = [
        _run(data, means, covs, name, engine=e) for name, e in (("without logs", spoiled), ("in logs", own))
    ]
    return _scene(
        "underflow in the linear domain",
        "Two points are 50 standard deviations away. Their densities are smaller than any number that a "
        "computer keeps and became 0, so their shares are 0/0. In logs, the second run, all is well.",
        data,
        runs,
        may_start=False,
    )


def labels_swapped() -> Scene:
    """The same mixture under other numbers."""
    data = load_synthetic()
    return _scene(
        "labels swapped",
        "Two starts end with the same log-likelihood and the same three Gaussians, but under other numbers "
        "and so in other colours. Nothing in the data says who is first: compare sets, not numbers.",
        data,
        [_from_points(data, chosen) for chosen in ([25, 10, 82], [88, 91, 10])],
    )


GALLERY: tuple[Callable[[], Scene], ...] = (
    collapse,
    symmetric_start,
    dead_component,
    wrong_optimum,
    slow_plateau,
    underflow,
    labels_swapped,
)


def _two_heaps() -> Numbers:
    return generate_mog_data(60, [[0, 0], [4, 1]], [ROUND] * 2, [0.5, 0.5], seed=3)


def _without_logs(_: object, scores: Numbers) -> Answer:
    with np.errstate(invalid="ignore"):
        products = np.exp(scores)
        return Answer(products / products.sum(axis=1, keepdims=True))


def _from_points(data: Numbers, chosen: list[int]) -> Run:
    name = f"from points {', '.join(map(str, chosen))}"
    return _run(data, data[chosen], [np.cov(data, rowvar=False)] * len(chosen), name)


def _run(
    data: Numbers,
    means: object,
    covariances: object,
    name: str = "start",
    thresh: float = THRESH,
    maxiter: int = 100,
    engine: Engine | None = None,
) -> Run:
    weights = np.full(len(means), 1 / len(means))
    start = start_from(GAUSSIAN, (weights, means, covariances), data)
    return follow(engine or engine_for(GAUSSIAN, data), start, name, maxiter, thresh)


def _scene(name: str, told: str, data: Numbers, runs: list[Run], may_start: bool = True) -> Scene:
    engine, rows = engine_for(GAUSSIAN, data), evenly(len(data), len(data))
    return Scene(name, told, engine, rows, labels=("x0", "x1"), runs=tuple(runs), may_start=may_start)
