"""A notebook as a reader sees it: its blocks in order, each with its section and its cell."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from release.sources import ORDER

from .blocks import Block
from .texts import NOTEBOOK, ROOT, Text, notebooks

NUMBER = re.compile(r"^(\d+)\s")


@dataclass(frozen=True)
class Place:
    """A block of a notebook.

    section: the number of its section, or the heading if it has no number.
    cell, at: the number of its cell, and its place in this cell, from 0.
    """

    section: str
    cell: int
    at: int
    block: Block
    where: str

    @property
    def is_heading(self) -> bool:
        """Tell whether this is the heading of the section."""
        return self.block.kind == "heading"


Course = dict[str, list[Place]]


@functools.cache
def course_of(root: Path = ROOT) -> Course:
    """Return the places of each assignment that is a whole lesson, in the order of the course."""
    texts = [each for each in notebooks(root) if each.kind == NOTEBOOK]
    return {name: list(places(each for each in texts if Path(each.file).stem == name)) for name in ORDER}


def places(cells: Iterable[Text]) -> Iterator[Place]:
    """Yield the places of the cells of one notebook."""
    section = ""
    for n, cell in enumerate(cells):
        for at, block in enumerate(cell.blocks):
            if block.kind == "heading":
                number = NUMBER.match(block.text)
                section = number[1] if number else block.text
            yield Place(section, n, at, block, cell.where(block.line))
