"""Code that only the site's Python needs: it unpacks packages and fetches data when they are first used.

The site's build packs this folder as the package `soft_assignments_browser`. It runs only in a browser.
"""

from __future__ import annotations

from importlib import invalidate_caches
from importlib.abc import MetaPathFinder
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent
PACKED = SITE / "soft_assignments_packed"
BESIDE = {"mpl_toolkits": "matplotlib", "pylab": "matplotlib"}


class Unpacker(MetaPathFinder):
    """A finder that unpacks a large package before its first import. Another finder then imports it."""

    def find_spec(self, name: str, path=None, target=None) -> None:
        """Find nothing, but unpack the package into a folder, so that the next finder finds it."""
        archive = PACKED / f"{BESIDE.get(name, name)}.tar.xz"
        if path is None and archive.exists():
            unpack(archive)


def unpack(archive: Path) -> None:
    """Unpack a package into its place, and remove the archive."""
    import tarfile  # imported late, because it is seldom needed

    with tarfile.open(archive) as opened:
        opened.extractall(SITE, filter="data")
    archive.unlink()
    invalidate_caches()


def fetch(name: str, path: Path) -> bool:
    """Write a data file of the site to this path; False if the site has no such file.

    Raises ConnectionError if the site cannot be reached.
    """
    answer = _ask(f"{_address()}/static/data/{name}")
    if answer.status != 200:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(answer.response.to_bytes())
    return True


def _address() -> str:
    """Return the site's address. The kernel's script is in the site's folder `extensions`."""
    from js import location  # the module `js` exists only in a browser

    return location.href.partition("/extensions/")[0]


def _ask(address: str):
    # unlike fetch, it can wait for the answer, and the cell then continues with it
    from js import XMLHttpRequest
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
