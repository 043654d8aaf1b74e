"""The start of a run: parameters that are given, or drawn from a seed.

Given parameters must be a mixture of the expected size, and must not break the engine's rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from checks.texts import say
from explorer.forms import PARTS, Numbers, Params, in_parts, numbers
from explorer.lights import lights_of
from explorer.moment import Engine, unscored
from explorer.steps import Family


def start_from(engine: Engine, init: Any, seed: int = 0) -> Params:
    """Return the start that `init` describes: K components, drawn from the seed, or the given parameters.

    init: K, a dict, or a sequence in the order of `family.parts`. Raises ValueError with one sentence if it
    is none of these, does not fit the data, or breaks a rule.
    """
    family, data = engine.family, engine.data
    if isinstance(init, int | np.integer):
        _require_enough_points(len(data), int(init))
        init = family.tell(family.draw(data, int(init), seed))
    given = _by_names(init, family.parts) if isinstance(init, Mapping) else init
    params = _read(family, given, data.shape[1])
    _require_enough_points(len(data), len(params.weights))
    _require_kept(engine, params)
    return params


def _read(family: Family, given: Any, D: int) -> Params:
    return (_bernoullis if family.logs else _gaussians)(given, D)


def _gaussians(given: Any, D: int) -> Params:
    weights, means, covs = map(numbers, in_parts(given, PARTS["gaussian"]), PARTS["gaussian"])
    _require_table(means, "means", D)
    K = len(means)
    if covs.shape != (K, D, D):
        raise ValueError(
            say(
                "covariances has shape {shape}, but with means of shape {shape2} it must be {value}.",
                shape=covs.shape,
                shape2=means.shape,
                value=(K, D, D),
            )
        )
    return Params(_one_each(weights, "weights", K), means, covs)


def _bernoullis(given: Any, D: int) -> Params:
    log_p, log_mix = map(numbers, in_parts(given, PARTS["bernoulli"]), PARTS["bernoulli"])
    _require_table(log_p, "log_p", D)
    if len(bad := np.argwhere(np.isneginf(log_p))):
        raise ValueError(
            say(
                "log_p is -inf at {tolist}: this pixel has probability 0, so every image with ink in it is "
                "impossible. Smooth with an alpha above 0.",
                tolist=bad[0].tolist(),
            )
        )
    weights = np.exp(_one_each(log_mix, "log_mix", len(log_p)))
    return Params(weights, np.exp(log_p))


def _require_table(array: Numbers, name: str, D: int) -> None:
    if array.ndim != 2 or array.size == 0:
        raise ValueError(
            say(
                "{name} has shape {shape}, but must be (K, {d}), one row for each component.",
                name=name,
                shape=array.shape,
                d=D,
            )
        )
    if array.shape[1] != D:
        raise ValueError(
            say(
                "{name} has {shape} columns, but the points have {d} dimensions: each row of {name} "
                "must be one point of the same space.",
                name=name,
                shape=array.shape[1],
                d=D,
            )
        )


def _one_each(array: Numbers, name: str, K: int) -> Numbers:
    """Return (K,) numbers. (K, 1) and (1, K) are accepted, because published code has both."""
    if array.size != max(array.shape, default=1):
        raise ValueError(
            say(
                "{name} has shape {shape}, but must be (K,), one number for each component.",
                name=name,
                shape=array.shape,
            )
        )
    if array.size != K:
        raise ValueError(
            say(
                "{name} has {size} numbers for {k} components: give one for each.",
                name=name,
                size=array.size,
                k=K,
            )
        )
    return array.reshape(-1)


def _by_names(given: Mapping[str, Any], names: Sequence[str]) -> list[Any]:
    """Return the parts of a dictionary in this order. "covs" means "covariances"."""
    named = {"covariances" if name == "covs" else name: value for name, value in given.items()}
    if missing := [name for name in names if name not in named]:
        raise ValueError(
            say("init has no '{missing}': it needs {names}.", missing=missing[0], names=", ".join(names))
        )
    return [named[name] for name in names]


def _require_enough_points(N: int, K: int) -> None:
    if K > N:
        raise ValueError(
            say("there are {k} components but only {n} points: K may not be greater than N.", k=K, n=N)
        )


def _require_kept(engine: Engine, start: Params) -> None:
    """Raise ValueError if a start breaks a rule, with the sentence of the light."""
    for light in lights_of(unscored(engine, start), engine.rules):
        if light.broken:
            raise ValueError(say("init: {sentence}", sentence=light.sentence))
