"""The explorer as people use it: in JupyterLab, with a learner's functions, saved and opened again."""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
import warnings
from pathlib import Path

import nbformat
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import chromium, jupyterlab, open_notebook, run_all, serving
from nbconvert import HTMLExporter
from ours import COURSE
from playwright.sync_api import expect
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture

from explorer.calls import FOUR
from explorer.words import end_in_words
from helpers import explore, load_synthetic, loglikelihood

pytestmark = [pytest.mark.browser, pytest.mark.instructor]

SCREENSHOTS = os.environ.get("SCREENSHOTS")  # a folder for screenshots, if somebody wants to look at them
# The settings of `make lab`; but here all cells are drawn immediately, and no output is cut off.
SETTINGS = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}
DATA = load_synthetic()
START = (np.full(3, 1 / 3), DATA[[20, 10, 96]], np.array([np.cov(DATA, rowvar=False)] * 3))
QUESTION = "How many iterations until it has converged?"
CELLS = {
    "functions": """
import numpy as np
from scipy.stats import multivariate_normal
from helpers import explore, load_digits, load_synthetic, log_gaussians, log_sum_exp, loglikelihood
data = load_synthetic()
START = np.full(3, 1 / 3), data[[20, 10, 96]], np.array([np.cov(data, rowvar=False)] * 3)
""",
    "asked": f"""
explore(data, init=START, ask="{QUESTION}", choices=["about 10", "about 30", "about 100"],
        happened=lambda run: f"about {{round(run.iterations, -1)}}")
""",
    "spoiled": """
def down_the_columns(data, weights, means, covariances):
    density = weights * np.exp(log_gaussians(data, means, covariances))
    return density / density.sum(axis=0)
explore(data, down_the_columns, init=START, gallery=False, maxiter=5)
""",
    "raising": """
def mine(data, resp):
    counts = resp.sum(axis=0)
    return counts / len(data), resp.T @ data / count, resp
explore(data, m_step=mine, init=START, gallery=False)
""",
    "digits": """
bits = load_digits()[0][:150] > 127
explore(bits, init=6, gallery=False, maxiter=6)
""",
}


def notebook():
    """Return a learner's notebook: the course's functions, and one cell for each explorer."""
    functions = COURSE.assignment("gaussian-mixture").recipe().definitions
    cells = {**CELLS, "functions": "\n\n".join([CELLS["functions"], *functions])}
    made = nbformat.v4.new_notebook()
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made.cells = [nbformat.v4.new_code_cell(f"# {name}\n{source.strip()}") for name, source in cells.items()]
    return made


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Yield a browser, the address of a server and the folder that it serves."""
    home = tmp_path_factory.mktemp("lab")
    (folder := home / "work").mkdir()
    nbformat.write(notebook(), folder / "em.ipynb")
    with serving(jupyterlab(folder), folder, home / "home", SETTINGS) as address, chromium() as browser:
        yield browser, address, folder


@pytest.fixture(scope="module")
def page(lab):
    """Yield the notebook's page after all cells have run."""
    browser, address, _ = lab
    page = browser.new_page(viewport={"width": 1280, "height": 1150})
    page.set_default_timeout(15_000)
    open_notebook(page, address, "em.ipynb")
    run_all(page)
    yield page
    page.close()


@pytest.fixture
def at(page):
    """Return a function that scrolls to a cell's explorer, gives it the focus, and returns it."""
    return lambda name: focused(page, name)


def focused(page, name):
    root = page.locator(".jp-CodeCell", has_text=f"# {name}").first.locator(".explorer")
    expect(root).to_have_attribute("data-frame", re.compile(r"\d+"), timeout=30_000)
    root.evaluate("node => node.scrollIntoView()")
    root.focus()
    return root


def press(page, root, keys, frame):
    """Press keys, and wait until this frame is drawn."""
    for key in keys.split():
        page.keyboard.press(key)
    expect(root).to_have_attribute("data-frame", str(frame))


def keep(root, name):
    if SCREENSHOTS:
        Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
        root.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")


def require_accessible(page, root):
    """Assert that axe-core finds no violation of accessibility rules in this explorer."""
    root.evaluate(
        "node => { document.querySelector('#looked-at')?.removeAttribute('id'); node.id = 'looked-at'; }"
    )
    found = Axe().run(page, "#looked-at")
    assert not found.response["violations"], found.generate_report()


def runs(root):
    """Return the list from which people choose a run."""
    return root.locator("label", has_text="Run").locator("select")


