"""The imports of a notebook that the code of a recipe needs."""

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
def test_a_guarded_import_that_only_says_what_to_do_is_left_out(first):
    assert imports_for(f"{first}{GUARDED}\nimport sys", "sys.exit()") == "import sys"


def test_an_import_with_a_replacement_package_is_kept():
    assert "import slow as quick" in imports_for(INSTEAD, "quick.run()")


@pytest.mark.parametrize("more", ["else:\n    READY = True", "finally:\n    READY = True"])
def test_a_guarded_import_that_does_more_is_kept(more):
    assert more in imports_for(f"{GUARDED}\n{more}", "READY")
