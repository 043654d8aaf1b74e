"""A finder: a hint, and what finds out whether it holds for a wrong part of an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum

from checks.hints import Hint, hint_of
from checks.looking import Look


class Silence(Enum):
    """What a finder may return where a part cannot show whether its hint holds."""

    SILENT = 0


SILENT = Silence.SILENT
Find = Callable[[Look], str | Silence | None]


class Stage(IntEnum):
    """When a finder is asked. Of one stage, a course's own finders are asked before the engine's."""

    CODE = 0  # lines that cannot be meant as they stand
    ERROR = 1  # the call stopped, or gave nothing back
    FORM = 2  # parts, kinds of value, order
    SIZE = 3  # lengths, shapes, numbers that are none
    RELATION = 4  # how the answer and the right one are related: a factor, a log
    LIKELY = 5  # lines that are mostly the reason
    LAW = 6  # what holds of every right answer
    DOUBT = 7  # lines that may be the reason
    BROAD = 8  # true, but many faults lead there: asked after the trials, see trials.py
    FAINT = 9  # true, and it says where, but not what
    REST = 10  # it is wrong, and nothing else explains it


# What is said of numbers must hold in every case in which the part is wrong.
EVERYWHERE = {Stage.RELATION, Stage.LAW, Stage.BROAD, Stage.FAINT}


@dataclass(frozen=True)
class Finder:
    """A hint, what finds out whether it holds for a wrong part, and when that is asked.

    everywhere: whether it is claimed only if it holds in every case in which the part is wrong.
    """

    hint: Hint
    find: Find
    stage: Stage
    everywhere: bool = False


def registrar(book: list[Finder], stage: Stage) -> Callable[..., Callable[[Find], Find]]:
    """Return a decorator that puts finders of a stage into the book, in order: @finder(name of the hint).

    It takes `unseen` too: the first rung where the report does not show what an error says; and
    `everywhere`, see `Finder`.

    A finder takes a `Look` at one wrong part, and returns what to say of this very answer ("" for
    nothing more), None if its hint does not hold, or SILENT if this part cannot show whether it does. Its
    docstring is the hint: each paragraph is a rung.

    Example:
        >>> from checks.authors import Stage, found, registrar
        >>> book = []
        >>> finder = registrar(book, Stage.SIZE)
        >>> @finder("one number too many")
        ... def _(look):
        ...     '''Your answer has one number more than there are gaps.
        ...
        ...     Between 5 fence posts there are 4 gaps.
        ...     '''
        ...     return found(any(len(look.value) == len(right) + 1 for right in look.rights))
        >>> book[0].hint.rungs[1]
        'Between 5 fence posts there are 4 gaps.'
    """

    def finder(name: str, unseen: str = "", everywhere: bool = stage in EVERYWHERE) -> Callable[[Find], Find]:
        def register(find: Find) -> Find:
            book.append(Finder(hint_of(name, find, unseen), find, stage, everywhere))
            return find

        return register

    return finder


def found(holds: object) -> str | None:
    """Return "" (found, with nothing more to say) if it holds, else None."""
    return "" if holds else None
