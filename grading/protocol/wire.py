"""Messages over a socket, between processes that do not trust each other.

A message is a header (length, kind, nonce) and one packed value, see plain.py.
"""

from __future__ import annotations

import secrets
import socket
import struct
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from grading.protocol.clock import Deadline
from grading.protocol.plain import MAX_BYTES, MEGABYTE, Garbage, pack, unpack

HEADER = struct.Struct("!I1s16s")
REQUEST, ANSWER, ASK = b"q", b"a", b"?"
IGNORED, MOST_IGNORED = MAX_BYTES, 10_000  # the most bytes, and messages, that belong to no request


class Late(TimeoutError):
    """The error when no answer comes in time."""


class Closed(EOFError):
    """The error when the other side is gone."""


class Patience(Protocol):
    """An object that knows how long to wait: a deadline, or a time that the other side may have."""

    def left(self) -> float:
        """Return how many seconds to wait before the next call of `left`; 0 or less when the time is over."""


Time = float | Patience | None  # seconds, or an object that knows them; None: without limit


class Message(NamedTuple):
    """One message: its kind, the nonce of its request, and the packed value."""

    kind: bytes
    nonce: bytes
    payload: bytes


class Link:
    """One end of a socket that carries messages. It never reads more than one message's limit.

    bare: whether only lists, dictionaries, words and numbers are accepted, and not many of them.
    """

    def __init__(self, end: socket.socket, bare: bool = False):
        self.end, self.bare = end, bare
        self.most = MAX_BYTES // 4 if bare else MAX_BYTES

    def send(self, message: Message, seconds: Time = None) -> None:
        """Send a message. Raises Closed if nobody is there, Late if nobody takes it in time."""
        header = HEADER.pack(len(message.payload), message.kind, message.nonce)
        patience, rest = patient(seconds), memoryview(header + message.payload)
        while rest:
            rest = rest[self._patiently(patience, self.end.send, rest) :]

    def receive(self, seconds: Time = None) -> Message:
        """Return the next message. Raises Late, Closed, or Garbage for a message over the limit."""
        patience = patient(seconds)
        size, kind, nonce = HEADER.unpack(self._exactly(HEADER.size, patience))
        if size > self.most or kind not in (REQUEST, ANSWER, ASK):
            raise Garbage("not a message of this protocol")
        return Message(kind, nonce, self._exactly(size, patience))

    def _exactly(self, size: int, patience: Patience | None) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            part = self._patiently(patience, self.end.recv, min(size - len(parts), MEGABYTE))
            if not part:
                raise Closed("the other side is gone")
            parts += part
        return bytes(parts)

    def _patiently(self, patience: Patience | None, step: Callable[[Any], Any], what: Any) -> Any:
        """Send or receive, and wait for the other side if needed. Raises Late or Closed."""
        while True:
            left = patience.left() if patience else None
            if left is not None and left <= 0:
                raise Late("no answer in time")
            try:
                self.end.settimeout(left)
                return step(what)
            except TimeoutError:
                continue  # there may be time left
            except OSError:
                raise Closed("the other side is gone") from None

    def request(
        self,
        value: Any,
        seconds: Time = None,
        answer_ask: Callable[[Any], Any] | None = None,
        send_along: Sequence[socket.socket] = (),
    ) -> Any:
        """Send a request and return the value of its answer. Messages of other requests are ignored.

        answer_ask: a function for questions that the other side asks before its answer. It gets a question's
        value, and returns the value to send back.
        send_along: sockets for the other side.
        """
        nonce, patience, ignored = secrets.token_bytes(16), patient(seconds), 0
        self.send(Message(REQUEST, nonce, pack(value)), patience)
        for each in send_along:
            self._send_along(each)
        while True:
            message = self.receive(patience)
            if message.nonce == nonce and message.kind == ANSWER:
                return unpack(message.payload, self.bare)
            if message.nonce == nonce and message.kind == ASK and answer_ask:
                self.send(Message(ANSWER, nonce, pack(answer_ask(unpack(message.payload)))), patience)
                continue
            ignored += len(message.payload) + IGNORED // MOST_IGNORED
            if ignored > IGNORED:
                raise Garbage("too many messages of other requests")

    def _send_along(self, other: socket.socket) -> None:
        try:
            socket.send_fds(self.end, [b"+"], [other.fileno()])
        except OSError:
            raise Closed("the other side is gone") from None

    def sent_along(self) -> socket.socket:
        """Return the next socket that came with the request just received. Raises Closed."""
        self.end.settimeout(None)
        _, descriptors, _, _ = socket.recv_fds(self.end, 1, 1)
        if not descriptors:
            raise Closed("no socket came along")
        return socket.socket(fileno=descriptors[0])

    def close(self) -> None:
        """Close the connection."""
        self.end.close()


def patient(seconds: Time) -> Patience | None:
    """Return an object that knows how long to wait; None to wait without limit."""
    return Deadline(seconds) if isinstance(seconds, int | float) else seconds


def pair(bare: bool = False) -> tuple[Link, socket.socket]:
    """Return this side's link, and the socket for the other side."""
    mine, theirs = socket.socketpair()
    return Link(mine, bare), theirs
