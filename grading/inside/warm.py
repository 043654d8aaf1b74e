"""Do once, before the first submission, everything that takes long the first time."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
from pathlib import Path

# The modules that every shell loads when it is used; a course adds those of its notebooks.
MODULES = ["numpy", "matplotlib.pyplot", "matplotlib.backends.backend_agg"]
MODULES += ["matplotlib_inline.backend_inline"]
FONTS = Path("/course/fonts")  # matplotlib's list of fonts, which takes seconds to make


def warm_up(modules: list[str], fonts: str = "") -> None:
    """Import the packages of notebooks, run a cell, draw a figure. fonts: the folder of the list of fonts."""
    from grading.protocol.shell import open_shell

    link_fonts(fonts)
    shell = open_shell()
    for name in [*MODULES, *modules]:
        with contextlib.suppress(ImportError):  # no notebook here can use a package that is not installed
            importlib.import_module(name)
    shell.run_cell("None", silent=True, store_history=False)
    _draw()


def link_fonts(folder: str = "") -> None:
    """Let matplotlib find the list of fonts in the place where it looks for one."""
    fonts = Path(folder or FONTS)
    cache = Path(os.environ.get("HOME", "/nowhere")) / ".cache" / "matplotlib"
    for font in fonts.glob("*.json") if fonts.is_dir() else ():
        with contextlib.suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True)
            (cache / font.name).symlink_to(font)


def reseed() -> None:
    """Give NumPy's generator a new seed, so that forks do not all draw the same numbers.

    Python's own generator does this by itself.
    """
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _draw() -> None:
    """Draw the parts that figures have: text with formulas, points, lines, contours, a legend, a picture."""
    import matplotlib.pyplot as plt

    figure, ax = plt.subplots()
    ax.plot([0, 1], label="$x_1^2$")
    ax.scatter([0, 1], [0, 1])
    ax.contour([[0, 1], [1, 2]])
    ax.imshow([[0, 1], [1, 2]])
    ax.set_title("title")
    ax.legend()
    figure.savefig(io.BytesIO(), format="png")
    plt.close("all")
    # At the end of a cell, pyplot draws open figures, and the inline backend shows and closes them. In this
    # order everything is drawn twice, so pyplot must be the last of the two.
    plt.uninstall_repl_displayhook()
    plt.install_repl_displayhook()
