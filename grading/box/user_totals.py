"""The totals of a box that is another user: the user's processes, and the files that they have written."""

from __future__ import annotations

import psutil

from grading.box.limits import Limits
from grading.box.shown import UserHome
from grading.box.totals import Watch
from grading.box.users import end_all, memory_of, processes_of
from grading.inside.spaces import MOST_FILES
from grading.status import Status

MEGABYTE = 2**20
EVERY_NTH = 3  # so often, a measurement of the memory is also one of the disk, which costs more


class UserWatch(Watch):
    """A Watch for a box without namespaces: it counts files, and finds processes that left their parent."""

    in_force = "memory, processes and files of its user are added up every 0.1 to 0.3 s"

    def __init__(self, limits: Limits, home: UserHome):
        super().__init__(limits)
        self.home, self.own, self.looks = home, 0, 0

    def _processes(self, root: psutil.Process) -> list[psutil.Process]:
        found = map(_process, processes_of(self.home.user))
        return [each for each in found if each]

    def _end(self, root: psutil.Process) -> None:
        end_all(self.home.user)

    def _keeps_to(self, processes: list[psutil.Process]) -> bool:
        self.looks += 1
        if self.looks % EVERY_NTH == 0 and not self._keeps_to_disk():
            self.counted[Status.FILE_LIMIT] += 1
            return False
        return super()._keeps_to(processes)

    def _keeps_to_disk(self) -> bool:
        """Tell whether the user has written no more than a box in walls can in three places of this size."""
        written, files = self.home.used()
        return written <= 3 * self.limits.file_mb * MEGABYTE and files <= MOST_FILES

    def _memory(self, process: psutil.Process) -> int:
        return memory_of(process.pid, self.home.user)

    def members(self) -> set[int]:
        return processes_of(self.home.user)


def _process(number: int) -> psutil.Process | None:
    try:
        return psutil.Process(number)
    except psutil.Error:
        return None
