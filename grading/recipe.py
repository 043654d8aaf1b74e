"""What the cases of an assignment are drawn from, beside a seed; and the seed of each submission."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Recipe:
    """What the cases of an assignment are drawn from, in words alone: it draws the same on any machine.

    assignment: its name. package: of its cases and its mistakes. checker: the module whose CHECKER has the
    laws. source: the name of the notebook's file, for messages. imports, definitions: what makes the
    reference: what it needs of the first code cell, and the cells that only define functions. tested: what
    test cells test. arrays: names of arguments that are never handed over as lists. names: those that
    students know functions and arguments by, see names.py; all else here has the exercises' own.
    language: what students read.
    """

    assignment: str
    package: str
    checker: str
    source: str
    imports: str
    definitions: tuple[str, ...]
    tested: tuple[str, ...]
    arrays: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    language: str = "en"

    def reference(self) -> dict[str, Any]:
        """Return the namespace of the imports and of all definitions."""
        namespace: dict[str, Any] = {}
        for source in (self.imports, *self.definitions):
            exec(compile(source, self.source, "exec"), namespace)
        return namespace


@dataclass(frozen=True)
class Seeds:
    """What hidden cases are drawn from: those of one submission, and what all of a term have in common."""

    own: int
    term: int


@dataclass(frozen=True)
class Drawing:
    """How the hidden cases of each submission are drawn. seed: the instructor's."""

    recipe: Recipe
    seed: int

    def seeds_for(self, code: Iterable[str]) -> Seeds:
        """Return the seeds for a submission with this code, of 256 bits: its own, another for other code.

        So who learns the hidden inputs of one submission does not know the numbers of another's, and the
        same code has the same mark. Without the instructor's seed nobody can work out a seed (RFC 2104).
        """
        return Seeds(self._secret("submission", *code), self._secret("term"))

    def _secret(self, *told: str) -> int:
        made = hmac.new(str(self.seed).encode(), digestmod=hashlib.sha256)
        for each in (self.recipe.assignment, *told):
            made.update(hashlib.sha256(each.encode(errors="surrogatepass")).digest())
        return int.from_bytes(made.digest(), "big")
