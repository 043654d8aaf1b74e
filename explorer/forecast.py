"""The still figure, the prediction and what happened, which are saved in the notebook's file.

They are an ordinary output of the cell, below the widget. So they are saved with the notebook, even if the
state of widgets is not saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from IPython.display import DisplayHandle, display

from checks.texts import later, say


def hides_error(still: str) -> str:
    """Return a style that hides JupyterLab's error above a still figure. still: the figure's class.

    While the widget runs, its own style hides the figure. Without the widget, this style hides the error: in
    a notebook without the state of widgets, JupyterLab shows an error text instead of the widget.
    """
    return (
        f"<style>.jp-OutputArea-child:has(+ .jp-OutputArea-child .{still}) "
        ".jupyter-widgets:not(:has(*)) {display: none}</style>"
    )


# Predictions are kept in this kernel (`_predictions`). So a cell that runs again still has its prediction.
PREDICTED = later("{question} You predicted: {prediction}.")
BOTH = later("{question} You predicted: {prediction}. What happened: {outcome}.")


_predictions: dict[tuple[str, ...], str] = {}


class Forecast:
    """A question with its choices, the prediction, what happened, and the output that shows them."""

    def __init__(self, question: str = "", choices: tuple[str, ...] = (), outcome: str = "") -> None:
        self.question, self.choices, self.outcome = question, choices, outcome
        self._html = self._plain = ""
        self._over = False
        self._handle: DisplayHandle | None = None

    @property
    def prediction(self) -> str:
        """Return the prediction that was made in this kernel, or ""."""
        return _predictions.get((self.question, *self.choices), "")

    @property
    def sentence(self) -> str:
        """Return what is known so far: the question, "You predicted: ...", "What happened: ..."."""
        if not self.prediction:
            return ""
        told = {"question": self.question, "prediction": self.prediction, "outcome": self.outcome}
        return say(BOTH if self._over and self.outcome else PREDICTED, **told).strip()

    def predict(self, choice: str) -> None:
        """Keep a prediction in this kernel and in the notebook."""
        _predictions[(self.question, *self.choices)] = choice
        self._update()

    def show_outcome(self) -> None:
        """Add what happened to the prediction."""
        self._over = True
        self._update()

    def keep(self, still: Mapping[str, str]) -> None:
        """Keep this still figure as HTML and plain text. Every later output shows it."""
        self._html, self._plain = still["text/html"], still["text/plain"]

    def show(self) -> None:
        """Show the kept figure and sentence as an output of this cell, which is updated later."""
        self._handle = display(self.bundle(), raw=True, display_id=True)

    def bundle(self) -> dict[str, str]:
        """Return the kept figure and sentence, as HTML and as plain text."""
        said = f"<p>{escape(self.sentence)}</p>" if self.sentence else ""
        html = f'{hides_error("explorer-still")}<div class="explorer-still">{self._html}</div>{said}'
        return {"text/html": html, "text/plain": f"{self._plain}\n{self.sentence}".strip()}

    def _update(self) -> None:
        if self._handle is not None:
            self._handle.update(self.bundle(), raw=True)
