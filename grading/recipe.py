"""The recipe from which an assignment's cases are drawn, with a seed; and the seed of each submission."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Recipe:
    """The recipe of an assignment's cases. It has only words, so it draws the same cases on any machine.

    assignment: its name.
    package: the package of its cases and its mistakes.
    checker: the module whose CHECKER has the laws.
    source: the name of the notebook's file, for messages.
    imports: the lines of the first code cell that the reference needs.
    definitions: the cells that only define functions; they make the reference.
    tested: the functions and questions that test cells test.
    arrays: names of arguments that are always passed as arrays, never as lists.
    names: the students' names of functions and arguments, see names.py. All other fields have the exercises'
        names.
    language: the language of the students' notebook.
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
    """The seeds of hidden cases. own: the seed of one submission. term: the seed that a whole term shares."""

    own: int
    term: int


@dataclass(frozen=True)
class Drawing:
    """How the hidden cases of each submission are drawn. seed: the instructor's secret number."""

    recipe: Recipe
    seed: int

    def seeds_for(self, code: Iterable[str]) -> Seeds:
        """Return the seeds, of 256 bits, for a submission with this code. Other code gets another seed.

        So a student who learns the hidden inputs of one submission does not know the numbers of another. And
        the same code gets the same mark. Without the instructor's seed nobody can compute a seed (RFC 2104).
        """
        return Seeds(self._secret("submission", *code), self._secret("term"))

    def _secret(self, *told: str) -> int:
        made = hmac.new(str(self.seed).encode(), digestmod=hashlib.sha256)
        for each in (self.recipe.assignment, *told):
            made.update(hashlib.sha256(each.encode(errors="surrogatepass")).digest())
        return int.from_bytes(made.digest(), "big")
