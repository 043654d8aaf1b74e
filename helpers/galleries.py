"""Figures of pictures (side by side, as points, on a map of the Earth), and tables drawn as pictures.

As in plots.py, every function draws on `ax` or a new figure, attaches alt text, and returns
the Axes.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, isqrt

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.offsetbox import AnnotationBbox, OffsetImage
from numpy.typing import ArrayLike, NDArray

from explorer.wording import in_words
from helpers.figures import EDGE, colour, describe, marker
from helpers.pictures import Pictures, earth_map
from helpers.plots import plot_data

RGB = ("red", "green", "blue")


def plot_pictures(
    pictures: ArrayLike,
    captions: Sequence[object] | None = None,
    title: str = "",
    columns: int = 10,
    seen: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw pictures side by side, in rows of `columns`, each with its caption below.

    pictures: (N, H, W, 3) colours, or (N, H, W) or (N, H * H) grey levels, where 0 is paper and
    the largest number is ink. They are uint8, or from 0 to 1. seen: a sentence for the alt text.
    Raises ValueError if pictures or captions do not have that form.
    """
    tiles, words = _as_tiles(pictures), _as_captions(captions, np.shape(pictures)[0])
    columns = min(columns, len(tiles))
    rows = ceil(len(tiles) / columns)
    ax = _axes(0.9 * columns + 0.2, (1.1 if words else 0.9) * rows + 0.4) if ax is None else ax
    height, width = tiles.shape[1:3]
    across, down = 1.08 * width, (1.36 if words else 1.08) * height
    for n, tile in enumerate(tiles):
        left, top = n % columns * across, n // columns * down
        ax.imshow(tile, extent=(left, left + width, top + height, top), cmap="gray_r", vmin=0, vmax=1)
    for n, word in enumerate(words):
        middle, below = n % columns * across + width / 2, n // columns * down + 1.04 * height
        ax.text(middle, below, word, ha="center", va="top", size=8)
    ax.set(xlim=(-0.02 * width, columns * across), ylim=(rows * down, -0.02 * height), aspect="equal")
    ax.set_title(title)
    ax.axis("off")
    return describe(ax, _pictures_in_words(len(tiles), words, title, seen))


def plot_pictures_at(
    pictures: Pictures, dims: tuple[int, int] = (0, 2), title: str = "", ax: Axes | None = None
) -> Axes:
    """Draw each picture at its mean colour. dims: the two axes, of red 0, green 1 and blue 2."""
    ax = plot_data(pictures.rgb, title, dims, labels=RGB, ax=ax)
    for tile, place in zip(pictures.tiles, pictures.rgb[:, dims]):
        zoom = 14 / max(tile.shape[:2])
        ax.add_artist(AnnotationBbox(OffsetImage(tile, zoom=zoom), place, frameon=False, pad=0))
    names = in_words(RGB[d] for d in dims)
    return describe(
        ax, f"{title}. {len(pictures)} small pictures, each drawn at the {names} of its mean colour."
    )


