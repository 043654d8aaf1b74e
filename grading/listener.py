"""What is printed when nobody listens any more, as after `... | head`: the work goes on to its end."""

from __future__ import annotations

import io
import sys
from typing import TextIO


class Unheard(io.FileIO):
    """A stream that lets everything go by once its reader has closed it."""

    def write(self, data: object) -> int:
        """Write; count it as written if nobody reads it."""
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            return memoryview(data).nbytes


def outlive_listeners() -> None:
    """Let a reader that has closed its pipe stop nothing: a change must not be made by half for that."""
    sys.stdout, sys.stderr = _outliving(sys.stdout), _outliving(sys.stderr)


def _outliving(stream: TextIO) -> TextIO:
    stream.flush()
    raw = Unheard(stream.fileno(), "w", closefd=False)
    how = {"encoding": stream.encoding, "errors": stream.errors, "line_buffering": stream.line_buffering}
    return io.TextIOWrapper(io.BufferedWriter(raw), **how, write_through=stream.write_through)
