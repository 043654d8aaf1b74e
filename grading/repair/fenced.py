"""If an answer in code is missing, find the student's code between fences in a text, which is never run.

Then a person is asked, as for written answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grading.marking.quoting import quoted
from grading.places import Spot
from grading.repair.elsewhere import LONGEST, Unclaimed
from grading.repair.homes import LOOKED_AT, gives, lacks
from grading.repair.layout import Arrangement
from grading.repair.match import own_test
from grading.repair.names import bindings, plain

FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n`]*\n(.*?)^ {0,3}\1", re.MULTILINE | re.DOTALL)


def fenced(layout: Arrangement) -> dict[str, list[Unclaimed]]:
    """Return, by the names of tests, the texts with the code of an answer that is in no other place."""
    known = layout.known
    lacking = [
        place
        for place, cell in enumerate(known)
        if place not in layout.homes and lacks(place, cell, layout.submitted, layout.matches)
    ]
    blocks = list(_blocks(layout)) if lacking else []
    found: dict[str, list[Unclaimed]] = {}
    for place in lacking:
        test = own_test(place, known)
        texts = [text for code, text in blocks if gives(bindings(code), known[place].source)]
        if test is not None and texts:
            there = found.setdefault(known[test].grade_id, [])
            there.extend(text for text in texts if text not in there)
    return found


def _blocks(layout: Arrangement) -> Iterator[tuple[str, Unclaimed]]:
    """Yield code between fences that students were not given, each with the text around it."""
    given = {plain(code) for cell in layout.known for _, code in FENCED.findall(cell.source)}
    left = LOOKED_AT
    for at, cell in enumerate(layout.submitted):
        if cell.kind != "code" and left > 0:
            left -= min(len(cell.source), LONGEST)
            for _, code in FENCED.findall(cell.source[:LONGEST]):
                if plain(code) not in given:
                    spot = Spot(at + 1, "", cell.kind, begins=quoted(cell.source))
                    yield code, Unclaimed(spot, cell.source)
