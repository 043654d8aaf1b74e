"""Blocks as sentences, and the lengths of these. A piece of code or a formula counts as one word."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .blocks import BREAK, CODE, FORMULA, Block

ABBREVIATIONS = ("e.g", "i.e", "cf", "vs", "Fig", "fig", "No", "resp", "approx", "Dr", "Prof", "St")
ABBREVIATED = re.compile(rf"\b(?:{'|'.join(map(re.escape, ABBREVIATIONS))})\.$")
NAMES = (
    "k-means",
    "scikit-learn",
    "nbgrader",
    "compare50",
    "pip",
    "git",
    "conda",
    "mutmut",
)  # they also begin sentences
NUMBERED = re.compile(r"^\(?\w{1,2}[.)]$")  # the "2." of a list
# A full stop, a closing quote or bracket, a space, and the beginning of a sentence.
BEGIN = rf"[\"'(\[“‘]*(?:[A-Z0-9{CODE}{FORMULA}{{]|(?:{'|'.join(NAMES)})\b)"
END = re.compile(rf"(?<=[.!?])([\"')\]”’]*)\s+(?={BEGIN})")
QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”')
PLACEHOLDER = re.compile(r"\{[^{}]*\}")  # a value in a template, as in "at point {n}"
WORD = re.compile(rf"\S*[\w{CODE}{FORMULA}]\S*")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text. line: the line in that text where its block begins, from 0."""

    text: str
    line: int = 0

    @property
    def words(self) -> int:
        """Return the number of words. Characters such as an arrow do not count."""
        return len(WORD.findall(PLACEHOLDER.sub(CODE, self.text)))

    @property
    def unquoted(self) -> str:
        """Return the sentence without quotes, because a program's message is not in our words."""
        return QUOTED.sub(CODE, self.text)

    def __str__(self) -> str:
        return self.text.replace(CODE, "`…`").replace(FORMULA, "$…$")


def sentences_of(blocks: Iterable[Block]) -> list[Sentence]:
    """Return the sentences of all blocks, except for formulas on separate lines."""
    told = (block for block in blocks if block.kind != "formula")
    return [Sentence(each, block.line) for block in told for each in split(block.text)]


def split(text: str) -> list[str]:
    """Return the sentences of a text without Markdown."""
    return [" ".join(each.split()) for line in text.split(BREAK) for each in _parts(line) if each.strip()]


def _parts(line: str) -> Iterator[str]:
    begin = 0
    for found in END.finditer(line):
        part = line[begin : found.end(1)]
        if not ABBREVIATED.search(part) and not NUMBERED.match(part.strip()):
            yield part
            begin = found.end()
    yield line[begin:]


@dataclass(frozen=True)
class Lengths:
    """Lengths of the sentences of some texts, in words. over_18, over_28: shares of all sentences."""

    sentences: int
    median: float
    longest: int
    over_18: float
    over_28: float

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> Lengths:
        """Measure the sentences that have at least one word."""
        words = [each.words for each in sentences if each.words] or [0]
        over = [sum(each > limit for each in words) / len(words) for limit in (18, 28)]
        return cls(len(words), statistics.median(words), max(words), *over)
