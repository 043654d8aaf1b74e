"""The user of one box without namespaces, the user's home, and the files that the user may read."""

from __future__ import annotations

from grading.box.limits import Limits
from grading.box.process import BoxError
from grading.box.shown import Shown, UserHome, python_is_shown
from grading.box.user_totals import UserWatch
from grading.box.users import end_all, new_user
from grading.box.walls import Walls, is_root

CLOSED = (
    "other users may not enter {}, in which Python or its packages lie: install them where everybody may "
    "read, such as below /opt."
)
NOT_ROOT = "only root can run a submission as another user, and this is not root."
NOT_ENDED = "processes of a submission could not be ended."


class UserSlot:
    """A user for one box alone, until the slot is closed. Then no process and no file of the user is left."""

    def __init__(self) -> None:
        self.user: int | None = new_user()
        self._home = UserHome(self.user)
        self.home = str(self._home.at)

    def totals(self, limits: Limits) -> UserWatch:
        """Return the thread that keeps the whole box within its limits."""
        return UserWatch(limits, self._home)

    def end_all(self) -> None:
        """End all processes of this user. Raises BoxError if a process continues."""
        if not end_all(self._home.user):
            raise BoxError(NOT_ENDED)

    def close(self) -> None:
        if self.user is not None:
            self.end_all()
            self._home.close()
            self.user = None


def shown_to_user(walls: Walls, group: int | None = None) -> Shown:
    """Return copies of the files within walls. Raises BoxError if another user could not run Python here.

    group: the only group that may read the copies.
    """
    if not is_root():
        raise BoxError(NOT_ROOT)
    if closed := python_is_shown():
        raise BoxError(CLOSED.format(closed))
    return Shown(walls.seen, group)
