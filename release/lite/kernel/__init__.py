"""What the site's Python needs of its own: large files of data, fetched when a cell first asks for one.

The site's build packs this folder as `soft_assignments_browser`. It runs in a browser only.
"""

from __future__ import annotations

from pathlib import Path


def fetch(name: str, path: Path) -> bool:
    """Write a data file of the site to this path; False if the site has no such file.

    ConnectionError: the site could not be reached.
    """
    answer = _ask(f"{_site()}/static/data/{name}")
    if answer.status != 200:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(answer.response.to_bytes())
    return True


def _site() -> str:
    """Return the site's address: the kernel's own script lies in its folder `extensions`."""
    from js import location  # the browser's own names: they exist nowhere else

    return location.href.partition("/extensions/")[0]


def _ask(address: str):
    from js import XMLHttpRequest  # unlike fetch, it can wait: a cell goes on with what it gets
    from pyodide.ffi import JsException

    request = XMLHttpRequest.new()
    request.open("GET", address, False)
    request.responseType = "arraybuffer"
    try:
        request.send()
    except JsException:
        raise ConnectionError(
            "the data could not be loaded: connect this computer to the network, then run the cell again."
        ) from None
    return request
