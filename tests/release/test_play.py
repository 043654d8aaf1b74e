"""The page that plays EM, in Chromium; the long tests also run it in Firefox and WebKit."""

from __future__ import annotations

import contextlib
import re

import pytest
from browsers import ChromiumTab, Missing, firefox_tab, webkit_tab
from often import often

from release.play.scenes import stages
from release.play.texts import TOLD

pytestmark = [pytest.mark.browser, pytest.mark.node]

STAGES = stages()
FIRST = "hundred-points"
DEBIANS = {"firefox": firefox_tab, "webkit": webkit_tab}
SHOWN = "return document.querySelector('.explorer[data-frame]')"
WORDS = "return document.querySelector('.em-words').textContent"
TOLD_NOW = "return document.getElementById('told').textContent"
FRAME = "return Number(document.querySelector('.explorer').dataset.frame)"
HASH = "return location.hash"
ADDRESS = re.compile(r"#scene=hundred-points&start=0:(-?[\d.]+),(-?[\d.]+)&frame=(\d+)")


@pytest.fixture(
    scope="module",
    params=["chromium", *(pytest.param(name, marks=pytest.mark.long) for name in DEBIANS)],
)
def tab(request, tmp_path_factory):
    """Yield a page in each browser."""
    if request.param == "chromium":
        yield ChromiumTab(request.getfixturevalue("browser"))
        return
    with contextlib.ExitStack() as stack:
        try:
            made = stack.enter_context(DEBIANS[request.param](tmp_path_factory.mktemp(request.param)))
        except Missing as missing:
            pytest.skip(str(missing))
        yield made


def opened(tab, address, place=""):
    """Open the page at an address within it, and wait until it is shown."""
    tab.go(address + place)
    tab.until(SHOWN.replace("return", "return !!"))
    tab.until("return performance.getEntriesByName('shown').length")
    return tab


def middle(tab, selector):
    """Return the middle of an element as soon as it does not move."""
    tab.until("return !document.querySelector('[data-moving]')")
    box = tab.run(
        f"const box = document.querySelector('{selector}').getBoundingClientRect();"
        "return [box.x + box.width / 2, box.y + box.height / 2]"
    )
    return tuple(box)


def click(tab, text):
    """Press the button with this text."""
    tab.run(
        f"const named = [...document.querySelectorAll('button')].find((it) => it.textContent === '{text}');"
        "named.focus(); named.click();"
    )


def test_the_first_scene_opens_and_no_other_is_loaded(tab, address):
    opened(tab, address)
    loaded = tab.run("return performance.getEntriesByType('resource').map(({ name }) => name)")
    assert [name.removeprefix(address) for name in loaded if "/data/" in name] == [f"data/{FIRST}.js"]
    assert all(name.startswith(address) for name in loaded)
    assert tab.run(FRAME) == 0
    assert tab.run(HASH) == f"#scene={FIRST}&seed=0&frame=0"


def test_arrow_keys_move_immediately_and_the_address_changes(tab, address):
    opened(tab, address)
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowRight"):
        tab.press(key)
    assert tab.run(FRAME) == 3
    tab.until("return location.hash.endsWith('frame=3')")
    tab.press("End")
    assert "Converged: iteration 31" in tab.run(WORDS)
    opened(tab, address, tab.until("return location.hash.endsWith('frame=62') && location.hash"))
    assert "Converged: iteration 31" in tab.run(WORDS)


@pytest.mark.parametrize(
    "stage",
    often(STAGES[1:], 3),
    ids=lambda stage: stage.id,
)
def test_each_scene_opens_with_its_button_and_plays_to_its_end(tab, address, stage):
    opened(tab, address)
    click(tab, stage.scene.name)
    number = STAGES.index(stage)
    tab.until(f"return document.querySelector('.explorer').dataset.scene === '{number}'")
    tab.run("document.querySelector('.explorer').focus()")
    tab.press("End")
    run = stage.scene.runs[0]
    tab.until(f"return Number(document.querySelector('.explorer').dataset.frame) === {len(run.frames) - 1}")
    assert tab.run(WORDS).startswith(f"iteration {run.frames[-1].iteration}, after {run.frames[-1].half}: ")
    assert tab.run(TOLD_NOW) == ""


