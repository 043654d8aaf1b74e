"""The gallery: seven scenes, each with a classic failure of EM and a text that says what to look at.

All scenes use the explorer's own steps, except `underflow`: its E-step does not use logs. To add a scene,
write a function like the functions below and name it in GALLERY.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from explorer.calls import Reply
from explorer.forms import Numbers
from explorer.history import THRESH, Ending, Run, Why, follow
from explorer.kit import Kit
from explorer.moment import Engine, engine_for
from explorer.scene import Scene, evenly
from explorer.starts import start_from
from explorer.steps import GAUSSIAN

ROUND = np.eye(2)  # the covariance of a round group of points


@functools.cache
def gallery_scenes(kit: Kit) -> tuple[Scene, ...]:
    """Return the seven scenes. A kernel computes them only once."""
    return tuple(make(kit) for make in GALLERY)


def collapse(kit: Kit) -> Scene:
    """Return a scene in which a component is left with two equal points and shrinks onto them."""
    data = np.vstack([_two_heaps(), [[2, 4], [2, 4]]])
    run = _run(kit, data, [[0, 0], [4, 1], [2, 4]], [ROUND, ROUND, 0.4 * ROUND])
    return _scene(
        kit,
        "collapse on a doubled point",
        "Two points lie at the same place, (2, 4). Component 2 loses all other points and shrinks onto "
        "these two. Its density grows without limit, and so does the log-likelihood, until the component "
        "has no width at all.",
        data,
        [run],
    )


def symmetric_start(kit: Kit) -> Scene:
    """Return a scene in which components with equal parameters stay equal."""
    data = _two_heaps()
    means, covs = [data.mean(axis=0)] * 2, [np.cov(data, rowvar=False, ddof=0)] * 2
    run = _run(kit, data, means, covs, thresh=0, maxiter=5)
    run = replace(run, ending=Ending(Why.ENDLESS))
    return _scene(
        kit,
        "symmetric start",
        "Both components begin with the same parameters. So each point is shared half and half, both "
        "components are re-estimated in the same way, and nothing ever changes. The start must give them "
        "different parameters.",
        data,
        [run],
    )


def dead_component(kit: Kit) -> Scene:
    """Return a scene in which a component is so far away that it gets no share of any point."""
    data = _two_heaps()
    far = _run(kit, data, [[0, 0], [4, 1], [70, 70]], [ROUND] * 3, "far from all points")
    near = _run(kit, data, [[0, 0], [4, 1], data[7]], [ROUND] * 3, "from a point", 0.01)
    return _scene(
        kit,
        "dead component",
        "Component 2 begins far away, at (70, 70). Its share of every point is so small that a computer "
        "stores 0. So it holds no point, and the mean of no points is 0/0. In the other run it begins at "
        "a point.",
        data,
        [far, near],
    )


def wrong_optimum(kit: Kit) -> Scene:
    """Return a scene with two starts. They end at two maxima, and one maximum is much lower."""
    data = kit.points()
    runs = [_from_points(kit, data, chosen) for chosen in ([25, 10, 82], [0, 6, 11])]
    return _scene(
        kit,
        "wrong optimum",
        "Both runs converge, and the second run ends almost 20 lower. Two of its components share the "
        "upper group, and one component covers the other two groups. EM cannot leave this maximum, "
        "because no step lowers the log-likelihood. Use many starts.",
        data,
        runs,
    )


def slow_plateau(kit: Kit) -> Scene:
    """Return a scene in which the gains become so small that a large threshold stops EM too early."""
    data = _two_heaps((6, 1))
    middle, cov = data.mean(axis=0), np.cov(data, rowvar=False)
    means = [middle - [0.003, 0], middle + [0.003, 0]]
    runs = [
        _run(kit, data, means, [cov, cov], f"threshold {name}", thresh)
        for name, thresh in {"0.00000001": 1e-8, "0.0001": 1e-4}.items()
    ]
    return _scene(
        kit,
        "slow plateau",
        "The means begin nearly at the same place. For many iterations the log-likelihood gains almost "
        "nothing. The second run, with a threshold of 0.0001, stops there. The first run goes on, and its "
        "curve rises by 40.",
        data,
        runs,
    )


def underflow(kit: Kit) -> Scene:
    """Return a scene in which the densities of far points are rounded to 0. Their shares are then 0/0."""
    data = np.vstack([_two_heaps(), [[30, 40], [31, 42]]])
    means, covs = [[0, 0], [4, 1]], [ROUND] * 2
    own = _engine(kit, data)
    spoiled = replace(own, e_step=_without_logs)
    runs = [
        _run(kit, data, means, covs, name, engine=engine)
        for name, engine in (("without logs", spoiled), ("in logs", own))
    ]
    return _scene(
        kit,
        "underflow in the linear domain",
        "Two points are 50 standard deviations away. Their densities are smaller than the smallest number "
        "that a computer keeps, and become 0. So their shares are 0/0. The second run uses logs, and its "
        "shares are right.",
        data,
        runs,
        may_start=False,
    )


def labels_swapped(kit: Kit) -> Scene:
    """Return a scene with two runs that find the same mixture, with the components in different order."""
    data = kit.points()
    return _scene(
        kit,
        "labels swapped",
        "Two starts end with the same log-likelihood and the same three Gaussians. But the components "
        "have other numbers, and so other colours. The data do not say which component is first. Compare "
        "the sets of components, not their numbers.",
        data,
        [_from_points(kit, data, chosen) for chosen in ([25, 10, 82], [88, 91, 10])],
    )


GALLERY: tuple[Callable[[Kit], Scene], ...] = (
    collapse,
    symmetric_start,
    dead_component,
    wrong_optimum,
    slow_plateau,
    underflow,
    labels_swapped,
)


def _two_heaps(second: tuple[float, float] = (4, 1)) -> Numbers:
    """Return 60 points in two round groups, one around (0, 0) and one around `second`."""
    rng = np.random.default_rng(3)
    heap = rng.choice(2, size=60, p=[0.5, 0.5])
    return np.array([[0, 0], second])[heap] + rng.standard_normal((60, 2))


def _without_logs(_: object, scores: Numbers) -> Reply:
    with np.errstate(invalid="ignore"):
        products = np.exp(scores)
        return Reply(products / products.sum(axis=1, keepdims=True))


def _from_points(kit: Kit, data: Numbers, chosen: list[int]) -> Run:
    name = f"from points {', '.join(map(str, chosen))}"
    return _run(kit, data, data[chosen], [np.cov(data, rowvar=False)] * len(chosen), name)


def _run(
    kit: Kit,
    data: Numbers,
    means: object,
    covariances: object,
    name: str = "start",
    thresh: float = THRESH,
    maxiter: int = 100,
    engine: Engine | None = None,
) -> Run:
    engine = engine or _engine(kit, data)
    start = start_from(engine, (np.full(len(means), 1 / len(means)), means, covariances))
    return follow(engine, start, name, maxiter, thresh)


def _engine(kit: Kit, data: Numbers) -> Engine:
    return engine_for(GAUSSIAN, data, kit.rules[GAUSSIAN.name])


def _scene(kit: Kit, name: str, told: str, data: Numbers, runs: list[Run], may_start: bool = True) -> Scene:
    engine, rows = _engine(kit, data), evenly(len(data), len(data))
    return Scene(name, told, engine, rows, labels=("x0", "x1"), runs=tuple(runs), may_start=may_start)
