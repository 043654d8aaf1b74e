"""A slider with a figure that follows it, and still pictures that are shown where no widget runs."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import matplotlib.pyplot as plt
from IPython.display import display
from ipywidgets import HTML, IntSlider, VBox
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from checks.texts import later, say
from explorer.forecast import hides_error
from helpers import figures
from helpers.figures import as_html, in_its_place

ABSENT = later("A slider is here while this notebook runs in JupyterLab. Below are its still pictures.")
LIVE, STILL = "slide-live", "slide-still"
# This style shows the still pictures only if no slider runs: a slider hides them.
ONE_OF_BOTH = (
    f"<style>.jp-OutputArea-child:has(.{LIVE}) ~ .jp-OutputArea-child .{STILL} {{display: none}}</style>"
)


class Slider(VBox):
    """A slider with its figure.

    The picture is the value of a widget, and not captured output. Capturing output sometimes makes programs
    that run notebooks wait without end.
    """

    def __init__(self, draw: Callable[[int], Axes], low: int, high: int, name: str) -> None:
        self.draw, self.ends, self.name = draw, (low, high), name
        slider = IntSlider(min=low, max=high, value=low, description=name, continuous_update=False)
        self.first = _drawn(draw, low)
        picture = HTML(ONE_OF_BOTH + as_html(self.first))
        slider.observe(lambda change: picture.set_trait("value", self._picture(change["new"])), names="value")
        super().__init__([slider, picture])
        self.add_class(LIVE)

    def _picture(self, value: int) -> str:
        return ONE_OF_BOTH + as_html(_drawn(self.draw, value))

    def _ipython_display_(self) -> None:
        """Show two outputs, as the explorer does: the widget, and below it the still figures.

        The still figures remain in a saved notebook without widgets. If figures are not drawn, nobody moves a
        slider either, so only the words are shown.
        """
        if figures.drawing:
            display(self._repr_mimebundle_() | {"text/plain": say(ABSENT)}, raw=True)
        display(self.still(), raw=True)

    def still(self) -> dict[str, str]:
        """Return the figures at both ends of the slider, as HTML and as plain text.

        If figures are not drawn, nobody looks at them. Then only the words of the first figure are returned.
        """
        low, high = self.ends
        shown = {low: self.first}
        if figures.drawing and high != low:
            shown[high] = _drawn(self.draw, high)
        html = "".join(f"<p>{escape(f'{self.name} {n}')}:</p>{as_html(each)}" for n, each in shown.items())
        plain = "\n".join(f"{self.name} {n}: {in_its_place(each)}" for n, each in shown.items())
        return {"text/html": f'{hides_error(STILL)}<div class="{STILL}">{html}</div>', "text/plain": plain}


def slide(draw: Callable[[int], Axes], low: int, high: int, name: str = "") -> Slider:
    """Return a slider from `low` to `high` with the figure that `draw` makes for its value.

    If no widget runs, as on a web page or in a saved notebook, the figures for `low` and `high` are shown
    instead. name: the name of the value, shown next to the slider; by default "iteration".
    """
    return Slider(draw, low, high, name or say("iteration"))


def _drawn(draw: Callable[[int], Axes], value: int) -> Figure:
    figure = draw(value).figure.get_figure(root=True)
    plt.close(figure)  # otherwise it would be shown a second time
    return figure
