"""The cases of `straight-lines`: points near a line, drawn with each seed."""

from line_helpers import CHECKER, positive, residuals_orthogonal

from checks.authors import number
from checks.cases import Case

CHOSEN = {"fit_line": {"": [residuals_orthogonal]}, "residual_spread": {"": [positive]}}
LAWS = CHECKER.laws.chosen(CHOSEN)


def cases(reference, rng, hidden):
    """Return a function that draws the cases of both exercises, and the question."""
    return {
        "fit_line": _lines,
        "residual_spread": _spreads,
        "quiz-slope": [
            number("the slope through (0, 1), (1, 3), (2, 5)", 2.0, hidden, {1.0: "that is the intercept"})
        ],
    }


def _lines(reference, rng):
    fit = reference["fit_line"]
    return [Case(name, args, answers=(fit(**args),)) for name, args in _points(rng)]


def _spreads(reference, rng):
    fit, spread = reference["fit_line"], reference["residual_spread"]
    drawn = ((name, {**args, "line": fit(**args)}) for name, args in _points(rng))
    return [Case(name, args, answers=(spread(**args),)) for name, args in drawn]


def _points(rng):
    for name, count in {"few points": 5, "more points": 12}.items():
        x = rng.uniform(-3, 5, count)
        y = rng.uniform(1, 2) + rng.uniform(0.5, 2) * x + rng.normal(0, 0.5, count)
        yield name, {"x": x, "y": y}
