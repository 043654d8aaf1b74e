"""The members of an archive as nested folders. The paths in an archive may contradict each other."""

from __future__ import annotations

import os
from collections.abc import Mapping

from grading.submitted.archive import Member
from grading.submitted.files import FileKind

DEEPEST = 8  # nested folders
Names = tuple[str, ...]
Nested = dict[str, "Member | Nested"]


def nested(found: Mapping[Names, Member]) -> Nested:
    """Return members by path, as nested folders, at most DEEPEST. No member takes another one's place."""
    made: Nested = {}
    for parts, member in sorted(found.items()):
        at = made
        for name in parts[:-1][:DEEPEST]:
            at = _folder(at, name)
        at[_free(at, member)] = member
    return made


def _folder(at: Nested, name: str) -> Nested:
    """Return the folder of that name. A file of the same name is then in it.

    An empty file is left out: some programs write a folder into an archive as an empty file.
    """
    there = at.get(name, {})
    if not isinstance(there, dict):
        there = {name: there} if there.size or there.kind is not FileKind.FILE else {}
    at[name] = there
    return there


def _free(at: Nested, member: Member) -> str:
    """Return the member's name. If it is taken, add the member's number, which no other member has."""
    name = member.parts[-1]
    stem, ending = os.path.splitext(name)
    return name if name not in at else f"{stem} ({member.at}){ending}"
