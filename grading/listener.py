"""Go on with the work if nobody reads the output any more, as after `... | head`."""

from __future__ import annotations

import io
import sys
from typing import TextIO


class Unheard(io.FileIO):
    """A stream that discards what is written after its reader has closed it."""

    def write(self, data: object) -> int:
        """Write the data. If nobody reads them, count them as written."""
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            return memoryview(data).nbytes


def outlive_listeners() -> None:
    """Go on if a reader closes its pipe: a change must not be half made because of that."""
    sys.stdout, sys.stderr = _outliving(sys.stdout), _outliving(sys.stderr)


def _outliving(stream: TextIO) -> TextIO:
    stream.flush()
    raw = Unheard(stream.fileno(), "w", closefd=False)
    how = {"encoding": stream.encoding, "errors": stream.errors, "line_buffering": stream.line_buffering}
    return io.TextIOWrapper(io.BufferedWriter(raw), **how, write_through=stream.write_through)
