"""Mark many submissions at the same time on many machines, with the workers of a dask scheduler.

No shared disk is needed: a task has the bytes of the submission, and the bundle (what the assignment is
marked with) is sent to each worker once. If a worker is lost, its task may run twice. The result is the same,
and it is written once, on the machine where the run was started.
"""

from __future__ import annotations

import contextlib
import itertools
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import distributed
from distributed import Client, KilledWorker, get_worker
from distributed.client import ClosedClientError

from grading.box.process import BoxError
from grading.course import World
from grading.run.bundle import Bundle
from grading.run.environment import OtherEnvironment, environment, require_environment
from grading.run.pool import Gone, Lost, TurnedAway
from grading.run.scheduler import require_scheduler
from grading.run.task import Graded, HandedIn, failed, grade

HANDS = 8  # results are fetched by so many threads: a result that was lost with its worker delays no other
CONNECTING = 10.0  # seconds that a scheduler may take to answer, or to come back after it was lost
COUNTING = 1.0  # seconds after which the workers are counted again
NO_SCHEDULER = (
    "the scheduler at {} does not answer any more. What was marked is written: start it and its workers, "
    "and run the same command again. It goes on from here."
)
NO_WORKER = "no worker is there: waiting for one. Ctrl + C stops, and the same command goes on from here."
NONE_LEFT = (
    "no worker may mark, see above. Fix that and start workers, then run the same command again: "
    "it goes on from here."
)


@dataclass(frozen=True)
class Refused:
    """The answer of a worker that would give other marks than this machine, or that has no box."""

    worker: str
    why: str


