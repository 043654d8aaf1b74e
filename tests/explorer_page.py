"""The explorer's module on a page of its own: no Jupyter, a model that holds traits and notes what is sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

import helpers.explorer

FOLDER = Path(helpers.explorer.__file__).parent
ADDRESS = "http://explorer.test"
TRAITS = "look scenes arrays at plane point ask prediction outcome trouble".split()
# JupyterLab 4's own colours.
THEMES = {
    "light": {"layout-color0": "white", "ui-font-color0": "black", "brand-color1": "#1976d2"},
    "dark": {"layout-color0": "#111", "ui-font-color0": "white", "brand-color1": "#2196f3"},
}
PAGE = """<!doctype html><html lang="en" style="STYLE"><head><title>Explorer</title>
<link rel="stylesheet" href="explorer.css"></head>
<body style="background: var(--jp-layout-color0)"><button id="before">Before</button>
<main id="one"></main><div id="two"></div>
<script type="module">
import * as view from "./explorer.js";
const traits = await (await fetch("traits.json")).json();
const bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
for (const name in traits.arrays) traits.arrays[name] = bytes(traits.arrays[name]);
window.model = {
  traits, handlers: [], sent: [], saved: 0,
  get(name) { return traits[name]; },
  set(name, value) {
    traits[name] = value;
    for (const [event, handler] of [...this.handlers]) if (event === `change:${name}`) handler();
  },
  save_changes() { this.saved += 1; },
  on(event, handler) { this.handlers.push([event, handler]); },
  off(event, handler) { this.handlers = this.handlers.filter((h) => h[0] !== event || h[1] !== handler); },
  send(message) { this.sent.push(message); },
};
window.view = view;
window.show = (id) => view.default.render({ model, el: document.getElementById(id) });
window.end = show("one");
</script></body></html>"""


def traits_of(widget: object) -> str:
    """Return all that the kernel sends, as JSON with its bytes in base64."""
    traits = {name: getattr(widget, name) for name in TRAITS}
    traits["arrays"] = {name: base64.b64encode(table).decode() for name, table in traits["arrays"].items()}
    return json.dumps(traits, allow_nan=False)


@contextmanager
def shown(browser: Browser, traits: str, theme: str = "light", width: int = 1100, **options: str) -> Iterator[Page]:
    """Open the page with these traits, and see at the end that no script failed."""
    page = browser.new_page(viewport={"width": width, "height": 800}, **options)
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    style = ";".join(f"--jp-{name}:{value}" for name, value in THEMES[theme].items())
    bodies = {"traits.json": traits, "page.html": PAGE.replace("STYLE", style)}

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        if name in bodies:
            route.fulfill(body=bodies[name], content_type="text/html")
        elif (FOLDER / name).exists():
            route.fulfill(path=FOLDER / name)
        else:
            route.fulfill(status=404)

    page.route(f"{ADDRESS}/**", answer)
    page.goto(f"{ADDRESS}/page.html")
    page.wait_for_selector(".explorer[data-frame]")
    page.focus(".explorer")
    yield page
    page.close()
    assert not failed, failed
