"""The scorer's process. It forks for each submission, so that no submission can change the next one."""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import os
import signal
import socket
import sys
from contextlib import AbstractContextManager
from typing import Any

import grading
from checks.authors import mistakes_of
from grading.build.draw import common_of
from grading.protocol.limits import set_limits
from grading.protocol.plain import pack, unpack
from grading.protocol.shell import Shell, open_shell
from grading.protocol.wire import ANSWER, ASK, Closed, Link, Message
from grading.recipe import Recipe, Seeds
from grading.scorer.own_cases import OwnCases
from grading.scorer.testcell import Test, TestRun
from grading.speech import in_language_of

MEMORY_MB = 4096
OWN = OwnCases()
SHOWN = ["text/plain", "text/html"]  # the grader makes the reports, so their HTML is safe in the feedback


def start() -> None:
    """Begin. The program's arguments are the module of the course's checker, and the socket's descriptor."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system removes children that end
    checker, descriptor = sys.argv[1:]
    if checker:
        importlib.import_module(checker).CHECKER.public.keep()
    grading.hidden = OWN  # test cells import this name
    serve(Link(socket.socket(fileno=int(descriptor))))


def serve(link: Link) -> None:
    """Fork a scorer for every socket that the grader sends."""
    shell, imported = open_shell(SHOWN), {}
    with contextlib.suppress(Closed):
        while True:
            message = link.receive()
            request = unpack(message.payload)
            if "end" in request:
                _end(request["end"])
                link.send(Message(ANSWER, message.nonce, pack({})))
                continue
            end = link.sent_along()
            own, source = imported.setdefault(request["imports"], {}), _drawn_from(request)
            if source:
                _prepare(*source)
            if not own:
                exec(request["imports"], own)
                gc.freeze()  # forks share the loaded objects, as long as no garbage collection touches them
            child = os.fork()
            if child == 0:
                link.close()
                try:
                    OWN.source = source
                    with _language(source):
                        score(Link(end), shell, own, request["code"])
                finally:
                    os._exit(0)
            end.close()
            link.send(Message(ANSWER, message.nonce, pack({"child": child})))


def _drawn_from(request: dict[str, Any]) -> tuple[Recipe, Seeds] | None:
    """Return the recipe and the seeds that the grader sent. On the way, tuples have become lists."""
    if "recipe" not in request:
        return None
    told = {key: tuple(v) if isinstance(v, list) else v for key, v in request["recipe"].items()}
    return Recipe(**told), Seeds(int(request["own"]), int(request["term"]))


def _language(source: tuple[Recipe, Seeds] | None) -> AbstractContextManager[None]:
    """Use the language of the assignment. Errors in its package are reported when cases are drawn."""
    try:
        return in_language_of(source[0]) if source else contextlib.nullcontext()
    except (ImportError, ValueError):
        return contextlib.nullcontext()


def _prepare(recipe: Recipe, seeds: Seeds) -> None:
    """Load what all submissions need to draw hidden cases. Errors are reported when the cases are drawn."""
    with contextlib.suppress(Exception):
        recipe.reference()  # imports the same packages as the notebook
        mistakes_of(f"{recipe.package}.mistakes")
        common_of(recipe, seeds.term, True)


def _had(link: Link, nonce: bytes, waited: float) -> float:
    """Ask the grader how much time the box had in this part of a test. waited: the seconds of waiting."""
    link.send(Message(ASK, nonce, pack(waited)))
    return unpack(link.receive().payload)


def _fault_of_drawing() -> str:
    """Draw the hidden cases, before any time of a test passes; return the error in words, or ""."""
    if OWN.source is None:
        return ""  # if a test cell asks for hidden cases, its error says that they are missing
    try:
        OWN.draw()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _end(child: int) -> None:
    """Kill a scorer, even while it works. Its number is still its own: the system does not soon reuse it."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def score(link: Link, shell: Shell, own: dict[str, Any], code: list[str]) -> None:
    """Run the test cells of one submission when the grader asks for them. code: the submission's cells."""
    set_limits(MEMORY_MB, file_mb=1, processes=10_000)  # of processes, it counts all of the instructor's user
    runs: dict[str, TestRun] = {}
    with contextlib.suppress(Closed):
        while True:
            message = link.receive()
            request = unpack(message.payload)
            wary = any(each.caller.hit for each in runs.values())
            read = sum(each.caller.reading for each in runs.values())
            if request["op"] == "begin":
                test, copy = Test(**request["test"]), Link(link.sent_along())
                session = Link(link.sent_along()) if request["apart"] else copy
                runs[test.name] = run = TestRun(test, own, session, copy, request["seconds"], code)
            else:
                run = runs[request["name"]]
                if run.hidden and not run.test.in_box and (fault := _fault_of_drawing()):
                    link.send(Message(ANSWER, message.nonce, pack([False, {"fault": fault}])))
                    continue
            run.caller.wary, run.caller.read_before = wary, read - run.caller.reading
            run.caller.time.begin(functools.partial(_had, link, message.nonce))
            answer = run.begin(shell) if request["op"] == "begin" else run.finish(shell)
            run.caller.time.end()
            link.send(Message(ANSWER, message.nonce, pack([bool(run.caller.hit), answer])))
