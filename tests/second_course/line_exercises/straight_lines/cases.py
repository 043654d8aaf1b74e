"""Cases of `straight-lines`: points about a line, drawn anew for each seed."""

from line_helpers import CHECKER, positive, residuals_orthogonal

from checks.authors import number
from checks.cases import Case

CHOSEN = {"fit_line": {"": [residuals_orthogonal]}, "residual_spread": {"": [positive]}}
LAWS = CHECKER.laws.chosen(CHOSEN)


def cases(reference, rng, hidden):
    """Return the cases of both exercises, and the question."""
    drawn = {name: _points(rng, count) for name, count in {"few points": 5, "more points": 12}.items()}
    fit, spread = reference["fit_line"], reference["residual_spread"]
    return {
        "fit_line": [Case(name, args, answers=(fit(**args),)) for name, args in drawn.items()],
        "residual_spread": [
            Case(name, {**args, "line": fit(**args)}, answers=(spread(**args, line=fit(**args)),))
            for name, args in drawn.items()
        ],
        "quiz-slope": [
            number("the slope through (0, 1), (1, 3), (2, 5)", 2.0, hidden, {1.0: "that is the intercept"})
        ],
    }


def _points(rng, count):
    x = rng.uniform(-3, 5, count)
    return {"x": x, "y": rng.uniform(1, 2) + rng.uniform(0.5, 2) * x + rng.normal(0, 0.5, count)}
