"""Many submissions at once, on this machine: each worker is a process with a warm parent of its own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, InvalidStateError, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.queues import SimpleQueue
from typing import Any, Protocol

from pebble import ProcessExpired, ProcessPool

from grading.box.groups import forget_empty
from grading.box.process import BoxError
from grading.interrupts import heed_none
from grading.owned import forget_orphans
from grading.run.bundle import Bundle
from grading.run.environment import environment
from grading.run.forks import forks
from grading.run.still import Watched
from grading.run.task import Graded, HandedIn, failed, get_ready, grade

LOOKING = 2.0  # seconds until it is looked whether there are more workers now, and how they are
ENDED = "the process that marked it ended twice, the second time with nothing beside it; no other is touched"


class Pool(Protocol):
    """Something that marks submissions: processes here, or workers elsewhere."""

    size: int
    here: bool  # whether boxes are on this machine

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        """Begin to mark a submission. The future raises Lost or TurnedAway where it was not marked."""

    def look(self) -> None:
        """Look after the workers. This is called again and again while they work."""

    def close(self) -> None:
        """End what still runs, and the workers."""


class Lost(RuntimeError):
    """The process that marked a submission is gone: perhaps the submission ended it."""


class TurnedAway(RuntimeError):
    """A worker that may not mark had the submission: it goes to another, and nothing is held against it."""


class Gone(RuntimeError):
    """There is nothing any more that marks; the message says what to do. It ends the run."""


class Here:
    """No other process: for a look at one submission with a debugger."""

    size, here = 1, True

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        future: Future[Graded] = Future()
        try:
            future.set_result(grade(bundle, handed_in, environment(bundle.world)))
        except Exception as error:
            future.set_exception(error)
        return future

    def look(self) -> None:
        """There are no workers."""

    def close(self) -> None:
        """Nothing is left running."""


class Local:
    """Worker processes on this machine. They are forked from one that has imported what they need.

    Each has a pool, and so a channel, of its own. One that is killed while it sends its result leaves half a
    message, and a lock that nobody opens: that must not stop the others.
    first: what is marked first; all workers get ready for it at once, and nobody waits for them here.
    """

    here = True

    def __init__(self, size: int, task: Callable[..., Graded] = grade, first: Bundle | None = None):
        self.size, self.task, context = size, task, forks()
        self.watched = Watched(context)

        def begin() -> ProcessPool:
            given = first, self.watched.begun
            pool = ProcessPool(1, initializer=_begin, initargs=given, context=context)
            _ = pool.active  # asked for that, it starts its worker
            return pool

        self.workers = [_Worker(begin) for _ in range(size)]

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        self._renew()
        least = min(self.workers, key=lambda each: each.load)
        return least.submit(self.task, bundle, handed_in, dict(environment(bundle.world)))

    def look(self) -> None:
        self.watched.end_the_still()
        self._renew()

    def _renew(self) -> None:
        for each in self.workers:
            each.renew_if_lost()

    def close(self) -> None:
        for each in self.workers:
            each.close()
        forget_empty()  # workers that are stopped remove nothing
        forget_orphans()


class _Worker:
    """One worker process, and another when it is lost. begin: starts it, in a pool of one.

    given: what it has to do, each with the future that tells others. The pool has futures of its own, and an
    error of its own for those that it cannot keep.
    """

    def __init__(self, begin: Callable[[], ProcessPool]):
        self.begin, self.pool = begin, begin()
        self.given: list[tuple[Future[Graded], Future[Graded]]] = []

    @property
    def load(self) -> int:
        """How much it has yet to do."""
        return sum(not told.done() for told, _ in self.given)

    def submit(self, task: Callable[..., Graded], *args: Any) -> Future[Graded]:
        told, own = Future[Graded](), self.pool.schedule(task, args=args)
        self.given = [*(each for each in self.given if not each[0].done()), (told, own)]
        own.add_done_callback(partial(_tell, told))
        return told

    def renew_if_lost(self) -> None:
        """Begin with another process if this one is gone. What it had not begun goes to any other."""
        lost = any(each.done() and _is_lost(each.exception()) for _, each in self.given)
        if self.pool.active and not lost:
            return
        for told, own in self.given:
            with contextlib.suppress(InvalidStateError):  # it has been told already
                told.set_exception((Lost if own.running() else TurnedAway)("its worker is gone"))
        self.close()
        self.given, self.pool = [], self.begin()

    def close(self) -> None:
        self.pool.stop()
        self.pool.join()


def _tell(told: Future[Graded], own: Future[Graded]) -> None:
    """Say what came of it, unless it was given up before."""
    with contextlib.suppress(InvalidStateError):
        if own.cancelled() or own.exception():
            told.set_exception(Lost("it was stopped") if own.cancelled() else own.exception())
        else:
            told.set_result(own.result())


def _is_lost(error: BaseException | None) -> bool:
    return isinstance(error, Lost | ProcessExpired | BrokenProcessPool)


def _begin(first: Bundle | None, begun: SimpleQueue[int]) -> None:
    heed_none()
    begun.put(os.getpid())
    if first:
        get_ready(first)


def cores() -> int:
    """How many submissions run at once here, if nobody says."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def mark_all(
    pool: Pool, bundle: Bundle, names: Iterable[str], read: Callable[[str], HandedIn | None]
) -> Iterator[tuple[HandedIn, Graded]]:
    """Mark the submissions of these students; yield what came of each, as it comes.

    read: returns what a student handed in, None if that is gone. It is read only when it is soon to be
    marked, so that a class of large files is never in memory. Those whose worker was lost are marked again
    when all others are done, one at a time: what ends its worker then does so itself, and has the status of
    a fault of ours. Raises BoxError and Gone where no submission can be marked.
    """
    suspects = []
    coming = (handed_in for name in names if (handed_in := read(name)) is not None)
    for handed_in, graded in _marked(pool, bundle, coming):
        if graded is None:
            suspects.append(handed_in)
        else:
            yield handed_in, graded
    for suspect in suspects:
        for handed_in, graded in _marked(pool, bundle, iter([suspect])):
            yield handed_in, graded or failed(handed_in.key(bundle), ENDED)