def drag(page, root, k, dx, dy):
    box = root.locator(".em-mean .em-body").nth(k).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=3)
    page.mouse.up()


def iterations_of_sklearn(count):
    """Yield weights, means and covariances, at the start and after each iteration."""
    params = START
    yield params
    for _ in range(count):
        weights, means, covs = params
        model = GaussianMixture(3, max_iter=1, reg_covar=0, tol=0, init_params="random")
        model.set_params(weights_init=weights, means_init=means, precisions_init=np.linalg.inv(covs))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(DATA)
        params = model.weights_, model.means_, model.covariances_
        yield params


def test_a_prediction_comes_first(page, at):
    root = at("asked")
    press(page, root, "ArrowRight Space End", 0)
    require_accessible(page, root)
    keep(root, "asked")
    root.get_by_label("about 100").check()
    root.get_by_text("Keep my prediction").click()
    expect(root.locator(".em-after")).to_have_text("You predicted: about 100. ")


def test_keys_buttons_and_the_scrubber_move(page, at):
    root = at("asked")
    press(page, root, "ArrowRight ArrowRight ArrowRight ArrowLeft", 2)
    press(page, root, "End", 60)
    press(page, root, "Home PageDown", 2)
    root.locator("input[type=range]").fill("7")
    expect(root).to_have_attribute("data-frame", "7")
    root.get_by_label("Half a step back (Left)").click()
    expect(root).to_have_attribute("data-frame", "6")
    root.locator("select").first.select_option("very fast")
    root.focus()
    press(page, root, "End PageUp PageUp PageUp Space", 60)


def test_the_result_is_shown_beside_the_prediction(page, at):
    root = at("asked")
    press(page, root, "End", 60)
    said = "You predicted: about 100. What happened: about 30. What made the difference?"
    expect(root.locator(".em-after")).to_have_text(said)
    keep(root, "end")


def test_the_live_region_says_what_the_kernel_says(page, at):
    root = at("asked")
    press(page, root, "Home", 0)
    live = root.locator("[aria-live=polite]").first
    names = COURSE.assignment("gaussian-mixture").reference()
    here = explore(DATA, names["compute_responsibilities"], [names[n] for n in FOUR], START, gallery=False)
    frames = here.scenes[0]["runs"][0]["frames"]
    expect(live).to_have_text(frames[0]["words"])
    for number in (1, 2, 3):
        press(page, root, "ArrowRight", number)
        expect(live).to_have_text(frames[number]["words"])
    assert frames[1]["words"].startswith(
        f"iteration 1, after E: log-likelihood {loglikelihood(DATA, *START):.1f}"
    )
    press(page, root, "End", 60)
    expect(live).to_have_text(f"{frames[60]['words']} {end_in_words(here.history.ending)}")


def test_the_numbers_of_a_point_agree_with_scipy(page, at):
    root = at("asked")
    press(page, root, "Home PageDown ArrowRight", 3)
    root.locator(".em-inspector input").fill("17")
    page.keyboard.press("Enter")
    weights, means, covs = list(iterations_of_sklearn(1))[-1]
    terms = [w * multivariate_normal(m, c).pdf(DATA[17]) for w, m, c in zip(weights, means, covs)]
    rows = root.locator("tr[data-k]")
    expect(rows).to_have_count(3)
    shown = rows.evaluate_all("all => all.map(r => [r.dataset.term, r.dataset.share].map(Number))")
    np.testing.assert_allclose(np.exp(np.array(shown)[:, 0]), terms, rtol=1e-6)
    np.testing.assert_allclose(np.array(shown)[:, 1], np.array(terms) / sum(terms), atol=1e-6)
    keep(root, "point")


def test_a_dragged_mean_starts_a_run_and_a_branch_shows_both_curves(page, at):
    root = at("asked")
    press(page, root, "Home", 0)
    drag(page, root, 1, -60, 40)
    root.get_by_text("Run EM from here").click()
    expect(root).to_have_attribute("data-run", "1")
    runs(root).select_option("0: start")
    expect(root).to_have_attribute("data-run", "0")
    root.focus()
    press(page, root, "Home PageDown PageDown", 4)
    drag(page, root, 0, 90, -30)
    keep(root, "moved")
    require_accessible(page, root)
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-run", "2")
    root.focus()
    page.keyboard.press("End")
    expect(root.locator(".em-other")).to_have_count(2)
    expect(root.locator(".em-runname")).to_contain_text(["0: start", "1: dragged start"])
    keep(root, "branch")


