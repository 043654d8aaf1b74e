"""One moment of EM, on all rows: the start, after an E-step, after an M-step."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np

from explorer.calls import HalfStep, Lent, Overwritten, e_half, m_half
from explorer.forms import Numbers, Params, read_resp
from explorer.lights import Rule
from explorer.steps import Family, bound_of, loglikelihood_of, scores_or_none


@dataclass(frozen=True)
class Engine:
    """Data, the two half-steps that work on them, and the rules that must hold."""

    family: Family
    data: Numbers
    e_step: HalfStep
    m_step: HalfStep
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Moment:
    """The state after a half-step.

    params, resp: the parameters and responsibilities, as they were read.
    given, shares: the parameters and responsibilities, as the functions returned them.
    counts: how many points each component holds, (K,); at the start, its weight times the number of points.
    scores: the log weight plus log density, (N, K); None if these parameters are not a mixture.
    loglik, bound: the log-likelihood and the bound; NaN if they cannot be computed.
    previous: the log-likelihood one half-step earlier.
    changed: the arguments that were overwritten.
    unread: the reason why a result could not be read.
    """

    iteration: int
    half: str
    params: Params
    given: Any
    counts: Numbers
    scores: Numbers | None
    loglik: float
    previous: float = math.nan
    resp: Numbers | None = None
    shares: Any = None
    bound: float = math.nan
    changed: tuple[Overwritten, ...] = ()
    unread: str = ""


def engine_for(
    family: Family, data: Numbers, rules: tuple[Rule, ...], e_step: Any = None, m_step: Any = None
) -> Engine:
    """Return the engine with these functions. None means the explorer's own step."""
    lent = Lent(data)
    return Engine(family, data, e_half(family, lent, e_step), m_half(family, lent, m_step), rules)


def unscored(engine: Engine, start: Params) -> Moment:
    """Return the start without its log-likelihood."""
    given, counts = engine.family.tell(start), start.weights * len(engine.data)
    return Moment(0, "start", start, given, counts, None, math.nan)


def moments(engine: Engine, start: Params) -> Iterator[Moment]:
    """Yield the start, then E, M, E, M, ... without end, unless a function raises StepError."""
    now = _scored(unscored(engine, start), engine)
    yield now
    for iteration in count(1):
        now = _after_e(replace(now, iteration=iteration, half="E", previous=now.loglik), engine)
        yield now
        now = _after_m(replace(now, half="M", previous=now.loglik), engine)
        yield now


def _after_e(now: Moment, engine: Engine) -> Moment:
    answer = engine.e_step(now.given, now.scores)
    try:
        resp = read_resp(answer.value, *_size(now, engine)[:2], engine.family.logs)
    except ValueError as error:
        return replace(now, changed=answer.changed, unread=f"The E-step's result: {error}")
    changes = dict(shares=answer.value, changed=answer.changed, unread="")
    seen = replace(now, resp=resp, counts=resp.sum(axis=0), **changes)
    return replace(seen, bound=_bound(seen))


def _after_m(now: Moment, engine: Engine) -> Moment:
    answer = engine.m_step(now.shares, now.resp)
    try:
        params = engine.family.read(answer.value, *_size(now, engine)[1:])
    except ValueError as error:
        return replace(now, changed=answer.changed, unread=f"The M-step's result: {error}")
    return _scored(replace(now, params=params, given=answer.value, changed=answer.changed, unread=""), engine)


def _scored(now: Moment, engine: Engine) -> Moment:
    scores = scores_or_none(engine.family, engine.data, now.params)
    loglik = math.nan if scores is None else loglikelihood_of(scores)
    scored = replace(now, scores=scores, loglik=loglik)
    return replace(scored, bound=_bound(scored))


def _bound(now: Moment) -> float:
    if now.scores is None or now.resp is None:
        return math.nan
    with np.errstate(all="ignore"):
        return bound_of(now.scores, now.resp)


def _size(now: Moment, engine: Engine) -> tuple[int, int, int]:
    N, D = engine.data.shape
    return N, len(now.params.weights), D