def plot_map(
    pictures: Pictures,
    groups: ArrayLike,
    title: str = "",
    names: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw where the pictures lie on the Earth, with a colour and a shape for each group.

    groups: (N,) whole numbers from 0, such as clusters. names: of the groups, for the legend.
    Pictures without a place are left out. If no picture has a place, the title says this.
    """
    member = _as_groups(groups, len(pictures))
    names = [f"component {k}" for k in range(member.max() + 1)] if names is None else names
    placed = np.isfinite(pictures.longitude)
    ax = _axes(8.4, 4.6) if ax is None else ax
    faded = (earth_map() / 255 + 2) / 3  # paler, because it is only the background of the marks
    ax.imshow(faded, extent=(-180, 180, -90, 90))
    for k, name in enumerate(names):
        mine = placed & (member == k)
        at = pictures.longitude[mine], pictures.latitude[mine]
        ax.scatter(*at, c=colour(k), marker=marker(k), s=14, edgecolors=EDGE, linewidths=0.3, label=name)
    where = "" if placed.any() else " (these pictures have no place on a map)"
    ax.set(title=title + where, xlabel="longitude", ylabel="latitude")
    ax.legend(fontsize="small", loc="lower left", ncols=2)
    counts = in_words(f"{np.sum(placed & (member == k))} of {name}" for k, name in enumerate(names))
    return describe(ax, f"{title}. Map of the Earth with a mark for each picture: {counts}.{where}")


def plot_table(
    table: ArrayLike,
    rows: Sequence[object],
    columns: Sequence[object],
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a table of counts, (R, C), as a picture with its numbers: a larger number is darker.

    rows, columns: the names of the rows and columns. Raises ValueError if the table and the names disagree.
    """
    counts = np.asarray(table)
    if counts.shape != (len(rows), len(columns)):
        raise ValueError(
            f"the table has shape {counts.shape}, but there are {len(rows)} row names and "
            f"{len(columns)} column names."
        )
    ax = _axes(1.6 + 0.62 * len(columns), 0.9 + 0.32 * len(rows)) if ax is None else ax
    ax.imshow(counts, cmap="Blues", aspect="auto", vmin=0)
    for (i, j), count in np.ndenumerate(counts):
        dark = count > 0.6 * counts.max()
        ax.text(j, i, f"{count:g}", ha="center", va="center", size=8, color="white" if dark else "black")
    ax.set_xticks(range(len(columns)), columns, size=8)
    ax.set_yticks(range(len(rows)), rows, size=8)
    ax.set_title(title)
    most = (
        f"{name}, {row.sum():g} in all, most in {columns[row.argmax()]} ({row.max():g})"
        for name, row in zip(rows, counts)
    )
    return describe(ax, f"{title}. Table as a picture. Its rows: {'; '.join(most)}.")


def _axes(width: float, height: float) -> Axes:
    return plt.subplots(figsize=(width, height), dpi=80, layout="constrained")[1]


def _as_tiles(pictures: ArrayLike) -> NDArray[np.float64]:
    """Return pictures as levels from 0 to 1, (N, H, W) or (N, H, W, 3)."""
    given = np.asarray(pictures)
    side = isqrt(given.shape[1]) if given.ndim == 2 else 0
    if side and side**2 == given.shape[1]:
        given = given.reshape(len(given), side, side)
    if given.size == 0 or given.ndim not in (3, 4) or given.shape[3:] not in ((), (3,)):
        raise ValueError(
            f"pictures has shape {np.shape(pictures)}, but must be (N, H, W, 3), (N, H, W), or "
            "(N, H * H) for square grey ones."
        )
    levels = given / 255 if given.dtype == np.uint8 else given.astype(float)
    if not (levels.min() >= 0 and levels.max() <= 1):
        raise ValueError("pictures must be uint8, or numbers from 0 to 1.")
    return levels


def _as_captions(captions: Sequence[object] | None, count: int) -> list[str]:
    words = [] if captions is None else [str(each) for each in captions]
    if captions is not None and len(words) != count:
        raise ValueError(f"there are {len(words)} captions for {count} pictures: give one for each.")
    return words


def _as_groups(groups: ArrayLike, count: int) -> NDArray[np.intp]:
    member = np.asarray(groups)
    if member.shape != (count,) or (member != member.astype(int)).any() or member.min() < 0:
        raise ValueError(f"groups must be {count} whole numbers from 0, one for each picture.")
    return member.astype(int)


def _pictures_in_words(count: int, words: list[str], title: str, seen: str) -> str:
    heading = f"{title}. " if title else ""
    shown = "One picture" if count == 1 else f"{count} pictures side by side"
    below = f", with the captions: {'; '.join(word.replace(chr(10), ' ') for word in words)}" if words else ""
    return f"{heading}{shown}{below}. {seen}".strip()
