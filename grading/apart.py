"""Call functions in a process of their own, which may use so much time and memory and no more.

What students hand in goes through parsers that nobody made for hostile texts. 60 MB of brackets became
2.5 GB of lists in 26 seconds, and code that is nested deeply can end the process that reads it. So it is
read in a fork of whoever asks. Why a fork, and no worker of a pool: it knows all that its parent has read,
so little is sent to it, and what one question used is known exactly. It stays and answers the next
question; where it was ended, another is forked. A new fork for each question took 20 ms, ten times as long
as reading an ordinary notebook does. Time is that of the processor, so a busy machine is nobody's mistake.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import pickle
import resource
import select
import signal
import sys
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Generic, NoReturn, TypeVar

from grading.interrupts import heed_none

SECONDS, MEGABYTES = 5.0, 500  # for one submission: an ordinary one takes 0.05 seconds and less than 1 MB
PATIENCE = 600.0  # seconds of the clock, after which a file system or this machine hangs
PATIENT = 100  # milliseconds that a process has to end by itself
CAN_FORK = sys.platform != "darwin"  # whose libraries do not bear it
MEMORY_ENDED = 3  # exit code
Asked, Answer = TypeVar("Asked"), TypeVar("Answer")


class Excess(StrEnum):
    """What a function used too much of, or that it ended its process."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"


FAR_TOO_MUCH = (
    "It is far too large for a notebook: in Jupyter clear the outputs of all cells, remove pasted data, "
    "save, and hand it in again"
)
SAYS = {
    Excess.TIME: f"to read it takes more than {SECONDS:g} seconds of a processor. {FAR_TOO_MUCH}",
    Excess.MEMORY: f"to read it takes more than {MEGABYTES} MB of memory. {FAR_TOO_MUCH}",
    Excess.CRASH: "the program that reads it crashed. Brackets in brackets, thousands deep, can do that",
}


class TooCostly(Exception):
    """A function used more than it may; the message says so of what it read, without a full stop."""

    def __init__(self, excess: Excess):
        super().__init__(SAYS[excess])
        self.excess = excess


@dataclass
class Budget:
    """What several questions may use together. seconds: of a processor, that are left."""

    seconds: float = SECONDS


class Apart(Generic[Asked, Answer]):
    """A function that is called in another process. What it changes is seen there alone.

    Example:
        Apart(len).ask("abc")  # 3
    """

    def __init__(self, function: Callable[[Asked], Answer]):
        self.function = function
        self._other: _Other | None = None

    def ask(self, argument: Asked, budget: Budget | None = None) -> Answer:
        """Return what the function returns, or raise what it raises.

        Raises TooCostly, and TimeoutError if no answer comes for a very long time.
        """
        budget = budget or Budget()
        if not CAN_FORK:
            return self.function(argument)
        if budget.seconds <= 0:
            raise TooCostly(Excess.TIME)
        is_new = self._other is None
        self._other = self._other or _Other(self.function)
        try:
            returned, value, used = self._other.ask(argument, budget.seconds)
        except TooCostly as error:
            self.close()
            if error.excess is not Excess.TIME and not is_new:
                return self.ask(argument, budget)  # it may still have held what others had handed in
            budget.seconds = 0
            raise
        except BaseException:
            self.close()
            raise
        budget.seconds -= used
        if not returned:
            raise value
        return value

    def close(self) -> None:
        """End the process, if there is one."""
        if self._other:
            self._other.end()
            self._other = None


def call_apart(function: Callable[[], Answer]) -> Answer:
    """Return what a function returns, called once in another process. Raises as Apart.ask does."""
    with contextlib.closing(Apart(lambda _: function())) as other:
        return other.ask(None)


class _Other:
    """The other process, and the pipes to it."""

    def __init__(self, function: Callable[[Any], Any]):
        theirs, asking = os.pipe()
        hearing, answering = os.pipe()
        self.process = os.fork()
        if not self.process:
            _serve(function, theirs, answering)
        os.close(theirs)
        os.close(answering)
        self.questions, self.answers = os.fdopen(asking, "wb"), os.fdopen(hearing, "rb")
        self.end = weakref.finalize(self, _end, self.process, os.getpid(), self.questions, self.answers)

    def ask(self, argument: Any, seconds: float) -> tuple[bool, Any, float]:
        """Return whether the function returned, what it returned or raised, and the seconds that it used."""
        waiting = select.poll()
        waiting.register(self.answers, select.POLLIN | select.POLLHUP)
        try:
            pickle.dump((argument, seconds), self.questions, pickle.HIGHEST_PROTOCOL)
            self.questions.flush()
            if not waiting.poll(1000 * PATIENCE):
                raise TimeoutError(f"what was handed in could not be read within {PATIENCE:g} seconds")
            return pickle.load(self.answers)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            raise TooCostly(_excess(self.end())) from None


def _end(process: int, owner: int, *pipes: IO[bytes]) -> int | None:
    """See that the process is gone, and return how it ended. One that has ended already keeps its reason."""
    if os.getpid() != owner:  # another fork has a copy of this, and no child of that number
        return None
    for pipe in pipes:
        with contextlib.suppress(OSError):  # what was not sent yet
            pipe.close()
    for _ in range(PATIENT):  # it ends by itself when nobody can ask it any more
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.001)
    os.kill(process, signal.SIGKILL)
    return os.waitpid(process, 0)[1]


def _excess(status: int | None) -> Excess:
    if status is not None and os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF:
        return Excess.TIME
    if status is not None and os.WIFEXITED(status) and os.WEXITSTATUS(status) == MEMORY_ENDED:
        return Excess.MEMORY
    return Excess.CRASH


def _serve(function: Callable[[Any], Any], theirs: int, answering: int) -> NoReturn:
    """Runs in the other process, and ends it, whatever happens: nothing of its parent's is cleaned up."""
    code = 1
    try:
        _prepare({0, 1, 2, theirs, answering})
        with open(theirs, "rb") as questions, open(answering, "wb") as answers:
            while True:
                argument, seconds = pickle.load(questions)
                signal.setitimer(signal.ITIMER_PROF, seconds)
                pickle.dump(_answer(function, argument), answers, pickle.HIGHEST_PROTOCOL)
                signal.setitimer(signal.ITIMER_PROF, 0)
                answers.flush()
                gc.collect()
    except EOFError:
        code = 0
    except MemoryError:
        code = MEMORY_ENDED
    finally:
        os._exit(code)


def _answer(function: Callable[[Any], Any], argument: Any) -> tuple[bool, Any, float]:
    """Raises MemoryError, which ends the process: what it holds is gone with it."""
    begin = time.process_time()
    try:
        returned, value = True, function(argument)
    except MemoryError:
        raise
    except Exception as error:
        returned, value = False, error
    return returned, value, time.process_time() - begin


def _prepare(kept: set[int]) -> None:
    """Let go of what is the parent's, such as its locks; and let this process have so much more memory."""
    heed_none()  # the parent ends this
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    faulthandler.disable()  # what ends this process is said in one sentence
    gc.freeze()  # what the parent has made is not looked at, or it would be copied
    gc.disable()  # millions of lists would be looked at again and again; it is done between two questions
    for each in (int(name) for name in os.listdir("/dev/fd")):
        with contextlib.suppress(OSError):
            _ = os.close(each) if each not in kept else None
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):  # where memory is not counted so
        pages = int(Path("/proc/self/statm").read_text().split()[5])
        most = pages * resource.getpagesize() + MEGABYTES * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
