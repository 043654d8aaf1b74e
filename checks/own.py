"""Accept a number that a student read correctly from a wrong result: no mistake costs marks twice.

A question may name the student's functions from whose result its number is read. If the number is not the
correct one, these functions are called. If they give this number, it keeps its mark. But the functions must
have been attempted: with other arguments they give another number, or they earn a part of their marks on the
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

SAME = 1e-6  # two results are the same if their difference, relative to the larger one, is less


class OwnResults:
    """The numbers that the student's own functions give.

    names: the names of the notebook, with their values.
    cases: returns, for the name of a function, the cases that decide its marks.
    """

    def __init__(self, names: Mapping[str, Any], cases: Callable[[str], Sequence[Case]]):
        self.names, self.cases = names, cases
        self.known: dict[bytes, Any] = {}  # result of each call: questions of one quiz need the same calls
        self.earning: dict[str, bool] = {}  # for each function, whether it earns a part of its marks

    def number(self, question: Question) -> float | None:
        """Return the number that the student's own functions give for the question.

        Return None if they give no number, or were not attempted.
        """
        try:
            with quiet():
                found = self._number(question.own["result"])
                return found if self._differs(found, question) or self._earns(question) else None
        except (Exception, SystemExit):  # the student's code may raise anything
            return None

    def _number(self, result: Mapping[str, Any]) -> float:
        """Return the number at its place in the result. Raises an error of some class if it has no number."""
        value = self._called(result)
        if result["left_of"]:
            value = _left(result["left_of"], value, result["count"])
        number = float(as_numbers(_steps(value, result["at"])[-1]).item())
        if not np.isfinite(number):
            raise ValueError("no number")
        return number

    def _differs(self, number: float, question: Question) -> bool:
        """Tell whether other arguments give another number. No number does not count as another number."""
        try:
            here, there = (self._varying(number, question.own[key]) for key in ("result", "other"))
        except (Exception, SystemExit):
            return False
        return not same(here, there, SAME)

    def _earns(self, question: Question) -> bool:
        """Tell whether the function that gives the number has any part of any case right."""
        name = question.own["function"]
        if name not in self.earning:
            cases = (case for case in self.cases(name) if case.graded)
            self.earning[name] = any(try_case(self.names[name], case).share > 0 for case in cases)
        return self.earning[name]

    def _varying(self, number: float, result: Mapping[str, Any]) -> Any:
        """Return the value that must differ: the number, or, for a whole number, the value it is read from.

        Whole numbers, such as the numbers of groups, or a 0, are often the same by chance.
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
            if getattr(function, "costly", False):  # it reached a limit: do not call it again
                raise TimeoutError
            self.known[key] = unpacked(read(function(*[self._given(each) for each in result["args"]])))
        return self.known[key]

    def _given(self, value: Any) -> Any:
        """Return an argument. If it is the result of another function, call that function."""
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
    """Return the numbers that were not taken, in their order. Raises ValueError if there are not `count`."""
    left = [number for number in numbers if number not in np.ravel(taken)]
    if len(left) != count:
        raise ValueError("another number of numbers")
    return left


def _as_array(value: Any) -> Any:
    numbers = as_numbers(value)
    return value if numbers is None else np.asarray(value)
