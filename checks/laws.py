"""Laws: facts that hold for every right answer, for any data. A course registers its laws in a LawBook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from checks.finders import EVERYWHERE, SILENT, Find, Finder, Silence, Stage
from checks.hints import Hint, hint_of
from checks.looking import Look

Reads = Callable[[Any, Mapping[str, Any]], tuple[Any, ...]]
Chosen = Mapping[str, Mapping[str, tuple["Law", ...]]]  # exercise, part of its answer ("" is all), laws


@dataclass(frozen=True)
class Broken:
    """How an answer breaks a law.

    fact: what the answer is, a clause such as "row 3 sums to 0.25, not to 1".
    advice: what to do. It is a clause ("divide each row by its own sum"), or sentences, which begin with a
        capital letter.
    at: the place in the answer.
    found: the number that breaks the law.
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
    """A law. Called with plain arrays, it returns None if they keep the law; otherwise how they break it.

    name: the name that case files use for the law.
    test: the function that tests the law. It takes the arrays, and the tolerance by name.
    tolerance: the tolerance that the test gets.
    hint: the hint that `check` gives if the law is broken; None if `check` never tests the law.
    reads: the function that makes the arrays. It takes a part of an answer, and the arguments of the call
        by name.
    stage: when `check` tests the law.
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
        """Return how a part of an answer breaks the law; None if not. args: the arguments of the call."""
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
        """Register a function as a law: @book.law("name", 1e-6). The law replaces the function.

        tolerance: the tolerance of this law; the function gets it by name.
        hint: the name of the hint that `check` gives for an answer that breaks the law. The function's
            docstring is the hint, and each paragraph is a rung: each new attempt shows one more.
        reads: see `Law`; by default the function gets only the part of the answer.
        stage: when `check` tests the law.

        Raises ValueError if there is a law of this name.

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

        The new law has the same test, tolerance and hint. reads: makes the test's arrays from that form.

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
        """Return the laws that hold for the answers to each exercise; part "" is the answer as a whole.

        Raises ValueError, which names the entry, if no law with a hint has this name.

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
        """Return a finder for each hint. It tests those laws with this hint that a case names."""
        return [
            Finder(law.hint, self._finding(law.hint), law.stage, law.stage in EVERYWHERE)
            for law in {law.hint.name: law for law in self._laws.values() if law.hint}.values()
        ]

    def _finding(self, hint: Hint) -> Find:
        laws = {name: law for name, law in self._laws.items() if law.hint == hint}
        return lambda look: _said(look, laws)


def _said(look: Look, laws: Mapping[str, Law]) -> str | Silence | None:
    """Return the fact of the first law that is broken. If the case names no law, return SILENT."""
    named = [laws[name] for name in look.outcome.case.laws.get(look.part, ()) if name in laws]
    if not named or not look.pairs:
        return SILENT
    mine, _ = look.pairs[0]
    broken = (law.of_part(mine, look.outcome.case.args) for law in named)
    kept = SILENT if mine.ndim > 1 and mine.shape[-1] == 1 else None  # a law of matrices says nothing here
    return next((each.fact for each in broken if each is not None), kept)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names)) or "none"
