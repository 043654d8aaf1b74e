"""The explorer's view in a real browser: with the traits that Python sends, but without Jupyter."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from colour_vision import DEFICIENCIES
from explorer_page import empty_page, shown, traits_of
from lab import chromium
from scipy.special import logsumexp, softmax

from helpers import explore, load_digits, load_earth, load_synthetic, log_bernoullis, log_gaussians

pytestmark = pytest.mark.browser

DATA = load_synthetic()
START = (np.full(3, 1 / 3), DATA[[20, 10, 96]], np.array([np.cov(DATA, rowvar=False)] * 3))
RGB = ["red", "green", "blue"]
QUESTION = {"ask": "How many iterations?", "choices": ["a few", "many"], "happened": lambda run: "many"}
FRAME = "document.querySelector('.explorer').dataset.frame"


def shares_along_columns(data, weights, means, covariances):
    density = weights * np.exp(log_gaussians(data, means, covariances))
    return density / density.sum(axis=0)


def raising(data, resp):
    return resp.sum(axis=0), unknown, resp  # noqa: F821


def raising_at_once(data, weights, means, covariances):
    return unknown  # noqa: F821


@pytest.fixture(scope="module")
def page():
    with chromium() as browser:
        yield empty_page(browser)


@pytest.fixture(scope="module")
def made():
    """Return a function that makes a widget by its name, once, with the Python side."""
    rng = np.random.default_rng(0)
    digits = (load_digits()[0][:120] > 127).astype(float)
    earth = load_earth(["desert", "ocean"])
    return {
        "points": explore(DATA, init=START, gallery=False),
        "asked": explore(DATA, init=START, gallery=False, **QUESTION),
        "gallery": explore(DATA, init=START),
        "D3": explore(rng.normal(size=(60, 3)), init=2, gallery=False, maxiter=4),
        "D16": explore(rng.normal(size=(200, 16)), init=3, gallery=False, maxiter=4),
        "digits": explore(digits, init=6, gallery=False, maxiter=4),
        "pictures": explore(earth.rgb, init=3, pictures=earth.tiles, labels=RGB, gallery=False, maxiter=4),
        "broken": explore(DATA, shares_along_columns, init=START, gallery=False, maxiter=4),
        "raises": explore(DATA, None, raising, START, gallery=False),
        "nothing": explore(DATA, raising_at_once, init=START, gallery=False, **QUESTION),
    }


@pytest.fixture
def at(page, made):
    """Return a function that shows one of the widgets on the page."""
    return lambda name, *args, **options: shown(page, traits_of(made[name]), *args, **options)


def keys(page, *names):
    for name in names:
        page.keyboard.press(name)
    return int(page.evaluate(FRAME))


def sent(page):
    return page.evaluate("model.sent")


def middle(page, k):
    box = page.locator(".em-mean .em-body").nth(k).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, k, dx, dy):
    x, y = middle(page, k)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=3)
    page.mouse.up()


def test_keys_move_by_half_steps_and_iterations(at, made):
    last = len(made["points"].history.frames) - 1
    with at("points") as page:
        assert keys(page, "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft") == 2
        assert keys(page, "PageDown", "PageDown", "PageUp") == 4
        assert keys(page, "End") == last
        assert keys(page, "ArrowRight", "PageDown") == last
        assert keys(page, "Home", "ArrowLeft") == 0
        page.focus("select >> nth=0")
        assert keys(page, "End", "ArrowRight") == 0  # the list of speeds needs these keys itself


SILENT = "!!document.activeElement.closest('[data-lm-suppress-shortcuts]')"


def test_keys_do_not_reach_the_page_around_it(at):
    with at("points") as page:
        page.evaluate("() => { window.heard = []; document.onkeydown = (event) => heard.push(event.key); }")
        keys(page, "ArrowRight", "ArrowDown", " ", "a", "End")
        assert page.evaluate("heard") == []
        assert page.evaluate(SILENT)


def test_shortcuts_with_control_reach_jupyterlab(at):
    """JupyterLab listens on the document, in the capture phase. There it looks for keys to ignore."""
    listen = f"""() => {{ window.reached = []; window.stop = new AbortController();
        const hear = (event) => {SILENT} || reached.push(event.key);
        document.addEventListener("keydown", hear, {{ capture: true, signal: stop.signal }}); }}"""
    with at("points") as page:
        page.evaluate(listen)
        keys(page, "Control+s", "s", "Meta+s", "ArrowRight", "Control+Shift+S", "Shift+S")
        page.focus("select >> nth=0")
        keys(page, "Control+s", "s")
        page.evaluate("stop.abort()")
        once = ["Control", "s"]
        assert page.evaluate("reached") == [*once, "Meta", "s", "Control", "Shift", "S", *once]


def test_escape_gives_the_focus_back(at):
    with at("points") as page:
        page.focus("#before")
        keys(page, "Tab", "ArrowRight", "Escape")
        assert page.evaluate("document.activeElement.id") == "before"


def test_scrubber_and_buttons(at):
    with at("points") as page:
        page.locator("input[type=range]").fill("7")
        assert page.evaluate(FRAME) == "7"
        page.click("[aria-label^='Half a step back']")
        assert page.evaluate("model.traits.at") == {"scene": 0, "run": 0, "frame": 6}
        assert page.locator(".em-half.em-now").inner_text().startswith("M")


def test_play_stops_at_the_end_and_begins_anew(at, made):
    with at("D3") as page:
        page.locator("select").first.select_option("very fast")
        page.focus(".explorer")
        last = len(made["D3"].history.frames) - 1
        keys(page, " ")
        page.wait_for_selector(f".explorer[data-frame='{last}']")
        page.wait_for_selector("[aria-label='Play (Space)']")
        assert keys(page, " ") == 0
        assert page.locator("[aria-label='Pause (Space)']").count() == 1
        keys(page, " ")


def test_dragged_means_ask_for_a_start_or_a_branch(at):
    with at("points") as page:
        before = page.evaluate("model.traits.scenes[0].runs[0].frames[0].means")
        drag(page, 1, -60, 40)
        wanted = middle(page, 1)
        page.click("text=Run EM from here")
        (asked,) = sent(page)
        assert (asked["do"], asked["scene"]) == ("start", 0)
        assert asked["means"][0] == before[0]
        assert asked["means"][1][0] < before[1][0]
        assert asked["means"][1][1] < before[1][1]
        page.evaluate("m => { model.traits.scenes[0].runs[0].frames[0].means = m; }", asked["means"])
        page.click("text=Put back")
        assert middle(page, 1) == pytest.approx(wanted, abs=0.2)
        keys(page, "PageDown")
        drag(page, 0, 30, 0)
        keys(page, "Enter")
        assert {k: sent(page)[1][k] for k in ("do", "run", "frame")} == {"do": "branch", "run": 0, "frame": 2}


def test_a_mean_moves_as_far_as_the_pointer_and_stays_on_the_plot(at):
    with at("points") as page:
        x, y = middle(page, 1)
        page.mouse.move(x + 5, y - 4)  # the handle does not jump, wherever the pointer takes hold of it
        page.mouse.down()
        page.mouse.move(x - 25, y + 16, steps=3)
        assert middle(page, 1) == pytest.approx((x - 30, y + 20), abs=0.2)
        page.mouse.move(x, 3000)
        page.mouse.up()
        box = page.locator(".em-overlay").bounding_box()
        assert middle(page, 1)[1] == pytest.approx(box["y"] + box["height"], abs=0.2)
        page.mouse.move(x - 50, y)  # the button was released before
        assert middle(page, 1)[1] == pytest.approx(box["y"] + box["height"], abs=0.2)
        assert page.evaluate("model.traits.point") == -1  # and no point was chosen during the drag


def test_means_are_dragged_by_touch_each_by_its_own_finger(at):
    def touch(kind, *places):
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    with at("points") as page:
        fingers = page.context.new_cdp_session(page)
        (x0, y0), (x1, y1) = (middle(page, k) for k in (0, 1))
        touch("touchStart", (x0, y0), (x1, y1))
        touch("touchMove", (x0 + 20, y0 + 12), (x1 - 16, y1))
        touch("touchMove", (x0 + 40, y0 + 24), (x1 - 32, y1))
        touch("touchEnd")
        assert middle(page, 0) == pytest.approx((x0 + 40, y0 + 24), abs=0.2)
        assert middle(page, 1) == pytest.approx((x1 - 32, y1), abs=0.2)
        page.click("text=Run EM from here")
        assert sent(page)[0]["do"] == "start"


def test_means_move_by_keys_and_run_when_played(at):
    with at("points") as page:
        page.focus(".em-mean >> nth=2")
        x, y = middle(page, 2)
        keys(page, "Shift+ArrowLeft", "Shift+ArrowUp", "Shift+ArrowUp")
        assert middle(page, 2) == pytest.approx((x - 8, y - 16), abs=0.2)
        keys(page, "Escape")
        assert middle(page, 2) == pytest.approx((x, y), abs=0.2)
        page.focus(".em-mean >> nth=2")
        keys(page, "Shift+ArrowDown", " ")
        assert sent(page)[0]["do"] == "start"


def test_a_new_run_is_shown_and_both_curves_are_in_one_plot(at, made):
    with at("points") as page:
        page.locator("input[type=number]").first.fill("5")
        page.click("text=New start")
        assert sent(page) == [{"do": "seed", "seed": 5, "scene": 0}]
        made["gallery"]._asked(None, {"do": "seed", "seed": 5, "scene": 0}, [])
    with at("gallery") as page:
        assert page.locator(".explorer").get_attribute("data-run") == "1"
        assert page.locator(".em-other").count() == 1
        assert page.locator(".em-runname").text_content() == "0: start"
        made["gallery"].at = {"scene": 0, "run": 0, "frame": 0}


def test_names_at_the_ends_of_curves_do_not_touch(at):
    names = [{"name": f"{k}: start", "x": 90 + k, "y": 80, "anchor": "start"} for k in range(7)]
    with at("points") as page:
        placed = page.evaluate("names => view.apart(names)", names)
        assert [each["name"][0] for each in placed] == ["0", "1", "2", "3", "4"]  # two names have no line
        heights = sorted(each["y"] for each in placed)
        assert min(np.diff(heights)) >= 11
        assert page.evaluate("names => view.apart(names)", [names[0], {**names[1], "x": 200}])[1]["y"] == 80


@pytest.mark.parametrize("name", ["points", "pictures", "D16"])
@pytest.mark.parametrize("width", [820, 1100])
def test_the_plot_is_as_high_as_the_column_beside_it_and_keeps_still(at, name, width):
    size = "root => ['.em-plot', '.em-right'].map(name => root.querySelector(name).clientHeight)"
    with at(name) as page:
        page.set_viewport_size({"width": width, "height": 800})
        sizes = [page.eval_on_selector(".explorer", size)]
        for key in ("ArrowRight", "ArrowRight", "Home"):
            keys(page, key)
            for point in (-1, 3):
                page.evaluate("n => model.set('point', n)", point)
                sizes.append(page.eval_on_selector(".explorer", size))
        page.set_viewport_size({"width": 1100, "height": 800})
    assert sizes == [sizes[0]] * 7
    assert sizes[0][0] == sizes[0][1]


@pytest.mark.parametrize("width", [360, 480, 800, 1100])
def test_the_captions_of_images_do_not_touch(at, width):
    beyond = """all => all.filter((caption) => {
        const [last, whole] = [caption.lastChild, caption].map((node) => node.getBoundingClientRect());
        return last.right > whole.right + 0.5; }).length"""
    with at("digits") as page:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.eval_on_selector_all(".em-caption", beyond) == 0
        page.set_viewport_size({"width": 1100, "height": 800})


@pytest.mark.parametrize("name", ["points", "D3", "D16"])
def test_terms_and_shares_agree_with_python(at, made, name):
    scene = made[name].scenes[0]
    points = np.frombuffer(made[name].arrays["0/points"], "<f4").reshape(scene["N"], scene["D"]).astype(float)
    params = made[name].history.frames[3].params
    terms = np.log(params.weights) + log_gaussians(points, params.means, params.covariances)
    with at(name) as page:
        keys(page, "PageDown", "ArrowRight")
        rows = page.evaluate(
            "(N) => { const now = view.situation((t) => model.get(t));"
            "return Array.from({length: N}, (_, n) => view.termRows(now, n)"
            ".map((r) => [r.term, r.share, r.given])); }",
            scene["N"],
        )
    term, share, given = np.moveaxis(rows, 2, 0)
    np.testing.assert_allclose(term, terms, rtol=1e-6)
    np.testing.assert_allclose(share, softmax(terms, axis=1), atol=1e-5)
    np.testing.assert_allclose(given, made[name].history.frames[3].resp, atol=1e-5)


def numbers(page, attribute):
    return [
        float(v)
        for v in page.eval_on_selector_all("tr[data-k]", f"rows => rows.map(r => r.dataset.{attribute})")
    ]


def test_hovering_and_choosing_show_a_points_numbers(at, made):
    resp = made["points"].history.frames[1].resp
    with at("points") as page:
        keys(page, "ArrowRight")
        page.locator(".em-inspector input").fill("17")
        page.keyboard.press("Enter")
        np.testing.assert_allclose(numbers(page, "given"), resp[17], atol=1e-5)
        assert page.evaluate("model.traits.point") == 17
        ring = page.locator(".em-ring circle").last.bounding_box()
        page.locator(".em-inspector input").fill("3")
        page.keyboard.press("Enter")
        page.mouse.move(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
        np.testing.assert_allclose(numbers(page, "share"), resp[17], atol=1e-5)
        assert page.locator(".em-inspector b").inner_text() == "Point 17"


def test_erased_pixels_change_posterior_and_completion(at, made):
    frame = made["digits"].history.frames[-1]
    bits = np.frombuffer(made["digits"].arrays["0/bits"], np.uint8).reshape(-1, 784)[5].astype(float)
    seen = np.arange(784) < 392
    scores = log_bernoullis(bits[None, seen], np.log(frame.params.means[:, seen]))[0] + np.log(
        frame.params.weights
    )
    with at("digits") as page:
        keys(page, "End")
        page.click(".em-digits button >> nth=5")
        page.click("text=Erase the lower half")
        np.testing.assert_allclose(numbers(page, "share"), np.exp(scores - logsumexp(scores)), atol=1e-5)
        assert "392 of 784" in page.locator(".em-erasing [role=status]").inner_text()
        page.click("text=Restore")
        page.focus(".em-pad")
        keys(page, "ArrowUp", " ")
        assert "9 of 784" in page.locator(".em-erasing [role=status]").inner_text()
        box = page.locator(".em-pad").bounding_box()
        page.mouse.move(box["x"] + 20, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] + 90, box["y"] + 20, steps=10)
        page.mouse.up()
        assert int(page.locator(".em-erasing [role=status]").inner_text().split()[1]) > 25


def test_nothing_plays_before_the_prediction(at):
    with at("asked") as page:
        assert keys(page, "ArrowRight", " ", "End") == 0
        page.get_by_label("many").check()
        page.click("text=Keep my prediction")
        assert page.evaluate("model.traits.prediction") == "many"
        assert "What happened" not in page.locator(".em-after").inner_text()
        keys(page, "End")
        assert (
            page.locator(".em-after").inner_text()
            == "You predicted: many. What happened: many. As you predicted."
        )
        keys(page, "Home")
        page.evaluate("() => { end(); window.end = show('one'); }")  # as in a notebook that is opened again
        assert "What happened: many." in page.locator(".em-after").inner_text()


def test_a_prediction_can_be_made_later(at):
    with at("asked") as page:
        page.click("text=Decide later")
        assert keys(page, "ArrowRight") == 1


def test_no_prediction_is_asked_for_if_there_is_nothing_to_watch(at):
    with at("nothing") as page:
        assert not page.locator(".em-ask").is_visible()
        assert "return unknown" in page.locator(".em-error code").inner_text()


def test_lights_and_errors_are_shown(at, made):
    with at("broken") as page:
        keys(page, "ArrowRight")
        broken = {
            rule["key"]
            for rule in made["broken"].scenes[0]["runs"][0]["frames"][1]["laws"]
            if rule["ok"] is False
        }
        shown = page.eval_on_selector_all(".em-bad", "all => all.map(light => light.dataset.law)")
        assert set(shown) == broken
        assert page.locator(".em-bad").first.inner_text().endswith("rows of resp sum to 1")
        assert "divide each row by its own sum" in page.locator(".em-broken").inner_text()
    with at("raises") as page:
        assert not page.locator(".em-error").is_visible()
        keys(page, "End")
        assert "return resp.sum(axis=0), unknown, resp" in page.locator(".em-error code").inner_text()


def test_every_moment_of_every_failure_can_be_drawn(at, made):
    with at("gallery") as page:
        for number, scene in enumerate(made["gallery"].scenes):
            page.click(f".em-scenes button >> nth={number}")
            for r, run in enumerate(scene["runs"]):
                frames = sorted({*range(min(6, len(run["frames"]))), len(run["frames"]) - 1})
                for f in frames:
                    where = {"scene": number, "run": r, "frame": f}
                    page.evaluate("at => model.set('at', at)", where)
                    assert page.evaluate("({...document.querySelector('.explorer').dataset}).frame") == str(f)
            words = page.locator(".em-words").inner_text()
            assert words.startswith(run["frames"][-1]["words"])


def test_pictures_are_shown_in_the_chosen_plane(at):
    with at("pictures") as page:
        keys(page, "ArrowRight")
        page.locator(".em-halves select").nth(0).select_option(label="blue")
        assert page.evaluate("model.traits.plane") == [2, 1]
        page.locator(".em-halves select").nth(1).select_option(label="blue")
        assert page.evaluate("model.traits.plane") == [1, 2]
        assert page.locator(".em-overlay .em-axis").all_text_contents() == ["green", "blue"]


def test_means_move_smoothly_unless_the_user_prefers_reduced_motion(at):
    steps = """root => [1, 2, 3].map(() => {
        root.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
        return root.querySelector(".em-plot").hasAttribute("data-moving"); })"""
    where = "handles => handles.map(handle => handle.getAttribute('transform'))"
    with at("points") as page:
        # After M the means move smoothly. A key during the movement shows its end immediately.
        assert page.eval_on_selector(".explorer", steps) == [False, True, False]
        hurried = page.eval_on_selector_all(".em-mean", where)
        keys(page, "ArrowLeft", "ArrowLeft", "ArrowRight")
        page.wait_for_selector(".em-plot:not([data-moving])")
        assert page.eval_on_selector_all(".em-mean", where) == hurried
    with at("points", motion="reduce") as page:
        assert page.eval_on_selector(".explorer", steps) == [False, False, False]
        assert page.eval_on_selector_all(".em-mean", where) == hurried


def test_two_views_share_a_model_and_one_can_be_closed(at):
    with at("points") as page:
        page.evaluate("() => { two.style.display = 'none'; window.endTwo = show('two'); }")
        keys(page, "ArrowRight")
        assert page.locator("#two .explorer").get_attribute("data-frame") is None  # it has no size yet
        page.evaluate("two.style.display = 'block'")
        page.wait_for_selector("#two .explorer[data-frame='1']")
        count = page.evaluate("model.handlers.length")
        page.evaluate("endTwo()")
        assert page.evaluate("model.handlers.length") == count / 2
        assert page.locator("#two .explorer").count() == 0
        assert keys(page, "ArrowRight") == 2
        page.evaluate("end()")
        assert page.evaluate("model.handlers.length") == 0


CONTRASTS = """() => {
  const pixel = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const over = (colours) => {
    pixel.clearRect(0, 0, 1, 1);
    for (const colour of colours) { pixel.fillStyle = colour; pixel.fillRect(0, 0, 1, 1); }
    return view.luminance([...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3));
  };
  const below = (node) => node ? [...below(node.parentElement), getComputedStyle(node).backgroundColor] : [];
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const of = (node, property, back) => ratio(over([...back, getComputedStyle(node)[property]]), over(back));
  const there = [...document.querySelectorAll(".explorer *")].filter((n) => n.checkVisibility()
    && !n.closest("[aria-disabled=true], .em-hidden"));
  const texts = there.filter((n) => [...n.childNodes].some((c) => c.nodeType === 3 && c.data.trim()))
    .map((n) => [of(n, n instanceof SVGElement ? "fill" : "color", below(n)), n.outerHTML.slice(0, 80)]);
  const bordered = "button:not([aria-pressed=true], .em-strong), select, input[type=number]";
  const edges = there.filter((n) => n.matches(bordered))
    .map((n) => [of(n, "borderTopColor", below(n.parentElement)), n.outerHTML.slice(0, 80)]);
  const marks = there.filter((n) => n.matches(".em-body, .em-mark path, .em-ll, .em-bound, .em-frame"))
    .map((n) => [of(n, "stroke", below(n.closest("div"))), n.outerHTML.slice(0, 80)]);
  return {texts, controls: [...edges, ...marks]};
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["asked", "broken", "raises", "digits"])
def test_texts_and_controls_have_enough_contrast(at, theme, name):
    with at(name, theme) as page:
        keys(page, "ArrowRight", "ArrowRight")
        assert page.locator(".explorer").get_attribute("data-theme") == theme
        found = page.evaluate(CONTRASTS)
    assert len(found["texts"]) > 15
    assert [each for each in found["texts"] if each[0] < 4.5] == []
    assert [each for each in found["controls"] if each[0] < 3] == []


def as_lab(rgb):
    """Convert linear RGB under D65 to CIELAB."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("matrix", DEFICIENCIES.values(), ids=DEFICIENCIES)
def test_components_differ_under_colour_blindness_and_always_in_shape(at, matrix):
    with at("digits") as page:
        marks = page.eval_on_selector_all(
            ".em-caption path", "all => all.map(p => [view.rgb(p.getAttribute('fill')), p.getAttribute('d')])"
        )
    assert len({shape for _, shape in marks}) == len(marks) == 6
    colours = np.array([rgb for rgb, _ in marks[:4]]) / 255
    linear = np.where(colours > 0.04045, ((colours + 0.055) / 1.055) ** 2.4, colours / 12.92)
    seen = [as_lab(np.clip(np.array(matrix) @ each, 0, 1)) for each in linear]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 20
