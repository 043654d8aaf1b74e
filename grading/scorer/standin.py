"""Stand-ins for the names of a submission, which a test cell uses. They ask the box for plain values.

The box's answers are data. They never become code, a class or a name here, and answers on hidden cases are
never shown.
"""

from __future__ import annotations

import contextlib
import errno
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import numpy as np

from checks.raised import LONGEST, Place, happened_at
from checks.reading import TOO_LARGE, Unread
from checks.recording import Recording
from checks.replay import Recorded
from checks.texts import say
from checks.written import Written, written_in
from grading.protocol.limits import BUSY
from grading.protocol.outputs import word_of
from grading.protocol.plain import Garbage, unpack
from grading.protocol.wire import Closed, Late, Link
from grading.scorer.allowed import CallTime, TestTime
from grading.scorer.raising import exception
from grading.scorer.sentences import ENDED, MET, ONE_CALL, TOGETHER, TOO_MUCH
from grading.status import Status

PRINTED = 2_000  # characters of a call's printed text
NO_THREAD = "can't start new thread"  # Python's message if no more processes are allowed
RESTING = 4.0  # seconds in which a worker must end
READING = 1.0  # seconds on a processor to read the answers of one submission; right answers need nearly none
READING_EACH = 0.2  # seconds that each test may use, if other tests have used up READING
ASKING = 20.0  # seconds on a processor for all questions that one call asks before its answer
FULL = (errno.EFBIG, errno.ENOSPC, errno.EDQUOT)


class Caller:
    """A caller of functions in the box, within the time of one test cell. hit: the limits that were hit.

    busy: seconds in which this process itself worked on answers. reading: seconds on a processor in which
    it read answers. read_before: the same seconds for other tests of this submission.
    """

    def __init__(self, link: Link, time: TestTime):
        self.link, self.time, self.busy = link, time, 0.0
        self.reading = self.read_before = 0.0
        self.hit: dict[Status, str] = {}  # the sentence about each limit that was hit
        self.broken: Status | None = None
        self.wary = False  # whether a call in another test of this submission has hit a limit

    def ask(self, request: dict[str, Any], answer_ask: Callable[[Any], Any] | None = None) -> dict[str, Any]:
        """Return the box's answer. If there is no answer, raise an error that a call could raise."""
        self._is_there_hope(apart=bool(request.get("asked")))
        answer: Any = None
        call, other = CallTime(self.time), self.busy
        begin, loaded = time.process_time(), "pandas" in sys.modules

        def answering(asked: Any) -> Any:
            if time.process_time() - begin > ASKING:
                raise Late("too much was asked")
            with call.paused(), self.doubting():
                return answer_ask(asked) if answer_ask else []

        try:
            answer = self.link.request(request, call, answering)
            if not isinstance(answer, dict):
                raise Garbage("not an answer of this protocol")
        except Late:
            self.broken = Status.TIME_LIMIT
        except (Closed, Garbage):
            self.broken = Status.CRASHED
        finally:
            call.end()
            self._count(begin + (self.busy - other), loaded)
        if self.broken:
            raise self._limit(self.broken)
        with self.doubting():
            return self._checked(answer)

    def ask_instead(self, link: Link) -> None:
        """Use this link for all further requests."""
        if link is not self.link:
            self.link.close()
            self.link = link

    def rest(self) -> None:
        """End the worker process: between two parts of a test it would only use memory."""
        with contextlib.suppress(Late, Closed, Garbage):
            if not self.broken:
                self.link.request({"op": "rest"}, RESTING)

    def _is_there_hope(self, apart: bool) -> None:
        """Raise an error if the test must stop. apart: whether recorded answers replace other functions."""
        if self.broken:
            raise self._limit(self.broken)
        if self.busy >= self.time.test_seconds or self.time.is_over:
            self.note(Status.TIME_LIMIT, say(TOGETHER, seconds=self.time.test_seconds, busy=say(BUSY)))
            raise TimeoutError("no time is left")
        # The large answers may be the fault of functions that are now replaced, so these calls go on.
        if self.reading >= max(READING_EACH, READING - self.read_before) and not apart:
            self.note(Status.OUTPUT_LIMIT, say(TOO_MUCH))
            raise TimeoutError("enough was read")

    def _checked(self, answer: dict[str, Any]) -> dict[str, Any]:
        sys.stdout.write(word_of(answer.get("printed"), PRINTED))
        if "late" in answer:
            raise self._limit(Status.TIME_LIMIT)
        if "died" in answer:
            raise self._limit(Status.CRASHED)
        return answer

    def value(self, answer: dict[str, Any], entries: Collection[str] = ()) -> Any:
        """Return the value in an answer. entries: of a dictionary, only these can hit the limit of size."""
        begin, loaded = time.process_time(), "pandas" in sys.modules
        value = unpack(answer["packed"])
        self._count(begin, loaded)
        parts = [value[key] for key in entries if key in value] if isinstance(value, dict) else [value]
        for part in parts:
            if isinstance(part, Unread) and part.word in TOO_LARGE:
                self.note(
                    Status.OUTPUT_LIMIT, say("the answer is {described}", described=say(part.described))
                )
        return value

    def _count(self, begin: float, loaded: bool) -> None:
        """Count the time of reading since `begin`, unless pandas was loaded for it, which takes a second."""
        if loaded or "pandas" not in sys.modules:
            self.reading += time.process_time() - begin

    def _limit(self, limit: Status) -> Exception:
        if limit is Status.TIME_LIMIT:
            self.note(limit, say(ONE_CALL, seconds=self.time.call_seconds, busy=say(BUSY)))
            return TimeoutError("no answer in time")
        self.note(Status.CRASHED, say(ENDED))
        return RuntimeError("the process ended")

    @contextlib.contextmanager
    def doubting(self) -> Iterator[None]:
        """Guard code that unpacks an answer, which may have any content. A malformed answer is a crash."""
        begin = time.process_time()
        try:
            yield
        except (Garbage, TypeError, ValueError, KeyError, IndexError, AttributeError):
            self.broken = Status.CRASHED
            raise self._limit(Status.CRASHED) from None
        finally:
            self.busy += time.process_time() - begin

    def note(self, limit: Status, sentence: str) -> None:
        self.hit.setdefault(limit, sentence)

    def error(self, answer: dict[str, Any]) -> BaseException:
        """Return the exception that a call raised, with one of Python's own classes if it has one."""
        name, number = word_of(answer["error"], 100), answer.get("number", 0)
        text, where, line = (word_of(answer.get(key), LONGEST) for key in ("text", "where", "line"))
        if name == "MemoryError":
            self.note(Status.MEMORY_LIMIT, say(MET[Status.MEMORY_LIMIT]))
        elif name == "BlockingIOError" or text == NO_THREAD:
            self.note(Status.PROCESS_LIMIT, say(MET[Status.PROCESS_LIMIT]))
        elif number in FULL:
            self.note(Status.FILE_LIMIT, say(MET[Status.FILE_LIMIT]))
        return happened_at(exception(name, text), Place(where, line))


