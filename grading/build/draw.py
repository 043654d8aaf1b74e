"""Draw the cases of an assignment. The answers of known mistakes are computed at the first request."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import functools
import hashlib
import importlib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from checks.authors import Mistake, mistakes_of
from checks.authors.trials import trials_like, trials_of
from checks.casebook import Drawer, Item, Reference
from checks.cases import Case
from checks.compare import as_numbers, as_parts, find_faults, unpacked
from checks.forms import in_every_form
from checks.hints import Hint
from checks.judged import judging
from checks.questions import Question
from grading.names import renamed_cases
from grading.recipe import Recipe

LawNames = Mapping[str, tuple[str, ...]]  # by the parts of an answer
COMMON = 1  # the number of the generator for the values that all submissions share


def draw(recipe: Recipe, seed: int, hidden: bool, term: int | None = None) -> dict[str, list[Item]]:
    """Return the cases of every exercise of an assignment, by the exercise's name.

    Each case has the answers of all known mistakes of its exercise. term: the seed of the values that all
    submissions share; by default `seed`. Raises ValueError if the notebook, the cases and the mistakes do
    not fit together. Its message says where.
    """
    module = importlib.import_module(f"{recipe.package}.cases")
    given = common_of(recipe, seed if term is None else term, hidden)
    with _unwarned():  # a recipe may try inputs that give warnings
        reference = recipe.reference()
        made = module.cases(reference, np.random.default_rng(seed), hidden, **given)
        drawn = {name: _cases_of(name, each, reference, seed) for name, each in made.items()}
    known = mistakes_of(f"{recipe.package}.mistakes")
    _require_whole(recipe, drawn, known)
    drawn = _with_trials(recipe, drawn)
    laws = _names_of_laws(recipe, getattr(module, "LAWS", {}), drawn)
    completed = {
        name: [_completed(case, known.get(name, []), laws.get(name, {}), recipe.arrays) for case in cases]
        for name, cases in drawn.items()
    }
    return renamed_cases(completed, recipe.names)


def _cases_of(name: str, made: Sequence[Item] | Drawer, reference: Reference, seed: int) -> list[Item]:
    """Return the cases of one exercise. A function draws them from a generator of this exercise alone."""
    own = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
    return list(made(reference, np.random.default_rng([seed, own])) if callable(made) else made)


@functools.lru_cache(maxsize=8)
def common_of(recipe: Recipe, term: int, hidden: bool) -> dict[str, Any]:
    """Return what the author's `common` finds for all submissions of a term; {} if there is no `common`."""
    find = getattr(importlib.import_module(f"{recipe.package}.cases"), "common", None)
    apart = np.random.default_rng([COMMON, term])  # a generator that draws no cases
    with _unwarned():
        return {"common": find(recipe.reference(), apart, hidden)} if find else {}


def _with_trials(recipe: Recipe, drawn: Mapping[str, Sequence[Item]]) -> dict[str, list[Item]]:
    """Return the cases, followed by the author's trials, if there are any."""
    package = f"{recipe.package}.trials"
    known = trials_of(package)
    if unknown := sorted(known.keys() - drawn.keys()):
        raise ValueError(f"{package} has a file for {unknown[0]!r}; the exercises are: {', '.join(drawn)}.")
    reference = recipe.reference() if known else {}
    return {
        name: [*cases, *(trials_like(cases[0], reference, name, known[name]) if name in known else [])]
        for name, cases in drawn.items()
    }


@contextlib.contextmanager
def _unwarned() -> Iterator[None]:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


class DrawnCases:
    """A case book of one assignment with hidden cases that are in no file. seed, term: see `draw`."""

    hidden = True

    def __init__(self, recipe: Recipe, seed: int, term: int):
        self.recipe, self.drawn = recipe, draw(recipe, seed, True, term)

    def __contains__(self, name: str) -> bool:
        assignment, _, exercise = name.rpartition("/")
        return assignment in ("", self.recipe.assignment) and exercise in self.drawn

    def __getitem__(self, name: str) -> list[Any]:
        if name not in self:
            raise LookupError(f"there are no hidden cases for '{name}' in '{self.recipe.assignment}'.")
        return copy.deepcopy(self.drawn[name.rpartition("/")[2]])

    def hints(self, name: str) -> dict[str, Hint]:
        """Return the hints of an exercise's known mistakes, by the mistake's name."""
        known, asked = mistakes_of(f"{self.recipe.package}.mistakes"), name.rpartition("/")[2]
        own = next((own for own, other in self.recipe.names.items() if other == asked), asked)
        return {each.hint.name: each.hint for each in known.get(own, ())}


