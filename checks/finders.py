"""A finder: a hint, and a function that finds out whether the hint holds for a wrong part of an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum

from checks.hints import Hint, hint_of
from checks.looking import Look


class Silence(Enum):
    """A finder's answer if a part cannot show whether the finder's hint holds."""

    SILENT = 0


SILENT = Silence.SILENT
Find = Callable[[Look], str | Silence | None]


class Stage(IntEnum):
    """The time at which a finder is asked. In each stage, a course's finders come before the engine's."""

    CODE = 0  # lines that nobody can have meant
    ERROR = 1  # the call stopped, or returned nothing
    FORM = 2  # parts, kinds of value, order
    SIZE = 3  # lengths, shapes, infinity and NaN
    RELATION = 4  # how the answer and the right one are related: a factor, a log
    LIKELY = 5  # lines that are mostly the reason
    LAW = 6  # a law: a fact that holds for every right answer
    DOUBT = 7  # lines that may be the reason
    BROAD = 8  # true, but with many possible reasons: asked after the trials, see trials.py
    FAINT = 9  # true, and it says where something is wrong, but not what
    REST = 10  # nothing else explains the wrong answer


# In these stages a hint is about numbers. It must hold in every case in which the part is wrong.
EVERYWHERE = {Stage.RELATION, Stage.LAW, Stage.BROAD, Stage.FAINT}


@dataclass(frozen=True)
class Finder:
    """A hint, the function that finds out whether it holds for a wrong part, and when that function is asked.

    everywhere: whether the hint is given only if it holds in every case in which the part is wrong.
    """

    hint: Hint
    find: Find
    stage: Stage
    everywhere: bool = False


def registrar(book: list[Finder], stage: Stage) -> Callable[..., Callable[[Find], Find]]:
    """Return a decorator that adds finders of a stage to the book, in order: @finder(name of the hint).

    The decorator also takes `unseen` and `everywhere`. unseen: the first rung (paragraph of the hint) for a
    report that does not show the messages of errors. everywhere: see `Finder`.

    A finder takes a `Look` at one wrong part. If its hint holds, it returns a sentence about this answer (""
    if there is nothing to add). If the hint does not hold, it returns None. If this part cannot show whether
    the hint holds, it returns SILENT. The docstring is the hint: each paragraph is a rung.

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
    """Return "" (found, with nothing to add) if the hint holds, and None if not."""
    return "" if holds else None
