"""The engine's own finders (hints, and when they hold), and how a course adds finders, laws and words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from checks.doubts import DOUBTS, STOPPED
from checks.errors import ERRORS
from checks.finders import Finder, Stage
from checks.hints import Hint
from checks.library import LIBRARY
from checks.mistyped import MISTYPED
from checks.nans import NANS
from checks.properties import FORM, REST, SIZE
from checks.ranges import RANGES
from checks.relations import RELATIONS
from checks.slips import SLIPS

# The same hints at another stage. If only some cases have an error or a NaN, small inputs may say more.
AT_TIMES = [
    STOPPED,
    *(
        dataclasses.replace(each, stage=Stage.BROAD, everywhere=False)
        for each in (*ERRORS, *NANS, *SIZE)
        if each.everywhere and each.stage < Stage.BROAD
    ),
]
BY_CODE = (*SLIPS, *RANGES, *DOUBTS, *LIBRARY)
GENERIC: tuple[Finder, ...] = (
    *BY_CODE,
    *NANS,
    *MISTYPED,
    *ERRORS,
    *AT_TIMES,
    *FORM,
    *SIZE,
    *RELATIONS,
    *REST,
)


def in_order(finders: Iterable[Finder], words: Mapping[str, Hint]) -> tuple[Finder, ...]:
    """Return a course's finders and the engine's, in the order in which they are asked.

    words: hints that replace hints of the engine, by the names of the replaced hints.
    Raises ValueError if there is no hint of such a name.
    """
    known = {each.hint.name for each in GENERIC}
    if unknown := sorted(set(words) - known):
        raise ValueError(
            f"there is no hint {unknown[0]!r} to put other words to; there are: {sorted(known)}."
        )
    said = (dataclasses.replace(each, hint=_in_words(each.hint, words)) for each in GENERIC)
    return tuple(sorted([*finders, *said], key=lambda each: each.stage))  # stable: a course's are first


def _in_words(hint: Hint, words: Mapping[str, Hint]) -> Hint:
    """Return a hint in the course's words. Its sentence for reports without errors stays the engine's."""
    own = words.get(hint.name, hint)
    return dataclasses.replace(own, unseen=own.unseen or hint.unseen)
