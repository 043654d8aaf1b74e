"""The hidden cases of one submission: `grading.hidden` in the scorer.

Two submissions with different code are never marked on the same hidden cases. So if a student learns answers
to the cases of another submission, in any way, they are wrong for the student's own cases.
"""

from __future__ import annotations

from typing import Any

from checks.hints import Hint
from grading.build.draw import DrawnCases
from grading.recipe import Recipe, Seeds


class OwnCases:
    """Hidden cases that are drawn when they are first needed. Test cells use them like a case book."""

    hidden = True

    def __init__(self) -> None:
        self.source: tuple[Recipe, Seeds] | None = None  # the source of the cases; None: there are no cases
        self.drawn: DrawnCases | None = None

    def draw(self) -> DrawnCases:
        """Draw the cases, if they are not drawn yet. Raises LookupError if there are no hidden cases."""
        if self.source is None:
            raise LookupError("there are no hidden cases here.")
        if self.drawn is None:
            recipe, seeds = self.source
            self.drawn = DrawnCases(recipe, seeds.own, seeds.term)
        return self.drawn

    def __contains__(self, name: str) -> bool:
        return name in self.draw()

    def __getitem__(self, name: str) -> list[Any]:
        return self.draw()[name]

    def hints(self, name: str) -> dict[str, Hint]:
        """Return the hints of an exercise's known mistakes, by the mistake's name."""
        return self.draw().hints(name)
