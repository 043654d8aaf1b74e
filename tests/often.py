"""Values of one kind: `make test` tries the first ones, and `make test-all` tries all."""

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any

import pytest


def often(values: Iterable[Any], count: int = 1) -> list[Any]:
    """Return parameters of a test. All but the first `count` have the mark `long`."""
    rest = iter(values)
    first = list(islice(rest, count))
    return list(chain(first, (pytest.param(each, marks=pytest.mark.long) for each in rest)))
