"""The palette, marker shapes and alt text that all figures share.

The colours are from Okabe and Ito (2008). People with the common kinds of colour blindness can tell them
apart. A figure never uses a colour alone: each colour has a shape, too.
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

# The order matters: colour-blind people can tell the first four colours apart best.
PALETTE = ("#0072B2", "#D55E00", "#F0E442", "#56B4E9", "#E69F00", "#CC79A7", "#009E73")
EDGE = "#333333"  # around every mark, because yellow alone is hard to see on white
# One more shape than colours, so that component K + 7 differs from component K in shape.
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p")

# Drawing takes longer than everything else in a notebook. Set this to False where nobody looks at pictures.
# Then figures are still made, but only their alt text is shown.
drawing = True


def colour(k: int) -> str:
    """Return the colour of component k. After seven components the colours repeat."""
    return PALETTE[k % len(PALETTE)]


def marker(k: int) -> str:
    """Return the marker of component k. Together, marker and colour are different for 56 components."""
    return MARKERS[k % len(MARKERS)]


def mixed_colours(resp: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (N, 3) colours: for each point, the components' colours mixed by its responsibilities."""
    return np.clip(resp @ to_rgba_array([colour(k) for k in range(resp.shape[1])])[:, :3], 0, 1)


def describe(ax: Axes, text: str) -> Axes:
    """Attach alt text to the figure of `ax`. A figure with several axes joins their texts.

    Jupyter then shows the figure as an image with this alt text. Where no image can be shown, Jupyter shows
    the text. A second call replaces the text of `ax`.
    """
    figure = ax.figure.get_figure(root=True)
    texts = getattr(figure, "_alt_texts", {})
    texts[ax] = text
    figure._alt_texts = texts
    figure._ipython_display_ = lambda: _show(figure)
    return ax


def alt_text(figure: Figure) -> str:
    """Return the alt text attached to a figure, or "" if the figure has no alt text."""
    return " ".join(getattr(figure, "_alt_texts", {}).values())


def in_its_place(figure: Figure) -> str:
    """Return the text to show where a figure cannot be seen: its alt text."""
    text = alt_text(figure)
    if drawing:
        return text
    return say("{text} (not drawn)", text=text) if text else say("This figure was not drawn.")


def as_html(figure: Figure) -> str:
    """Return the figure as an <img> with its alt text.

    JupyterLab drops the alt text of image/png outputs, but keeps the alt text of an <img>. With a palette of
    256 colours, a picture needs a third of the bytes and looks the same. If `drawing` is False, the HTML has
    only the alt text.
    """
    if not drawing:
        return f"<p>{escape(in_its_place(figure))}</p>"
    small = BytesIO()
    _picture(figure).quantize(256, dither=Image.Dither.NONE).save(small, "PNG")
    png = b64encode(small.getvalue()).decode("ascii")
    return f'<img alt="{escape(alt_text(figure))}" src="data:image/png;base64,{png}">'


def _picture(figure: Figure) -> Image.Image:
    """Draw the figure.

    If its layout keeps everything inside the figure, drawing once is enough. Otherwise the picture is cut to
    the box that its artists need.
    """
    if not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        return Image.open(BytesIO(print_figure(figure, fmt="png"))).convert("RGB")
    before = figure.canvas
    canvas = FigureCanvasAgg(figure)  # the figure's own canvas may belong to any backend
    try:
        canvas.draw()
    finally:
        figure.set_canvas(before)
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


class Unseen:
    """The text that is shown instead of an object that was not made, because nobody looks at it."""

    def __init__(self, text: str) -> None:
        self.text = say("{text} (not drawn)", text=text)

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.text)}</p>"


def _show(figure: Figure) -> None:
    display({"text/html": as_html(figure), "text/plain": in_its_place(figure)}, raw=True)
