"""The names of each student's submissions on a learning platform, as `collect` has remembered them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from grading.collect.attempts import Origin
from grading.collect.lying import remembered_in


def origins_of(attempts: Path, platform: str, assignment: str, students: Iterable[str]) -> dict[str, Origin]:
    """Return the newest name that the platform gave each student. attempts: the folder of all attempts."""
    found = ((each, _newest(attempts / each / assignment, platform)) for each in students)
    return {student: origin for student, origin in found if origin}


def numbers_of(origins: Mapping[str, Origin]) -> dict[str, str]:
    """Return the number by which the platform knows each student."""
    told = ((student, origin.told) for student, origin in origins.items())
    return {student: each.id for student, each in told if each and each.id}


def _newest(folder: Path, platform: str) -> Origin | None:
    newest = None
    for each in remembered_in(folder).values():
        if each.origin.platform == platform and each.origin.told:
            newest = each if newest is None or each.order.is_newer(newest.order) else newest
    return newest.origin if newest else None
