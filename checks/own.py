"""A number that was read rightly from a wrong result of one's own: the mistake is counted once.

A question may say of which functions of the student's its number is a result. If the number is not the
correct one, these functions are called: a number that they give keeps its mark. They must have been
attempted: called with other arguments, they give another number, or they earn a part of their marks on the
cases. So a function that returns numbers of the student's own choice earns nothing here.
"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from checks.call import quiet, try_case
from checks.cases import Case
from checks.compare import as_numbers, same, unpacked
from checks.questions import Question
from checks.reading import read

SAME = 1e-6  # two results that differ by less, relative to the larger, are the same


class OwnResults:
    """What the student's own functions give.

    names: what their names stand for. cases: those that decide the marks of a function, by its name.
    """

    def __init__(self, names: Mapping[str, Any], cases: Callable[[str], Sequence[Case]]):
        self.names, self.cases = names, cases
        self.known: dict[bytes, Any] = {}  # by the call: questions of one quiz ask for the same
        self.earning: dict[str, bool] = {}  # by the function: whether it earns a part of its marks

    def number(self, question: Question) -> float | None:
        """Return the number that the question asks for, as the student's own functions give it.

        None if they give none, or were not attempted.
        """
        try:
            with quiet():
                found = self._number(question.own["result"])
                return found if self._differs(found, question) or self._earns(question) else None
        except (Exception, SystemExit):  # whatever the student's code does
            return None

    def _number(self, result: Mapping[str, Any]) -> float:
        """Return the number at its place in the result. Raises one of many errors if there is none."""
        value = self._called(result)
        if result["left_of"]:
            value = _left(result["left_of"], value, result["count"])
        number = float(as_numbers(_steps(value, result["at"])[-1]).item())
        if not np.isfinite(number):
            raise ValueError("no number")
        return number

    def _differs(self, number: float, question: Question) -> bool:
        """Tell whether other arguments give another number. None at all is no other number."""
        try:
            here, there = (self._varying(number, question.own[key]) for key in ("result", "other"))
        except (Exception, SystemExit):
            return False
        return not same(here, there, SAME)

    def _earns(self, question: Question) -> bool:
        """Tell whether the function that gives the number is right in any part of any case."""
        name = question.own["function"]
        if name not in self.earning:
            cases = (case for case in self.cases(name) if case.graded)
            self.earning[name] = any(try_case(self.names[name], case).share > 0 for case in cases)
        return self.earning[name]

    def _varying(self, number: float, result: Mapping[str, Any]) -> Any:
        """Return what must be another: the number, or of a whole number what it is read from.

        Whole numbers, such as those of groups, or a 0, are often the same by chance.
        """
        value = self._called(result)
        if result["left_of"] or number.is_integer() and not isinstance(value, Mapping):
            return value
        steps = _steps(value, result["at"])
        return steps[1] if number.is_integer() else steps[-1]

    def _called(self, result: Mapping[str, Any]) -> Any:
        key = pickle.dumps((result["call"], result["args"]))
        if key not in self.known:
            function = self.names[result["call"]]
            if getattr(function, "costly", False):  # it has hit a limit: not once more
                raise TimeoutError
            self.known[key] = unpacked(read(function(*[self._given(each) for each in result["args"]])))
        return self.known[key]

    def _given(self, value: Any) -> Any:
        """Return an argument; where it is the result of another function, call that."""
        if isinstance(value, Mapping) and "call" in value:
            return _as_array(_steps(self._called(value), value["at"])[-1])
        if isinstance(value, Mapping):
            return {key: self._given(item) for key, item in value.items()}
        return copy.deepcopy(value)


def _steps(value: Any, at: Any) -> list[Any]:
    steps = [value]
    for place in at:
        steps.append(steps[-1][place])
    return steps


def _left(numbers: Any, taken: Any, count: int) -> list[float]:
    """Return those of the numbers that were not taken, in their order. Raises ValueError if not so many."""
    left = [number for number in numbers if number not in np.ravel(taken)]
    if len(left) != count:
        raise ValueError("another number of numbers")
    return left


def _as_array(value: Any) -> Any:
    numbers = as_numbers(value)
    return value if numbers is None else np.asarray(value)
