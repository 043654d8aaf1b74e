"""What all figures share: one palette, marker shapes, and alt text.

The colours are those of Okabe and Ito (2008), chosen to be told apart under the common
kinds of colour blindness. A shape always goes with a colour, never a colour alone.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from io import BytesIO

import numpy as np
from IPython.core.pylabtools import print_figure
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba_array
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from numpy.typing import NDArray
from PIL import Image

from checks.texts import say

# In this order, since the first four stay furthest apart for eyes that lack a kind of cone.
PALETTE = ("#0072B2", "#D55E00", "#F0E442", "#56B4E9", "#E69F00", "#CC79A7", "#009E73")
EDGE = "#333333"  # around every mark: yellow alone is hardly seen on white
# One more shape than colours, so that component K + 7 differs from component K in shape.
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p")

# Drawing takes longer than all else in a notebook. Where nobody looks at pictures, set this to
# False: figures are made as before, and shown by their alt text.
drawing = True


def colour(k: int) -> str:
    """Return the colour of component k; colours come round again after seven."""
    return PALETTE[k % len(PALETTE)]


def marker(k: int) -> str:
    """Return the marker of component k; with the colour it tells 56 components apart."""
    return MARKERS[k % len(MARKERS)]


def mixed_colours(resp: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (N, 3) colours: each point's mixture of the components' colours."""
    return np.clip(resp @ to_rgba_array([colour(k) for k in range(resp.shape[1])])[:, :3], 0, 1)


def describe(ax: Axes, text: str) -> Axes:
    """Attach alt text to the figure of `ax`; several axes' texts are joined.

    Jupyter then shows the figure as an image with that text as its alternative, and the
    text itself where no image can be shown. Call it again to replace the text of `ax`.
    """
    figure = ax.figure.get_figure(root=True)
    texts = getattr(figure, "_alt_texts", {})
    texts[ax] = text
    figure._alt_texts = texts
    figure._ipython_display_ = lambda: _show(figure)
    return ax


def alt_text(figure: Figure) -> str:
    """Return the alt text attached to a figure ("" if there is none)."""
    return " ".join(getattr(figure, "_alt_texts", {}).values())


def in_its_place(figure: Figure) -> str:
    """Return what stands where a figure cannot be seen: its alt text."""
    text = alt_text(figure)
    if drawing:
        return text
    return say("{text} (not drawn)", text=text) if text else say("This figure was not drawn.")


def as_html(figure: Figure) -> str:
    """Return the figure as an <img> with its alt text.

    JupyterLab drops the alt text of image/png outputs, but keeps that of an <img>. With a
    palette of 256 colours a picture takes a third of the room, and looks the same.
    Without `drawing` it is the alt text alone.
    """
    if not drawing:
        return f"<p>{escape(in_its_place(figure))}</p>"
    small = BytesIO()
    _picture(figure).quantize(256, dither=Image.Dither.NONE).save(small, "PNG")
    png = b64encode(small.getvalue()).decode("ascii")
    return f'<img alt="{escape(alt_text(figure))}" src="data:image/png;base64,{png}">'


def _picture(figure: Figure) -> Image.Image:
    """Draw the figure: once if its layout keeps all within it, else in the box that its artists need."""
    if not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        return Image.open(BytesIO(print_figure(figure, fmt="png"))).convert("RGB")
    before = figure.canvas
    canvas = FigureCanvasAgg(figure)  # whatever shows figures here
    try:
        canvas.draw()
    finally:
        figure.set_canvas(before)
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


class Unseen:
    """What stands where something to look at was not made, because nobody looks."""

    def __init__(self, text: str) -> None:
        self.text = say("{text} (not drawn)", text=text)

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.text)}</p>"


def _show(figure: Figure) -> None:
    display({"text/html": as_html(figure), "text/plain": in_its_place(figure)}, raw=True)