def test_a_seed_draws_the_start_that_it_draws_in_a_notebook(tab, address):
    opened(tab, address)
    tab.run("document.querySelector('.em-settings input[type=number]').value = 1;")
    click(tab, "New start")
    tab.press("End")
    assert "Converged: iteration 78" in tab.run(WORDS)
    assert tab.run(HASH).startswith(f"#scene={FIRST}&seed=1&")
    tab.run("history.back()")
    tab.until("return location.hash.includes('seed=0')")
    tab.until("return document.querySelector('.explorer').dataset.run === '0'")
    tab.run("history.forward()")
    tab.until("return document.querySelector('.explorer').dataset.run === '1'")
    click(tab, "Seed 7")
    tab.until("return location.hash.includes('seed=7')")
    assert tab.run(TOLD_NOW) == ""


def test_a_mean_is_dragged_and_the_link_gives_the_same_run(tab, address):
    opened(tab, address)
    x, y = middle(tab, ".em-mean")
    tab.drag((x, y), (x - 90, y + 60))
    click(tab, "Run EM from here")
    tab.until("return document.querySelector('.explorer').dataset.run === '1'")
    tab.press("ArrowRight")
    tab.press("ArrowRight")
    said, link = tab.run(WORDS), tab.until("return location.hash.endsWith('frame=2') && location.hash")
    assert ADDRESS.fullmatch(link)
    opened(tab, address, link)
    assert tab.run(WORDS) == said
    assert tab.run(HASH) == link
    x, y = middle(tab, ".em-mean")
    tab.drag((x, y), (x + 50, y))
    click(tab, "Run EM from here")
    branch = tab.until("return location.hash.includes('branch=') && location.hash")
    opened(tab, address, branch)
    assert tab.run(HASH) == branch
    assert tab.run("return document.querySelector('.em-settings select:last-of-type') !== null")


def test_an_address_can_name_a_point_and_a_plane(tab, address):
    place = "#scene=earth&seed=3&frame=4&point=17&plane=0,2"
    opened(tab, address, place)
    assert tab.run(HASH) == place
    assert tab.run("return document.querySelector('.em-inspector b').textContent") == "Picture 17"
    tab.until("return !document.querySelector('.em-thumbnail').hidden")  # the tiles are decoded


OFTEN = [
    ("#nonsense", "noLink"),
    ("#scene=earth&seed=1&run=0", "noLink"),
    ("#scene=hundred-points&start=9:1,1", "noRun"),
    ("#scene=hundred-points&frame=999", "noFrame"),
    ("#scene=mars", "noScene"),
]
SELDOM = [
    ("#scene=earth&frame=-1", "noLink"),
    ("#scene=earth&seed=4294967296", "noLink"),
    ("#scene=hundred-points&start=0:1", "noRun"),
    ("#scene=hundred-points&run=3", "noRun"),
    ("#scene=hundred-points&seed=1&branch=999:", "noRun"),
    ("#scene=underflow-in-the-linear-domain&seed=1", "noRun"),
    ("#scene=%E0%A4%A", "noScene"),
]


@pytest.mark.parametrize(
    ("place", "says"), [*OFTEN, *(pytest.param(*each, marks=pytest.mark.long) for each in SELDOM)]
)
def test_a_wrong_link_gives_a_message_and_shows_the_default_scene(tab, address, place, says):
    opened(tab, address, place)
    assert tab.run(TOLD_NOW) == TOLD[says]
    assert tab.run(FRAME) == 0


def test_copy_link_says_whether_it_worked(tab, address):
    opened(tab, address, "#scene=hundred-points&seed=2&frame=5")
    click(tab, "Copy link")
    said = tab.until("return document.querySelector('#tools [role=status]').textContent")
    assert said in {TOLD["copied"], TOLD["copyByHand"]}
    link = tab.run("return document.querySelector('#tools input').value")
    assert link == f"{address}#scene=hundred-points&seed=2&frame=5"


def test_the_button_changes_between_light_and_dark(tab, address):
    opened(tab, address)
    before = tab.run("return getComputedStyle(document.body).backgroundColor")
    tab.run("document.querySelector('#tools button:last-child').click()")
    assert tab.run("return getComputedStyle(document.body).backgroundColor") != before
    tab.until("return document.querySelector('.explorer').dataset.theme === 'dark'")
    assert tab.run("return document.querySelector('#tools button:last-child').textContent") == TOLD["light"]
