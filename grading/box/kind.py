"""How boxes are made on this machine: by bubblewrap, or of another user where no namespaces can be had."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from enum import Enum, auto


class BoxKind(Enum):
    """What keeps a submission in."""

    NAMESPACES = auto()  # bubblewrap: it sees nothing but what it is shown
    USER = auto()  # a user of its own among our processes: it sees what any user may see


_kinds = [BoxKind.NAMESPACES]


def box_kind() -> BoxKind:
    """Return how boxes are made here, now."""
    return _kinds[-1]


@contextlib.contextmanager
def boxes_of(kind: BoxKind) -> Iterator[None]:
    """Make boxes of this kind meanwhile, in this process."""
    _kinds.append(kind)
    try:
        yield
    finally:
        _kinds.pop()
