"""Laws: what holds of every right answer, whatever the data. A course registers its own in a LawBook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from checks.finders import EVERYWHERE, SILENT, Find, Finder, Silence, Stage
from checks.hints import Hint, hint_of
from checks.looking import Look

Reads = Callable[[Any, Mapping[str, Any]], tuple[Any, ...]]
Chosen = Mapping[str, Mapping[str, tuple["Law", ...]]]  # exercise, part of its answer ("" is all of it), laws


@dataclass(frozen=True)
class Broken:
    """How a law is broken.

    fact: what the answer is, a clause such as "row 3 sums to 0.25, not to 1". advice: what to do; it is
    a clause too ("divide each row by its own sum"), or sentences, which begin with a capital letter.
    at: the place in the answer. found: the number that breaks the law.
    """

    fact: str
    advice: str = ""
    at: tuple[int, ...] = ()
    found: float | None = None

    @property
    def sentence(self) -> str:
        """Fact and advice in one: "Row 3 sums to 0.25, not to 1: divide each row by its own sum."."""
        stop = "" if self.advice.endswith((".", "?")) else "."
        between = ". " if self.advice[:1].isupper() else ": "
        return self.fact[:1].upper() + self.fact[1:] + (between + self.advice if self.advice else "") + stop


@dataclass(frozen=True)
class Law:
    """A law: called with plain arrays, it returns None where it is kept, else how it is broken.

    name: which the case files refer to. test: takes the arrays, and the tolerance by name. hint: what
    `check` says where it is broken; None if `check` never asks. reads: makes the arrays out of a part
    of an answer and the arguments of the call, by name. stage: when `check` asks.
    """

    name: str
    test: Callable[..., Broken | None]
    tolerance: float
    hint: Hint | None
    reads: Reads
    stage: Stage = Stage.LAW

    def __call__(self, *arrays: Any, **others: Any) -> Broken | None:
        with np.errstate(all="ignore"):
            return self.test(*arrays, tolerance=self.tolerance, **others)

    def of_part(self, part: Any, args: Mapping[str, Any]) -> Broken | None:
        """Return how a part of an answer breaks the law. args: what the function was called with."""
        with np.errstate(all="ignore"):
            arrays = self.reads(part, args)
        return self(*arrays)


def _the_part(part: Any, args: Mapping[str, Any]) -> tuple[Any, ...]:
    return (part,)


class LawBook(Mapping[str, Law]):
    """The laws of a course, by their names."""

    def __init__(self) -> None:
        self._laws: dict[str, Law] = {}

    def __getitem__(self, name: str) -> Law:
        return self._laws[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._laws)

    def __len__(self) -> int:
        return len(self._laws)

    def law(
        self,
        name: str,
        tolerance: float,
        hint: str = "",
        reads: Reads = _the_part,
        stage: Stage = Stage.LAW,
    ) -> Callable[[Callable[..., Broken | None]], Law]:
        """Register a function as a law, which takes the function's place: @book.law("name", 1e-6).

        tolerance: the one of this law; the function gets it by name. hint: what `check` calls an answer
        that breaks the law; then the function's docstring is the hint, each paragraph a rung. reads: see
        `Law`; by default the function gets the part of the answer alone. stage: when `check` asks. Raises
        ValueError if there is a law of this name.

        Example:
            >>> from checks.authors import Broken, LawBook
            >>> book = LawBook()
            >>> @book.law("residuals sum to 0", 1e-6, hint="residuals that do not sum to 0")
            ... def residuals_sum_to_zero(residuals, tolerance):
            ...     '''With an intercept the residuals sum to 0, and yours do not.'''
            ...     total = sum(residuals)
            ...     if abs(total) > tolerance:
            ...         return Broken(f"they sum to {total:g}", "is there an intercept?", found=total)
            >>> residuals_sum_to_zero([1, 0.5]).sentence
            'They sum to 1.5: is there an intercept?'
            >>> residuals_sum_to_zero([1, -1]) is None
            True
        """

        def register(test: Callable[..., Broken | None]) -> Law:
            said = hint_of(hint, test) if hint else None
            return self._add(Law(name, test, tolerance, said, reads, stage))

        return register

    def form(self, law: Law, name: str, reads: Reads) -> Law:
        """Register the same law for answers that come in another form, such as logs.

        It has the same test, tolerance and hint. reads: makes what the test takes out of that form.

        Example:
            >>> import numpy as np
            >>> from checks.authors import Broken, LawBook
            >>> book = LawBook()
            >>> @book.law("a probability", 1e-6)
            ... def a_probability(p, tolerance):
            ...     return Broken(f"{p:g} is above 1") if p > 1 + tolerance else None
            >>> log = book.form(a_probability, "the log of a probability", lambda p, args: (np.exp(p),))
            >>> log.of_part(0.5, {}).fact
            '1.64872 is above 1'
        """
        return self._add(replace(law, name=name, reads=reads))

    def _add(self, law: Law) -> Law:
        if law.name in self._laws:
            raise ValueError(f"there are two laws called '{law.name}'.")
        self._laws[law.name] = law
        return law

    def chosen(self, laws: Mapping[str, Mapping[str, Iterable[str | Law]]]) -> Chosen:
        """Return which laws hold of which exercise's answers; part "" is the answer as a whole.

        Raises ValueError, which says at which entry, if there is no law of a name, or none with a hint.

        Example:
            >>> from checks.authors import LawBook
            >>> LawBook().chosen({"fit": {"slope": ["steep"]}})
            Traceback (most recent call last):
            ValueError: LAWS['fit']['slope']: there is no law 'steep' with a hint; the laws are: none.
        """
        return {
            exercise: {
                part: tuple(self._named(each, f"LAWS[{exercise!r}][{part!r}]") for each in names)
                for part, names in parts.items()
            }
            for exercise, parts in laws.items()
        }

    def _named(self, law: str | Law, where: str) -> Law:
        name = law.name if isinstance(law, Law) else law
        known = [each for each in self._laws if self._laws[each].hint]
        if name not in known:
            raise ValueError(
                f"{where}: there is no law {name!r} with a hint; the laws are: {_listed(known)}."
            )
        return self._laws[name]

    def finders(self) -> list[Finder]:
        """Return a finder for each hint: of laws, and of their other forms, that a case names."""
        return [
            Finder(law.hint, self._finding(law.hint), law.stage, law.stage in EVERYWHERE)
            for law in {law.hint.name: law for law in self._laws.values() if law.hint}.values()
        ]

    def _finding(self, hint: Hint) -> Find:
        laws = {name: law for name, law in self._laws.items() if law.hint == hint}
        return lambda look: _said(look, laws)


def _said(look: Look, laws: Mapping[str, Law]) -> str | Silence | None:
    """Return the fact of the first law that is broken. Where the case names none, nothing can be said."""
    named = [laws[name] for name in look.outcome.case.laws.get(look.part, ()) if name in laws]
    if not named or not look.pairs:
        return SILENT
    mine, _ = look.pairs[0]
    broken = (law.of_part(mine, look.outcome.case.args) for law in named)
    kept = SILENT if mine.ndim > 1 and mine.shape[-1] == 1 else None  # single numbers keep laws of matrices
    return next((each.fact for each in broken if each is not None), kept)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names)) or "none"
