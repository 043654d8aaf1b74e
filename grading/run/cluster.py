"""Many submissions at once, on many machines: the workers of a dask scheduler.

Nothing needs a shared disk: a task carries the bytes of the submission, and the bundle goes to each
worker once. A task may run twice, when a worker is lost: its result is the same, and is written
once, where the run was started.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

from distributed import Client, KilledWorker

from grading.run.bundle import Bundle
from grading.run.environment import OtherEnvironment, environment, require_environment
from grading.run.pool import Lost
from grading.run.task import Graded, HandedIn, failed, grade

CONNECTING = "10s"


class Cluster:
    """The workers of the scheduler at an address. Those with another environment are sent away.

    say: is told, in a sentence, of each worker that is sent away. Raises OSError if no scheduler
    answers, RuntimeError if no worker is left.
    """

    here = False

    def __init__(self, address: str, say: Callable[[str], None] = print, task: Callable[..., Graded] = grade):
        self.asked, self.say, self.task = dict(environment()), say, task
        try:
            self.client = Client(address, timeout=CONNECTING, set_as_default=False)
        except (OSError, ValueError) as error:
            raise OSError(f"no scheduler answers at {address}: {error}") from None
        self.tasks = self.client.get_executor(pure=False, retries=0)
        self.doubtful = True  # whether a worker may be there that was not asked for its environment

    @property
    def size(self) -> int:
        """How many submissions they mark at once: a process marks one at a time."""
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        """Begin to mark a submission."""
        if self.doubtful:
            self._send_away()
        future: Future[Graded] = Future()
        held = self.client.submit(_held, bundle, key=f"bundle-{bundle.key}")  # made anew if it is lost
        task = self.tasks.submit(self.task, held, handed_in, self.asked)
        task.add_done_callback(lambda done: self._pass_on(done, future, handed_in.key(bundle)))
        return future

    def _pass_on(self, done: Future[Graded], future: Future[Graded], key: str) -> None:
        """What came of a task: a result, or why there is none."""
        error = done.exception() if not done.cancelled() else Lost("the scheduler has let it go")
        if error is None:
            future.set_result(done.result())
        elif isinstance(error, KilledWorker):
            future.set_result(failed(key, "every worker that began it was lost; the others go on"))
        else:
            self.doubtful = self.doubtful or isinstance(error, OtherEnvironment)
            future.set_exception(Lost(str(error)) if isinstance(error, OtherEnvironment) else error)

    def _send_away(self) -> None:
        """Ask all workers for their environment, and do without those that would give other marks."""
        self.client.wait_for_workers(1, timeout=60)
        found = self.client.run(_differences, self.asked, on_error="return")
        others = {address: str(said) for address, said in found.items() if said}
        for address, said in others.items():
            self.say(f"the worker at {address} is sent away: {said}")
        if others:
            self.client.retire_workers(list(others), close_workers=True)
        self.doubtful = False
        if len(others) == len(found):
            raise RuntimeError("no worker has the environment of this machine, see above: install it there.")

    def close(self) -> None:
        """Let the workers be; what they have begun is not waited for."""
        self.tasks.shutdown(wait=False)
        self.client.close()


def _held(bundle: Bundle) -> Bundle:
    return bundle


def _differences(asked: Mapping[str, Any]) -> str:
    """Runs on a worker: what is different there."""
    try:
        require_environment(asked)
    except OtherEnvironment as error:
        return str(error)
    return ""
