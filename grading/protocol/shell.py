"""IPython's shell without a kernel: cells run as in Jupyter, and their outputs are collected."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

SHOWN = ["text/plain", "text/html", "image/png", "image/jpeg"]
TEXT_LIMIT, PICTURES_LIMIT = 100_000, 2_000_000  # characters of one cell; HTML counts with pictures
MOST_OUTPUTS = 200  # outputs of one cell
CUT = "\n... the rest of this cell's output is left out ...\n"


class Outputs:
    """The outputs of one cell, up to a limit: its text, its pictures, its error."""

    def __init__(self, shown: list[str] = SHOWN) -> None:
        self.shown = shown
        self.clear()

    def clear(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.left = {"text": TEXT_LIMIT, "pictures": PICTURES_LIMIT}

    def stream(self, name: str, text: str) -> None:
        text = self._within(text)
        last = self.items[-1] if self.items else {}
        if last.get("kind") == "stream" and last["name"] == name:
            last["text"] += text
        elif text and len(self.items) < MOST_OUTPUTS:
            self.items.append({"kind": "stream", "name": name, "text": text})

    def data(self, data: dict[str, Any], result: bool) -> None:
        parts = {mime: self._part(mime, str(data[mime])) for mime in self.shown if mime in data}
        kept = {mime: part for mime, part in parts.items() if part}
        if kept and len(self.items) < MOST_OUTPUTS:
            self.items.append({"kind": "data", "result": result, "data": kept})

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        lines = [self._within(line) for line in traceback]
        self.items.append({"kind": "error", "name": name[:100], "value": value[:1000], "traceback": lines})

    def _part(self, mime: str, text: str) -> str:
        if mime == "text/plain":
            return self._within(text)
        self.left["pictures"] -= len(text)
        return text.strip() if self.left["pictures"] >= 0 else ""

    def _within(self, text: str) -> str:
        left = self.left["text"]
        self.left["text"] -= min(left, len(text))
        if len(text) <= left:
            return text
        return text[:left] + CUT if left else ""


class Writer:
    """A file that replaces sys.stdout or sys.stderr."""

    encoding, errors, closed = "utf-8", "replace", False

    def __init__(self, outputs: Outputs, name: str):
        self.outputs, self.name = outputs, name

    def write(self, text: str) -> int:
        self.outputs.stream(self.name, str(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1 if self.name == "stdout" else 2


class Hook(DisplayHook):
    """A hook of IPython that collects the value of a cell's last line."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        self.shell.outputs.data(format_dict, result=True)

    def finish_displayhook(self) -> None:
        pass


class Formatter(DisplayFormatter):
    """The part of IPython that turns values into text and pictures. If figures are not drawn, it uses words.

    figures: the module with the words of a figure. It has `drawing`, `Figure`, `in_its_place` and `as_html`.
    """

    figures = ""

    def format(self, obj: Any, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], Any]:
        figures = sys.modules.get(self.figures)
        if figures is None or figures.drawing or not isinstance(obj, figures.Figure):
            return super().format(obj, include, exclude)
        return {"text/plain": figures.in_its_place(obj), "text/html": figures.as_html(obj)}, {}


class Publisher(DisplayPublisher):
    """The part of IPython that collects values which `display` shows before the cell ends."""

    def publish(self, data: dict[str, Any], metadata: Any = None, **others: Any) -> None:
        self.shell.outputs.data(data, result=False)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()


class Shell(InteractiveShell):
    """The shell that runs a notebook's cells."""

    displayhook_class = Type(Hook)
    display_pub_class = Type(Publisher)

    def init_io(self) -> None:
        self.outputs = Outputs()
        self.not_imported: set[str] = set()  # the names that failed imports did not bind

    def init_display_formatter(self) -> None:
        self.display_formatter = Formatter(parent=self)

    def _showtraceback(self, etype: Any, evalue: BaseException, stb: Any) -> None:
        lines = stb if isinstance(stb, list) else str(stb).splitlines()
        self.outputs.error(getattr(etype, "__name__", str(etype)), str(evalue), lines)

    def ask_exit(self) -> None:
        """Print that `exit()`, which calls this method, ends nothing: the notebook is marked to its end."""
        self.outputs.stream("stdout", "exit() ends nothing here: later cells are marked too.\n")

    def enable_gui(self, gui: Any = None) -> None:
        """Open no window: nobody would see it."""


def open_shell(shown: list[str] = SHOWN, figures: str = "") -> Shell:
    """Return the only shell of this process, without a user's own settings.

    figures: the module that has the words of a figure that is not drawn.
    """
    quiet = Config()
    quiet.HistoryManager.enabled = False
    quiet.InteractiveShell.colors = "nocolor"
    quiet.InteractiveShell.xmode = "Context"
    shell = Shell.instance(config=quiet)
    shell.outputs.shown = shell.display_formatter.active_types = shown
    shell.display_formatter.figures = figures
    return shell


@contextmanager
def collecting(shell: Shell) -> Iterator[Outputs]:
    """Collect the text that is printed and the values that are shown in this block."""
    before = sys.stdout, sys.stderr
    shell.outputs.clear()
    sys.stdout, sys.stderr = Writer(shell.outputs, "stdout"), Writer(shell.outputs, "stderr")
    try:
        yield shell.outputs
    finally:
        sys.stdout, sys.stderr = before


class Descriptors:
    """The text that is written without Python's streams, to the descriptors 1 and 2.

    It is kept in a file, which is read after each cell.
    """

    def __init__(self) -> None:
        self.file = os.open(tempfile.gettempdir(), os.O_TMPFILE | os.O_RDWR | os.O_APPEND, 0o600)
        self.read_to = 0
        for descriptor in (1, 2):
            os.dup2(self.file, descriptor)

    def text(self) -> str:
        """Return the text that was written since the last call."""
        size = os.fstat(self.file).st_size
        data = os.pread(self.file, min(size - self.read_to, TEXT_LIMIT + 1), self.read_to)
        self.read_to = size
        return data.decode("utf-8", "replace")
