"""What the tests of the released pages have in common."""

import pytest

from release.play import build


@pytest.fixture(scope="session")
def page_folder(tmp_path_factory):
    """The page that plays EM, built once."""
    build(folder := tmp_path_factory.mktemp("play"))
    return folder
