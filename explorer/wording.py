"""Words for lists, which helpers/ also uses."""

from __future__ import annotations

from collections.abc import Iterable

from checks.texts import say


def in_words(items: Iterable[object]) -> str:
    """Return "a, b and c"."""
    words = [str(item) for item in items]
    return say(" and ").join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
