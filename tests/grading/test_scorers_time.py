"""Whatever a box answers, the scorer reads it only for a short time, and counts it as wrong."""

import contextlib
import io
import threading
import time

import msgpack
import numpy as np
import pytest
from often import often

from checks.call import try_case
from checks.hints import Ladder
from checks.lighter import LARGE, lightened
from checks.reading import Unread
from checks.run import run_check
from grading.protocol import made
from grading.protocol.plain import pack
from grading.protocol.wire import ANSWER, ASK, Closed, Link, Message, pair
from grading.scorer import standin
from grading.scorer.allowed import TestTime
from grading.scorer.standin import Caller, StandIn
from grading.status import Status
from helpers.checking import CHECKER

MEANS = "compute_means"
HASH = 2**61 - 1
MEGABYTES = 60 * made.MEGABYTE


def of_kind(code, value):
    return msgpack.ExtType(code, msgpack.packb(value))


def array(dtype, shape, data):
    return of_kind(made.ARRAY, [dtype, shape, data])


HOSTILE = {
    "a set whose hashes are alike": lambda: of_kind(
        made.SET, [of_kind(made.BIG, str(n * HASH)) for n in range(9, 150_000)]
    ),
    "a list": lambda: [1.5] * 1_900_000,
    "lists in a list": lambda: [[1.5]] * 600_000,
    "words that are numbers": lambda: ["1.5"] * 1_900_000,
    "short words in an array": lambda: array("|S1", [MEGABYTES], b"1" * MEGABYTES),
    "wide words in an array": lambda: array(
        "<U1", [MEGABYTES // 4], "1".encode("utf-32-le") * (MEGABYTES // 4)
    ),
    "one long word": lambda: "1" * MEGABYTES,
    "bytes": lambda: array("|u1", [MEGABYTES], bytes(MEGABYTES)),
    "NaN": lambda: array("<f8", [MEGABYTES // 8], np.full(MEGABYTES // 8, np.nan).tobytes()),
    "many entries": lambda: {str(n): 1 for n in range(600_000)},
    "large numbers": lambda: [of_kind(made.BIG, "9" * 1_000)] * 60_000,
    "arrays in a list": lambda: [array("<f8", [1], bytes(8))] * 200_000,
    "a table": lambda: of_kind(made.FRAME, [[str(n), [1.5] * 100] for n in range(1_000)]),
    "a tuple of a text": lambda: of_kind(made.TUPLE, "x" * MEGABYTES),
    "lists within lists": lambda: b"\x91" * 500 + b"\xc0",
}


def caller_of(answer):
    """Return a caller whose box answers every request with answer(link, message)."""
    mine, theirs = pair()
    link = Link(theirs)

    def serve():
        with contextlib.suppress(Closed):
            while True:
                message = link.receive()
                link.send(Message(ANSWER, message.nonce, answer(link, message)))

    threading.Thread(target=serve, daemon=True).start()
    caller = Caller(mine, TestTime(20.0, 60.0, 1.0))
    caller.time.begin(lambda waited: waited)
    return caller


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_answer_is_wrong_and_takes_the_scorer_little_time(kind):
    payload = HOSTILE[kind]()
    packed = payload if isinstance(payload, bytes) else msgpack.packb(payload)
    caller = caller_of(lambda link, message: msgpack.packb({"packed": packed, "changed": {}}))
    case = CHECKER.public[MEANS][0]
    begin = time.thread_time()
    outcome = try_case(_Once(StandIn(MEANS, caller)), case)
    assert time.thread_time() - begin < 2
    assert outcome.share == 0
    assert set(caller.hit) <= {Status.OUTPUT_LIMIT, Status.CRASHED}
    caller.link.close()


def time_of_calls(caller, most):
    """Call the function until calls are refused. Return the processor time and the number of calls."""
    function, calls, begin = StandIn(MEANS, caller), 0, time.process_time()
    with contextlib.suppress(TimeoutError):
        while calls < most:
            function.answering((), 1)
            calls += 1
    return time.process_time() - begin, calls


@pytest.mark.parametrize("kind", often(["many entries", "a list", "NaN"]))
def test_large_answers_are_read_for_a_second_and_then_no_more(kind):
    packed = msgpack.packb(HOSTILE[kind]())
    caller = caller_of(lambda link, message: msgpack.packb({"packed": packed, "changed": {}}))
    spent, calls = time_of_calls(caller, 100)
    assert spent < 2 * 2  # the box of this test runs in this process
    assert 0 < calls < 100
    assert caller.hit == {Status.OUTPUT_LIMIT: standin.TOO_MUCH}
    again = caller_of(lambda link, message: msgpack.packb({"packed": packed, "changed": {}}))
    again.read_before = caller.reading  # as in another test of the same submission
    _, fewer = time_of_calls(again, 100)
    assert 0 < fewer < calls


def test_small_answers_are_read_any_number_of_times():
    packed = pack(np.ones((30, 3)))
    caller = caller_of(lambda link, message: msgpack.packb({"packed": packed, "changed": {}}))
    caller.read_before = 99.0
    assert time_of_calls(caller, 100)[1] == 100
    assert not caller.hit


class _Once:
    """A function that may be called once: the second call reaches a limit."""

    def __init__(self, function):
        self.function, self.calls, self.__name__ = function, 0, function.__name__

    def answering(self, *args, **kwargs):
        self.calls += 1
        if self.calls > 1:
            raise TimeoutError
        return self.function.answering(*args, **kwargs)

    def replaying(self, record):
        return contextlib.nullcontext()


@pytest.mark.parametrize("kind", often(["a list", "a set whose hashes are alike", "NaN"]))
def test_a_whole_test_with_hostile_answers_ends_soon(kind):
    packed = msgpack.packb(HOSTILE[kind]())
    caller = caller_of(lambda link, message: msgpack.packb({"packed": packed, "changed": {}}))
    begin = time.thread_time()
    with contextlib.redirect_stdout(io.StringIO()):
        mark = run_check(StandIn(MEANS, caller), 6, CHECKER.public, MEANS, CHECKER.finders, Ladder())
    assert time.thread_time() - begin < 10
    assert mark == 0
    caller.link.close()


@pytest.mark.parametrize(
    "answer",
    [
        {"packed": [1], "changed": {}}, {"packed": pack(1), "changed": [[n * HASH, 1] for n in range(9)]}, {"changed": 3},
        {"packed": pack(1), "printed": [[0] * 99] * 9_999, "changed": {0: {"a": 1}, 1: "x", "y": 2, -1: 3}},
        {"error": ["x"] * 100_000, "text": [0] * 100_000, "number": [1], "where": {}, "line": 1.5}, {"error": 5}, {},
    ],
)  # fmt: skip
def test_a_malformed_answer_is_not_called_a_fault_of_the_grader(answer):
    caller = caller_of(lambda link, message: msgpack.packb(answer))
    outcome = try_case(_Once(StandIn(MEANS, caller)), CHECKER.public[MEANS][0])
    assert outcome.share == 0
    caller.link.close()


@pytest.mark.parametrize(
    "asked", [5, None, [MEANS], [[], []], {"a": 1}, [MEANS, 7], ["x", [[1.5] * 100_000]]]
)
def test_a_box_may_ask_for_anything_during_a_call(asked):
    def answer(link, message):
        link.send(Message(ASK, message.nonce, pack(asked)))
        link.receive()
        return msgpack.packb({"packed": pack(1), "changed": {}})

    caller = caller_of(answer)
    with contextlib.suppress(RuntimeError):
        assert StandIn(MEANS, caller).answering((), np.zeros(3)) == 1
    assert set(caller.hit) <= {Status.CRASHED}
    caller.link.close()


def test_a_box_that_asks_without_end_runs_out_of_time(monkeypatch):
    monkeypatch.setattr(standin, "ASKING", 0.2)

    def answer(link, message):
        while True:
            link.send(Message(ASK, message.nonce, pack([MEANS, [[1.5] * 10_000]])))
            link.receive()

    caller = caller_of(answer)
    with pytest.raises(TimeoutError):
        StandIn(MEANS, caller).answering((), np.zeros(3))
    assert set(caller.hit) == {Status.TIME_LIMIT}
    caller.link.close()


def test_of_a_too_large_answer_only_the_shape_is_kept():
    case = CHECKER.public[MEANS][0]
    light = lightened(np.zeros((LARGE, 2)), case)
    assert light.shape == (LARGE, 2)
    assert light.strides == (0, 0)
    assert lightened([[1.5, 2.5]] * LARGE, case).shape == (LARGE, 2)
    assert isinstance(lightened("x" * 100 * LARGE + "x" * 100, case), Unread)
    assert isinstance(lightened(np.array(["x" * 1_000] * LARGE), case), Unread)
    assert len(lightened({str(n): n for n in range(LARGE)}, case)) <= 100


@pytest.mark.parametrize(
    "value", [1.5, "x", None, [1, 2], (1, (2,)), {"a": [1]}, {1, 2}, np.zeros((300, 300))]
)
def test_an_answer_of_normal_size_is_not_changed(value):
    kept = lightened(value, CHECKER.public[MEANS][0])
    assert type(kept) is type(value)
    assert np.array_equal(kept, value) if isinstance(value, np.ndarray) else kept == value
