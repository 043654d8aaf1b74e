"""Workers on this machine: processes, each with its own warm parent, which forks a box for a submission."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from functools import partial
from multiprocessing.queues import SimpleQueue
from typing import Any

from pebble import ProcessPool

from grading.box.groups import forget_empty
from grading.interrupts import heed_none
from grading.owned import forget_orphans
from grading.run.bundle import Bundle
from grading.run.environment import environment
from grading.run.forks import forks
from grading.run.pool import Lost, TurnedAway, is_lost
from grading.run.still import Watched
from grading.run.task import Graded, HandedIn, get_ready, grade


class Local:
    """Worker processes on this machine. They are forked from a process that has imported what they need.

    Each worker has its own pool, and so its own channel. If a worker is killed while it sends its result, it
    leaves half a message, and a lock that nobody opens. That must not stop the other workers.
    first: the bundle that is marked first. All workers prepare for it at the same time; nobody waits for
        them.
    """

    here = True

    def __init__(self, size: int, task: Callable[..., Graded] = grade, first: Bundle | None = None):
        self.size, self.task, context = size, task, forks()
        self.watched = Watched(context)

        def begin() -> ProcessPool:
            given = first, self.watched.begun
            pool = ProcessPool(1, initializer=_begin, initargs=given, context=context)
            _ = pool.active  # reading this property starts the worker
            return pool

        self.workers = [_Worker(begin) for _ in range(size)]

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        self._renew()
        least = min(self.workers, key=lambda each: each.load)
        return least.submit(self.task, bundle, handed_in, dict(environment(bundle.world)))

    def look(self) -> None:
        self.watched.end_the_still()
        self._renew()
        if not all(each.load for each in self.workers):
            for each in self.workers:
                each.turn_away_what_waits()

    def _renew(self) -> None:
        for each in self.workers:
            each.renew_if_lost()

    def close(self) -> None:
        for each in self.workers:
            each.close()
        forget_empty()  # workers that are stopped do not remove their folders
        forget_orphans()


class _Worker:
    """One worker process, which is replaced when it is lost. begin: starts the process, in a pool of one.

    given: its tasks. Each has two futures: the first tells the caller, the second is the pool's. They differ,
    because the pool raises its own errors for tasks that it cannot keep.
    """

    def __init__(self, begin: Callable[[], ProcessPool]):
        self.begin, self.pool = begin, begin()
        self.given: list[tuple[Future[Graded], Future[Graded]]] = []

    @property
    def load(self) -> int:
        """How many tasks it has still to do."""
        return sum(not told.done() for told, _ in self.given)

    def submit(self, task: Callable[..., Graded], *args: Any) -> Future[Graded]:
        told, own = Future[Graded](), self.pool.schedule(task, args=args)
        self.given = [*(each for each in self.given if not each[0].done()), (told, own)]
        own.add_done_callback(partial(_tell, told))
        return told

    def turn_away_what_waits(self) -> None:
        """Give back tasks that wait for another task, which may take minutes: another worker is free."""
        todo = [pair for pair in self.given if not pair[0].done()]
        waits = [pair for pair in todo[1:] if not pair[1].running()]
        self.given = [pair for pair in self.given if pair not in waits]
        for told, own in waits:
            with contextlib.suppress(InvalidStateError):  # it has just been marked
                told.set_exception(TurnedAway("another worker is free"))
            own.cancel()

    def renew_if_lost(self) -> None:
        """Start another process if this one is gone. Tasks that it had not begun may go to any worker."""
        lost = any(each.done() and is_lost(each.exception()) for _, each in self.given)
        if self.pool.active and not lost:
            return
        for told, own in self.given:
            with contextlib.suppress(InvalidStateError):  # the future has its result already
                told.set_exception((Lost if own.running() else TurnedAway)("its worker is gone"))
        self.close()
        self.given, self.pool = [], self.begin()

    def close(self) -> None:
        self.pool.stop()
        self.pool.join()


def _tell(told: Future[Graded], own: Future[Graded]) -> None:
    """Pass on the result of a task, unless the caller's future has a result already."""
    with contextlib.suppress(InvalidStateError):
        if own.cancelled() or own.exception():
            told.set_exception(Lost("it was stopped") if own.cancelled() else own.exception())
        else:
            told.set_result(own.result())


def _begin(first: Bundle | None, begun: SimpleQueue[int]) -> None:
    heed_none()
    begun.put(os.getpid())
    if first:
        get_ready(first)


def cores() -> int:
    """Return how many submissions run at the same time on this machine, if the user gives no number."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
