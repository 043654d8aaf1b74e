"""The way in which boxes are made on this machine: by bubblewrap, or as another user without namespaces."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from enum import Enum, auto


class BoxKind(Enum):
    """The means that confine a submission."""

    NAMESPACES = auto()  # bubblewrap: the submission sees only the files that it is given
    USER = auto()  # another user among our processes: the submission sees what any user may see


_kinds = [BoxKind.NAMESPACES]


def box_kind() -> BoxKind:
    """Return how boxes are made at this moment."""
    return _kinds[-1]


@contextlib.contextmanager
def boxes_of(kind: BoxKind) -> Iterator[None]:
    """Make boxes of this kind in this process, until the `with` block ends."""
    _kinds.append(kind)
    try:
        yield
    finally:
        _kinds.pop()
