"""The explorer in JupyterLab: the time from a key to a new picture, compared with a slider over matplotlib.

Both show the same frames, in one browser and one run. The browser measures each time. It begins with the
key's event, and ends when the first animation frame with the new picture has been painted.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from lab import chromium, jupyterlab, open_notebook, run_cell, serving

from benchmarks.documents import MEASUREMENTS, Texts

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = (100, 1500)
PRESSES, STARTS = 20, 5
SETTINGS = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
}
SET_UP = """
import matplotlib.pyplot as plt, numpy as np
from ipywidgets import IntSlider, VBox, interactive_output
from matplotlib.patches import Ellipse
from helpers import explore, generate_mog_data, load_digits
from helpers.figures import PALETTE, mixed_colours

means, covs = [[0, 0], [3, 1], [1, 4], [5, 5]], [np.eye(2) * 1.5] * 4
sets = {N: generate_mog_data(N, means, covs, [0.25] * 4, seed=1) for N in (100, 1500)}

def with_matplotlib(frames, points):
    def draw(frame):
        now = frames[frame]
        _, (left, right) = plt.subplots(1, 2, figsize=(9.2, 4), dpi=80)
        colours = "grey" if now.resp is None else mixed_colours(now.resp)
        left.scatter(*points.T, c=colours, edgecolors="#333333", linewidths=0.6)
        for k, (mean, cov) in enumerate(zip(now.params.means, now.params.covariances)):
            size, axes = np.linalg.eigh(cov)
            angle = np.degrees(np.arctan2(axes[1, 1], axes[0, 1]))
            for sigma in (1, 2):
                width, height = 2 * sigma * np.sqrt(size[::-1])
                left.add_patch(Ellipse(mean, width, height, angle=angle, fill=False, color=PALETTE[k]))
        right.plot([f.loglik for f in frames[: frame + 1]])
        right.plot([f.bound for f in frames[: frame + 1]])
        plt.show()
    slider = IntSlider(min=0, max=len(frames) - 1)
    return VBox([slider, interactive_output(draw, {"frame": slider})])