class StandIn:
    """A stand-in for a student's function: called with plain arguments, it returns a plain value."""

    def __init__(self, name: str, caller: Caller, code: Sequence[str] = ()):
        self.__name__, self.caller, self.code = name, caller, code
        self.records: dict[str, Recorded] = {}
        self.strict = False  # whether an operation that gives infinity or NaN is an error

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._called((), False, args, kwargs)

    def answering(self, entries: Collection[str], /, *args: Any, **kwargs: Any) -> Any:
        """Call the function to judge it. entries: the entries to compare, if it returns a dictionary."""
        return self._called(entries, True, args, kwargs)

    def _called(self, entries: Collection[str], judged: bool, args: Any, kwargs: Any) -> Any:
        request = {"op": "call", "name": self.__name__, "args": list(args), "kwargs": kwargs}
        request |= {
            "asked": list(self.records),
            "entries": list(entries),
            "judged": judged,
            "strict": self.strict,
        }
        answer = self.caller.ask(request, self._answer_ask)
        with self.caller.doubting():
            changed = answer.get("changed", {})
            for place in range(len(args)) if isinstance(changed, dict) else ():
                if place in changed:
                    _overwrite(args[place], changed[place])
            raised = self.caller.error(answer) if "error" in answer else None
            value = None if raised else self.caller.value(answer, entries)
        if raised:
            raise raised
        return value

    def written(self) -> Written | None:
        """Return the function's source from the submission's cells; None if it is not found there."""
        return written_in(self.code, self.__name__)

    @property
    def costly(self) -> bool:
        """Tell whether a call hit a limit, in this or an earlier test: another call would cost as much."""
        return bool(self.caller.hit) or self.caller.wary

    @contextlib.contextmanager
    def replaying(self, record: Recording) -> Iterator[None]:
        """Let recorded answers replace other functions that this function calls, see replay.py."""
        self.records = {name: Recorded(calls) for name, calls in record.items()}
        try:
            yield
        finally:
            self.records = {}

    @contextlib.contextmanager
    def strictly(self) -> Iterator[None]:
        """Make every operation that gives infinity or NaN an error, to find the first such operation."""
        self.strict = True
        try:
            yield
        finally:
            self.strict = False

    def _answer_ask(self, asked: Any) -> list[Any]:
        """Answer only a question with the right arguments: the box never gets the whole record."""
        name, args = asked
        known = self.records.get(name)
        return known.answer(args) if known else []


def _overwrite(mine: Any, new: Any) -> None:
    """Change an argument in the same way as the call has changed its copy."""
    if isinstance(mine, np.ndarray) and isinstance(new, np.ndarray) and new.shape == mine.shape:
        with contextlib.suppress(TypeError, ValueError):
            mine[...] = new
    elif isinstance(mine, list) and isinstance(new, list):
        mine[:] = new
    elif isinstance(mine, dict) and isinstance(new, dict):
        mine.clear()
        mine.update(new)
