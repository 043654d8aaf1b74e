"""Canvas's numbers of students, as earlier downloads gave them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from grading.collect.lying import COLLECTED, remembered_in
from grading.submitted.platforms import CANVAS


def numbers_in(attempts: Path) -> dict[str, str]:
    """Return Canvas's number of each student for whom `collect` has noted exactly one number.

    attempts: the folder with all attempts.
    """
    found = defaultdict[str, set[str]](set)
    for path in sorted(attempts.glob(f"*/*/{COLLECTED}")):
        for each in remembered_in(path.parent).values():
            if each.origin.platform == CANVAS and each.origin.told:
                found[path.parent.parent.name].add(each.origin.told.id)
    return {student: numbers.pop() for student, numbers in found.items() if len(numbers) == 1}
