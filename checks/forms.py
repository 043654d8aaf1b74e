"""The forms that an exercise may leave open, for arguments and for parts of an answer."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from checks.compare import as_parts

FORMS: dict[str, Callable[[np.ndarray], list[np.ndarray]]] = {
    "table": lambda value: [value, value.T],
    "vector": lambda value: [value, value[:, None], value[None, :]],
    "trace": lambda value: [value, value[1:]],  # with or without the value before the first step
}


def in_form(value: Any, form: str | None) -> list[Any]:
    """Return a value in every form that is left open; the first is the value itself."""
    return FORMS[form](value) if form and isinstance(value, np.ndarray) and value.ndim else [value]


def in_every_form(answer: Any, returns: tuple[str, ...], forms: Mapping[str, str]) -> Iterator[Any]:
    """Yield an answer with its parts in every form that is left open; the first is the answer itself."""
    parts = as_parts(answer, returns)
    for values in itertools.product(*(in_form(value, forms.get(name)) for name, value in parts.items())):
        changed = dict(zip(parts, values))
        if isinstance(answer, Mapping):
            yield changed
        else:
            yield changed[""] if parts.keys() == {""} else list(values)
