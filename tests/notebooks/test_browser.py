"""JupyterLab and the formgrader in a real browser, as people see them."""

import json
import os
import re
import shutil
import time
from html import unescape
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, copy_course
from lab import chromium, jupyterlab, open_notebook, run_all, run_cell, serving, type_into_cell
from ours import COURSE

from grading.build.hints import hint_names
from grading.run.tries import tries_of

pytestmark = [pytest.mark.browser, pytest.mark.instructor]

SCREENSHOTS = os.environ.get("SCREENSHOTS")  # a folder for screenshots, if somebody wants to look at them
# Draw all cells immediately, so that cells far down are on the page as well.
WHOLE = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}
NEWS_OFF = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


def keep(page, name):
    if SCREENSHOTS:
        folder = Path(SCREENSHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")


def scroll_and_keep(page, name):
    """Save a screenshot of each screenful around a report or a figure."""
    for n, output in enumerate(page.query_selector_all(".jp-OutputArea-output")):
        if SCREENSHOTS and n % 4 == 0:
            output.scroll_into_view_if_needed()
            keep(page, f"{name}-{n:02}")


@pytest.mark.long  # nbval runs the same cells in `make test`
@pytest.mark.parametrize("assignment", COURSE.assignments(), ids=lambda each: each.name)
def test_the_reference_runs_in_jupyterlab_without_an_error(assignment, browser, tmp_path):
    shutil.copytree(assignment.solution.parent, tmp_path / "work" / assignment.name)
    settings = {**WHOLE, **NEWS_OFF}
    with serving(jupyterlab(tmp_path / "work"), tmp_path, tmp_path / "home", settings) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        open_notebook(page, address, f"{assignment.name}/{assignment.name}.ipynb")
        page.click("li.lm-MenuBar-item:has-text('Edit')")
        page.click("li.lm-Menu-item:has-text('Clear Outputs of All Cells')")
        assert not page.query_selector_all(".jp-OutputArea-output img")
        run_all(page)
        check_outputs(page, assignment)
        if assignment.name == "gaussian-mixture":
            check_slider(page)
        scroll_and_keep(page, f"{assignment.name}-light")
        turn_dark(page)
        check_figures(page, assignment)
        scroll_and_keep(page, f"{assignment.name}-dark")
        page.close()


def turn_dark(page):
    """Choose the dark theme by the menu."""
    page.click("li.lm-MenuBar-item:has-text('Settings')")
    page.hover("li.lm-Menu-item:has-text('Theme')")
    page.click("li.lm-Menu-item:has-text('JupyterLab Dark')")
    page.wait_for_selector("body[data-jp-theme-light=false]", state="attached", timeout=30_000)


def check_figures(page, assignment):
    """Assert that every figure is an image with alt text, and did load."""
    seen = page.eval_on_selector_all(
        ".jp-OutputArea-output img", "imgs => imgs.map(i => [i.alt, i.complete && i.naturalWidth > 100])"
    )
    cells = nbformat.read(assignment.solution, as_version=4).cells
    stored = [alt for cell in cells for o in cell.get("outputs", []) if is_figure(o) for alt in alts(o)]
    assert set(stored) <= {alt for alt, _ in seen}
    assert all(loaded for _, loaded in seen)


def check_outputs(page, assignment):
    """Assert that there is no error, and that every figure and every report is there."""
    assert not page.query_selector_all("[data-mime-type='application/vnd.jupyter.stderr']")
    assert not page.query_selector_all("[data-mime-type='application/vnd.jupyter.error']")
    check_figures(page, assignment)
    text = page.inner_text(".jp-Notebook")
    for cell in nbformat.read(assignment.solution, as_version=4).cells:
        role = cell.metadata.get("nbgrader", {})
        if role.get("locked"):
            assert f"{role.points:g} of {role.points:g} marks" in text, role.grade_id


def check_slider(page):
    """Assert that the slider shows another iteration when it is moved with the keyboard."""
    page.locator(".widget-slider .noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".widget-html img[alt^='After iteration 3.']", timeout=30_000)


def is_figure(output):
    return "<img" in output.get("data", {}).get("text/html", "")


def alts(output):
    """Return the alt texts of the figures in an output."""
    return [unescape(each) for each in re.findall(r'<img alt="([^"]*)"', output.data["text/html"])]


def test_make_lab_serves_the_notebooks_to_students(browser, tmp_path):
    with serving(["make", "-s", "lab", "ARGS={ARGS}"], ROOT, tmp_path / "home") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(f"{address}/lab/tree/gaussian-mixture/gaussian-mixture.ipynb?reset")
        page.wait_for_selector("h1:has-text('A mixture of Gaussians')", timeout=60_000)
        page.wait_for_timeout(3000)  # a pop-up may be shown late
        keep(page, "make-lab")
        assert not page.query_selector(".Toastify__toast"), "the news pop-up is there"
        assert not page.query_selector("li.lm-MenuBar-item:has-text('Nbgrader')")
        page.click(".jp-FileBrowser-crumbs .jp-BreadCrumbs-home")
        page.wait_for_selector(".jp-DirListing-item[title*='gaussian-mixture']")
        listed = page.inner_text(".jp-DirListing-content")
        assert "solutions" not in listed
        page.locator(".jp-RenderedMarkdown a:has-text('The last cell')").first.click()
        page.wait_for_selector("h2:has-text('Symbols')")
        keep(page, "symbols")
        page.locator(".jp-RenderedMarkdown td a:has-text('bernoulli-digits')").first.click()
        page.wait_for_selector(".lm-TabBar-tabLabel:has-text('bernoulli-digits.ipynb')")
        page.wait_for_selector("h1:has-text('Handwritten digits')")
        page.close()


def test_check_says_what_is_wrong_and_later_that_it_is_right(browser, tmp_path):
    release = COURSE.assignment("gaussian-mixture").release
    shutil.copytree(release.parent, tmp_path / "work")
    with serving(
        jupyterlab(tmp_path / "work"), tmp_path, tmp_path / "home", {**WHOLE, **NEWS_OFF}
    ) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        open_notebook(page, address, release.name)
        run_cell(page, "import numpy as np")
        tries = {
            "resp.max()": ["wrong for one point, shared by two components", "Hint 1 of 3: Take one point"],
            "resp.sum(axis=1)": ["summed along the rows", "Hint 1 of 3: You sum along the rows"],
            "sum(resp.T)": ["summed along the rows", "Hint 2 of 3: A soft count belongs"],
            "np.sum(resp, 1)": ["summed along the rows", "Hint 3 of 3: Three points have the rows"],
            "resp.sum(axis=0)": ["All public cases pass. The hidden cases decide your mark."],
        }
        for n, (answer, words) in enumerate(tries.items()):
            source = f"def compute_soft_counts(resp):\n    return {answer}"
            type_into_cell(page, "def compute_soft_counts", source)
            run_cell(page, "def compute_soft_counts")
            run_cell(page, "check(compute_soft_counts")
            for each in words:
                page.wait_for_selector(f".jp-OutputArea-output:has-text('{each}')", timeout=30_000)
            page.locator(
                ".jp-CodeCell", has_text="check(compute_soft_counts"
            ).first.scroll_into_view_if_needed()
            keep(page, f"student-try-{n}")
            if n == 3:
                turn_dark(page)
                keep(page, "student-try-dark")
        page.keyboard.press("Control+s")
        first, then = "wrong for one point, shared by two components", "summed along the rows"
        tries = {"compute_soft_counts": {first: 1, then: 3}}
        known, saved = hint_names(COURSE.assignment("gaussian-mixture")), tmp_path / "work" / release.name
        assert eventually(lambda: tries_of(read_whole(saved), known) == tries)
        page.close()


def read_whole(saved):
    """Return the notebook's JSON; nothing while JupyterLab is still writing it."""
    try:
        return json.loads(saved.read_text())
    except ValueError:
        return None


def eventually(holds, seconds=20):
    """Tell whether a condition becomes true within so many seconds."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.2)
    return holds()


@pytest.mark.long
def test_the_formgrader_lists_the_assignment(browser, tmp_path):
    course = copy_course(tmp_path / "course")
    with serving(jupyterlab(course), course, tmp_path / "home", NEWS_OFF) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/formgrader/manage_assignments")
        page.wait_for_selector("td.name:has-text('gaussian-mixture')", timeout=60_000)
        keep(page, "formgrader")
        row = page.inner_text("tr:has(td.name:has-text('gaussian-mixture'))")
        assert "draft" in row
        page.close()
