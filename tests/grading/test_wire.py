"""What crosses the wire is plain, arrives as it was sent, and hostile bytes end nothing."""

import collections
import socket

import msgpack
import numpy as np
import pandas
import pytest

from grading.protocol import plain, wire
from grading.protocol.plain import Garbage, NotPlain, pack, unpack
from grading.protocol.wire import Closed, Late, Link, pair

VALUES = [
    None, True, 7, -(2**70), 10**900, 1.5, float("inf"), 2 + 3j, "word", b"bytes", [1, [2.0, "x"]], (1, (2,)),
    {1, 2}, {"a": [1], 3: None}, np.float64(2.5), np.int8(3), np.bool_(True), np.arange(6.0).reshape(2, 3),
    np.zeros((0, 3)), np.array(["ab", "c"]), np.array([1 + 2j]),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: f"{type(value).__name__}-{str(value)[:12]}")
def test_plain_values_arrive_as_they_were(value):
    arrived = unpack(pack(value))
    assert type(arrived) is type(value)
    assert np.array_equal(arrived, value) if isinstance(value, np.ndarray) else arrived == value
    assert getattr(arrived, "dtype", None) == getattr(value, "dtype", None)


def test_what_libraries_make_of_numbers_arrives_as_numbers():
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
def test_what_is_not_plain_is_refused_with_a_word(value, word, monkeypatch):
    monkeypatch.setattr(plain, "MAX_ITEMS", 10_000)
    with pytest.raises(NotPlain) as refused:
        pack(value)
    assert refused.value.word == word


def nested_extensions(levels):
    data = b"\xc0"
    for _ in range(levels):
        data = msgpack.packb(msgpack.ExtType(plain.TUPLE, data))
    return data


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"\xff\xff", b"\xdd\xff\xff\xff\xff", b"\x91" * 5000, nested_extensions(3000),
        msgpack.packb(msgpack.ExtType(99, b"")), msgpack.packb({"a": 1}) + b"x",
        msgpack.packb(msgpack.ExtType(plain.ARRAY, msgpack.packb(["|O", [1], bytes(8)]))),
        msgpack.packb(msgpack.ExtType(plain.ARRAY, msgpack.packb(["<f8", [-5, 7], bytes(8)]))),
        msgpack.packb(msgpack.ExtType(plain.ARRAY, msgpack.packb(["V8", [1], bytes(8)]))),
        msgpack.packb(msgpack.ExtType(plain.BIG, msgpack.packb("9" * 5000))),
        msgpack.packb(msgpack.ExtType(plain.SET, msgpack.packb([[1]]))),
    ],
    ids=lambda payload: payload[:8].hex(),
)  # fmt: skip
def test_hostile_bytes_are_garbage_and_nothing_else(payload):
    with pytest.raises(Garbage):
        unpack(payload)


def test_halves_of_characters_do_not_stop_it():
    assert unpack(pack("a\ud800b")).startswith("a")


def test_an_answer_needs_the_nonce_of_its_request():
    mine, theirs = pair()
    other = Link(theirs)
    forged = wire.Message(wire.ANSWER, bytes(16), pack("forged"))
    for _ in range(3):
        other.send(forged)
    with pytest.raises(Late):
        mine.request("?", 0.2)


def test_who_hangs_up_or_sends_too_much_is_told_apart():
    mine, theirs = pair()
    theirs.sendall(wire.HEADER.pack(2**31, b"a", bytes(16)))
    with pytest.raises(Garbage):
        mine.receive(1)
    theirs.close()
    with pytest.raises(Closed):
        mine.receive(1)
    with pytest.raises(Closed):
        mine.send(wire.Message(wire.REQUEST, bytes(16), b""))
