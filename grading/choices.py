"""Errors for a typed name that does not exist: name the existing ones, and begin with the most similar."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from unicodedata import normalize

MOST = 20  # names in a sentence


def no_such(what: str, name: str, there: Iterable[str]) -> str:
    """Return the sentence about a name that does not exist.

    Example:
        no_such("student", "bbo", ["ada", "bob"])  # "there is no student 'bbo'; there are: bob, ada."
    """
    return f"there is no {what} '{name}'; {there_are(name, there)}"


def there_are(name: str, there: Iterable[str]) -> str:
    """Return a sentence with the existing names. It begins with names similar to the typed name."""
    names = sorted(set(there))
    folded = {_folded(each): each for each in names}
    close = get_close_matches(_folded(name), list(folded), n=3, cutoff=0.5)
    order = list(dict.fromkeys([*(folded[each] for each in close), *names]))
    more = f" and {len(order) - MOST} others" if len(order) > MOST else ""
    return f"there are: {', '.join(order[:MOST])}{more}." if names else "there is nothing to choose from."


def _folded(name: str) -> str:
    return normalize("NFC", name).casefold()
