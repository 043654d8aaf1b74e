"""Messages between box and scorer: plain values arrive unchanged, and hostile bytes do no harm."""

import collections
import os
import socket
import time

import msgpack
import numpy as np
import pandas
import pytest

from checks.reading import MAX_ITEMS, Unread
from grading.protocol import made, plain, wire
from grading.protocol.outputs import outputs_of
from grading.protocol.plain import Garbage, NotPlain, pack, unpack
from grading.protocol.shell import MOST_OUTPUTS, PICTURES_LIMIT, TEXT_LIMIT
from grading.protocol.wire import Closed, Late, Link, pair

VALUES = [
    None, True, 7, -(2**70), 10**900, 1.5, float("inf"), 2 + 3j, "word", b"bytes", [1, [2.0, "x"]], (1, (2,)),
    {1, 2}, {"a": [1], 3: None}, np.float64(2.5), np.int8(3), np.bool_(True), np.arange(6.0).reshape(2, 3),
    np.zeros((0, 3)), np.array(["ab", "c"]), np.array([1 + 2j]),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: f"{type(value).__name__}-{str(value)[:12]}")
def test_plain_values_arrive_unchanged(value):
    arrived = unpack(pack(value))
    assert type(arrived) is type(value)
    assert np.array_equal(arrived, value) if isinstance(value, np.ndarray) else arrived == value
    assert getattr(arrived, "dtype", None) == getattr(value, "dtype", None)


def test_numbers_in_types_of_other_libraries_arrive_as_numbers():
    class Table(np.ndarray):
        def __array_function__(self, *args):
            raise AssertionError("no method of a subclass is asked")

    named = collections.namedtuple("named", "a b")
    table = pandas.DataFrame({"a": [1.0, 2], "b": [3, 4]})
    assert type(unpack(pack(np.zeros(2).view(Table)))) is np.ndarray
    assert unpack(pack(named(1, 2))) == (1, 2)
    assert unpack(pack(collections.OrderedDict(a=1))) == {"a": 1}
    assert unpack(pack(x * 2 for x in range(3))) == [0, 2, 4]
    assert unpack(pack({"a": 1}.values())) == [1]
    assert unpack(pack(np.array([np.zeros(2), None], dtype=object)))[1] is None
    assert unpack(pack(table)).equals(table)
    assert unpack(pack(table["a"])).tolist() == [1, 2]
    assert type(unpack(pack(type("Number", (float,), {"__eq__": lambda *_: True})(2)))) is float


def deep(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (object(), "class"), (lambda: 1, "class"), ([socket], "class"), (10**2000, "digits"), (deep(40), "depth"),
        ({(1, 2): 3}, "keys"), (np.zeros(2, dtype="M8[s]"), "dtype"), (np.zeros(2**24), "frame"),
        (iter(int, 1), "items"),
    ],
)  # fmt: skip
def test_values_that_are_not_plain_are_refused_with_a_reason(value, word, monkeypatch):
    monkeypatch.setattr(plain, "MAX_ITEMS", 10_000)
    with pytest.raises(NotPlain) as refused:
        pack(value)
    assert refused.value.word == word


def nested_extensions(levels):
    data = b"\xc0"
    for _ in range(levels):
        data = msgpack.packb(msgpack.ExtType(made.TUPLE, data))
    return data


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"\xff\xff", b"\xdd\xff\xff\xff\xff", b"\x91" * 5000, nested_extensions(3000),
        msgpack.packb(msgpack.ExtType(99, b"")), msgpack.packb({"a": 1}) + b"x",
        msgpack.packb(msgpack.ExtType(made.ARRAY, msgpack.packb(["|O", [1], bytes(8)]))),
        msgpack.packb(msgpack.ExtType(made.ARRAY, msgpack.packb(["<f8", [-5, 7], bytes(8)]))),
        msgpack.packb(msgpack.ExtType(made.ARRAY, msgpack.packb(["V8", [1], bytes(8)]))),
        msgpack.packb(msgpack.ExtType(made.BIG, msgpack.packb("9" * 5000))),
        msgpack.packb(msgpack.ExtType(made.SET, msgpack.packb([[1]]))),
    ],
    ids=lambda payload: payload[:8].hex(),
)  # fmt: skip
def test_hostile_bytes_are_refused_as_garbage(payload):
    with pytest.raises(Garbage):
        unpack(payload)


def test_half_a_surrogate_pair_does_not_stop_packing():
    assert unpack(pack("a\ud800b")).startswith("a")


def test_an_answer_needs_the_nonce_of_its_request():
    mine, theirs = pair()
    other = Link(theirs)
    forged = wire.Message(wire.ANSWER, bytes(16), pack("forged"))
    for _ in range(3):
        other.send(forged)
    with pytest.raises(Late):
        mine.request("?", 0.2)


