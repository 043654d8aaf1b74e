"""Many submissions at once, on this machine: each worker is a process with a warm parent of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from multiprocessing.queues import SimpleQueue
from typing import Protocol

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

    first: what is marked first; all workers get ready for it at once, and nobody waits for them here.
    """

    here = True

    def __init__(self, size: int, task: Callable[..., Graded] = grade, first: Bundle | None = None):
        self.size, self.task = size, task
        context = forks()
        self.watched = Watched(context)
        given = first, self.watched.begun
        self.pool = ProcessPool(size, initializer=_begin, initargs=given, context=context)
        _ = self.pool.active  # asked for that, it starts its workers

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        return self.pool.schedule(self.task, args=(bundle, handed_in, dict(environment(bundle.world))))

    def look(self) -> None:
        self.watched.end_the_still()

    def close(self) -> None:
        self.pool.stop()
        self.pool.join()
        forget_empty()  # workers that are stopped remove nothing
        forget_orphans()


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
    except (Lost, ProcessExpired):
        return None
    except (BoxError, Gone):
        raise
    except Exception as error:
        return failed(handed_in.key(bundle), f"{type(error).__name__}: {error}")
