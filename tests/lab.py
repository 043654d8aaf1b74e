"""A real Jupyter server and a real browser for the tests."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


@contextlib.contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Start the Chromium of this machine, headless, and yield it."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise FileNotFoundError("Chromium is not installed; on Debian and Ubuntu: apt install chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def serving(command: list[str], cwd: Path, home: Path, settings: dict | None = None) -> Iterator[str]:
    """Start a Jupyter server with separate settings, and yield its address."""
    port = free_port()
    options = ["--no-browser", "--port", str(port), "--IdentityProvider.token=", "--ServerApp.password="]
    options += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    env = isolated(home, settings)
    log = (home / "server.log").open("w")
    process = subprocess.Popen(
        fill(command, options), cwd=cwd, env=env, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield wait_for(f"http://127.0.0.1:{port}", process, home / "server.log")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
        log.close()


def fill(command: list[str], options: list[str]) -> list[str]:
    """Return a command with options in place of ARGS (as in `make lab ARGS=...`), or at its end."""
    filled = [word.replace("{ARGS}", " ".join(options)) for word in command]
    return filled if filled != command else [*command, *options]


def jupyterlab(folder: Path) -> list[str]:
    return [sys.executable, "-m", "jupyterlab", str(folder)]


def isolated(home: Path, settings: dict | None) -> dict[str, str]:
    """Return an environment in which Jupyter sees no configuration of this machine's user."""
    labconfig = home / "config" / "labconfig"
    labconfig.mkdir(parents=True)
    (labconfig / "default_setting_overrides.json").write_text(json.dumps(settings or {}))
    own = {"JUPYTER_CONFIG_DIR": "config", "JUPYTERLAB_SETTINGS_DIR": "s", "JUPYTERLAB_WORKSPACES_DIR": "w"}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, **{name: str(home / folder) for name, folder in own.items()}}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen, log: Path, seconds: float = 90) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/api", timeout=5).close()
            return address
        time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-3000:]}")


def open_notebook(page: Page, address: str, path: str) -> None:
    """Open a notebook in JupyterLab and wait until its kernel is ready."""
    page.goto(f"{address}/lab/tree/{path}")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    # The indicator in the toolbar shows idle before there is a kernel. The status bar does not.
    page.wait_for_selector("#jp-main-statusbar :text('| Idle')", timeout=60_000)


def open_menu(page: Page, menu: str, command: str) -> None:
    """Choose a command in a menu."""
    page.click(f"li.lm-MenuBar-item:has-text('{menu}')")
    page.click(f"li.lm-Menu-item:has(.lm-Menu-itemLabel:text-is('{command}'))")


def run_all(page: Page, seconds: float = 180) -> None:
    """Run all cells with the menu, and wait until no cell is queued or running."""
    open_menu(page, "Run", "Run All Cells")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=busy]", timeout=10_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=1000 * seconds)


def type_into_cell(page: Page, marker: str, text: str) -> None:
    """Replace the text of the first code cell that contains the marker."""
    editor = page.locator(".jp-CodeCell", has_text=marker).first.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def run_cell(page: Page, marker: str, seconds: float = 60) -> None:
    """Run the first code cell that contains the marker, and wait until it has run."""
    cell = page.locator(".jp-CodeCell", has_text=marker).first
    prompt = cell.locator(".jp-InputPrompt").first
    before = prompt.inner_text()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    numbered = re.compile(rf"^(?!{re.escape(before)})\[\d+\]:$")
    expect(prompt).to_have_text(numbered, timeout=1000 * seconds)
