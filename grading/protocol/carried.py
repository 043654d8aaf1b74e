"""Turn the result of a call into bytes that can always be sent: parts that are too large are left out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from checks.reading import MAX_ITEMS, Unread, read
from grading.protocol.plain import MAX_BYTES, NotPlain, pack, packed_and_counted

SEVERAL = 50  # the most values that a function may return; a longer list counts as one value


def carry(value: Any, asked: Collection[str] = ()) -> bytes:
    """Return a value, as `checks.reading` reads it, in bytes. asked: the entries that a dictionary must have.

    If a dictionary is too large, entries that are not in `asked` are left out first. Values that cannot be
    sent arrive as `Unread`.
    """
    made = read(value, asked)
    for way in (lambda: made, lambda: _within(made, asked)):
        try:
            return pack(way())
        except NotPlain as refusal:
            word = refusal.word
    return pack(Unread(word))


def _within(value: Any, asked: Collection[str]) -> Any:
    """Return a dictionary, or several values; an `Unread` replaces each value for which there is no room."""
    if isinstance(value, dict):
        return _entries_within(value, asked)
    if isinstance(value, list | tuple) and len(value) <= SEVERAL:
        return type(value)(_entries_within(dict(enumerate(value)), ()).values())
    return value


def _entries_within(entries: dict[Any, Any], asked: Collection[str]) -> dict[Any, Any]:
    """Return the entries in their order; an `Unread` replaces each value for which there is no room."""
    kept, left, items = dict(entries), MAX_BYTES - 32 * len(entries), MAX_ITEMS - 16 * len(entries)
    for key in sorted(entries, key=lambda key: key not in asked):
        try:
            size, count = packed_and_counted({key: entries[key]})
            word = "frame" if size > left else "items" if count > items else ""
        except NotPlain as refusal:
            size, count, word = 0, 0, refusal.word
        if word:
            kept[key] = Unread(word)
        else:
            left, items = left - size, items - count
    return kept