"""
SHOWN = "shown_{0} = explore(sets[{0}], init=4)\nshown_{0}"
PEER = "with_matplotlib(shown_{0}.history.frames, sets[{0}])"
DIGITS = "explore(load_digits()[0] >= 128, init=10, gallery=False, maxiter=5)"
# PICTURES: JavaScript that finds the picture in a cell. MARKS: a value that changes when the picture changes.
PICTURES = {
    "explorer": "cell.querySelector('.explorer[data-frame]')",
    "matplotlib": "[...cell.querySelectorAll('.jp-OutputArea-output img')].at(-1)",
}
MARKS = {"explorer": "node.dataset.frame", "matplotlib": "node.src"}
WATCH = """(cell) => {
  const mark = () => { const node = %s; return node && node.complete !== false ? [node, %s] : null; };
  const differs = (a, b) => b && (!a || a[0] !== b[0] || a[1] !== b[1]);
  window.took = new Promise((resolve) => addEventListener("keydown", (event) => {
    const before = mark();
    const look = () => differs(before, mark())
      ? setTimeout(() => resolve(performance.now() - event.timeStamp)) : requestAnimationFrame(look);
    requestAnimationFrame(look);
  }, {capture: true, once: true}));
}"""


@dataclass(frozen=True)
class Reactions:
    """Median times in milliseconds by (tool, N), and numbers of bytes.

    keys: from a key to a new picture.
    first: from running the cell to its picture.
    crossed: the bytes that the explorer of the digits sent to the browser.
    whole: the bytes of all digits.
    """

    keys: dict[tuple[str, int], float]
    first: dict[tuple[str, int], float]
    cold: float  # the first explorer in a kernel
    crossed: int
    whole: int


def measured() -> Texts:
    """Measure everything, and return what the documents say."""
    found = measure()
    return {MEASUREMENTS: f"{line(found)}\n\n{table(found)}"}


def measure() -> Reactions:
    """Press keys in JupyterLab, and count the bytes that the explorer of the digits sends."""
    keys, starts = {}, {}
    with _in_jupyterlab() as (page, received):
        run_cell(page, "# set up")
        for N in SIZES:
            for who in PICTURES:
                starts[who, N] = [_first_picture(page, who, N) for _ in range(STARTS)]
                keys[who, N] = statistics.median(_presses(page, who, N))
        received.clear()
        run_cell(page, "# digits")
        page.wait_for_selector(".explorer[data-frame] .em-digits button", timeout=60_000)
        time.sleep(1)  # so that late messages are counted, too
    first = {shown: statistics.median(taken) for shown, taken in starts.items()}
    cold = starts["explorer", SIZES[0]][0]
    return Reactions(keys, first, cold, sum(received), 70_000 * 784)


def _notebook() -> nbformat.NotebookNode:
    sources = [f"# set up{SET_UP}"]
    for N in SIZES:
        sources += [f"# explorer {N}.\n{SHOWN.format(N)}", f"# matplotlib {N}.\n{PEER.format(N)}"]
    made = nbformat.v4.new_notebook(
        cells=list(map(nbformat.v4.new_code_cell, [*sources, f"# digits\n{DIGITS}"]))
    )
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return made


@contextmanager
def _in_jupyterlab() -> Iterator[tuple[Page, list[int]]]:
    """Yield a page with the notebook, and a list that gets the length of each message from the kernel."""
    with tempfile.TemporaryDirectory() as home, chromium() as browser:
        (folder := Path(home) / "work").mkdir()
        nbformat.write(_notebook(), folder / "em.ipynb")
        with serving(jupyterlab(folder), folder, Path(home) / "home", SETTINGS) as address:
            page, received = browser.new_page(viewport={"width": 1280, "height": 1000}), []
            hear = lambda message: received.append(len(message))  # noqa: E731
            page.on("websocket", lambda socket: socket.on("framereceived", hear))
            open_notebook(page, address, "em.ipynb")
            yield page, received


def _watched(page: Page, who: str, N: int, key: str) -> float:
    """Press a key and return the milliseconds until the cell shows another picture."""
    cell = page.locator(".jp-CodeCell", has_text=f"# {who} {N}.").first
    cell.evaluate(WATCH % (PICTURES[who], MARKS[who]))
    page.keyboard.press(key)
    return page.evaluate("took")


def _first_picture(page: Page, who: str, N: int) -> float:
    page.locator(".jp-CodeCell", has_text=f"# {who} {N}.").first.locator(".cm-content").click()
    taken = _watched(page, who, N, "Control+Enter")
    time.sleep(1)  # so that the next measurement does not wait for work that this one left
    return taken


def _presses(page: Page, who: str, N: int) -> list[float]:
    cell = page.locator(".jp-CodeCell", has_text=f"# {who} {N}.").first
    cell.locator({"explorer": ".explorer", "matplotlib": ".noUi-handle"}[who]).focus()
    taken = []
    for _ in range(PRESSES):
        taken.append(_watched(page, who, N, "ArrowRight"))
        time.sleep(0.4)  # as slow as a learner, so that each half-step is drawn completely
    return taken


def table(found: Reactions) -> str:
    """Return the figures as Markdown."""
    lines = [
        "Milliseconds in JupyterLab in headless Chromium, K = 4. In brackets: the time divided by the "
        "explorer's time",
        "",
        "| | the explorer | `interactive_output` with matplotlib |",
        "|---|---|---|",
        *(_row(f"a key to the new picture, N = {N:,}, median of {PRESSES}", found.keys, N) for N in SIZES),
        *(_row(f"running the cell to the first picture, N = {N:,}", found.first, N) for N in SIZES),
        "",
        f"The first explorer of a kernel, with its gallery, is there after {found.cold / 1000:.2f} seconds. "
        f"70,000 digits are {found.whole / 1e6:.1f} MB, with one byte for each pixel. Of these digits and "
        f"five iterations, {found.crossed / 1e6:.1f} MB are sent to the browser.",
    ]
    return "\n".join(lines)


def line(found: Reactions) -> str:
    """Return the sentence above the table."""
    ours, peer = ([found.keys[who, N] for N in SIZES] for who in PICTURES)
    return (
        f"From a key to the new picture the explorer takes {_range(ours)} milliseconds, a slider over "
        f"matplotlib {_range(peer)}."
    )


def _range(values: list[float]) -> str:
    return f"{min(values):.0f} to {max(values):.0f}"


def _row(what: str, taken: dict[tuple[str, int], float], N: int) -> str:
    ours, peer = (taken[who, N] for who in PICTURES)
    return f"| {what} | {ours:.0f} (1.00) | {peer:.0f} ({peer / ours:.2f}) |"