class Cluster:
    """The workers of the scheduler at an address. Workers that may not mark are sent away.

    say: is called with a sentence for each worker that is sent away, and if there are no workers.
    task: the function with which a worker marks. It takes a bundle, a submission and the required
        environment.

    Raises OSError, with a sentence, if no scheduler answers.
    """

    here = False

    def __init__(self, address: str, say: Callable[[str], None] = print, task: Callable[..., Graded] = grade):
        self.address, self.say, self.task = address, say, task
        self.world = World()
        require_scheduler(address, CONNECTING)
        self.client = Client(address, timeout=CONNECTING, set_as_default=False)
        self.hands = ThreadPoolExecutor(HANDS, "results")
        self.numbers = itertools.count()
        self.bundles: dict[str, distributed.Future] = {}
        self.running: dict[Future[Graded], distributed.Future] = {}
        self.refused: deque[Refused] = deque()  # filled by another thread
        self.doubtful = True  # whether there may be a worker that cannot even say what is different there
        self.workers, self.counted = -1, 0.0

    def _asked(self) -> dict[str, str]:
        """Return the environment in which marks must be made: that of this machine."""
        return dict(environment(self.world))

    @property
    def size(self) -> int:
        """How many submissions the workers mark at the same time: each process marks one at a time."""
        if time.monotonic() > self.counted + COUNTING:
            self._count()
        return max(1, self.workers)

    def _count(self) -> None:
        before = self.workers
        if self.client.status == "running":
            with contextlib.suppress(OSError):
                self.workers = len(self.client.nthreads())
        self.counted = time.monotonic()
        if not self.workers and before:
            self.say(NO_WORKER)

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        """Begin to mark a submission. Raises Gone if no scheduler answers, or no worker may mark."""
        self.world = bundle.world
        self._await_scheduler()
        if self.doubtful or self.refused:
            self._send_away()
        future: Future[Graded] = Future()
        given = (self.task, self._held(bundle), handed_in, self._asked())
        key = f"mark-{handed_in.key(bundle)[:16]}-{next(self.numbers)}"  # only this client uses this key
        task = self.running[future] = self._begin(_work, *given, key=key)
        task.add_done_callback(lambda done: self.hands.submit(self._pass_on, done, future))
        return future

    def _await_scheduler(self) -> None:
        """Wait for a lost connection: dask connects again if the scheduler comes back soon."""
        end = time.monotonic() + 2 * CONNECTING
        while self.client.status in ("connecting", "newly-connected") and time.monotonic() < end:
            time.sleep(0.05)
        if self.client.status != "running":
            raise Gone(NO_SCHEDULER.format(self.address))

    def _begin(self, function: Callable[..., Any], *given: Any, key: str) -> distributed.Future:
        try:
            return self.client.submit(function, *given, key=f"{key}-{self.client.id}", retries=0)
        except (OSError, ClosedClientError):
            raise Gone(NO_SCHEDULER.format(self.address)) from None

    def _held(self, bundle: Bundle) -> distributed.Future:
        """Return the bundle as the workers get it. If a copy is lost with its worker, make another copy."""
        held = self.bundles.get(bundle.key)
        if held is None or held.status not in ("pending", "finished"):
            key = f"bundle-{bundle.key[:16]}-{next(self.numbers)}"
            held = self.bundles[bundle.key] = self._begin(_same, bundle, key=key)
        return held

    def _pass_on(self, done: distributed.Future, future: Future[Graded]) -> None:
        """Give the result of a task that has ended to the waiting future. This runs in another thread."""
        self.running.pop(future, None)
        try:
            future.set_result(self._result(done))
        except (TurnedAway, Lost) as error:
            future.set_exception(error)
        except CancelledError:
            future.set_exception(TurnedAway("the scheduler has let it go"))
        except Exception as error:  # the worker could not even read the task, or the result was lost
            self.doubtful = True
            future.set_exception(Lost(f"{type(error).__name__}: {error}"))

    def _result(self, done: distributed.Future) -> Graded:
        try:
            result = done.result()
        except KilledWorker as error:
            raise Lost(str(error)) from None
        if isinstance(result, Refused):
            self.refused.append(result)
            raise TurnedAway(result.why)
        return result

    def _send_away(self) -> None:
        """Remove workers that would give other marks, or no marks."""
        try:
            unfit = self._unfit()
        except (OSError, ClosedClientError):  # the scheduler was lost during the question
            raise Gone(NO_SCHEDULER.format(self.address)) from None
        for worker, why in unfit.items():
            self.say(f"the worker at {worker} is sent away: {why}")
        if unfit:
            self.client.retire_workers(list(unfit), close_workers=True)
            if not self._is_any_left(unfit):
                raise Gone(NONE_LEFT)

    def _unfit(self) -> dict[str, str]:
        """Return the workers that refused a task, with the reasons. In doubt, ask all workers first."""
        unfit: dict[str, str] = {}
        while self.refused:
            each = self.refused.popleft()
            unfit[each.worker] = each.why
        if self.doubtful:
            self.doubtful = False
            said = self.client.run(_differences, self._asked(), self.world, on_error="return")
            # A worker that does not answer is being lost. The scheduler takes care of it.
            unfit |= {
                worker: str(why) for worker, why in said.items() if why and not isinstance(why, OSError)
            }
        there = self.client.nthreads()
        return {worker: why for worker, why in unfit.items() if worker in there}

    def _is_any_left(self, unfit: Mapping[str, str]) -> bool:
        """Tell whether there are other workers. Wait a while: a lost worker may be coming back."""
        end = time.monotonic() + CONNECTING
        while not (left := set(self.client.nthreads()) - set(unfit)) and time.monotonic() < end:
            time.sleep(0.2)
        return bool(left)

    def look(self) -> None:
        """Do nothing: the scheduler gives the task of a silent worker to another worker."""

    def close(self) -> None:
        """Cancel tasks that no worker has begun. The workers stay. Results of begun tasks are discarded."""
        if self.client.status != "closed":
            with contextlib.suppress(OSError, ClosedClientError, TimeoutError):
                self.client.cancel(list(self.running.values()), force=True)
            self.client.close()
        self.hands.shutdown(wait=False, cancel_futures=True)


def _same(bundle: Bundle) -> Bundle:
    return bundle


def _work(
    task: Callable[..., Graded], bundle: Bundle, handed_in: HandedIn, asked: Mapping[str, str]
) -> Graded | Refused:
    """Mark a submission on a worker, or return why this worker cannot mark it."""
    try:
        return task(bundle, handed_in, asked)
    except (OtherEnvironment, BoxError) as error:
        return Refused(get_worker().address, str(error))
    except Exception as error:
        return failed(handed_in.key(bundle), f"{type(error).__name__}: {error}")


def _differences(asked: Mapping[str, str], world: World) -> str:
    """Return what is different on the worker that runs this."""
    try:
        require_environment(asked, world)
    except Exception as error:
        return str(error)
    return ""
