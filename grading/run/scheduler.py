"""Find out whether a dask scheduler answers at an address. If not, a sentence says why, and what to do."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Iterator
from enum import Enum
from socket import gaierror
from typing import Any

from distributed import Security
from distributed.comm import CommClosedError, parse_address, parse_host_port
from distributed.comm.registry import get_backend


class Silent(Enum):
    """The reason why a scheduler does not answer."""

    ADDRESS = "this is not an address. One looks like tcp://HOST:8786, with TLS like tls://HOST:8786."
    NAME = "no machine of that name is known here. Look at how the address is spelled."
    NOBODY = "nothing listens there. Look at whether the scheduler runs, and at the port."
    TIME = "it took too long. Look at the address, and at whether a firewall is between."
    ENDED = "the scheduler ended the connection. If it uses TLS, write tls:// and set its certificate here."
    PLAIN = "the scheduler does not use TLS. Write tcp://, or start the scheduler with TLS."
    ENCRYPTED = "dask's configuration here asks for TLS, so the address must begin with tls://."
    WITHOUT = "the address asks for TLS, but dask's configuration here names no certificate."
    CERTIFICATE = "its certificate and the one here do not fit each other, or one of them is out of date."
    UNREADABLE = "the certificate or key that dask's configuration names here cannot be read."


def require_scheduler(address: str, seconds: float) -> None:
    """Raise OSError, with a sentence, unless a scheduler answers at the address within about this time.

    dask's client is made only afterwards: a client that fails leaves threads running, and prints a traceback.
    """
    if why := _silent(address, seconds):
        raise OSError(f"no scheduler answers at {address}: {why.value}")


def _silent(address: str, seconds: float) -> Silent | None:
    try:
        secured = Security().get_connection_args("client")
    except OSError:  # also the errors that OpenSSL raises for a file
        return Silent.UNREADABLE
    return _of_address(address) or asyncio.run(_tried(address, seconds, secured))


def _of_address(address: str) -> Silent | None:
    try:
        scheme, place = parse_address(address, strict=True)
        get_backend(scheme)
        parse_host_port(place)
    except ValueError:
        return Silent.ADDRESS
    return None


async def _tried(address: str, seconds: float, secured: dict[str, Any]) -> Silent | None:
    """Try until the time is over: a scheduler may just be starting. Return the result of the last full try.

    dask tries again by itself, and then reports how its last try ended: often that the time was over.
    """
    end, why = time.monotonic() + seconds, Silent.TIME
    while (left := end - time.monotonic()) > 0:
        try:
            await asyncio.wait_for(_identity(address, secured), left)
            return None
        except TimeoutError:
            return why
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            why = _why(error)
        if why not in PASSING:
            break
        await asyncio.sleep(PAUSE)
    return why


async def _identity(address: str, secured: dict[str, Any]) -> None:
    """Ask the scheduler who it is: with TLS, only an answer shows that it accepts this certificate."""
    scheme, place = parse_address(address)
    comm = await get_backend(scheme).get_connector().connect(place, deserialize=True, **secured)
    try:
        await comm.write(comm.handshake_info())
        await comm.read()
        await comm.write({"op": "identity", "reply": True})
        await comm.read()
    finally:
        comm.abort()


PAUSE = 0.2  # seconds between two tries
PASSING = {Silent.NAME, Silent.NOBODY, Silent.ENDED}  # these reasons may disappear in a moment
# The first kind that fits decides: it may have caused the kinds below it. A TLS error ends a connection.
KINDS: tuple[tuple[type[BaseException], Silent], ...] = (
    (ssl.SSLError, Silent.CERTIFICATE),
    (gaierror, Silent.NAME),
    (ConnectionRefusedError, Silent.NOBODY),
    (ConnectionError, Silent.ENDED),
    (TypeError, Silent.WITHOUT),
    (ValueError, Silent.PLAIN),  # the scheduler answered before TLS began
    (RuntimeError, Silent.ENCRYPTED),
    (TimeoutError, Silent.TIME),
    (CommClosedError, Silent.ENDED),  # dask raises it also after each of the other errors
)


def _why(error: BaseException) -> Silent:
    chain = list(_causes(error))
    for each in chain:
        if isinstance(each, ssl.SSLError) and each.reason == "WRONG_VERSION_NUMBER":
            return Silent.PLAIN
    found = (why for kind, why in KINDS if any(isinstance(each, kind) for each in chain))
    return next(found, Silent.TIME)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and its causes. tornado keeps the cause of a closed stream in `real_error`."""
    while error is not None:
        yield error
        error = getattr(error, "real_error", None) or error.__cause__ or error.__context__
