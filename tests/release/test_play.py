"""The page that plays EM, in Chromium, and at length in Firefox and WebKit, too."""

from __future__ import annotations

import contextlib
import functools
import http.server
import re
import shutil
import threading
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import ChromiumTab, Missing, firefox_tab, webkit_tab
from lab import chromium

from release.play.__main__ import main
from release.play.scenes import stages
from release.play.texts import TOLD

pytestmark = [pytest.mark.browser, pytest.mark.node]

STAGES = stages()
FIRST = "hundred-points"
PLACE = "site/play/"  # the page's folder on the server: it must not matter
DEBIANS = {"firefox": firefox_tab, "webkit": webkit_tab}
SHOWN = "return document.querySelector('.explorer[data-frame]')"
WORDS = "return document.querySelector('.em-words').textContent"
TOLD_NOW = "return document.getElementById('told').textContent"
FRAME = "return Number(document.querySelector('.explorer').dataset.frame)"
HASH = "return location.hash"
ADDRESS = re.compile(r"#scene=hundred-points&start=0:(-?[\d.]+),(-?[\d.]+)&frame=(\d+)")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server of files that writes no log."""

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder):
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{PLACE}"
        server.shutdown()


@pytest.fixture(scope="module")
def site(page_folder, tmp_path_factory):
    """The folder and the address of the page."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(page_folder, root / PLACE)
    for page in ("site/index.html", "site/course/index.html"):
        (root / page).parent.mkdir(exist_ok=True)
        (root / page).write_text("<!doctype html><title>here</title>")
    with served(root) as address:
        yield root / PLACE, address


@pytest.fixture(scope="module")
def address(site):
    return site[1]


