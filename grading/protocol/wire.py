"""Messages over a socket, between processes that do not trust each other.

A message is a header (length, kind, nonce) and one packed value, see plain.py.
"""

from __future__ import annotations

import secrets
import socket
import struct
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from grading.protocol.plain import MAX_BYTES, MEGABYTE, Garbage, pack, unpack

HEADER = struct.Struct("!I1s16s")
REQUEST, ANSWER, ASK = b"q", b"a", b"?"


class Late(TimeoutError):
    """No answer in time."""


class Closed(EOFError):
    """The other side is gone."""


class Message(NamedTuple):
    """One message: what kind it is, the nonce of its request, and the packed value."""

    kind: bytes
    nonce: bytes
    payload: bytes


class Link:
    """One end of a socket that carries messages. It reads no more than a message's limit at once.

    bare: for who takes only lists, dictionaries, words and numbers, and not many of them.
    """

    def __init__(self, end: socket.socket, bare: bool = False):
        self.end, self.bare = end, bare
        self.most = MAX_BYTES // 4 if bare else MAX_BYTES

    def send(self, message: Message, seconds: float | None = None) -> None:
        """Send a message. Raises Closed if nobody is there, Late if nobody takes it in time."""
        header = HEADER.pack(len(message.payload), message.kind, message.nonce)
        try:
            self.end.settimeout(seconds)
            self.end.sendall(header + message.payload)
        except TimeoutError:
            raise Late("nobody reads") from None
        except OSError:
            raise Closed("the other side is gone") from None

    def receive(self, seconds: float | None = None) -> Message:
        """Return the next message. Raises Late, Closed, or Garbage for a message over the limit."""
        deadline = None if seconds is None else time.monotonic() + seconds
        size, kind, nonce = HEADER.unpack(self._exactly(HEADER.size, deadline))
        if size > self.most or kind not in (REQUEST, ANSWER, ASK):
            raise Garbage("no message of ours")
        return Message(kind, nonce, self._exactly(size, deadline))

    def _exactly(self, size: int, deadline: float | None) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise Late("no answer in time")
            try:
                self.end.settimeout(left)
                part = self.end.recv(min(size - len(parts), MEGABYTE))
            except TimeoutError:
                raise Late("no answer in time") from None
            except OSError:
                raise Closed("the other side is gone") from None
            if not part:
                raise Closed("the other side is gone")
            parts += part
        return bytes(parts)

    def request(
        self,
        value: Any,
        seconds: float | None = None,
        answer_ask: Callable[[Any], Any] | None = None,
        send_along: Sequence[socket.socket] = (),
    ) -> Any:
        """Send a request and return the value of its answer; messages of other requests are ignored.

        answer_ask: what to do when the other side asks something back on the way: a function of
        the value asked, which returns the value to answer. send_along: sockets for the other side.
        """
        nonce = secrets.token_bytes(16)
        deadline = None if seconds is None else time.monotonic() + seconds
        self.send(Message(REQUEST, nonce, pack(value)), seconds)
        for each in send_along:
            self._send_along(each)
        while True:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            message = self.receive(left)
            if message.nonce == nonce and message.kind == ANSWER:
                return unpack(message.payload, self.bare)
            if message.nonce == nonce and message.kind == ASK and answer_ask:
                self.send(Message(ANSWER, nonce, pack(answer_ask(unpack(message.payload)))), left)

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
        """Hang up."""
        self.end.close()


def pair(bare: bool = False) -> tuple[Link, socket.socket]:
    """Return this side's link, and the socket for the other side."""
    mine, theirs = socket.socketpair()
    return Link(mine, bare), theirs
