"""The totals of a box, which a thread of the grader limits where there is no control group.

Limits that a process sets for itself hold for one process (memory) or for one user. A box has many
processes, so their sum must be limited: by the kernel, see grading/box/groups.py, or by a thread here.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from pathlib import Path

import psutil

from grading.box.groups import ROOT, Group, own_group
from grading.box.limits import Limits
from grading.status import Status

EVERY = 0.1  # seconds between two measurements
MANY = 50  # measurements with too much memory, after which the box is ended


class Watch:
    """A thread that adds up and enforces limits, as a control group would where one can be made.

    If memory is over the limit, it kills the largest processes until memory is below the limit. If there
    are too many processes, or killing does not help, it ends the box.
    """

    in_force = f"memory and processes of a box are added up every {EVERY:g} s (no control group could be had)"
    entries: list[str] = []

    def __init__(self, limits: Limits):
        self.limits, self.over = limits, threading.Event()
        self.counted: Counter[Status] = Counter()
        self.ended = False
        self.process = 0
        self.own = 3  # the processes of bubblewrap itself

    def watch(self, process: int) -> None:
        self.process = process
        threading.Thread(target=self._look, args=(process,), daemon=True).start()

    def _look(self, process: int) -> None:
        with contextlib.suppress(psutil.Error):
            root = psutil.Process(process)
            while not self.over.wait(EVERY):
                if not self._keeps_to(self._processes(root)):
                    self.ended = True
                    self._end(root)
                    return

    def _processes(self, root: psutil.Process) -> list[psutil.Process]:
        return root.children(recursive=True)

    def _end(self, root: psutil.Process) -> None:
        root.kill()

    def _keeps_to(self, processes: list[psutil.Process]) -> bool:
        """Bring the processes back within the limits; return False if only ending the box can do this."""
        if len(processes) > self.limits.processes + self.own:
            self.counted[Status.PROCESS_LIMIT] += 1
            return False
        sizes = sorted(((self._memory(each), each) for each in processes), key=lambda pair: -pair[0])
        used, most = sum(size for size, _ in sizes), self.limits.memory_mb * 2**20
        self.counted[Status.MEMORY_LIMIT] += used > most
        for size, each in sizes:
            if used > most:
                used -= size
                with contextlib.suppress(psutil.Error):
                    each.kill()
        return self.counted[Status.MEMORY_LIMIT] < MANY

    def _memory(self, process: psutil.Process) -> int:
        """Return a process's share of memory: shared memory is divided among its processes."""
        return _memory(process)

    def members(self) -> set[int]:
        """Return the numbers of the processes of the box, without ended ones that wait to be reaped."""
        with contextlib.suppress(psutil.Error):
            return {each.pid for each in psutil.Process(self.process).children(recursive=True) if _runs(each)}
        return set()

    def hits(self) -> dict[Status, int]:
        """Return how often each limit was hit so far."""
        return dict(self.counted)

    def is_over(self) -> bool:
        """Tell whether the box has been ended."""
        return self.ended

    def close(self) -> None:
        self.over.set()


def _runs(process: psutil.Process) -> bool:
    """Tell whether a process runs, also if its first thread has ended and another thread continues."""
    with contextlib.suppress(psutil.Error):
        ended = process.status() in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
        return not ended or process.num_threads() > 1
    return False


def _memory(process: psutil.Process) -> int:
    """Return a process's share of memory: shared memory is divided among its processes."""
    with contextlib.suppress(psutil.Error, OSError, AttributeError):
        return process.memory_full_info().pss or _memory_of_threads(process.pid)
    return 0


def _memory_of_threads(process: int) -> int:
    """Return the share of a process whose first thread has ended: the kernel counts it in other threads."""
    for thread in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(OSError):
            words = dict(
                line.split(":", 1) for line in (thread / "smaps_rollup").read_text().splitlines()[1:]
            )
            return int(words["Pss"].split()[0]) * 1024
    return 0


def open_totals(limits: Limits, root: Path = ROOT) -> Group | Watch:
    """Return a new control group for one box, or a thread that watches instead."""
    return own_group(limits, root) or Watch(limits)