def _require_whole(
    recipe: Recipe, drawn: Mapping[str, Sequence[Item]], known: Mapping[str, Sequence[Mistake]]
) -> None:
    """Raise ValueError if the notebook, the cases and the mistakes do not fit together.

    Its message says where.
    """
    where = f"`cases` in {recipe.package}.cases"
    for name in recipe.tested:
        if not drawn.get(name):
            raise ValueError(f"{where} has no case for '{name}', which a test cell in {recipe.source} tests.")
    for name in known.keys() - drawn.keys():
        raise ValueError(f"{where} has no exercise '{name}', but there is a file of mistakes for it.")
    for name, each in ((name, each) for name, cases in drawn.items() for each in cases):
        if isinstance(each, Case) and not each.answers:
            raise ValueError(f"{where}: the case '{each.name}' of '{name}' has no answer. Use Case.of.")
        if isinstance(each, Case) and not all(_is_right(each, answer) for answer in each.answers):
            raise ValueError(
                f"{where}: in the case '{each.name}' of '{name}' the right answer itself counts as wrong. "
                "See whether it holds NaN, and whether the tolerance is a number above 0."
            )


def _is_right(case: Case, answer: Any) -> bool:
    """Tell whether a correct answer also counts as correct if it is a student's answer."""
    return not find_faults(unpacked(answer), case.answers, case.tolerance, case.returns)


def _names_of_laws(
    recipe: Recipe, laws: Mapping[str, Any], drawn: Mapping[str, list[Item]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the names of the laws of each exercise's parts. Raises ValueError where a name is unknown."""
    chosen = importlib.import_module(recipe.checker).CHECKER.laws.chosen(laws)
    for exercise, parts in chosen.items():
        where = f"{recipe.package}.cases.LAWS[{exercise!r}]"
        if exercise not in drawn:
            raise ValueError(f"{where}: there is no exercise of that name; there are: {', '.join(drawn)}.")
        known = as_parts(drawn[exercise][0].answers[0], drawn[exercise][0].returns)
        if unknown := [part for part in parts if part not in known]:
            raise ValueError(f"{where}: its answer has no part {unknown[0]!r}; it has: {list(known)}.")
    return {
        exercise: {part: tuple(law.name for law in laws) for part, laws in parts.items()}
        for exercise, parts in chosen.items()
    }


def _completed(case: Item, known: Sequence[Mistake], laws: LawNames, arrays: tuple[str, ...]) -> Item:
    """Return the case with the laws of its exercise and the answers of the known mistakes."""
    if isinstance(case, Question):
        return case
    case = dataclasses.replace(case, arrays=arrays)
    if not case.graded:  # it is worth no marks, so no known mistake is looked for
        return case
    return dataclasses.replace(case, mistakes=WrongAnswers(case, known), laws=laws)


class WrongAnswers(Mapping[str, list[Any]]):
    """The answers of known mistakes in a case, by the mistakes' names; computed at the first request.

    For each form of the answer there is a pair: the parts that are wrong, and the answer. The list is empty
    if the mistake ends in an error.
    """

    def __init__(self, case: Case, known: Sequence[Mistake]):
        self.case, self.known = case, {each.hint.name: each for each in known}
        self.found: dict[str, list[Any]] = {}

    def __getitem__(self, name: str) -> list[Any]:
        if name not in self.found:
            self.found[name] = _answers(self.case, self.known[name])
        return self.found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def __deepcopy__(self, memo: Any) -> WrongAnswers:
        return self  # nobody changes the answers, and a copy would compute them again


def _answers(case: Case, mistake: Mistake) -> list[Any]:
    args = copy.deepcopy(list(case.args.values()))
    with _unwarned(), judging():
        try:
            value = mistake.answer(*args, **case.kwargs)
        except (Exception, SystemExit):  # for example, a component has collapsed
            return []
        forms = {**case.forms, **case.wrong_forms}
        every = in_every_form(_in_short(unpacked(value)), case.returns, forms)
        return [[_wrong_parts(case, answer), answer] for answer in every]


def _wrong_parts(case: Case, answer: Any) -> list[str]:
    """Return the parts of an answer that are wrong; "" is the whole answer."""
    faults = find_faults(answer, case.answers, case.tolerance, case.returns)
    return sorted({fault.part for fault in faults})


def _in_short(value: Any) -> Any:
    """Return arrays in single precision instead of lists of numbers: that is enough to recognise an answer.

    Values that are not numbers, lists or dictionaries become the name of their class: no answer is equal to
    that.
    """
    if value is None:
        return None
    if isinstance(value, dict):
        return {str(key): _in_short(item) for key, item in value.items()}
    exact = as_numbers(value)
    if exact is None:  # the values are of several kinds
        return [_in_short(item) for item in value] if isinstance(value, list) else type(value).__name__
    with np.errstate(over="ignore", under="ignore"):
        short = exact.astype(np.float32)
    return short if np.allclose(short, exact, 1e-6, 0, equal_nan=True) else exact
