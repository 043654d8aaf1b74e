"""End workers that were stopped, as by `kill -STOP`: they would hold up a run without end.

Their submissions are marked again, like those of any worker that is lost.
"""

from __future__ import annotations

import contextlib
import time
from multiprocessing.context import BaseContext

import psutil

LONG = 5.0  # seconds; after Ctrl + Z and `fg` a worker is stopped only for a moment


class Watched:
    """The workers of a pool. Each worker sends its process number when it begins."""

    def __init__(self, context: BaseContext):
        self.begun = context.SimpleQueue()  # the numbers of workers' processes
        self.workers: set[psutil.Process] = set()
        self.since: dict[psutil.Process, float] = {}

    def end_the_still(self) -> None:
        """End each worker that was stopped in every call of this method for at least LONG seconds."""
        while not self.begun.empty():
            with contextlib.suppress(psutil.NoSuchProcess):
                self.workers.add(psutil.Process(self.begun.get()))
        now = time.monotonic()
        self.since = {each: self.since.get(each, now) for each in self.workers if _stands_still(each)}
        for each, since in self.since.items():
            if now - since >= LONG:
                with contextlib.suppress(psutil.NoSuchProcess):  # it has just ended
                    each.kill()


def _stands_still(worker: psutil.Process) -> bool:
    try:
        return worker.status() == psutil.STATUS_STOPPED
    except psutil.NoSuchProcess:
        return False