def test_a_closed_connection_and_a_too_large_message_are_different_errors():
    mine, theirs = pair()
    theirs.sendall(wire.HEADER.pack(2**31, b"a", bytes(16)))
    with pytest.raises(Garbage):
        mine.receive(1)
    theirs.close()
    with pytest.raises(Closed):
        mine.receive(1)
    with pytest.raises(Closed):
        mine.send(wire.Message(wire.REQUEST, bytes(16), b""))


MEGABYTES = 60 * made.MEGABYTE  # the most that one message can hold


def raw(value):
    """Pack a value as a guest without any limits would."""
    return msgpack.packb(value)


def of_kind(code, value):
    return msgpack.ExtType(code, raw(value))


def within(code, value, levels):
    for _ in range(levels):
        value = of_kind(code, [value])
    return value


# Messages above each limit of the reader. It must refuse each of them quickly.
ABOVE = {
    "values in lists": lambda: [[]] * MAX_ITEMS * 2,
    "values in a list": lambda: [1] * (MAX_ITEMS + 1),
    "entries": lambda: {n: [n, n, n] for n in range(700_000)},
    "tuples": lambda: [of_kind(made.TUPLE, [])] * 410_000,
    "depth of lists": lambda: b"\x91" * (made.MAX_DEPTH + 2) + b"\xc0",
    "depth of dictionaries": lambda: b"\x81\x01" * 400 + b"\xc0",
    "depth of tuples": lambda: within(made.TUPLE, 1, made.MAX_DEPTH + 1),
    "lists in tuples in lists": lambda: b"\x91" * 20 + raw(of_kind(made.TUPLE, [deep(20)])),
    "copies of copies": lambda: within(made.TUPLE, bytes(MEGABYTES), 10),
    "digits": lambda: of_kind(made.BIG, "9" * 1_003),
    "tables": lambda: [of_kind(made.FRAME, [])] * (made.MAX_FRAMES + 1),
    "columns": lambda: of_kind(made.FRAME, [[str(n), []] for n in range(5_000)]),
    "bytes for the shape": lambda: of_kind(made.ARRAY, ["<f8", [2**30], bytes(8)]),
    "axes": lambda: of_kind(made.ARRAY, ["<f8", [1] * 100_000, bytes(8)]),
    "shape of bytes": lambda: of_kind(made.ARRAY, ["<f8", bytes(MEGABYTES), bytes(8)]),
    "shape of words": lambda: of_kind(made.ARRAY, ["<f8", ["1"], bytes(8)]),
    "length of words": lambda: of_kind(made.ARRAY, ["<U999999999", [1], bytes(8)]),
    "dtype of objects": lambda: of_kind(made.ARRAY, ["|O8", [1], bytes(8)]),
    "dtype of records": lambda: of_kind(made.ARRAY, ["i4,O", [1], bytes(12)]),
    "dtype that is no word": lambda: of_kind(made.SCALAR, [8, bytes(8)]),
    "tuple of a text": lambda: of_kind(made.TUPLE, "x" * MEGABYTES),
    "tuple of bytes": lambda: of_kind(made.TUPLE, bytes(MEGABYTES)),
    "tuple of an array": lambda: of_kind(made.TUPLE, of_kind(made.ARRAY, ["|u1", [2**24], bytes(2**24)])),
    "set of a text": lambda: of_kind(made.SET, "".join(map(chr, range(1_000, 50_000)))),
    "complex number of words": lambda: of_kind(made.COMPLEX, ["1", [2]]),
    "kind": lambda: msgpack.ExtType(77, b""),
}  # fmt: skip


@pytest.mark.parametrize("bound", ABOVE)
def test_the_reader_has_its_own_limits(bound):
    payload = ABOVE[bound]()
    payload = payload if isinstance(payload, bytes) else raw(payload)
    begin = time.process_time()
    with pytest.raises(Garbage):
        unpack(payload)
    assert time.process_time() - begin < 2


def test_messages_of_a_session_contain_only_bare_values():
    for value in (of_kind(made.TUPLE, []), of_kind(made.ARRAY, ["|u1", [1], b"1"]), [of_kind(made.SET, [])]):
        with pytest.raises(Garbage):
            unpack(raw(value), bare=True)
    assert unpack(raw({"a": [1, "b", None]}), bare=True) == {"a": [1, "b", None]}
    assert unpack(msgpack.packb(msgpack.Timestamp(3, 0))) == 3.0


