"""Many submissions at once: what marks them, and what becomes of those whose worker is lost."""

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


def is_lost(error: BaseException | None) -> bool:
    """Whether a worker is gone, so that nothing was found out about what it had."""
    return isinstance(error, Lost | ProcessExpired | BrokenProcessPool)


def mark_all(
    pool: Pool,
    bundle: Bundle,
    names: Iterable[str],
    read: Callable[[str], HandedIn | None],
    waiting: Waiting = lambda students, seconds: None,
) -> Iterator[tuple[HandedIn, Graded]]:
    """Mark the submissions of these students; yield what came of each, as it comes.

    read: returns what a student handed in, None if that is gone. It is read only when it is soon to be
    marked, so that a class of large files is never in memory. waiting: is told again and again, while no
    result comes, whose are awaited, and for how many seconds. Those whose worker was lost are marked again
    when all others are done, one at a time: what ends its worker then does so itself, and has the status of
    a fault of ours. Raises BoxError and Gone where no submission can be marked.
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
    """Mark them side by side; None is what comes of one whose worker was lost."""
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
        if is_lost(error):
            return None
        return failed(handed_in.key(bundle), f"{type(error).__name__}: {error}")
