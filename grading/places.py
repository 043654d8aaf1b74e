"""How the cell with an answer ended, and in which place of a submission a text is; both also in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from checks.texts import later, say
from grading.status import Status

WITHOUT_LINE = later("was run without line {lines}, which failed ({error})")
WITHOUT_LINES = later("was run without lines {lines}, which failed ({error})")


@dataclass(frozen=True)
class CellEnd:
    """How the cell with an answer ended, if that explains an error in its test.

    status: the limit or crash that stopped the cell. error: the class of the error with which it ended.
    skipped: the lines that failed, if the rest of the cell was run without them.
    """

    status: Status | None = None
    error: str = ""
    skipped: Sequence[int] = ()

    def __str__(self) -> str:
        if self.skipped:
            more = [say("others")] if len(self.skipped) > 2 else []
            lines = say(" and ").join([*map(str, self.skipped[:2]), *more])
            sentence = WITHOUT_LINES if len(self.skipped) > 1 else WITHOUT_LINE
            return say(sentence, lines=lines, error=self.error)
        if self.status is Status.CRASHED:
            return say("ended Python itself, so what it defined is lost")
        if self.status:
            return say("was stopped ({limit}) before its end", limit=say(self.status.value))
        return say("stopped with an error ({error}) before its end", error=self.error)


@dataclass(frozen=True)
class FileBeside:
    """A file next to the notebook in which an answer may be.

    path: its path. defines: the names to which its text gives a value. prose: whether it may have a written
    answer. closed: whether nobody looked into it.
    """

    path: str
    defines: tuple[str, ...] = ()
    prose: bool = True
    closed: bool = False


@dataclass(frozen=True)
class Spot:
    """The place of a text in a submission.

    cell: the number of the cell, from 1; 0 for a text in a file next to the notebook.
    below: the heading above it.
    kind: the kind of the cell.
    file: the path of the file next to the notebook, if the text is in one.
    begins: the first line of the cell. People find the cell by it, because Jupyter shows no cell numbers.
    """

    cell: int
    below: str = ""
    kind: str = "markdown"
    file: str = ""
    begins: str = ""

    @property
    def record(self) -> dict[str, Any]:
        """The fields that are kept."""
        told = asdict(self)
        kept = told if self.begins else {name: told[name] for name in told if name != "begins"}
        return {"file": self.file} if self.file else {name: kept[name] for name in kept if name != "file"}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Spot:
        """Read the fields that were kept. Fields that only another version knows are left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{"cell": 0, **{name: value for name, value in told.items() if name in known}})

    def __str__(self) -> str:
        if self.file:
            return say("the file {file} beside the notebook", file=repr(self.file))
        begins = say("it begins with {line}", line=self.begins) if self.begins else ""
        below = self.below and self.below not in self.begins
        heading = say("below the heading {heading}", heading=repr(self.below)) if below else ""
        about = "; ".join(filter(None, [begins, heading]))
        return say("cell {number}", number=self.cell) + (f" ({about})" if about else "")
