"""The prediction, and what happened: kept in the notebook's own file, below the widget.

The record is an ordinary output of the cell, so that it is saved with the notebook wherever
that is opened, whether or not the state of widgets is saved.
"""

from __future__ import annotations

from html import escape
from typing import Any

from IPython.display import DisplayHandle, display

# Of this kernel: a cell that is run again still has the prediction that was made.
_predictions: dict[tuple[str, ...], str] = {}


class Record:
    """A question with its choices, the prediction, the outcome, and the output that shows them."""

    def __init__(self, question: str, choices: tuple[str, ...], outcome: str) -> None:
        self.question, self.choices, self.outcome = question, choices, outcome
        self.still: dict[str, str] = {"text/html": "", "text/plain": ""}
        self._handle: DisplayHandle | None = None
        self._over = False

    @property
    def prediction(self) -> str:
        """What was predicted, in this kernel; "" if nothing was."""
        return _predictions.get((self.question, *self.choices), "")

    def predict(self, choice: str) -> None:
        """Keep a prediction."""
        _predictions[(self.question, *self.choices)] = choice
        self._update()

    def show_outcome(self) -> None:
        """Put what happened beside the prediction."""
        self._over = True
        self._update()

    def show(self, still: dict[str, str]) -> None:
        """Show the record as an output of this cell, with the still figure above it."""
        self.still = still
        if self._handle is None:
            self._handle = display(self.bundle(), raw=True, display_id=True)
        else:
            self._update()

    @property
    def sentence(self) -> str:
        """What is known: "You predicted: ... What happened: ..."."""
        predicted = self.prediction and f"You predicted: {self.prediction}."
        happened = self._over and self.outcome and f"What happened: {self.outcome}."
        asked = self.question and f"{self.question} "
        return f"{asked}{predicted}{' ' if happened else ''}{happened or ''}" if predicted else ""

    def bundle(self) -> dict[str, Any]:
        """Return the output: the still figure, then the sentence."""
        said = self.sentence
        html = self.still["text/html"] + (f"<p>{escape(said)}</p>" if said else "")
        plain = "\n".join(filter(None, (self.still["text/plain"], said)))
        return {"text/html": html, "text/plain": plain}

    def _update(self) -> None:
        if self._handle is not None:
            self._handle.update(self.bundle(), raw=True)
