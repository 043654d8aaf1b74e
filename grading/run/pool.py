"""Mark many submissions at the same time, and mark submissions again if their worker is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from pebble import ProcessExpired

from grading.box.process import BoxError
from grading.run.bundle import Bundle
from grading.run.environment import environment
from grading.run.task import Graded, HandedIn, failed, grade

Waiting = Callable[[Collection[str], float], None]
LOOKING = 2.0  # seconds until the next check of the workers: how many there are, and whether they are well
ENDED = "the process that marked it ended twice, the second time with nothing beside it; no other is touched"


class Pool(Protocol):
    """Workers that mark submissions: processes on this machine, or workers on other machines."""

    size: int
    here: bool  # whether the boxes are on this machine

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        """Begin to mark a submission. The future raises Lost or TurnedAway if it was not marked."""

    def look(self) -> None:
        """Check the workers. This is called repeatedly while they work."""

    def close(self) -> None:
        """End the tasks that still run, and the workers."""


class Lost(RuntimeError):
    """The error for a submission whose process is gone: perhaps the submission ended this process."""


class TurnedAway(RuntimeError):
    """The error if a worker may not mark a submission: another worker marks it, and it loses nothing."""


class Gone(RuntimeError):
    """The error if nothing is left that can mark; the message says what to do. It ends the run."""


class Here:
    """A pool without other processes: for looking at one submission with a debugger."""

    size, here = 1, True

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        future: Future[Graded] = Future()
        try:
            future.set_result(grade(bundle, handed_in, environment(bundle.world)))
        except Exception as error:
            future.set_exception(error)
        return future

    def look(self) -> None:
        """Do nothing: there are no workers."""

    def close(self) -> None:
        """Do nothing: nothing is running."""


def is_lost(error: BaseException | None) -> bool:
    """Tell whether a worker is gone, so that the result of its submission is unknown."""
    return isinstance(error, Lost | ProcessExpired | BrokenProcessPool)


def mark_all(
    pool: Pool,
    bundle: Bundle,
    names: Iterable[str],
    read: Callable[[str], HandedIn | None],
    waiting: Waiting = lambda students, seconds: None,
) -> Iterator[tuple[HandedIn, Graded]]:
    """Mark the submissions of these students; yield each result when it is ready.

    read: returns what a student handed in; None if it is gone. Each submission is read only shortly before it
    is marked, so that a class of large files is never in memory together.
    waiting: while no result comes, it is called repeatedly, with the students whose results are awaited, and
    the seconds since the last result.

    Submissions whose worker was lost are marked again when all others are done, one at a time. If the worker
    ends again, this submission is the reason: it gets the status of a fault of the grader. Raises BoxError
    and Gone if no submission can be marked.
    """
    suspects = []
    coming = (handed_in for name in names if (handed_in := read(name)) is not None)
    for handed_in, graded in _marked(pool, bundle, coming, waiting):
        if graded is None:
            suspects.append(handed_in)
        else:
            yield handed_in, graded
    for suspect in suspects:
        for handed_in, graded in _marked(pool, bundle, iter([suspect]), waiting):
            yield handed_in, graded or failed(handed_in.key(bundle), ENDED)


def _marked(
    pool: Pool, bundle: Bundle, coming: Iterator[HandedIn], waiting: Waiting
) -> Iterator[tuple[HandedIn, Graded | None]]:
    """Mark submissions at the same time. The result is None if the submission's worker was lost."""
    running: dict[Future[Graded], HandedIn] = {}
    boxless: set[HandedIn] = set()
    last = time.monotonic()
    while True:
        while len(running) < 2 * pool.size and (handed_in := next(coming, None)) is not None:
            running[pool.submit(bundle, handed_in)] = handed_in
        if not running:
            return
        done = wait(running, LOOKING, FIRST_COMPLETED).done
        pool.look()
        if not done:
            waiting([each.student for each in running.values()], time.monotonic() - last)
            continue
        last = time.monotonic()
        for future in done:
            handed_in = running.pop(future)
            if _goes_again(future, handed_in, boxless):
                running[pool.submit(bundle, handed_in)] = handed_in
            else:
                yield handed_in, _result(future, handed_in, bundle)


def _goes_again(future: Future[Graded], handed_in: HandedIn, boxless: set[HandedIn]) -> bool:
    """Tell whether to try a submission again. A box may fail to start once, if the machine is busy."""
    error = future.exception()
    if isinstance(error, BoxError) and handed_in not in boxless:
        boxless.add(handed_in)
        return True
    return isinstance(error, TurnedAway)


def _result(future: Future[Graded], handed_in: HandedIn, bundle: Bundle) -> Graded | None:
    """Return the result of a submission; None if its worker was lost."""
    try:
        return future.result()
    except (BoxError, Gone):
        raise
    except Exception as error:
        if is_lost(error):
            return None
        return failed(handed_in.key(bundle), f"{type(error).__name__}: {error}")
