"""A copy of the session, with its state at a test cell.

The copy does not change: workers answer the requests, and each worker is a copy of this copy.
"""

from __future__ import annotations

import contextlib
import os
import signal
from typing import Any

from grading.inside.worker import work_apart
from grading.protocol.clock import Allowance, family
from grading.protocol.limits import INTERRUPT
from grading.protocol.plain import Garbage, pack, unpack
from grading.protocol.shell import Shell
from grading.protocol.wire import ANSWER, ASK, REQUEST, Closed, Late, Link, Message, pair

GRACE = 1.0  # seconds between the polite interrupt and the end of a worker


def keep(link: Link, shell: Shell, seconds: float) -> None:
    """Serve requests until the scorer hangs up. seconds: the most that each request may take."""
    worker: Worker | None = None
    instead: Message | None = None
    with contextlib.suppress(Closed):
        while True:
            message, instead = instead or link.receive(), None
            if unpack(message.payload)["op"] == "rest":
                worker = worker and worker.end()
                link.send(Message(ANSWER, message.nonce, pack({})))
                continue
            worker = worker or Worker(link, shell, seconds)
            try:
                answer = worker.answer(message, link)
            except GivenUp as given_up:
                worker, instead = worker.end(), given_up.instead
                continue
            if isinstance(answer, dict):  # the worker was late or has ended, and could not say this
                worker = worker.end()
                answer = Message(ANSWER, message.nonce, pack(answer))
            link.send(answer)
    if worker:
        worker.end()


class GivenUp(Exception):
    """The scorer sends a new request instead of an answer to the question of a worker."""

    def __init__(self, instead: Message):
        super().__init__()
        self.instead = instead


class Worker:
    """A process that calls the student's functions. One worker serves many calls, until it ends."""

    def __init__(self, outer: Link, shell: Shell, seconds: float):
        self.seconds = seconds
        self.link, theirs = pair()
        self.process = os.fork()
        if self.process == 0:
            outer.close()
            self.link.close()
            try:
                work_apart(Link(theirs), shell, seconds)
            finally:
                os._exit(0)
        theirs.close()

    def answer(self, message: Message, outer: Link) -> Message | dict[str, Any]:
        """Return the worker's message, or why there is no message. Questions of the worker go to the scorer.

        Raises GivenUp if the scorer does not answer such a question.
        """
        allowed = Allowance(self.seconds, lambda: family(self.process), self._interrupt, GRACE)
        try:
            self.link.send(message, allowed)
            while True:
                reply = self.link.receive(allowed)
                if reply.kind != ASK:
                    return reply
                with allowed.paused():
                    outer.send(reply)
                    told = outer.receive()
                if told.kind == REQUEST:
                    raise GivenUp(told)
                self.link.send(told, allowed)
        except Late:
            return {"late": True}
        except (Closed, Garbage):
            return {"died": self._signal()}

    def _interrupt(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, INTERRUPT)

    def _signal(self) -> int:
        """Wait for the worker's end; return the number of the signal that ended it, or 0 if it exited."""
        self.link.close()
        with contextlib.suppress(ChildProcessError):
            _, status = os.waitpid(self.process, 0)
            self.process = 0
            return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        return 0

    def end(self) -> None:
        """End the worker, even if it is running."""
        self.link.close()
        if self.process:
            end_child(self.process)


def end_child(process: int) -> None:
    """Kill a child and wait for it, also if it is gone already."""
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
