"""Draw the pictures of docs/explorer.md: a branch, digits that are erased, EM in half-steps.

Run from the course's folder: python .github/pictures/draw_explorer.py
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from explorer.calls import FOUR
from grading.course import find_course
from helpers import explore, load_digits, load_synthetic

COURSE = find_course()
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tests"))

from explorer_page import empty_page, shown, traits_of
from lab import chromium

DATA = load_synthetic()
START = (np.full(3, 1 / 3), DATA[[20, 10, 96]], np.array([np.cov(DATA, rowvar=False)] * 3))
# The first iterations half-step by half-step, then whole ones: frame and milliseconds.
MOMENTS = [(0, 1600), *((n, 900) for n in range(1, 7)), *((n, 260) for n in range(8, 38, 2)), (60, 3000)]
COLOURS = 144


def by_the_reference(**options: object) -> object:
    """The explorer, driven by the functions that gaussian-mixture asks for."""
    names = COURSE.assignment("gaussian-mixture").reference()
    e_step, m_step = names["compute_responsibilities"], [names[name] for name in FOUR]
    return explore(DATA, e_step, m_step, START, **options)


@contextmanager
def drawn(widget: object, width: int) -> Iterator[Page]:
    """A page that shows this widget, as wide as that, and nothing in motion."""
    with chromium() as browser:
        page = empty_page(browser)
        page.set_viewport_size({"width": width, "height": 1000})
        with shown(page, traits_of(widget), motion="reduce"):
            page.evaluate("document.activeElement.blur()")
            yield page


def picture(page: Page, selector: str = ".explorer") -> Image.Image:
    """The part of the page that this element covers, without alpha."""
    return Image.open(BytesIO(page.locator(selector).screenshot())).convert("RGB")


def save_small(image: Image.Image, name: str) -> None:
    image.quantize(256, dither=Image.Dither.NONE).save(HERE / name, optimize=True)


def draw_points() -> None:
    """A branch with one mean moved, the run that it left, and the terms of its least certain point."""
    widget = by_the_reference()
    means = np.array(widget.history.frames[6].params.means)
    means[0] = [3.6, 2.6]
    widget._asked(None, {"do": "branch", "scene": 0, "run": 0, "frame": 6, "means": means.tolist()}, [])
    widget.point = int(widget.scenes_now[0].runs[1].frames[7].resp.max(axis=1).argmin())
    widget.at = {"scene": 0, "run": 1, "frame": 7}
    with drawn(widget, 1180) as page:
        save_small(picture(page), "explorer-points.png")


def draw_digits() -> None:
    """Components as images, and a digit without its lower half, completed."""
    widget = explore(load_digits()[0][:4000] >= 128, init=10, gallery=False, maxiter=25)
    widget.point = 9
    widget.at = {"scene": 0, "run": 0, "frame": len(widget.history.frames) - 1}
    with drawn(widget, 1100) as page:
        page.click("text=Erase the lower half")
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(0, 0)
        save_small(picture(page), "explorer-digits.png")


def draw_half_steps() -> None:
    """The explorer's stage at each of the moments, as an animation."""
    images = []
    with drawn(by_the_reference(gallery=False), 860) as page:
        page.evaluate(
            "() => { const both = document.createElement('div'); both.id = 'both';"
            " document.querySelector('.em-stage').before(both);"
            " both.append(document.querySelector('.em-halves'), document.querySelector('.em-stage')); }"
        )
        for frame, _ in MOMENTS:
            page.evaluate("frame => model.set('at', {scene: 0, run: 0, frame})", frame)
            images.append(picture(page, "#both"))
    all_of_them = Image.fromarray(np.vstack([np.asarray(each) for each in images]))
    palette = all_of_them.quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
    first, *rest = [each.quantize(palette=palette, dither=Image.Dither.NONE) for each in images]
    times = [milliseconds for _, milliseconds in MOMENTS]
    first.save(
        HERE / "explorer.gif", save_all=True, append_images=rest, duration=times, loop=0, optimize=True
    )


if __name__ == "__main__":
    draw_points()
    draw_digits()
    draw_half_steps()
