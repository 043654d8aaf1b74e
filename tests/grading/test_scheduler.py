"""Why no scheduler answers: each reason has its own sentence, soon. Certificates: see test_recipes.py."""

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
    """The reason that is said, and how long it took."""
    start = time.monotonic()
    with pytest.raises(OSError, match="^no scheduler answers at ") as raised:
        require_scheduler(address, seconds)
    assert time.monotonic() - start < seconds + 60  # it comes to an end, on a busy machine too
    return Silent(str(raised.value).removeprefix(f"no scheduler answers at {address}: "))


@contextlib.contextmanager
def listening(answer=None):
    """The address of something that listens, and is no scheduler; answer: what it does with a connection.

    It does so with each connection: where one ends, another is tried.
    """
    with socket.create_server((HOST, 0)) as server:
        if answer:
            threading.Thread(target=serve, args=(server, answer), daemon=True).start()
        yield f"tcp://{HOST}:{server.getsockname()[1]}"


def serve(server, answer):
    kept = []  # a connection ends with its last reference
    with contextlib.suppress(OSError):  # the test is over
        while True:
            kept.append(server.accept()[0])
            answer(kept[-1])


@pytest.mark.parametrize(
    "address", ["scheduler.json", "tcp://127.0.0.1", "tcp://127.0.0.1:port", "http://127.0.0.1:8786"]
)
def test_what_is_no_address(address):
    assert why(address) is Silent.ADDRESS


def test_nothing_listens():
    with listening() as address:
        pass
    assert why(address) is Silent.NOBODY


def test_something_listens_and_never_answers():
    with listening() as address:
        assert why(address) is Silent.TIME


def test_something_ends_the_connection():
    with listening(socket.socket.close) as address:
        assert why(address) is Silent.ENDED


def test_the_name_of_no_machine(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", unknown)  # each network takes its own time over it
    assert why("tcp://no.machine.invalid:8786") is Silent.NAME


def unknown(*_, **__):
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_tls_is_asked_for_without_a_certificate():
    assert why(f"tls://{HOST}:8786") is Silent.WITHOUT


def test_an_address_without_tls_where_tls_is_set():
    with dask.config.set({"distributed.comm.require-encryption": True}):
        assert why(f"tcp://{HOST}:8786") is Silent.ENCRYPTED


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_a_certificate_that_cannot_be_read(tmp_path, text):
    path = tmp_path / "marking.crt"
    if text:
        path.write_text(text)
    with dask.config.set({f"{TLS}.client.cert": str(path), f"{TLS}.ca-file": str(path)}):
        assert why(f"tls://{HOST}:8786") is Silent.UNREADABLE


def test_a_scheduler_without_tls():
    """What answers in plain text is told from a wrong certificate."""
    ours = Security.temporary()
    mine = {f"{TLS}.ca-file": ours.tls_ca_file, f"{TLS}.client.cert": ours.tls_client_cert}
    settings = dask.config.set({**mine, f"{TLS}.client.key": ours.tls_client_key})
    with settings, listening(lambda connection: connection.sendall(b"plain text")) as address:
        assert why(address.replace("tcp", "tls")) is Silent.PLAIN