HASH = 2**61 - 1  # numbers with this difference have the same hash
ALIKE = {
    "whole numbers": lambda: [n * HASH for n in range(1, 9)] + [of_kind(made.BIG, str(n * HASH)) for n in range(9, 60_000)],
    "fractions": lambda: [2.0 ** (61 * n) for n in range(-16, 17)],
    "numbers of numpy": lambda: [of_kind(made.SCALAR, ["<f8", np.float64(2.0 ** (61 * n)).tobytes()]) for n in range(-16, 17)],
    "tuples": lambda: [of_kind(made.TUPLE, [1, of_kind(made.BIG, str(n * HASH))]) for n in range(9, 20_000)],
    "one number": lambda: [1] * 1_000_000,
    "zeros": lambda: [0.0, 0, False, -0.0] * 10_000,
}  # fmt: skip


@pytest.mark.parametrize("kind", ALIKE)
def test_a_set_of_values_whose_hashes_are_alike_is_not_made(kind):
    for payload in (raw(of_kind(made.SET, ALIKE[kind]())), raw([{"a": of_kind(made.SET, ALIKE[kind]())}])):
        begin = time.process_time()
        value = unpack(payload)
        assert time.process_time() - begin < 2
        (found,) = [value] if isinstance(value, Unread) else value[0].values()
        assert found.word == "alike"


def test_a_dictionary_of_keys_whose_hashes_are_alike_is_not_made():
    packer = msgpack.Packer()
    keys = [2.0 ** (61 * n) for n in range(-16, 17)]
    payload = packer.pack_map_header(len(keys)) + b"".join(packer.pack(key) + packer.pack(1) for key in keys)
    assert unpack(payload).word == "alike"


def test_honest_sets_and_dictionaries_of_any_size_are_made():
    numbers = set(range(-100_000, 100_000))
    pairs = {(a, b) for a in range(-50, 50) for b in range(-50, 50)}
    nans = [float("nan")] * 30
    assert unpack(pack(numbers)) == numbers
    assert unpack(pack(pairs)) == pairs
    assert unpack(pack(dict.fromkeys(numbers))).keys() == numbers
    assert len(unpack(pack([set(nans)]))[0]) == 1
    assert unpack(pack({n / 7 for n in range(100_000)})) == {n / 7 for n in range(100_000)}


@pytest.mark.parametrize(("size", "count"), [(0, 2 * wire.MOST_IGNORED), (made.MEGABYTE, 100)])
def test_a_limited_number_of_messages_for_other_requests_is_ignored(size, count):
    mine, theirs = pair()
    child = os.fork()
    if child == 0:
        mine.close()
        try:
            for _ in range(count):
                Link(theirs).send(wire.Message(wire.ANSWER, bytes(16), bytes(size)))
        finally:
            os._exit(0)
    with pytest.raises(Garbage):
        mine.request("?", 20)
    mine.close()
    theirs.close()
    os.waitpid(child, 0)


def test_file_descriptors_in_a_message_are_not_accepted():
    mine, theirs = pair()
    before = len(os.listdir("/proc/self/fd"))
    message = wire.HEADER.pack(1, wire.ANSWER, bytes(16)) + b"\xc0"
    socket.send_fds(theirs, [message], [theirs.fileno()] * 100)
    assert mine.receive(1).payload == b"\xc0"
    socket.send_fds(theirs, [b"+"], [theirs.fileno()] * 100)
    mine.sent_along().close()
    assert len(os.listdir("/proc/self/fd")) == before


def shown(*items):
    return outputs_of(list(items))


def test_the_reader_takes_a_limited_amount_of_output():
    stream = {"kind": "stream", "name": "stdout", "text": "x" * 150_000}
    picture = {"kind": "data", "data": {"image/png": "A" * 900_000, "text/plain": "y", "text/evil": "z"}}
    error = {"kind": "error", "name": "n" * 999, "value": "v" * 9_999, "traceback": ["t" * 150_000] * 9}
    assert len(shown(*[{"kind": "stream", "text": "x"}] * 9_999)) == MOST_OUTPUTS
    assert sum(len(each["text"]) for each in shown(stream, stream, stream)) == 2 * TEXT_LIMIT
    assert sum(len(each["data"].get("image/png", "")) for each in shown(*[picture] * 9)) <= PICTURES_LIMIT
    assert "text/evil" not in shown(picture)[0]["data"]
    (taken,) = shown(error)
    assert (len(taken["name"]), len(taken["value"]), len("".join(taken["traceback"]))) == (
        100,
        1_000,
        2 * TEXT_LIMIT,
    )


@pytest.mark.parametrize(
    "odd",
    [
        None,
        1,
        [],
        {},
        {"kind": []},
        {"kind": "data", "data": 1},
        {"kind": "data", "data": {"text/html": [1]}},
    ],
)
def test_an_output_of_an_unknown_form_is_left_out(odd):
    assert shown(odd) == []
    assert shown({"kind": "error", "name": [1], "value": {}, "traceback": 3})[0]["name"] == ""
