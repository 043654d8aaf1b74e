"""The values without policies, in an additional table of the gradebook, so that both change together.

A policy writes the marks that count into nbgrader's own columns, because the formgrader and nbgrader's
exports read these columns. The ledger keeps their former values. So a policy that is undone leaves the
gradebook exactly as before, and a mark that a person typed is never lost. If a person has changed a column
since, the new value counts as the value without policies from then on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy import Column, MetaData, String, Table, Text, delete, insert, inspect, select

TABLE = Table(
    "without_policies",
    MetaData(),
    Column("owner", String(32), primary_key=True),  # the id of a row of nbgrader
    Column("name", String(32), primary_key=True),  # the name of a column of that row
    Column("own", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("of", Text, nullable=False),
)
Slot = tuple[str, str]  # the id of a row, and the name of its column


@dataclass(frozen=True)
class Underneath:
    """The value under a column that policies have changed.

    own: the value without policies. shown: the value that policies have written. of: see `Ledger.of`.
    """

    own: Any
    shown: Any
    of: float | None = None


class Ledger:
    """The columns of a gradebook that policies have changed."""

    def __init__(self, book: Gradebook):
        self.book = book
        self.known: dict[Slot, Underneath] = {}
        self._cells: dict[str, dict[str, tuple[str, float]]] = {}
        self.has_table = inspect(book.engine).has_table(TABLE.name)
        if self.has_table:
            self._read()

    def _read(self) -> None:
        for owner, name, *told in self.book.db.execute(select(TABLE)):
            self.known[owner, name] = Underneath(*map(json.loads, told))

    def cells(self, assignment: str) -> dict[str, tuple[str, float]]:
        """Return the name and the points of each cell with marks, by id; read once after each settling."""
        if assignment not in self._cells:
            notebooks = self.book.find_assignment(assignment).notebooks
            cells = (cell for each in notebooks for cell in (*each.grade_cells, *each.task_cells))
            self._cells[assignment] = {cell.id: (cell.name, cell.max_score) for cell in cells}
        return self._cells[assignment]

    def own(self, slot: Slot, now: Any) -> Any:
        """Return the value of a column without policies. now: the value in the column."""
        under = self.known.get(slot)
        return under.own if under and under.shown == now else now

    def of(self, slot: Slot, now: Any) -> float | None:
        """Return the points out of which a mark was given, if that is known."""
        under = self.known.get(slot)
        return under.of if under and under.shown == now else None

    def shown(self, slot: Slot, now: Any) -> Any:
        """Return the value that policies have last written, or `now` if they have written no value."""
        under = self.known.get(slot)
        return under.shown if under else now

    def keep(self, changed: Mapping[Slot, Underneath | None]) -> None:
        """Remember the values under these columns; None if policies no longer change the column."""
        self._cells.clear()
        different = {slot: each for slot, each in changed.items() if self.known.get(slot) != each}
        if not different:
            return
        if not self.has_table:
            TABLE.create(self.book.db.connection(), checkfirst=True)
            self.has_table = True
        for owner, name in different.keys() & self.known.keys():
            self.book.db.execute(delete(TABLE).where(TABLE.c.owner == owner, TABLE.c.name == name))
            del self.known[owner, name]
        kept = {slot: each for slot, each in different.items() if each}
        if kept:
            self.book.db.execute(insert(TABLE), [_row(slot, each) for slot, each in kept.items()])
            self.known |= kept


def _row(slot: Slot, under: Underneath) -> dict[str, str]:
    told = {name: json.dumps(getattr(under, name)) for name in ("own", "shown", "of")}
    return {"owner": slot[0], "name": slot[1], **told}
