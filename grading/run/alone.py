"""Only one run at a time writes to a folder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grading.private import opener

BUSY = "another run is at work in {}: wait for its end, or give this one another folder with --out."


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Ensure that no other run writes to this folder. Raises RuntimeError if another run does."""
    with open(folder / ".grading.lock", "a", opener=opener) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RuntimeError(BUSY.format(folder)) from None
        yield
