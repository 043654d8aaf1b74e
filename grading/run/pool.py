"""Many submissions at once, on this machine: each worker is a process with a warm parent of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Protocol

from pebble import ProcessExpired, ProcessPool

from grading.run.bundle import Bundle
from grading.run.environment import environment
from grading.run.task import Graded, HandedIn, failed, grade

TRIES = 3  # how often a submission may end the process that marks it
LOADED = ["grading.run.task"]


class Pool(Protocol):
    """Something that marks submissions: processes here, or workers elsewhere."""

    size: int
    here: bool  # whether boxes are on this machine

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        """Begin to mark a submission. The future raises Lost if its worker was lost."""

    def close(self) -> None:
        """End what still runs, and the workers."""


class Lost(RuntimeError):
    """The process that marked a submission is gone, and with it what it had begun."""


class Here:
    """No other process: for a look at one submission with a debugger."""

    size, here = 1, True

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        future: Future[Graded] = Future()
        try:
            future.set_result(grade(bundle, handed_in, environment()))
        except Exception as error:
            future.set_exception(error)
        return future

    def close(self) -> None:
        """Nothing is left running."""


class Local:
    """Worker processes on this machine. They are forked from one that has imported what they need."""

    here = True

    def __init__(self, size: int, task: Callable[..., Graded] = grade):
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(LOADED)
        self.size, self.task = size, task
        self.pool = ProcessPool(size, initializer=_begin, context=context)

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        return self.pool.schedule(self.task, args=(bundle, handed_in, dict(environment())))

    def close(self) -> None:
        self.pool.stop()
        self.pool.join()


def _begin() -> None:
    """Ctrl + C at the terminal is for who started the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def cores() -> int:
    """How many submissions run at once here, if nobody says."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def mark_all(
    pool: Pool, bundle: Bundle, names: Iterable[str], read: Callable[[str], HandedIn]
) -> Iterator[tuple[HandedIn, Graded]]:
    """Mark the submissions of these students; yield what came of each, as it comes.

    read: returns what a student handed in. It is read only when it is soon to be marked, so that a
    class of large files is never in memory. What ends its worker is tried again, and after that
    it has the status of a fault of ours, and the others are marked all the same.
    """
    waiting, running, tries = iter(names), {}, {}
    while True:
        while len(running) < 2 * pool.size and (student := next(waiting, None)) is not None:
            handed_in = read(student)
            running[pool.submit(bundle, handed_in)] = handed_in
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            handed_in = running.pop(future)
            graded = _result(future, handed_in, bundle, tries)
            if graded is None:
                running[pool.submit(bundle, handed_in)] = handed_in
            else:
                yield handed_in, graded


def _result(
    future: Future[Graded], handed_in: HandedIn, bundle: Bundle, tries: dict[str, int]
) -> Graded | None:
    """What came of a submission; None if it is to be tried again."""
    try:
        return future.result()
    except (Lost, ProcessExpired):
        tries[handed_in.student] = tries.get(handed_in.student, 0) + 1
        if tries[handed_in.student] < TRIES:
            return None
        why = f"the process that marked it ended {TRIES} times; the others are not touched by it"
        return failed(handed_in.key(bundle), why)
    except Exception as error:
        return failed(handed_in.key(bundle), f"{type(error).__name__}: {error}")
