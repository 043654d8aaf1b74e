"""Hints on functions of libraries that do not do what their name suggests, if the answer agrees with this."""

from __future__ import annotations

import ast

from checks.finders import SILENT, Finder, Silence, Stage, registrar
from checks.looking import Look
from checks.relations import scaled, when

LIBRARY: list[Finder] = []
early, finder = (registrar(LIBRARY, stage) for stage in (Stage.CODE, Stage.RELATION))


@finder("`np.cov` divides by another number")
def _(look: Look) -> str | Silence | None:
    """You use `np.cov`, and each of your matrices is wrong by a factor. `np.cov` divides by N - 1. With
    `aweights` it divides by less than the sum of the weights. The formula divides by another number.

    With `ddof=0`, `np.cov` divides by the number of values. With `ddof=0` and `aweights`, it divides by the
    sum of the weights. Without `ddof=0`, it divides by a smaller number.

    For the numbers -1 and 1, `np.cov` gives 2, and `np.cov(..., ddof=0)` gives 1.
    """
    nodes = ast.walk(look.outcome.written.node) if look.outcome.written else ()
    line = next((look.outcome.written.at(each) for each in nodes if _is_cov(each)), None)
    if line is None or any(right.size == 1 for _, right in look.pairs):
        return line and SILENT
    each = when(look, lambda mine, right: scaled(mine, right, tuple(range(1, mine.ndim)) or None))
    return line if each else None


@early("arguments in another order")
def _(look: Look) -> str | None:
    """You call a function of a library with its arguments in another order than it expects.

    Without names, the arguments count by their order: `pdf(x, mean, cov)` takes the second argument for the
    mean and the third for `cov`. With names the order does not matter.

    In `norm.pdf(x, 2, 5)` the mean is 2 and the width is 5. `norm.pdf(x, scale=2, loc=5)` says which is
    which: there the mean is 5.
    """
    nodes = ast.walk(look.outcome.written.node) if look.outcome.written else ()
    return next((look.outcome.written.at(each) for each in nodes if _is_turned(each)), None)


# The arguments of a density, in order. Each has the beginnings of names that students give to its variable.
DENSITIES = {"pdf", "logpdf", "cdf", "logcdf"}
ORDER = (("x", "data", "point"), ("mean", "mu"), ("cov", "sigma", "std", "var"))


def _is_turned(node: ast.AST) -> bool:
    """Tell whether a call of a density has two arguments whose names say that they are exchanged."""
    if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") not in DENSITIES:
        return False
    meant = [_meant(each) for each in node.args[:3]]
    told = [(place, each) for place, each in enumerate(meant) if each is not None]
    wrong = [(place, each) for place, each in told if place != each]
    return len(wrong) == 2 and wrong[0] == wrong[1][::-1]


def _meant(argument: ast.expr) -> int | None:
    """Return the place that the argument's name suggests; None if it suggests no place, or several places."""
    base = argument.value if isinstance(argument, ast.Subscript) else argument
    name = getattr(base, "id", "").lower()
    places = [place for place, begins in enumerate(ORDER) if name.startswith(begins)]
    return places[0] if len(places) == 1 else None


def _is_cov(node: ast.AST) -> bool:
    """Tell whether a node calls `np.cov` and does not choose the divisor."""
    if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "cov":
        return False
    return not {"ddof", "bias"} & {each.arg for each in node.keywords}
