"""What the site's Python needs of its own: packages and data that come when they are first asked for.

The site's build packs this folder as `soft_assignments_browser`. It runs in a browser only.
"""

from __future__ import annotations

from importlib import invalidate_caches
from importlib.abc import MetaPathFinder
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent
PACKED = SITE / "soft_assignments_packed"
BESIDE = {"mpl_toolkits": "matplotlib", "pylab": "matplotlib"}


class Unpacker(MetaPathFinder):
    """Unpacks a large package when it is first imported, and leaves the import to the others."""

    def find_spec(self, name: str, path=None, target=None) -> None:
        """Find nothing, but make what is asked for a folder that the next finder finds."""
        archive = PACKED / f"{BESIDE.get(name, name)}.tar.xz"
        if path is None and archive.exists():
            unpack(archive)


def unpack(archive: Path) -> None:
    """Unpack a package into its place, and remove the archive."""
    import tarfile  # not before it is needed

    with tarfile.open(archive) as opened:
        opened.extractall(SITE, filter="data")
    archive.unlink()
    invalidate_caches()


def fetch(name: str, path: Path) -> bool:
    """Write a data file of the site to this path; False if the site has no such file.

    ConnectionError: the site could not be reached.
    """
    answer = _ask(f"{_address()}/static/data/{name}")
    if answer.status != 200:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(answer.response.to_bytes())
    return True


def _address() -> str:
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
