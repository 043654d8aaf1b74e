"""Steps of EM as a student would write them, correct and wrong, and runs with them."""

import numpy as np

from explorer.forms import Params
from explorer.history import follow
from explorer.moment import engine_for
from explorer.starts import start_from
from explorer.steps import BERNOULLI, GAUSSIAN, own_e_step
from helpers import explore, load_synthetic
from helpers.exploring import RULES
from helpers.stills import still_figure

DATA = load_synthetic()
START = (np.full(3, 1 / 3), DATA[[20, 10, 96]], np.array([np.cov(DATA, rowvar=False)] * 3))
BITS = (np.random.default_rng(0).uniform(size=(80, 16)) < 0.4).astype(float)
BIT_START = (np.log(np.random.default_rng(1).uniform(0.2, 0.8, (3, 16))), np.log([0.5, 0.3, 0.2]))


def right_e(data, weights, means, covariances):
    params = Params(*map(np.asarray, (weights, means, covariances)))
    return own_e_step(GAUSSIAN.scores(data, params), logs=False)


def right_m(data, resp):
    return list(GAUSSIAN.weigh(data, np.asarray(resp)))


def right_bit_e(X, log_p, log_mix):
    params = Params(np.exp(np.ravel(log_mix)), np.exp(log_p))
    return own_e_step(BERNOULLI.scores(X, params), logs=True)


def right_bit_m(X, log_resp):
    return BERNOULLI.tell(BERNOULLI.weigh(X, np.exp(log_resp)))


def run(e_step=None, m_step=None, data=DATA, start=START, maxiter=100, family=GAUSSIAN):
    engine = engine_for(family, data, RULES[family.name], e_step, m_step)
    return follow(engine, start_from(engine, start), maxiter=maxiter)


def run_bits(e_step=None, m_step=None, maxiter=100):
    return run(e_step, m_step, BITS, BIT_START, maxiter, BERNOULLI)


def broken(history):
    """Return the keys of all rules that are broken anywhere in a run."""
    return set(history.broken)


def broken_now(frame):
    return [light.rule.key for light in frame.lights if light.broken]


def drawn(shown):
    """Return the still figure that replaces this explorer."""
    return still_figure(shown.scenes_now[0], tuple(shown.plane))


def explored(**options):
    return explore(DATA, **{"init": START, "gallery": False} | options)


def soft_counts(resp):
    return np.sum(resp, axis=0)


def weights_of(counts):
    return counts / counts.sum()


def means_of(data, resp, counts):
    return [resp[:, k] @ data / counts[k] for k in range(3)]


def covariances_of(data, resp, counts, means):
    return [np.cov(data.T, aweights=resp[:, k], ddof=0) for k in range(3)]


SPOILED = {
    "rows": (lambda *args: 0.5 * right_e(*args), None),
    "weights": (None, lambda *args: (2 * right_m(*args)[0], *right_m(*args)[1:])),
    "covariances": (
        None,
        lambda *args: (*right_m(*args)[:2], right_m(*args)[2] + [[0, 0.1], [0, 0]]),
    ),
    "climbs": (None, lambda *args: (right_m(*args)[0], right_m(*args)[1] + 1, START[2])),
    "finite": (None, lambda *args: (right_m(*args)[0], np.full((3, 2), np.nan), right_m(*args)[2])),
    "shapes": (lambda *args: right_e(*args)[:-1], None),
}


def unwritten(data, resp):
    raise NotImplementedError
