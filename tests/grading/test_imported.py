"""Which imports of a notebook the code of a recipe needs."""

import pytest

from grading.imported import imports_for

GUARDED = """try:
    from helpers import plots
except ImportError as missing:
    raise ImportError(missing) from None"""
INSTEAD = """try:
    import fast as quick
except ImportError:
    import slow as quick"""


@pytest.mark.parametrize("first", ["", "import copy\n"])
def test_an_import_that_only_says_what_to_do_is_left_out(first):
    assert imports_for(f"{first}{GUARDED}\nimport sys", "sys.exit()") == "import sys"


def test_a_package_in_the_place_of_another_stays():
    assert "import slow as quick" in imports_for(INSTEAD, "quick.run()")


@pytest.mark.parametrize("more", ["else:\n    READY = True", "finally:\n    READY = True"])
def test_an_import_that_does_more_stays(more):
    assert more in imports_for(f"{GUARDED}\n{more}", "READY")
