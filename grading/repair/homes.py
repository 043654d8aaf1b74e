"""Where a function stands that is not in its own cell: in another one, above or below, or in another's place.

An answer's own cell in which nothing is written counts as if it were not there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from grading.repair.match import Known, Matches, own_test
from grading.repair.names import bare, bindings, defined, plain, statements
from grading.repair.read import Submitted

NOTHING = {bare([each]) for each in ast.parse("raise NotImplementedError\nraise NotImplementedError()\npass").body}
NOTHING |= {"", ast.dump(ast.Constant(None))}
LOOKED_AT = 1_000_000  # characters of all cells of a submission that are read as Python


@dataclass(frozen=True)
class Home:
    """Where an answer is. place: its own cell's, among the instructor's. at: the submitted cells that define it.

    stubs: submitted cells that would define it anew, and say nothing.
    """

    place: int
    at: tuple[int, ...]
    stubs: tuple[int, ...] = ()
