"""What the tests of the released pages have in common."""

import contextlib
import functools
import http.server
import shutil
import threading

import pytest
from lab import chromium

from release.play import build

PLACE = "site/play/"  # the page's folder on the server: it must not matter


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


@pytest.fixture(scope="session")
def page_folder(tmp_path_factory):
    """The page that plays EM, built once."""
    build(folder := tmp_path_factory.mktemp("play"))
    return folder


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