def test_keys_for_the_explorer_do_not_reach_jupyterlab(page, at):
    root = at("asked")
    press(page, root, "Home", 0)
    look = (
        "() => [...document.querySelectorAll('.jp-Cell')]"
        ".map(cell => [cell.className, cell.querySelector('.jp-InputPrompt').innerText])"
    )
    before = page.evaluate(look)
    for key in (*"abddxmy", "ArrowDown", "ArrowUp", "PageDown", "PageUp", "End", "Home", "Shift+ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate(look) == before
    assert root.evaluate("node => node.contains(document.activeElement)")


def test_a_wrong_function_turns_a_light_red(page, at):
    root = at("spoiled")
    press(page, root, "Home ArrowRight", 1)
    expect(root.locator(".em-bad").first).to_contain_text("rows of resp sum to 1")
    expect(root.locator(".em-broken")).to_contain_text("not to 1: divide each row by its own sum.")
    require_accessible(page, root)
    keep(root, "spoiled")


def test_an_exception_is_shown_with_the_learners_own_line(page, at):
    root = at("raising")
    press(page, root, "End", 1)
    expect(root.locator(".em-error code")).to_have_text(
        "return counts / len(data), resp.T @ data / count, resp"
    )
    expect(root.locator(".em-error")).to_contain_text("mine raised NameError: name 'count' is not defined")
    require_accessible(page, root)
    keep(root, "raising")


def test_digits_sharpen_and_can_be_erased(page, at):
    root = at("digits")
    press(page, root, "End", 10)
    root.get_by_text("Erase the lower half").click()
    expect(root.locator(".em-erasing [role=status]")).to_contain_text("Without 392 of 784 pixels")
    require_accessible(page, root)
    keep(root, "digits")


def test_the_gallerys_seven_scenes_open(page, at):
    root = at("asked")
    scenes = root.locator(".em-scenes button")
    expect(scenes).to_have_count(8)
    for n in range(1, 8):
        scenes.nth(n).click()
        expect(root).to_have_attribute("data-scene", str(n))
        assert len(root.locator(".em-told").inner_text()) > 80
        root.focus()
        page.keyboard.press("End")
        expect(root).not_to_have_attribute("data-frame", "0")
        keep(root, f"gallery-{n}")
    require_accessible(page, root)
    scenes.first.click()
    expect(root).to_have_attribute("data-scene", "0")


def test_everything_works_with_the_keyboard_alone(page, at):
    """Somebody goes from the cell to a played run, a moved mean and a point, with Tab and other keys."""
    root = at("spoiled")
    page.keyboard.press("Escape")
    assert not root.evaluate("node => node.contains(document.activeElement)")
    tab_to(page, lambda: root.evaluate("node => node === document.activeElement"))
    press(page, root, "Home", 0)
    page.keyboard.press("Space")
    expect(root).to_have_attribute("data-frame", "2")
    page.keyboard.press("Home")
    mean = root.locator(".em-mean").first
    tab_to(page, lambda: mean.evaluate("node => node === document.activeElement"))
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-run", "1")
    number = root.locator(".em-inspector input")
    tab_to(page, lambda: number.evaluate("node => node === document.activeElement"))
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(root.locator(".em-inspector b")).to_have_text("Point 5")


def tab_to(page, there, most=60):
    for _ in range(most):
        if there():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached by {most} times Tab")


def save(page, file):
    """Save with the explorer focused. Return the saved notebook when it is complete and has the answer."""
    page.keyboard.press("Control+s")
    end = time.monotonic() + 30
    while time.monotonic() < end:
        text = file.read_text()
        # The server writes the file in pieces, so in between it is not valid JSON yet.
        if '"prediction": "about 100"' in text and text.rstrip().endswith("}"):
            with contextlib.suppress(json.JSONDecodeError):
                return json.loads(text)
        time.sleep(0.1)
    raise AssertionError("the answer was not saved within 30 seconds")


def states_in(saved):
    """Return the traits of all explorers in a saved notebook."""
    kept = saved["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    return [each["state"] for each in kept.values() if "scenes" in each["state"]]


@pytest.fixture(scope="module")
def saved(lab, page):
    """Return the notebook's file as a learner leaves it: at iteration 2 of the branch, with a prediction."""
    root = focused(page, "asked")
    runs(root).select_option(index=2)
    expect(root).to_have_attribute("data-run", "2")
    root.focus()
    press(page, root, "Home PageDown PageDown", 4)
    return save(page, lab[2] / "em.ipynb")


def test_the_prediction_is_in_the_notebooks_file(saved):
    outputs = [o for cell in saved["cells"] for o in cell["outputs"]]
    text = "".join("".join(o.get("data", {}).get("text/html", "")) for o in outputs)
    assert f"{QUESTION} You predicted: about 100. What happened: about 30." in text


def test_the_saved_run_agrees_with_scikit_learn(saved):
    (asked,) = [each for each in states_in(saved) if each["prediction"]]
    frames = [frame for frame in asked["scenes"][0]["runs"][0]["frames"] if frame["half"] != "E"]
    assert len(frames) == 31
    for frame, params in zip(frames, iterations_of_sklearn(30)):
        for name, part in zip(("weights", "means", "covariances"), params):
            np.testing.assert_allclose(frame[name], part, rtol=1e-6, atol=1e-6)
        assert frame["loglik"] == pytest.approx(loglikelihood(DATA, *params), abs=1e-6)


@pytest.mark.long
def test_a_notebook_that_is_opened_again_shows_the_same_moment(lab, saved):
    browser, address, folder = lab
    (folder / "again.ipynb").write_text((folder / "em.ipynb").read_text())
    page = browser.new_page(viewport={"width": 1280, "height": 1150})
    open_again(page, address)
    root = focused(page, "asked")
    assert [root.get_attribute(f"data-{name}") for name in ("scene", "run", "frame")] == ["0", "2", "4"]
    expect(root.locator(".em-after")).to_contain_text("about 100. What happened: about 30.")
    press(page, root, "ArrowRight", 5)
    expect(root.locator("[aria-live=polite]").first).to_contain_text("iteration 3, after E")
    expect(page.locator(".explorer-still:visible")).to_have_count(0)
    turn_dark(page)
    for name in ("asked", "spoiled", "raising", "digits"):
        root = focused(page, name)
        expect(root).to_have_attribute("data-theme", "dark")
        require_accessible(page, root)
        keep(root, f"again-dark-{name}")
    page.close()


def open_again(page, address):
    """Open the saved notebook with a new kernel, in which nothing was run.

    The widget manager (jupyterlab_widgets 3.0) looks for a widget as soon as it has asked the kernel. On a
    slow machine it has not read the notebook's saved state by then, and it never tries again. The still
    figure is then shown instead of the widget. A student would load the page again, and so does this
    function.
    """
    for _ in range(4):
        open_notebook(page, address, "again.ipynb?reset")
        cell = page.locator(".jp-CodeCell", has_text="# asked").first
        given_up = cell.locator(".jupyter-widgets", has_text="model not found")
        expect(cell.locator(".explorer").or_(given_up).first).to_be_attached()
        if not given_up.count():
            return


def turn_dark(page):
    """Choose the dark theme by the menu."""
    page.click("li.lm-MenuBar-item:has-text('Settings')")
    page.hover("li.lm-Menu-item:has-text('Theme')")
    page.click("li.lm-Menu-item:has-text('JupyterLab Dark')")
    page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")


def still_figures(page):
    images = page.locator(".explorer-still img:visible")
    expect(images).to_have_count(4)
    return images.evaluate_all("all => all.map(i => [i.alt, i.complete && i.naturalWidth > 300])")


def test_without_kernel_and_saved_state_the_still_figure_is_shown(lab, saved):
    browser, address, folder = lab
    bare = {**saved, "metadata": {"kernelspec": {"name": "gone", "display_name": "gone"}}}
    (folder / "bare.ipynb").write_text(json.dumps(bare))
    page = browser.new_page(viewport={"width": 1280, "height": 1150})
    page.goto(f"{address}/lab/tree/bare.ipynb?reset")
    page.get_by_role("dialog").get_by_role("button", name="No Kernel").click()
    for alt, loaded in still_figures(page):
        assert loaded
        assert alt.startswith("EM on 1")
    keep(page.locator(".jp-CodeCell").nth(1), "still")
    page.close()


def test_nbconvert_shows_the_still_figure(lab, saved):
    browser, _, folder = lab
    html, _ = HTMLExporter().from_filename(str(folder / "em.ipynb"))
    (folder / "em.html").write_text(html)
    page = browser.new_page(viewport={"width": 1280, "height": 1150})
    page.route("http*://**", lambda route: route.abort())  # no network, as on a train
    page.goto((folder / "em.html").as_uri())
    assert all(loaded and alt.startswith("EM on 1") for alt, loaded in still_figures(page))
    page.close()
