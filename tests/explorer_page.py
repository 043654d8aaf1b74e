"""The explorer's module on a page without Jupyter. A model holds the traits and records what is sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

import explorer

FOLDER = Path(explorer.__file__).parent / "static"
TRAITS = ["look", "scenes", "arrays", "at", "plane", "point"]
TRAITS += ["ask", "prediction", "outcome", "seen_end", "trouble"]
# The colours of JupyterLab 4.
THEMES = {
    "light": {"layout-color0": "white", "ui-font-color0": "black", "brand-color1": "#1976d2"},
    "dark": {"layout-color0": "#111", "ui-font-color0": "white", "brand-color1": "#2196f3"},
}
PAGE = """<!doctype html><html lang="en"><head><title>Explorer</title>
<link rel="stylesheet" href="explorer.css"></head>
<body style="background: var(--jp-layout-color0)"><button id="before">Before</button>
<main id="one"></main><div id="two"></div>
<script type="module">
import * as view from "./explorer.js";
const bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
const modelOf = (traits) => ({
  traits, handlers: [], sent: [],
  get(name) { return traits[name]; },
  set(name, value) {
    traits[name] = value;
    for (const [event, handler] of [...this.handlers]) if (event === `change:${name}`) handler();
  },
  save_changes() {},
  on(event, handler) { this.handlers.push([event, handler]); },
  off(event, handler) { this.handlers = this.handlers.filter((h) => h[0] !== event || h[1] !== handler); },
  send(message) { this.sent.push(message); },
});
window.view = view;
window.show = (id) => view.default.render({ model, el: document.getElementById(id) });
window.begin = (text, style) => {
  document.documentElement.style = style;
  const traits = JSON.parse(text);
  for (const name in traits.arrays) traits.arrays[name] = bytes(traits.arrays[name]);
  window.model = modelOf(traits);
  window.end = show("one");
};
</script></body></html>"""


def traits_of(widget: object) -> str:
    """Return everything that the kernel sends, as JSON with its bytes in base64."""
    traits = {name: getattr(widget, name) for name in TRAITS}
    traits["arrays"] = {name: base64.b64encode(table).decode() for name, table in traits["arrays"].items()}
    return json.dumps(traits, allow_nan=False)


def empty_page(browser: Browser) -> Page:
    """Return a page that has loaded the module and shows nothing yet."""
    page = browser.new_page(viewport={"width": 1100, "height": 800})
    page.set_default_timeout(5_000)

    def answer(route: Route) -> None:
        file = FOLDER / route.request.url.rsplit("/", 1)[1]
        if file.name == "page.html":
            route.fulfill(body=PAGE, content_type="text/html")
        elif file.exists():
            route.fulfill(path=file)
        else:
            route.fulfill(status=404)

    page.route("http://explorer.test/**", answer)
    page.goto("http://explorer.test/page.html")
    page.wait_for_function("'begin' in window")
    return page


@contextmanager
def shown(page: Page, traits: str, theme: str = "light", motion: str = "no-preference") -> Iterator[Page]:
    """Show these traits on the page; at the end, assert that no script failed."""
    failed: list[str] = []
    page.on("pageerror", note := lambda error: failed.append(str(error)))
    page.emulate_media(reduced_motion=motion)
    style = ";".join(f"--jp-{name}:{value}" for name, value in THEMES[theme].items())
    page.evaluate("([text, style]) => begin(text, style)", [traits, style])
    page.wait_for_selector("#one .explorer[data-frame]")
    page.focus("#one .explorer")
    try:
        yield page
    finally:
        page.evaluate("() => { end(); two.replaceChildren(); }")
        page.mouse.move(0, 0)
        page.remove_listener("pageerror", note)
    assert not failed, failed
