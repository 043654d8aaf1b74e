"""The session in the box: it runs a notebook's cells one by one, and copies itself at test cells."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import socket
import sys
import tempfile
from typing import Any

from grading.inside.fit import unfit
from grading.inside.keeper import keep
from grading.inside.resume import Ran, run_through
from grading.inside.worker import work, work_apart
from grading.protocol.limits import (
    ignore_interrupts,
    interruptible,
    leave_if_copied,
    set_limits,
    without_input,
)
from grading.protocol.plain import NotPlain, pack, unpack
from grading.protocol.shell import Descriptors, Shell, collecting, open_shell
from grading.protocol.wire import ANSWER, Closed, Link, Message


def main(descriptor: int) -> None:
    """Serve the grader on this socket until it hangs up."""
    link = Link(socket.socket(fileno=descriptor))
    first = link.receive()
    told = unpack(first.payload)
    set_limits(**told["limits"])
    ignore_interrupts()
    session, own = InnerSession(link, told["folder"], told["beside"], told["figures"]), os.getpid()
    link.send(Message(ANSWER, first.nonce, pack({"ready": True})))
    with contextlib.suppress(Closed):
        while True:
            message = link.receive()
            answer = session.answer(unpack(message.payload))
            leave_if_copied(own)
            link.send(Message(ANSWER, message.nonce, pack(answer)))
            session.serve()


class InnerSession:
    """A shell, and the link to the grader. It works in an empty folder with links to the notebook's files."""

    def __init__(self, link: Link, folder: str, beside: list[str], figures: dict[str, Any]):
        self.link = link
        self.asking: tuple[Link, float] | None = None  # a link that asks, and seconds for each call
        os.chdir(tempfile.mkdtemp(prefix="work-", dir=folder))
        sys.path.insert(0, "")  # as in Jupyter: a notebook can import modules that it has written here
        for path in beside:
            os.symlink(path, os.path.basename(path))
        self.descriptors = Descriptors()
        self.shell = open_shell(figures=figures["module"])
        draw_figures(**figures)
        without_input()
        gc.freeze()  # copies share what is loaded now, as long as no garbage collection touches it

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        if request["op"] == "run":
            asked = request["source"], request["seconds"], request["resume"]
            ran = run_cell(self.shell, *asked, self.descriptors)
            return {**ran, "unfit": str(unfit() or "") if request["careful"] else ""}
        end = self.link.sent_along()
        if request["op"] == "serve":
            self.asking = Link(end), request["seconds"]
            return {}
        return self.copy(end, request["seconds"], request["kept"])

    def serve(self) -> None:
        """Answer requests here, in the session itself, if a socket was sent for them."""
        if self.asking:
            link, seconds = self.asking
            work(link, self.shell, seconds)
            link.close()
            self.asking = None
            self.descriptors.text()  # drop the text that no cell has printed

    def copy(self, end: socket.socket, seconds: float, kept: bool) -> dict[str, Any]:
        """Fork a copy that serves a socket; this process continues as before.

        kept: the copy itself does not change, and workers answer: if one of them ends, the others do not.
        """
        if os.fork() == 0:
            self.link.close()
            # Not through sys.exit: no code of the student may run at the end.
            try:
                (keep if kept else work_apart)(Link(end), self.shell, seconds)
            finally:
                os._exit(0)
        end.close()
        return {"copied": True}


def draw_figures(module: str, drawn: bool) -> None:
    """Choose whether figures are drawn, or shown only in words if the course's module knows the words."""
    if module:
        importlib.import_module(module).drawing = drawn


def run_cell(
    shell: Shell, source: str, seconds: float, resume: bool, descriptors: Descriptors
) -> dict[str, Any]:
    """Run one cell; return its outputs, the error at its end, and what was left out of it.

    resume: whether to continue below a statement that fails.
    """
    ran = Ran()
    with collecting(shell) as outputs:
        try:
            with interruptible(seconds, "this cell"):
                run_through(shell, source, resume, ran)
        except BaseException as raised:  # the shell itself was interrupted, or is broken
            ran.error = raised
            shell._showtraceback(type(raised), raised, [f"{type(raised).__name__}: {raised}"])
        outputs.stream("stdout", descriptors.text())
        left_out = [{"line": line, **_named(error), "plain": lacked} for line, error, lacked in ran.left_out]
        told = {**_named(ran.error), "left_out": left_out, "resumed": ran.resumed}
        return {"outputs": _sendable(outputs.items), **told}


def _named(error: BaseException | None) -> dict[str, str]:
    """Return the class of an error, and the package that was missing."""
    return {"error": type(error).__name__ if error else "", "missing": _missing(error)}


def _missing(error: BaseException | None) -> str:
    """Return the package that could not be imported, if that was the error; otherwise ""."""
    name = error.name if type(error) is ModuleNotFoundError else ""
    return name.split(".")[0] if type(name) is str else ""


def _sendable(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    try:
        pack(items)
    except NotPlain:
        return []
    return items
