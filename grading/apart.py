"""Call functions in a separate process, with a limit of time and memory.

Files that students hand in are read by parsers that nobody made for hostile texts. 60 MB of brackets became
2.5 GB of lists in 26 seconds, and deeply nested code can end the process that reads it. So a fork of the
calling process reads such files. It is a fork and not a worker of a pool, for two reasons. A fork knows
everything that its parent has read, so little must be sent to it. And it is known exactly how much one
question used. The fork stays and answers the next question. If it was ended, another one is forked. A new
fork for each question took 20 ms, ten times as long as reading an ordinary notebook. Time is that of the
processor, so a busy machine does not matter.
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

SECONDS, MEGABYTES = 5.0, 500  # for one submission: an ordinary one needs 0.05 seconds and less than 1 MB
PATIENCE = 600.0  # seconds of the clock; if it takes longer, a file system or this machine hangs
PATIENT = 100  # milliseconds in which a process can end by itself
CAN_FORK = sys.platform != "darwin"  # on macOS, libraries fail in a forked process
MEMORY_ENDED = 3  # the exit code of a process that had not enough memory
Asked, Answer = TypeVar("Asked"), TypeVar("Answer")


class Excess(StrEnum):
    """The limit that a function exceeded; CRASH if it ended its process."""

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
    """The error for a function that exceeded its limits. The message names the limit, without a full stop."""

    def __init__(self, excess: Excess):
        super().__init__(SAYS[excess])
        self.excess = excess


@dataclass
class Budget:
    """The time that several questions may use together. seconds: the seconds of a processor that are left."""

    seconds: float = SECONDS


class Apart(Generic[Asked, Answer]):
    """A function that is called in another process. Only that process sees what the function changes.

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
                return self.ask(argument, budget)  # the old process may still have held earlier files
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
    """Call a function once in another process, and return its result. Raises the same errors as Apart.ask."""
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
        """Return whether the function returned, what it returned or raised, and how many seconds it used."""
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
    """Ensure that the process is gone, and return how it ended, even if it has ended before this call."""
    if os.getpid() != owner:  # this is another fork with a copy of this object: it has no such child
        return None
    for pipe in pipes:
        with contextlib.suppress(OSError):  # closing sends what was not sent yet, and may fail
            pipe.close()
    for _ in range(PATIENT):  # the process ends by itself when its pipe is closed
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
    """Serve questions in the other process, and end it in any case. Nothing of the parent is cleaned up."""
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
    """Call the function. Raises MemoryError, which ends the process, and so frees its memory."""
    begin = time.process_time()
    try:
        returned, value = True, function(argument)
    except MemoryError:
        raise
    except Exception as error:
        returned, value = False, error
    return returned, value, time.process_time() - begin


def _prepare(kept: set[int]) -> None:
    """Release what belongs to the parent, such as its locks, and set the limit of memory for this process."""
    heed_none()  # the parent ends this process
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    faulthandler.disable()  # the parent reports in one sentence what ended this process
    gc.freeze()  # the collector must not look at the parent's objects: that would copy their memory
    gc.disable()  # it would look at millions of lists again and again; it runs between two questions instead
    for each in (int(name) for name in os.listdir("/dev/fd")):
        with contextlib.suppress(OSError):
            _ = os.close(each) if each not in kept else None
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):  # some systems do not count memory in this way
        pages = int(Path("/proc/self/statm").read_text().split()[5])
        most = pages * resource.getpagesize() + MEGABYTES * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
