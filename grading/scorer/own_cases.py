"""The hidden cases of one submission: `grading.hidden` in the scorer.

No two submissions with different code are marked on the same hidden cases. So answers to the cases of one
are wrong for another, by whatever way they were told.
"""

from __future__ import annotations

from typing import Any

from checks.hints import Hint
from grading.build.draw import DrawnCases
from grading.recipe import Recipe, Seeds


class OwnCases:
    """Hidden cases that are drawn when they are needed first. They stand for a case book in test cells."""

    hidden = True

    def __init__(self) -> None:
        self.source: tuple[Recipe, Seeds] | None = None  # what they are drawn from; None: there are none
        self.drawn: DrawnCases | None = None

    def draw(self) -> DrawnCases:
        """Draw them, if they are not drawn yet. Raises LookupError if there are none."""
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
