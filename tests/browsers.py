"""Three browsers with one small interface: Chromium by Playwright, Firefox and WebKit from Debian.

Playwright can drive only its own builds of Firefox and WebKit. Firefox speaks Marionette, the protocol that
geckodriver uses, on a socket. WebKit speaks WebDriver over HTTP. Both have the same commands.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lab import free_port

KEYS = {"ArrowRight": "\ue014", "ArrowLeft": "\ue012", "End": "\ue010", "Home": "\ue011", "Enter": "\ue007"}
SIZE = (1280, 900)
WAIT = 30  # seconds that a browser may take to start
Command = Callable[[str, dict[str, Any]], Any]


class Missing(Exception):
    """The error that a browser is not installed; its message says how to install it."""


class Tab:
    """A page in a browser. A script is the body of a function whose result can be JSON."""

    def go(self, url: str) -> None:
        """Open an address."""
        raise NotImplementedError

    def run(self, script: str) -> Any:
        """Run a script on the page."""
        raise NotImplementedError

    def press(self, key: str) -> None:
        """Press a key by its name."""
        raise NotImplementedError

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press the mouse at one place, move it to another, and release it."""
        raise NotImplementedError

    def until(self, script: str, seconds: float = 10) -> Any:
        """Return a script's result as soon as it is true; AssertionError if it is not in time."""
        stop = time.monotonic() + seconds
        while not (found := self.run(script)):
            assert time.monotonic() < stop, f"never true: {script}"
            time.sleep(0.05)
        return found


class ChromiumTab(Tab):
    """A page in a browser that Playwright drives."""

    def __init__(self, browser: Any) -> None:
        self.page = browser.new_page(viewport=dict(zip(("width", "height"), SIZE)))

    def go(self, url: str) -> None:
        self.page.goto("about:blank")
        self.page.goto(url)

    def run(self, script: str) -> Any:
        return self.page.evaluate(f"() => {{ {script} }}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=3)
        self.page.mouse.up()


class DrivenTab(Tab):
    """A page that is driven by commands of WebDriver."""

    def __init__(self, command: Command) -> None:
        self.command = command

    def go(self, url: str) -> None:
        self.command("Navigate", {"url": "about:blank"})
        self.command("Navigate", {"url": url})

    def run(self, script: str) -> Any:
        return self.command("ExecuteScript", {"script": script, "args": []})

    def press(self, key: str) -> None:
        value = KEYS.get(key, key)
        actions = [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
        self._act({"type": "key", "id": "keys", "actions": actions})

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        to, away = (
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 50} for x, y in (start, end)
        )
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        mouse = {"pointerType": "mouse"}
        self._act({"type": "pointer", "id": "mouse", "parameters": mouse, "actions": [to, down, away, up]})

    def _act(self, source: dict[str, Any]) -> None:
        self.command("PerformActions", {"actions": [source]})


@contextlib.contextmanager
def firefox_tab(folder: Path) -> Iterator[Tab]:
    """Start the Firefox of this machine, headless, and yield a page. folder: a place for its profile."""
    program, port = _program("firefox-esr", "firefox", package="firefox-esr"), free_port()
    (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", folder]
    with _running(command, {"HOME": str(folder)}), contextlib.closing(_connected(port)) as connection:
        session = Marionette(connection)
        session("NewSession", {})
        session("SetWindowRect", dict(zip(("width", "height"), SIZE)))
        yield DrivenTab(session)


class Marionette:
    """The protocol of Firefox: JSON after its length in bytes."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.file, self.number = connection, connection.makefile("rb"), 0
        self._read()  # the first message has the version of the protocol

    def __call__(self, name: str, values: dict[str, Any]) -> Any:
        """Run a WebDriver command and return its value."""
        self.number += 1
        sent = json.dumps([0, self.number, f"WebDriver:{name}", values]).encode()
        self.connection.sendall(b"%d:%b" % (len(sent), sent))
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(error["message"])
        return result.get("value") if isinstance(result, dict) else result

    def _read(self) -> Any:
        length = b""
        while (byte := self.file.read(1)) != b":":
            length += byte
        return json.loads(self.file.read(int(length)))


PATHS = {
    "Navigate": "url",
    "ExecuteScript": "execute/sync",
    "PerformActions": "actions",
    "SetWindowRect": "window/rect",
}


@contextlib.contextmanager
def webkit_tab(folder: Path) -> Iterator[Tab]:
    """Start the WebKit of this machine on an invisible screen, and yield a page."""
    driver, port = _program("WebKitWebDriver", package="webkit2gtk-driver"), free_port()
    with (
        _screen() as display,
        _running([driver, f"--port={port}"], {"DISPLAY": display, "HOME": str(folder)}),
    ):
        _connected(port).close()
        address = f"http://127.0.0.1:{port}/session"
        session = _posted(address, {"capabilities": {}})["sessionId"]

        def command(name: str, values: dict[str, Any]) -> Any:
            return _posted(f"{address}/{session}/{PATHS[name]}", values)

        command("SetWindowRect", dict(zip(("width", "height"), SIZE)))
        yield DrivenTab(command)
        urllib.request.urlopen(urllib.request.Request(f"{address}/{session}", method="DELETE"), timeout=WAIT)


@contextlib.contextmanager
def _screen() -> Iterator[str]:
    """Start an X server with an invisible screen, and yield its name."""
    read, write = os.pipe()
    command = [_program("Xvfb", package="xvfb"), "-displayfd", str(write), "-screen", "0", "1400x1000x24"]
    with _running(command, {}, pass_fds=(write,)):
        os.close(write)
        with os.fdopen(read) as file:
            yield f":{file.readline().strip()}"


def _posted(address: str, values: dict[str, Any]) -> Any:
    request = urllib.request.Request(
        address, json.dumps(values).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=WAIT) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise RuntimeError(json.load(error)["value"]["message"]) from error


def _program(*names: str, package: str) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise Missing(f"{names[0]} is not installed; on Debian and Ubuntu: apt install {package}.")
    return found


@contextlib.contextmanager
def _running(command: list[Any], env: dict[str, str], **options: Any) -> Iterator[None]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(list(map(str, command)), env=os.environ | env, **quiet, **options)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=WAIT)


def _connected(port: int) -> socket.socket:
    stop = time.monotonic() + WAIT
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=WAIT)
        except OSError:
            if time.monotonic() > stop:
                raise
            time.sleep(0.1)
