"""Tell whether a session can continue after a cell: a test needs a copy of the session, and open files."""

from __future__ import annotations

import os
import select
import signal
import time

from grading.inside.keeper import end_child
from grading.protocol.fit import Unfit
from grading.protocol.limits import TimeLimit, interruptible

FILES = 16
SECONDS = 8.0  # the most that a copy may take, hooks included, also on a busy machine


def unfit() -> Unfit | None:
    """Return what the session lacks; None if it can continue. The attempt leaves no files or processes."""
    if not _opens_files():
        return Unfit.FILES
    return None if _copies_itself() else Unfit.PROCESSES


def _opens_files() -> bool:
    opened: list[int] = []
    try:
        for _ in range(FILES):
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return False
    finally:
        for each in opened:
            os.close(each)
    return True


def _copies_itself() -> bool:
    """Tell whether a fork answers in time, as a copy for a test must: a hook of the student may hang."""
    begun, (mine, theirs) = time.monotonic(), os.pipe()
    try:
        child = _forked(theirs)
        answered = bool(select.select([mine], [], [], SECONDS)[0])
        end_child(child)
        return answered and time.monotonic() < begun + SECONDS
    except (OSError, TimeLimit):
        return False
    finally:
        os.close(mine)
        os.close(theirs)


def _forked(theirs: int) -> int:
    """Return the number of a fork that answers at once. A hook that hangs before the fork is interrupted."""
    with interruptible(SECONDS, "a copy"):
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        child = os.fork()
        if child == 0:
            os.write(theirs, b".")
            os._exit(0)
        signal.setitimer(signal.ITIMER_REAL, 0)
    return child