def _marked(
    pool: Pool, bundle: Bundle, coming: Iterator[HandedIn]
) -> Iterator[tuple[HandedIn, Graded | None]]:
    """Mark them side by side; None is what comes of one whose worker was lost."""
    running: dict[Future[Graded], HandedIn] = {}
    boxless: set[HandedIn] = set()
    while True:
        while len(running) < 2 * pool.size and (handed_in := next(coming, None)) is not None:
            running[pool.submit(bundle, handed_in)] = handed_in
        if not running:
            return
        done = wait(running, LOOKING, FIRST_COMPLETED).done
        pool.look()
        for future in done:
            handed_in = running.pop(future)
            if _goes_again(future, handed_in, boxless):
                running[pool.submit(bundle, handed_in)] = handed_in
            else:
                yield handed_in, _result(future, handed_in, bundle)


def _goes_again(future: Future[Graded], handed_in: HandedIn, boxless: set[HandedIn]) -> bool:
    """Whether nothing was found out about it. A box may fail to start once, on a machine with much to do."""
    error = future.exception()
    if isinstance(error, BoxError) and handed_in not in boxless:
        boxless.add(handed_in)
        return True
    return isinstance(error, TurnedAway)


def _result(future: Future[Graded], handed_in: HandedIn, bundle: Bundle) -> Graded | None:
    """What came of a submission; None if its worker was lost."""
    try:
        return future.result()
    except (BoxError, Gone):
        raise
    except Exception as error:
        if _is_lost(error):
            return None
        return failed(handed_in.key(bundle), f"{type(error).__name__}: {error}")
