"""Fixtures for the page that plays EM, which is built and served once. tests/conftest.py exports them."""

import shutil
from pathlib import Path

import pytest
from static_site import serving_files

PLACE = "site/play/"  # the page's folder on the server; the page must work in any folder


@pytest.fixture(scope="session")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the page, which is built once."""
    from release.play import build  # imported here because it loads many modules

    build(folder := tmp_path_factory.mktemp("play"))
    return folder


@pytest.fixture(scope="module")
def site(page_folder, tmp_path_factory):
    """Yield the folder and the address of the page."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(page_folder, root / PLACE)
    for page in ("site/index.html", "site/course/index.html"):
        (root / page).parent.mkdir(exist_ok=True)
        (root / page).write_text("<!doctype html><title>here</title>")
    with serving_files(root) as (address, _):
        yield root / PLACE, f"{address}/{PLACE}"


@pytest.fixture(scope="module")
def address(site):
    """Return the address of the page."""
    return site[1]


@pytest.fixture(scope="module")
def browser():
    """Yield a Chromium."""
    from lab import chromium

    with chromium() as started:
        yield started
