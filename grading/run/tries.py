"""How many attempts got each hint, according to the submitted notebook. No mark depends on this number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from checks.run import TRIES

MOST_TRIES = 999
MOST_OUTPUTS = 5_000  # so many outputs are read
Tries = dict[str, dict[str, int]]  # for each exercise and each hint, how many attempts got the hint


def tries_of(content: Any, known: Mapping[str, Collection[str]]) -> Tries:
    """Return how many attempts got each hint, by exercise, from the outputs of `check` in a notebook.

    content: the notebook's JSON, which may be anything. known: the names of the hints of each exercise.
    The result has only these names, and only numbers from 1 to 999.
    """
    counted: Tries = {}
    for told in islice(_told(content), MOST_OUTPUTS):
        exercise, tries = told.get("exercise"), told.get("tries")
        if not isinstance(exercise, str) or not isinstance(tries, dict):
            continue
        for name in known.get(exercise, ()):  # so a million entries in the notebook cost nothing
            number = _number(tries.get(name))
            if number:
                own = counted.setdefault(exercise, {})
                own[name] = max(number, own.get(name, 0))
    return counted


def _told(content: Any) -> Iterator[dict[str, Any]]:
    for cell in _items(content, "cells"):
        for output in _items(cell, "outputs"):
            yield _part(_part(output, "metadata"), TRIES)


def _items(value: Any, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _part(value: Any, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _number(value: Any) -> int:
    return max(0, min(value, MOST_TRIES)) if type(value) is int else 0
