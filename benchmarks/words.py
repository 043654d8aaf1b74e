"""How hard the course's texts are to read, now and in an earlier revision: length of sentences, and LIX.

LIX (Björnsson) is the average number of words in a sentence, plus the percentage of words with more than six
letters. It needs no list of syllables, and so no network.
"""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plain.blocks import CODE, FORMULA
from plain.sentences import PLACEHOLDER, Lengths, Sentence
from plain.texts import DOCUMENT, HINT, NOTEBOOK, TRIAL, Text, written_texts

from benchmarks.documents import MEASUREMENTS, ROOT, Texts

BEFORE = "5117d2e"  # the last revision before the texts were rewritten in plain words
READ = ("solutions", "exercises", "docs", "README.md", "INSTRUCTORS.md", "CONTRIBUTING.md")
HEADS = (
    "text",
    "sentences",
    "median, words",
    "longest, words",
    "over 18 words, %",
    "over 28 words, %",
    "LIX",
)
NOTHING = "-"


@dataclass(frozen=True)
class Figures:
    """Numbers that say how hard some texts are to read."""

    lengths: Lengths
    lix: float

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> Figures:
        """Measure some sentences."""
        told = [each for each in sentences if each.words]
        return cls(Lengths.of(told), lix(told))

    def cells(self) -> list[str]:
        """Return a row's cells as whole numbers. From 100 on, the number of sentences is rounded to tens."""
        each = self.lengths
        many = round(each.sentences, -1 if each.sentences >= 100 else 0)
        shares = [f"{100 * share:.0f}" for share in (each.over_18, each.over_28)]
        return [str(many), f"{each.median:.0f}", str(each.longest), *shares, f"{self.lix:.0f}"]


def measured(before: str = BEFORE) -> Texts:
    """Measure this tree and an earlier revision, and return what the document says."""
    with tempfile.TemporaryDirectory() as folder:
        write_revision(before, Path(folder))
        then = figures(written_texts(Path(folder)))
    return {MEASUREMENTS: table(then, figures(written_texts()), before)}


def write_revision(revision: str, folder: Path) -> None:
    """Write the files with texts into a folder, as they were in a revision."""
    done = subprocess.run(["git", "archive", revision, *READ], cwd=ROOT, capture_output=True)
    if done.returncode:
        raise ValueError(f"git cannot read revision {revision} here: {done.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def figures(texts: Iterable[Text]) -> dict[str, Figures]:
    """Return the figures for each notebook, for each assignment's hints and trials, and for each document."""
    found: dict[str, list[Sentence]] = {}
    for each in texts:
        if name := group(each):
            found.setdefault(name, []).extend(each.sentences)
    return {name: Figures.of(sentences) for name, sentences in found.items()}


def group(text: Text) -> str:
    """Return the row of the table that a text belongs to; "" if the text is not measured."""
    if text.kind in (HINT, TRIAL):
        return f"{text.file.split('/')[1].replace('_', '-')}: {text.kind}s"
    return text.file if text.kind in (NOTEBOOK, DOCUMENT) else ""


def lix(sentences: Iterable[Sentence]) -> float:
    """Return the LIX of some sentences, with one short word for each formula and each piece of code."""
    from textstat import textstat  # imported late, because it loads much: lengths alone do not need it

    return textstat.lix(" ".join(f"{readable(each.text)}." for each in sentences))


def readable(sentence: str) -> str:
    """Return a sentence without characters that look like its end, such as the point in 3.5."""
    words = PLACEHOLDER.sub("x", sentence).replace(CODE, "x").replace(FORMULA, "x")
    return re.sub(r"[.!?]", "", words)


def table(before: dict[str, Figures], now: dict[str, Figures], revision: str) -> str:
    """Return the table: each cell has the figure of the revision, an arrow, and the figure of today."""
    names = dict.fromkeys([*now, *before])
    rows = [
        [f"`{name}`" if "." in name else name, *_cells(before.get(name), now.get(name))] for name in names
    ]
    head, *told = (f"| {' | '.join(line)} |" for line in [HEADS, *rows])
    lines = "\n".join([head, "|---" * len(HEADS) + "|", *told])
    return (
        f"{lines}\n\nBefore the arrow: revision `{revision}`. After the arrow: the texts when they were "
        "measured last."
    )


def _cells(before: Figures | None, now: Figures | None) -> list[str]:
    old, new = (each.cells() if each else [NOTHING] * (len(HEADS) - 1) for each in (before, now))
    return [f"{first} → {second}" for first, second in zip(old, new)]
