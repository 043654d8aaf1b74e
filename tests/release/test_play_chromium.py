"""The page that plays EM, tests that only run in Chromium: accessibility, widths, touch, the clipboard."""

from __future__ import annotations

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from often import often

from release.play.__main__ import main
from release.play.texts import TOLD

pytestmark = [pytest.mark.browser, pytest.mark.node]

FIRST = "hundred-points"


@pytest.fixture
def page(browser):
    """Yield a function that opens a page in a new context; at the end, assert that there were no errors."""
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
def test_the_page_has_no_accessibility_problem(page, address, scene, theme):
    shown = page(f"{address}#scene={scene}&frame=2", color_scheme=theme)
    shown.click(".starts summary") if scene == FIRST else None
    found = Axe().run(shown, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("width", often([360, 1920, 768, 1280], 2))
@pytest.mark.parametrize("scene", often([FIRST, "digits"]))
def test_no_width_needs_sideways_scrolling(page, address, width, scene):
    shown = page(f"{address}#scene={scene}&frame=3", viewport={"width": width, "height": 900})
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    size = float(shown.evaluate("parseFloat(getComputedStyle(document.querySelector('.em-words')).fontSize)"))
    assert size >= (18 if width == 1920 else 13)


def test_a_mean_is_dragged_by_touch_on_a_phone(page, address):
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


def test_copy_link_puts_the_link_into_the_clipboard(page, address):
    shown = page(address, permissions=["clipboard-read", "clipboard-write"])
    shown.get_by_role("button", name="Copy link").click()
    shown.get_by_text(TOLD["copied"]).wait_for()
    assert shown.evaluate("navigator.clipboard.readText()") == f"{address}#scene={FIRST}&seed=0&frame=0"


def test_without_a_clipboard_the_link_is_shown_to_copy(page, address):
    shown = page(address)
    shown.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    shown.get_by_role("button", name="Copy link").click()
    field = shown.get_by_label(TOLD["link"])
    field.wait_for()
    assert field.input_value().endswith(f"#scene={FIRST}&seed=0&frame=0")


def test_the_page_opens_from_a_folder_without_a_server(page, site):
    shown = page(f"{(site[0] / 'index.html').as_uri()}#scene=earth&frame=3")
    assert shown.evaluate("document.querySelector('.explorer').dataset.scene") == "1"


def test_links_and_texts_around_the_explorer(page, address):
    shown = page(address)
    assert shown.evaluate("document.documentElement.lang") == "en"
    assert shown.locator("h1").all_inner_texts() == ["Play with EM"]
    for name, title in (("Soft Assignments", "site/"), ("The course", "site/course/")):
        link = shown.get_by_role("link", name=name).evaluate("(node) => node.href")
        assert link.endswith(title)
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")  # this is the skip link
    assert shown.evaluate("document.activeElement.className") == "explorer"
    assert shown.evaluate("location.hash") == f"#scene={FIRST}&seed=0&frame=0"


def test_without_scripts_the_page_says_what_it_needs(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert "needs JavaScript" in page.inner_text("noscript")
    context.close()


def test_when_there_are_too_many_runs_the_oldest_are_removed(page, address):
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


def test_the_command_says_what_is_missing(capsys):
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
