"""Cases: the arguments that a function is called with, and every right answer."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from checks.forms import FORMS, in_every_form
from checks.recording import Recording, call_earlier, recording, stored


@dataclass(frozen=True)
class Case:
    """One call of a function, with every right answer.

    name: the name of the case in the report.
    args: the arguments that are passed by position: name to value.
    kwargs: the arguments that are passed by name.
    answers: all right answers; each of them is accepted.
    tolerance: the largest difference allowed, relative to the largest number in the answer. The default is
        between 1e-6, which is rounding, and 1e-5, which is a choice.
    advice: if not "", the case is worth no marks, and a wrong answer gets this sentence.
    trial: if not "", the case is small enough for paper, is worth no marks, and is only tried for a hint;
        see trials.py.
    calls: the recorded answers of other exercises' functions that the right answer needs, see replay.py.
    returns: the names of the values, if the function returns several; then an answer is a list of them.
    free: arguments whose form the exercise leaves open, by name. A "table" may have the shape (N, K) or
        (K, N), a "vector" the shape (K,), (K, 1) or (1, K).
    forms: the same for parts of the answer ("" is the whole answer).
    wrong_forms: other forms which the answer of a known mistake may have, though no right answer has them.
        A "trace" may come with or without its first entry.
    mistakes: the answers of each known mistake, by its name, in every form that they may take. These are
        pairs: the parts that are wrong, and the answer. There is no pair if the mistake ends in an error.
    laws: the names of the laws that each part of a right answer keeps.
    turned: the advice if a correct function takes or returns a "table" transposed.
    arrays: arguments that are arrays in every call, never lists.
    rest: the parameters after `args`, in order, with their defaults: see `by_position`.
    shown: the name that students have for an argument, if it differs.

    Raises ValueError if a form is unknown. Authors make cases with `Case.of`.
    """

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    answers: tuple[Any, ...] = ()
    tolerance: float = 3e-6
    advice: str = ""
    trial: str = ""
    calls: Recording = field(default_factory=dict)
    returns: tuple[str, ...] = ()
    free: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    wrong_forms: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, Any] = field(default_factory=dict)
    laws: Mapping[str, Any] = field(default_factory=dict)
    arrays: tuple[str, ...] = ()
    turned: str = ""
    rest: Mapping[str, Any] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, form in {**self.free, **self.forms, **self.wrong_forms}.items():
            if form not in FORMS:
                said = f"case {self.name!r}: {name!r} has no form {form!r}"
                raise ValueError(f"{said}; the forms are: {', '.join(FORMS)}.")

    @property
    def graded(self) -> bool:
        """Whether the case is worth marks."""
        return not (self.advice or self.trial)

    def by_position(self) -> Case | None:
        """Return the same case with all arguments passed by position: students may name them differently.

        Return None if no argument is passed by name, or if one of those cannot be passed by position.

        Example:
            >>> case = Case("one", {"x": 2.0}, {"limit": 5}, rest={"start": 0, "limit": 9, "scale": 1})
            >>> dict(case.by_position().args)
            {'x': 2.0, 'start': 0, 'limit': 5}
        """
        if not self.kwargs or not self.kwargs.keys() <= self.rest.keys():
            return None
        last = max(list(self.rest).index(name) for name in self.kwargs)
        values = {name: self.kwargs.get(name, self.rest[name]) for name in list(self.rest)[: last + 1]}
        return dataclasses.replace(self, args={**self.args, **values}, kwargs={}, rest={})

    @property
    def named(self) -> dict[str, Any]:
        """All arguments, by the names that students have for them."""
        return {self.shown.get(name, name): value for name, value in {**self.args, **self.kwargs}.items()}

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries that an answer must have, if the right answers are dictionaries."""
        right = next(iter(self.answers), None)
        return tuple(right) if isinstance(right, Mapping) else ()

    @classmethod
    def of(
        cls,
        reference: Mapping[str, Callable[..., Any]],
        function: str,
        name: str,
        args: Mapping[str, Any],
        *,
        kwargs: Mapping[str, Any] | None = None,
        answers: Iterable[Any] | None = None,
        **fields: Any,
    ) -> Case:
        """Return a case of a function, with the reference's answer in every form that is left open.

        While the reference computes its answer, the answers of the assignment's other functions are
        recorded. So are the answers of earlier functions to arguments of the case. So a correct function
        that calls wrong functions of the student keeps its marks.

        answers: by default what the reference function returns. If other answers are right as well, give
        all of them. If functions of the reference make them one by one, these calls are recorded too.
        fields: any other fields of the case.

        Raises ValueError if the reference returns several values and `returns` does not name them.

        Example:
            >>> from checks.authors import Case
            >>> def centre(x):
            ...     return sum(x) / len(x)
            >>> def spread(x):
            ...     return sum((each - centre(x)) ** 2 for each in x) / len(x)
            >>> reference = {"centre": centre, "spread": spread}
            >>> case = Case.of(reference, "spread", "three numbers", {"x": [1.0, 2, 6]}, tolerance=1e-3)
            >>> case.answers
            (array(4.66666667),)
            >>> case.calls["centre"][0]["answer"]
            array(3.)
        """
        options, returns = dict(kwargs or {}), fields.get("returns", ())
        with recording(reference[function]) as calls:
            if answers is None:
                value = reference[function](*copy.deepcopy(list(args.values())), **copy.deepcopy(options))
                answers = [value]
            call_earlier(reference[function], args, calls)
            right = [_stored(value, returns, function) for value in answers]
        forms = fields.get("forms", {})
        every = itertools.chain.from_iterable(in_every_form(each, returns, forms) for each in right)
        fields.setdefault("rest", _after(reference[function], args))
        return cls(name, args, options, tuple(every), calls=calls, **fields)


def _after(function: Callable[..., Any], args: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters after these arguments, with their defaults, if they can be passed by position.

    Stop before a default that a case file cannot hold, such as a function.
    """
    after: dict[str, Any] = {}
    for each in list(inspect.signature(function).parameters.values())[len(args) :]:
        if each.kind is not each.POSITIONAL_OR_KEYWORD:
            break
        default = None if each.default is each.empty else each.default
        try:
            after[each.name] = default if isinstance(default, int | float) else stored(default)
        except TypeError:
            break
    return after


def _stored(value: Any, returns: tuple[str, ...], function: str) -> Any:
    """Return an answer in the form in which a case file has it."""
    if returns:
        return [stored(each) for each in value]
    if isinstance(value, tuple):
        raise ValueError(f"`{function}` returns several values: name them, such as returns=('a', 'b').")
    return stored(value)
