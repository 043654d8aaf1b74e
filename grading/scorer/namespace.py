"""The names that a test cell knows: the instructor's own names, and stand-ins for the student's names."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import Any

from checks.texts import later, say
from grading.scorer.standin import Caller, StandIn

NOT_DEFINED = later("`{name}` is not defined: no line that ran before this test defines or assigns it")


class Missing(NameError):
    """The error when the student defined no such name. It is never an error of the student's own code."""


class Names(dict):
    """The names that a test cell knows: the instructor's imports, then what the student defined."""

    def __init__(self, own: Mapping[str, Any], caller: Caller, code: Sequence[str] = ()):
        """Begin with the instructor's names. code: the submission's cells, which are only read."""
        super().__init__(own)
        self.caller, self.code = caller, code

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name):  # a test uses Python's own `len`, not the student's
            raise KeyError(name)
        answer = self.caller.ask({"op": "look up", "name": name})
        if answer.get("missing"):
            raise Missing(say(NOT_DEFINED, name=name))
        if "error" in answer:
            raise self.caller.error(answer)
        with self.caller.doubting():
            function = answer.get("function")
            self[name] = StandIn(name, self.caller, self.code) if function else self.caller.value(answer)
        return self[name]