@pytest.fixture(scope="module")
def browser():
    """Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture(
    scope="module",
    params=["chromium", *(pytest.param(name, marks=pytest.mark.long) for name in DEBIANS)],
)
def tab(request, tmp_path_factory):
    """A page in each browser."""
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
    """Open the page at a place and wait until it is shown."""
    tab.go(address + place)
    tab.until(SHOWN.replace("return", "return !!"))
    tab.until("return performance.getEntriesByName('shown').length")
    return tab


def middle(tab, selector):
    """Return the middle of an element, once it stands still."""
    tab.until("return !document.querySelector('[data-moving]')")
    box = tab.run(
        f"const box = document.querySelector('{selector}').getBoundingClientRect();"
        "return [box.x + box.width / 2, box.y + box.height / 2]"
    )
    return tuple(box)


def click(tab, text):
    """Press a button of the page, by its words."""
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


def test_arrows_act_at_once_and_the_address_follows(tab, address):
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
    [*STAGES[1:4], *(pytest.param(stage, marks=pytest.mark.long) for stage in STAGES[4:])],
    ids=lambda stage: stage.id,
)
def test_each_scene_opens_from_its_button_and_goes_to_its_end(tab, address, stage):
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


def test_a_place_has_a_point_and_a_plane(tab, address):
    place = "#scene=earth&seed=3&frame=4&point=17&plane=0,2"
    opened(tab, address, place)
    assert tab.run(HASH) == place
    assert tab.run("return document.querySelector('.em-inspector b').textContent") == "Picture 17"
    tab.until("return !document.querySelector('.em-thumbnail').hidden")  # the tiles are decoded


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("#nonsense", "noLink"),
        ("#scene=earth&frame=-1", "noLink"),
        ("#scene=earth&seed=1&run=0", "noLink"),
        ("#scene=earth&seed=4294967296", "noLink"),
        ("#scene=hundred-points&start=0:1", "noRun"),
        ("#scene=hundred-points&start=9:1,1", "noRun"),
        ("#scene=hundred-points&run=3", "noRun"),
        ("#scene=hundred-points&seed=1&branch=999:", "noRun"),
        ("#scene=underflow-in-the-linear-domain&seed=1", "noRun"),
        ("#scene=hundred-points&frame=999", "noFrame"),
        ("#scene=mars", "noScene"),
        ("#scene=%E0%A4%A", "noScene"),
    ],
)
def test_a_link_that_leads_nowhere_says_so_and_shows_the_default(tab, address, place, says):
    opened(tab, address, place)
    assert tab.run(TOLD_NOW) == TOLD[says]
    assert tab.run(FRAME) == 0


def test_copy_link_says_what_came_of_it(tab, address):
    opened(tab, address, "#scene=hundred-points&seed=2&frame=5")
    click(tab, "Copy link")
    said = tab.until("return document.querySelector('#tools [role=status]').textContent")
    assert said in {TOLD["copied"], TOLD["copyByHand"]}
    link = tab.run("return document.querySelector('#tools input').value")
    assert link == f"{address}#scene=hundred-points&seed=2&frame=5"


def test_light_and_dark_change_places(tab, address):
    opened(tab, address)
    before = tab.run("return getComputedStyle(document.body).backgroundColor")
    tab.run("document.querySelector('#tools button:last-child').click()")
    assert tab.run("return getComputedStyle(document.body).backgroundColor") != before
    tab.until("return document.querySelector('.explorer').dataset.theme === 'dark'")
    assert tab.run("return document.querySelector('#tools button:last-child').textContent") == TOLD["light"]


# Of Chromium alone.


@pytest.fixture
def page(browser):
    """What opens a page in a context of its own, and sees at the end that nothing was complained of."""
    complaints, contexts = [], []

    def make(url, **options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        page.wait_for_selector(".explorer[data-frame]")
        page.wait_for_function("performance.getEntriesByName('shown').length")
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def test_the_first_picture_comes_within_a_second(page, address):
    times = [page(address).evaluate("performance.getEntriesByName('shown')[0].startTime") for _ in range(3)]
    assert min(times) < 1000


@pytest.mark.parametrize(
    ("scene", "theme"),
    [
        (FIRST, "light"),
        ("earth", "dark"),
        *(
            pytest.param(scene, theme, marks=pytest.mark.long)
            for scene, theme in [
                (FIRST, "dark"),
                ("earth", "light"),
                ("digits", "light"),
                ("digits", "dark"),
                ("dead-component", "light"),
            ]
        ),
    ],
)
def test_nothing_keeps_people_out(page, address, scene, theme):
    shown = page(f"{address}#scene={scene}&frame=2", color_scheme=theme)
    shown.click(".starts summary") if scene == FIRST else None
    found = Axe().run(shown, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize(
    "width", [360, *(pytest.param(width, marks=pytest.mark.long) for width in (768, 1280)), 1920]
)
@pytest.mark.parametrize("scene", [FIRST, pytest.param("digits", marks=pytest.mark.long)])
def test_no_width_needs_sideways_scrolling(page, address, width, scene):
    shown = page(f"{address}#scene={scene}&frame=3", viewport={"width": width, "height": 900})
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    size = float(shown.evaluate("parseFloat(getComputedStyle(document.querySelector('.em-words')).fontSize)"))
    assert size >= (18 if width == 1920 else 13)


def test_a_finger_drags_a_mean_on_a_phone(page, address):
    shown = page(address, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    shown.locator(".em-mean").first.scroll_into_view_if_needed()
    box = shown.locator(".em-mean").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = shown.context.new_cdp_session(shown)
    for kind, dx in (("touchStart", 0), ("touchMove", -20), ("touchMove", -60), ("touchEnd", None)):
        points = [] if dx is None else [{"x": x + dx, "y": y + 10}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    shown.get_by_role("button", name="Run EM from here").tap()
    shown.wait_for_function("location.hash.includes('start=0:')")


def test_the_clipboard_holds_the_link(page, address):
    shown = page(address, permissions=["clipboard-read", "clipboard-write"])
    shown.get_by_role("button", name="Copy link").click()
    shown.get_by_text(TOLD["copied"]).wait_for()
    assert shown.evaluate("navigator.clipboard.readText()") == f"{address}#scene={FIRST}&seed=0&frame=0"


def test_without_a_clipboard_the_link_is_there_to_copy(page, address):
    shown = page(address)
    shown.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    shown.get_by_role("button", name="Copy link").click()
    field = shown.get_by_label(TOLD["link"])
    field.wait_for()
    assert field.input_value().endswith(f"#scene={FIRST}&seed=0&frame=0")


def test_it_opens_from_a_folder_without_a_server(page, site):
    shown = page(f"{(site[0] / 'index.html').as_uri()}#scene=earth&frame=3")
    assert shown.evaluate("document.querySelector('.explorer').dataset.scene") == "1"


def test_what_is_on_the_page_beside_the_explorer(page, address):
    shown = page(address)
    assert shown.evaluate("document.documentElement.lang") == "en"
    assert shown.locator("h1").all_inner_texts() == ["Play with EM"]
    for name, title in (("Soft Assignments", "site/"), ("The course", "site/course/")):
        link = shown.get_by_role("link", name=name).evaluate("(node) => node.href")
        assert link.endswith(title)
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")  # the skip link
    assert shown.evaluate("document.activeElement.className") == "explorer"
    assert shown.evaluate("location.hash") == f"#scene={FIRST}&seed=0&frame=0"


def test_without_scripts_it_says_what_it_needs(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert "needs JavaScript" in page.inner_text("noscript")
    context.close()


def test_of_many_runs_the_oldest_go(page, address):
    shown = page(address)
    for seed in range(1, 12):
        shown.fill(".em-settings input[type=number]", str(seed))
        shown.get_by_role("button", name="New start").click()
    names = shown.locator(".em-settings select").last.locator("option").all_inner_texts()
    assert names == [f"{i}: seed {seed}" for i, seed in enumerate([0, *range(5, 12)])]
    assert shown.evaluate("location.hash").endswith("seed=11&frame=0")


def test_a_seed_that_is_too_large_is_refused_in_a_sentence(page, address):
    shown = page(address)
    shown.fill(".em-settings input[type=number]", "4294967296")
    shown.get_by_role("button", name="New start").click()
    assert shown.inner_text(".em-trouble") == TOLD["noSeed"]
    assert shown.evaluate("location.hash") == f"#scene={FIRST}&seed=0&frame=0"


def test_a_run_is_branched_again_and_again_until_there_is_no_room(page, address):
    link = f"{address}#scene={FIRST}&seed=1" + "&branch=1:" * 6
    shown = page(link)
    assert shown.inner_text("#told") == ""
    assert len(shown.locator(".em-settings select").last.locator("option").all()) == 8
    shown.evaluate("location.hash += '&branch=1:'")
    shown.wait_for_function("document.getElementById('told').textContent !== ''")
    assert shown.inner_text("#told") == TOLD["noRun"]


def test_a_scene_that_does_not_load_can_be_chosen_again(browser, address):
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector(".explorer[data-frame]")
    page.route("**/earth.js", lambda route: route.abort())
    page.get_by_role("button", name="Earth").click()
    page.get_by_text("did not load").wait_for()
    page.unroute("**/earth.js")
    page.get_by_role("button", name="Earth").click()
    page.wait_for_selector(".explorer[data-scene='1']")
    assert page.inner_text("#told") == ""
    page.close()


def test_the_command_says_what_it_needs(capsys):
    assert main([]) == 2
    assert "python -m release.play FOLDER" in capsys.readouterr().err


def test_a_file_of_a_scene_is_loaded_once(page, address):
    shown = page(address)
    for name in ("digits", "hundred points", "digits"):
        shown.get_by_role("button", name=name, exact=True).click()
        time.sleep(0.1)
    shown.wait_for_selector(".explorer[data-scene='2']")
    loaded = shown.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert sum(name.endswith("digits.js") for name in loaded) == 1
