"""Why no scheduler answers: each reason soon gets its own sentence. For certificates see test_recipes.py."""

import contextlib
import socket
import threading
import time

import dask
import pytest
from distributed import Security

from grading.run.scheduler import Silent, require_scheduler

pytestmark = pytest.mark.instructor
HOST = "127.0.0.1"
TLS = "distributed.comm.tls"


def why(address, seconds=4.0):
    """Return the reason that is given, which must come in time."""
    start = time.monotonic()
    with pytest.raises(OSError, match="^no scheduler answers at ") as raised:
        require_scheduler(address, seconds)
    assert time.monotonic() - start < seconds + 60  # it must end, even on a busy machine
    return Silent(str(raised.value).removeprefix(f"no scheduler answers at {address}: "))


@contextlib.contextmanager
def listening(answer=None):
    """Yield the address of a server that is no scheduler.

    answer: a function that is called with each connection. Where one connection ends, another is tried.
    """
    with socket.create_server((HOST, 0)) as server:
        if answer:
            threading.Thread(target=serve, args=(server, answer), daemon=True).start()
        yield f"tcp://{HOST}:{server.getsockname()[1]}"


def serve(server, answer):
    kept = []  # a connection ends when its last reference is gone
    with contextlib.suppress(OSError):  # the test is over
        while True:
            kept.append(server.accept()[0])
            answer(kept[-1])


@pytest.mark.parametrize(
    "address", ["scheduler.json", "tcp://127.0.0.1", "tcp://127.0.0.1:port", "http://127.0.0.1:8786"]
)
def test_the_address_is_wrong(address):
    assert why(address) is Silent.ADDRESS


def test_nothing_listens():
    with listening() as address:
        pass
    assert why(address) is Silent.NOBODY


def test_something_listens_and_never_answers():
    with listening() as address:
        assert why(address) is Silent.TIME


def test_the_server_ends_the_connection():
    with listening(socket.socket.close) as address:
        assert why(address) is Silent.ENDED


def test_the_host_name_is_unknown(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", unknown)  # so that no network is asked, which may be slow
    assert why("tcp://no.machine.invalid:8786") is Silent.NAME


def unknown(*_, **__):
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_tls_without_a_certificate():
    assert why(f"tls://{HOST}:8786") is Silent.WITHOUT


def test_an_address_without_tls_where_tls_is_set():
    with dask.config.set({"distributed.comm.require-encryption": True}):
        assert why(f"tcp://{HOST}:8786") is Silent.ENCRYPTED


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_an_unreadable_certificate(tmp_path, text):
    path = tmp_path / "marking.crt"
    if text:
        path.write_text(text)
    with dask.config.set({f"{TLS}.client.cert": str(path), f"{TLS}.ca-file": str(path)}):
        assert why(f"tls://{HOST}:8786") is Silent.UNREADABLE


def test_a_scheduler_without_tls():
    """An answer in plain text gets another reason than a wrong certificate."""
    ours = Security.temporary()
    mine = {f"{TLS}.ca-file": ours.tls_ca_file, f"{TLS}.client.cert": ours.tls_client_cert}
    settings = dask.config.set({**mine, f"{TLS}.client.key": ours.tls_client_key})
    with settings, listening(lambda connection: connection.sendall(b"plain text")) as address:
        assert why(address.replace("tcp", "tls")) is Silent.PLAIN
