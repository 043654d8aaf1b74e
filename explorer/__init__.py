"""`explore`: EM that can be held, step by step, back and forth, by one's own functions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from helpers import figures

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from explorer.history import Run
    from explorer.widget import Explorer

__all__ = ["explore"]


def explore(
    data: ArrayLike,
    e_step: Callable[..., Any] | None = None,
    m_step: Callable[..., Any] | Sequence[Callable[..., Any]] | None = None,
    init: Any = None,
    ask: str = "",
    *,
    choices: Sequence[str] = (),
    happened: Callable[[Run], str] | None = None,
    model: str | None = None,
    pictures: ArrayLike | None = None,
    shape: tuple[int, int] | None = None,
    labels: Sequence[str] | None = None,
    dims: tuple[int, int] = (0, 1),
    gallery: bool = True,
    maxiter: int = 100,
    seed: int = 0,
) -> Explorer | figures.Unseen:
    """Run EM on the data and return it as a widget to step through.

    data: (N, D) points, or binary rows. e_step, m_step: the functions that do the work; by
    default those that the notebook has under the course's names, else the explorer's own.

    - Gaussian: e_step(data, weights, means, covariances) returns resp, (N, K); m_step(data,
      resp) returns (weights, means, covariances), or is the list of the course's four functions.
    - Bernoulli (the default for binary data): e_step(X, log_p, log_mix) returns log_resp;
      m_step(X, log_resp) returns (log_p, log_mix).

    init: the number of components, for a start drawn from `seed` (3 by default, 10 for
    digits), or the parameters, as a dict or in the order above. ask, choices: a question to be
    answered before it plays; happened(run) returns the answer that came out, as a text; run.loglik
    and run.iterations may help.
    pictures: (N, H, W, 3), drawn in place of points. shape: of a binary row as an image.
    labels: names of the columns; dims: the two that are drawn first. gallery: whether seven
    classic failures can be looked at, too.

    Raises ValueError with one sentence if the arguments do not fit together. What a step does
    wrong is no error here: it is shown.
    """
    if not figures.drawing:  # as in marking: nobody looks, so nothing is run
        return figures.Unseen("EM to step through, in a notebook that is open in JupyterLab.")
    from explorer import making  # not before it is needed: it loads anywidget

    asked = making.Asked(data, e_step, m_step, init, model, maxiter, seed)
    drawn = making.Drawn(pictures, shape, labels, dims)
    scene = making.own_scene(asked, drawn, sys._getframe(1).f_globals)
    return making.explorer_for(scene, dims, making.Question(ask, tuple(choices), happened), gallery)
