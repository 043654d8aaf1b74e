"""Separate the submissions of a student if one folder has a platform's downloads of several days.

Canvas downloads only the newest submission, and gives a file that is handed in again a number: "hw.ipynb",
then "hw-1.ipynb", "hw-2.ipynb". So two notebooks whose names differ by such a number are two submissions.
Canvas also gives each file its own number; the newer file has the larger one.
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
    """Return one student's files from a platform, grouped by submission, the oldest first."""
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
    """Return Canvas's numbers of the notebooks that replace one another; empty without two of them."""
    called: dict[str, list[int]] = defaultdict(list)
    for each in files:
        if each.platform == CANVAS and each.file.lower().endswith(NOTEBOOK):
            called[NUMBERED.sub("", each.file[: -len(NOTEBOOK)])].append(each.item)
    most = max(called.values(), key=len, default=[])
    return sorted(set(most)) if len(set(most)) > 1 else []
