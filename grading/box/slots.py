"""Numbers of users without a name, one for each box that runs now.

A limit on processes counts for a user across boxes, and users can send signals to their own processes. So
two boxes must not share a number. A lock shows which numbers are in use, also by other runs.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

from grading.box.groups import Group
from grading.box.limits import Limits
from grading.box.totals import Watch, open_totals
from grading.box.walls import is_root

FIRST, MANY = 62_000, 1_000  # above the numbers that systems give to users with a name


class Slot:
    """The number of a user, locked until the slot is closed; None if an ordinary user starts the box."""

    def __init__(self) -> None:
        self.user: int | None = None
        self.lock = -1
        for user in range(FIRST, FIRST + MANY) if is_root() else ():
            self.lock = os.open(_folder() / str(user), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(self.lock)
                continue
            self.user = user
            return

    home = ""  # the home is within the walls

    def totals(self, limits: Limits) -> Group | Watch:
        """Return the group or the thread that keeps the whole box within its limits."""
        return open_totals(limits)

    def end_all(self) -> None:
        """Do nothing: when the first process of the box has ended, the kernel ends all others."""

    def close(self) -> None:
        if self.user is not None:
            os.close(self.lock)
            self.user = None


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / "grading-users"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
