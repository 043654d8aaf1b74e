"""Whom Canvas knows by which number, as earlier downloads have said it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from grading.collect.lying import COLLECTED, remembered_in
from grading.submitted.platforms import CANVAS


def numbers_in(attempts: Path) -> dict[str, str]:
    """Return Canvas's number of each student of whom `collect` has noted one alone. attempts: that folder."""
    found = defaultdict[str, set[str]](set)
    for path in sorted(attempts.glob(f"*/*/{COLLECTED}")):
        for each in remembered_in(path.parent).values():
            if each.origin.platform == CANVAS and each.origin.told:
                found[path.parent.parent.name].add(each.origin.told.id)
    return {student: numbers.pop() for student, numbers in found.items() if len(numbers) == 1}
