"""What a student handed in again, where a platform's downloads of several days lie in one pile.

Canvas downloads the newest submission alone, and gives a file that was there before a number: "hw.ipynb",
then "hw-1.ipynb", "hw-2.ipynb". So two notebooks whose names differ by such a number are two submissions, and
the one with the larger number of Canvas's own for files is newer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from grading.submitted.endings import NOTEBOOK
from grading.submitted.platforms import CANVAS, FromPlatform

NUMBERED = re.compile(r"-\d+$")
Item = TypeVar("Item")
Told = tuple[FromPlatform, Item]


def submissions_of(group: Sequence[Told[Item]]) -> list[list[Told[Item]]]:
    """Return what one student's files of a platform are, one submission after the other, the oldest first."""
    whole = sorted(group, key=lambda each: each[0].item)
    firsts = _newer_ones([told for told, _ in whole])
    if not firsts:
        return [list(group)]
    found: dict[int, list[Told[Item]]] = defaultdict(list)
    for told, item in whole:
        nearest = min(firsts, key=lambda first: (abs(first - told.item), first))
        found[nearest].append((told, item))
    return [found[first] for first in firsts]


def _newer_ones(files: Sequence[FromPlatform]) -> list[int]:
    """The numbers of the notebooks that stand for one another; none if there are no two."""
    called: dict[str, list[int]] = defaultdict(list)
    for each in files:
        if each.platform == CANVAS and each.file.lower().endswith(NOTEBOOK):
            called[NUMBERED.sub("", each.file[: -len(NOTEBOOK)])].append(each.item)
    most = max(called.values(), key=len, default=[])
    return sorted(set(most)) if len(set(most)) > 1 else []
