"""The work of a worker: look up names, call functions with plain arguments, run a cell of the instructor."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from checks.judged import judging
from grading.protocol.carried import carry
from grading.protocol.limits import TimeLimit, interruptible, leave_if_copied
from grading.protocol.plain import NotPlain, pack, unpack
from grading.protocol.shell import Shell, collecting
from grading.protocol.wire import ANSWER, ASK, Closed, Link, Message

PRINTED = 2_000  # characters of the text that a call prints


def work(link: Link, shell: Shell, seconds: float) -> None:
    """Serve requests until the keeper hangs up, or the scorer if there is no keeper."""
    own = os.getpid()
    with contextlib.suppress(Closed):
        while True:
            message = link.receive()
            answer = _answer(message, link, shell, seconds)
            leave_if_copied(own)
            link.send(Message(ANSWER, message.nonce, answer))


def work_apart(link: Link, shell: Shell, seconds: float) -> None:
    """Serve requests in a separate process. Nobody reads text that it writes without Python's streams."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    work(link, shell, seconds)


def _answer(message: Message, link: Link, shell: Shell, seconds: float) -> bytes:
    request = unpack(message.payload)
    with collecting(shell) as outputs:
        try:
            with interruptible(seconds, "a call"):
                answer = OPS[request["op"]](shell, request, Asker(link, message.nonce))
                return pack({**answer, "printed": _printed(outputs.items)})
        except BaseException as error:  # also SystemExit and the time limit
            return pack({**_said(error, shell, request), "printed": _printed(outputs.items)})


def _printed(items: list[dict[str, Any]]) -> str:
    return "".join(item["text"] for item in items if item["kind"] == "stream")[:PRINTED]


def _said(error: BaseException, shell: Shell, request: dict[str, Any]) -> dict[str, Any]:
    """Return the error: its class, its first line, and its place, as separate entries."""
    if isinstance(error, TimeLimit):
        return {"late": True}
    try:
        from checks.raised import first_line, own_place

        where, line = own_place(error, shell.user_ns.get(request.get("name")))
        said = {"text": first_line(str(error)), "where": where, "line": line}
    except Exception:  # str() of an exception can run the student's code
        said = {}
    return {"error": type(error).__name__, "number": getattr(error, "errno", None) or 0, **said}


def _look_up(shell: Shell, request: dict[str, Any], ask: Asker) -> dict[str, Any]:
    """Return what a name is: nothing, a function, or a value."""
    name = request["name"]
    if name not in shell.user_ns:
        return {"missing": True}
    value = shell.user_ns[name]
    return {"function": True} if callable(value) else {"packed": carry(value)}


def _call(shell: Shell, request: dict[str, Any], ask: Asker) -> dict[str, Any]:
    """Call a function by name; return its value, and those arguments that it changed.

    The request says:
    entries: which entries are wanted, if the value is a dictionary.
    asked: for which other functions the scorer has an answer.
    judged: whether the function is judged by its return value, see checks/judged.py.
    strict: whether an operation that gives infinity or NaN is an error.
    """
    function, args, kwargs = shell.user_ns[request["name"]], request["args"], request["kwargs"]
    given = [pack(each) for each in args]
    try:
        strictly = np.errstate(all="raise", under="ignore") if request["strict"] else contextlib.nullcontext()
        with _asking(function, request["asked"], ask), _judged(request["judged"]), strictly:
            said: dict[str, Any] = {"packed": carry(function(*args, **kwargs), request["entries"])}
    except (Exception, SystemExit) as error:
        said = _said(error, shell, request)
    return {**said, "changed": dict(_changed(args, given))}


def _changed(args: list[Any], given: list[bytes]) -> Iterator[tuple[int, Any]]:
    for place, (arg, before) in enumerate(zip(args, given)):
        try:
            after = pack(arg)
        except NotPlain:
            after = pack(None)
        if after != before:
            yield place, unpack(after)


def _run(shell: Shell, request: dict[str, Any], ask: Asker) -> dict[str, Any]:
    """Run a test cell here, beside the student's code; return the value of its last line, or its error."""
    done = shell.run_cell(request["source"])
    error = done.error_before_exec or done.error_in_exec
    value = done.result if isinstance(done.result, int | float | np.number) else None
    shown = [item for item in shell.outputs.items if item["kind"] != "error"]
    return {"value": value, "error": type(error).__name__ if error else "", "outputs": shown}


def _rest(shell: Shell, request: dict[str, Any], ask: Asker) -> dict[str, Any]:
    """Give a sign of life. Without a keeper, the same process serves all parts of a test."""
    return {}


OPS = {"look up": _look_up, "call": _call, "run": _run, "rest": _rest}


class Asker:
    """A function that asks the scorer for the correct answer of another function."""

    def __init__(self, link: Link, nonce: bytes):
        self.link, self.nonce = link, nonce

    def __call__(self, name: str, args: Sequence[Any]) -> Any:
        """Return the answer in a list; the list is empty if the scorer knows no answer."""
        try:
            asked = pack([name, list(args)])
        except NotPlain:
            return []
        self.link.send(Message(ASK, self.nonce, asked))
        return unpack(self.link.receive().payload)


def _judged(judged: bool) -> contextlib.AbstractContextManager[Any]:
    """Let the course's functions return NaN instead of a ValueError, while a function is judged."""
    return judging() if judged else contextlib.nullcontext()


@contextlib.contextmanager
def _asking(function: Callable[..., Any], names: list[str], ask: Asker) -> Iterator[None]:
    """While a function runs, ask the scorer instead of calling the functions of these names."""
    if not names:
        yield
        return
    from checks.replay import standing_in

    with standing_in(getattr(function, "__globals__", {}), {name: partial(ask, name) for name in names}):
        yield
