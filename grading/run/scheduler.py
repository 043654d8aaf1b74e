"""Whether a dask scheduler answers at an address; if not, why, in a sentence that says what to do."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from enum import Enum
from socket import gaierror
from typing import Any

from distributed import Security
from distributed.comm import connect


class Silent(Enum):
    """Why a scheduler does not answer."""

    ADDRESS = "this is not an address. One looks like tcp://HOST:8786, with TLS like tls://HOST:8786."
    NAME = "no machine of that name is known here. Look at how the address is spelled."
    NOBODY = "nothing listens there. Look at whether the scheduler runs, and at the port."
    TIME = "it took too long. Look at the address, and at whether a firewall is between."
    ENDED = "it ended the connection. If it uses TLS, write tls:// and set its certificate here."
    PLAIN = "it does not use TLS. Its address begins with tcp://, or it has to be started with TLS."
    ENCRYPTED = "dask's configuration here asks for TLS, so the address must begin with tls://."
    WITHOUT = "the address asks for TLS, but dask's configuration here names no certificate."
    CERTIFICATE = "its certificate and the one here do not fit each other, or one of them is out of date."
    UNREADABLE = "the certificate or key that dask's configuration names here cannot be read."


def require_scheduler(address: str, seconds: float) -> None:
    """Raise OSError, with a sentence, unless a scheduler answers at the address within about this time.

    A client of dask's is made only afterwards: one that fails leaves threads behind, and a traceback.
    """
    if why := _silent(address, seconds):
        raise OSError(f"no scheduler answers at {address}: {why.value}")


def _silent(address: str, seconds: float) -> Silent | None:
    try:
        secured = Security().get_connection_args("client")
    except OSError:  # also what OpenSSL makes of a file
        return Silent.UNREADABLE
    try:
        asyncio.run(asyncio.wait_for(_identity(address, seconds, secured), seconds + 1))
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        return _why(error)
    return None


async def _identity(address: str, seconds: float, secured: dict[str, Any]) -> None:
    """Ask the scheduler who it is: with TLS, only an answer shows that it takes our certificate."""
    comm = await connect(address, timeout=seconds, **secured)
    try:
        await comm.write({"op": "identity", "reply": True})
        await comm.read()
    finally:
        comm.abort()


# The first that fits decides. What is below has led to what is above: a TLS error ends a connection.
KINDS: tuple[tuple[type[BaseException], Silent], ...] = (
    (ssl.SSLError, Silent.CERTIFICATE),
    (gaierror, Silent.NAME),
    (ConnectionRefusedError, Silent.NOBODY),
    (ConnectionError, Silent.ENDED),
    (TypeError, Silent.WITHOUT),
    (ValueError, Silent.ADDRESS),
    (RuntimeError, Silent.ENCRYPTED),
    (TimeoutError, Silent.TIME),
)


def _why(error: BaseException) -> Silent:
    chain = list(_causes(error))
    for each in chain:
        if isinstance(each, ssl.SSLError) and each.reason == "WRONG_VERSION_NUMBER":
            return Silent.PLAIN
    found = (why for kind, why in KINDS if any(isinstance(each, kind) for each in chain))
    return next(found, Silent.TIME)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what has led to it; tornado keeps that of a closed stream in a place of its own."""
    while error is not None:
        yield error
        error = getattr(error, "real_error", None) or error.__cause__ or error.__context__
