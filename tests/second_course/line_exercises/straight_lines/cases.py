"""Cases of `straight-lines`: points about a line, drawn anew for each seed."""

from line_helpers import CHECKER, positive, residuals_orthogonal

from checks.authors import number
from checks.cases import Case

CHOSEN = {"fit_line": {"": [residuals_orthogonal]}, "residual_spread": {"": [positive]}}
LAWS = CHECKER.laws.chosen(CHOSEN)


def cases(reference, rng, hidden):
    """Return what draws the cases of both exercises, and the question."""
    return {
        "fit_line": _lines,
        "residual_spread": _spreads,
        "quiz-slope": [
            number("the slope through (0, 1), (1, 3), (2, 5)", 2.0, hidden, {1.0: "that is the intercept"})
        ],
    }


def _lines(reference, rng):
    for name, args in _drawn(rng):
        yield Case(name, args, answers=(reference["fit_line"](**args),))


def _spreads(reference, rng):
    for name, args in _drawn(rng):
        args |= {"line": reference["fit_line"](**args)}
        yield Case(name, args, answers=(reference["residual_spread"](**args),))


def _drawn(rng):
    return [(name, _points(rng, count)) for name, count in {"few points": 5, "more points": 12}.items()]


def _points(rng, count):
    x = rng.uniform(-3, 5, count)
    return {"x": x, "y": rng.uniform(1, 2) + rng.uniform(0.5, 2) * x + rng.normal(0, 0.5, count)}
