"""Cases of `when-em-fails` in which no known mistake is right by chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.authors import Case, mistakes_of
from exercises.pieces.unlike import unlike_mistakes


def unlike(
    reference: dict[str, Callable[..., Any]],
    exercise: str,
    name: str,
    draw: Callable[[], dict[str, Any]],
    **fields: Any,
) -> Case:
    """Return a case in which every known mistake gives a wrong answer.

    fields: fields of the case, and `but`, the titles of mistakes that may give the correct answer.
    """
    but, returns = fields.pop("but", ()), fields.get("returns", ())
    known = mistakes_of(f"{__package__}.mistakes").get(exercise, [])
    args = unlike_mistakes(draw, reference[exercise], known, returns, but)
    return Case.of(reference, exercise, name, args, **fields)
