"""Kit: the things that a course gives the explorer, and its method `explore`, which uses them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer.forms import PARTS, Numbers
from explorer.lights import Rule, require_keys

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from explorer.history import Run
    from explorer.scene import Scene
    from explorer.widget import Explorer


@dataclass(frozen=True, eq=False)
class Kit:
    """A course's colours, rules, points and still figure. Raises ValueError if a rule's name is wrong.

    look: the colours and markers that the view reads: "palette", "markers" and "edge".
    rules: the rules that the lights check, for "gaussian" and for "bernoulli".
    points: a function that returns the (100, 2) points on which the gallery shows two of its failures.
    still: a function of a scene and two columns (dims). It returns the figure that is shown where no widget
    runs, as "text/html" and "text/plain".
    unseen: a function that returns the object to show if nobody looks at widgets. Then nothing is run. It
    returns None if somebody looks.

    Example:
        explore = Kit(look, {"gaussian": RULES, "bernoulli": RULES}, load_points, still, lambda: None).explore
    """

    look: Mapping[str, Any]
    rules: Mapping[str, tuple[Rule, ...]]
    points: Callable[[], Numbers]
    still: Callable[[Scene, tuple[int, int]], dict[str, str]]
    unseen: Callable[[], Any]

    def __post_init__(self) -> None:
        if self.rules.keys() != PARTS.keys():
            raise ValueError(f"rules are for {', '.join(self.rules)}, but must be for {', '.join(PARTS)}.")
        for rules in self.rules.values():
            require_keys(rules)

    def explore(
        self,
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
    ) -> Explorer | Any:
        """Run EM on the data and return it as a widget to step through.

        data: (N, D) points, or binary rows. e_step, m_step: the functions that do the two steps. By default
        they are the notebook's functions with the course's names. If the notebook does not have them, they
        are the explorer's own functions.

        Gaussian: `e_step(data, weights, means, covariances)` returns resp, (N, K). `m_step(data, resp)`
        returns (weights, means, covariances). m_step can also be the list of the course's four functions.
        Bernoulli (the default for binary data): `e_step(X, log_p, log_mix)` returns log_resp.
        `m_step(X, log_resp)` returns (log_p, log_mix).

        init: the number of components, for a start drawn from `seed` (3 by default, 10 for digits). Or init
        has the parameters, as a dict or in this order.
        ask, choices: a question that you answer before the run is played. happened(run) returns the true
        answer as a text, from run.loglik or run.iterations.
        pictures: (N, H, W, 3), drawn instead of points. shape: the shape of a binary row as an image.
        labels: the names of the columns. dims: the two columns that are drawn first.
        gallery: whether to offer seven classic failures of EM as well.

        Raises ValueError with one sentence if the arguments do not fit together. A step that does something
        wrong does not raise: the explorer shows the mistake.

        Example:
            explore(data, init=3, ask="How many iterations?", choices=["few", "many"])
        """
        if (instead := self.unseen()) is not None:
            return instead
        from explorer import making  # imported late, because it loads anywidget

        to_run = making.ToRun(data, e_step, m_step, init, model, maxiter, seed)
        to_draw = making.ToDraw(pictures, shape, labels, dims)
        scene = making.own_scene(self, to_run, to_draw, sys._getframe(1).f_globals)
        return making.explorer_for(self, scene, dims, making.ToAsk(ask, tuple(choices), happened), gallery)
