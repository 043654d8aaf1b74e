"""One call of a student's function on one case, with everything that may happen in it."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import functools
import io
import itertools
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from checks.cases import Case
from checks.compare import as_numbers, as_parts, find_faults, unpacked
from checks.faults import Fault, Kind
from checks.forms import in_form
from checks.judged import judging
from checks.lighter import lightened
from checks.patience import limited
from checks.raised import Place, own_place, raised
from checks.reading import answer_of
from checks.replay import replaying
from checks.written import Written, written_of

TABLE = "table"  # a form that may be left open, see forms.py
ODD = r"(?i)\bnan\b|\binf(inity|s)?\b|\bnans\b"  # the words for NaN and infinity in messages of errors


@dataclasses.dataclass(frozen=True)
class Call:
    """One call: the value in plain lists and arrays, its faults, and the error that was raised."""

    value: Any = None
    faults: tuple[Fault, ...] = ()
    error: BaseException | None = None

    @property
    def wrong(self) -> set[str]:
        """The parts of the answer that are wrong; "" is all of it."""
        return {fault.part for fault in self.faults}


@dataclasses.dataclass(frozen=True)
class Outcome:
    """The result of one case.

    calls: one call for each form of the arguments that was tried. The first call is the one that counts.
    changed: the arguments that the function overwrote.
    printed: the text that the function printed.
    refused: why functions of the course answered NaN.
    helped: the answer is right only if recorded answers replace the other functions that it calls.
    turned: whether a table was transposed, among the arguments or in the answer.
    function: the function that was called.
    """

    case: Case
    calls: tuple[Call, ...]
    changed: tuple[str, ...] = ()
    printed: str = ""
    refused: tuple[str, ...] = ()
    helped: bool = False
    turned: bool = False
    function: Callable[..., Any] | None = dataclasses.field(default=None, repr=False, compare=False)

    @functools.cached_property
    def first_odd(self) -> FloatingPointError | None:
        """The first operation that gave infinity or NaN, when the case is run once more; None if none did."""
        wrong = any(fault.kind is Kind.NOT_FINITE for fault in self.calls[0].faults)
        odd = wrong or bool(re.search(ODD, str(self.calls[0].error or "")))
        return _first_odd(self.function, self.case) if self.function and odd else None

    def place_of(self, error: BaseException) -> Place:
        """Return the place in the student's cell where the error happened."""
        return own_place(error, self.function)

    @property
    def written(self) -> Written | None:
        """The function as its cell has it; None if the cell cannot be read."""
        return written_of(self.function) if self.function else None

    @property
    def fault(self) -> Fault | None:
        """The first fault to name; None if the answer is right."""
        return next(iter(self.calls[0].faults), None)

    @property
    def unwritten(self) -> bool:
        return isinstance(self.calls[0].error, NotImplementedError)

    @property
    def hopeless(self) -> bool:
        """Whether another form cannot help: the function is not written, or did not end in time."""
        return isinstance(self.calls[0].error, NotImplementedError | TimeoutError)

    @property
    def share(self) -> float:
        """How much of the answer is right, from 0 to 1: each part has an equal share."""
        wrong = self.calls[0].wrong
        return 0.0 if "" in wrong else 1 - len(wrong) / len(as_parts(self.case.answers[0], self.case.returns))


def try_case(function: Callable[..., Any], case: Case) -> Outcome:
    """Call the function on the case. If the answer is wrong, try the call in other circumstances.

    Code that was written for lists of points, or for transposed tables, is correct code. A function that
    is wrong only because it calls a wrong function is correct, too. All of these may earn the marks of the
    case. Of several calls the one with the largest share counts. If shares are equal, a call that ends is
    preferred to a call that raises.
    """
    if case.calls and getattr(function, "costly", False):  # it reached a limit: do not call it twice
        return _try_apart(function, case)
    case, first = _by_its_names(function, case)
    outcomes = [first]
    for args in [] if outcomes[0].hopeless else _other_forms(case):
        if outcomes[-1].share == 1:
            break
        outcomes.append(_try_form(function, case, args))
    if outcomes[-1].share < 1 and case.calls:
        outcomes.append(_try_apart(function, case))
    best = max(outcomes, key=lambda outcome: (outcome.share, outcome.calls[0].error is None))
    others = [each.calls[0] for each in outcomes if each is not best]
    return dataclasses.replace(best, calls=(*best.calls, *others))


def _by_its_names(function: Callable[..., Any], case: Case) -> tuple[Case, Outcome]:
    """Call the function. If it has other names for its arguments than the exercise, pass them by position.

    Return the case in the form in which the function takes it, and the result.
    """
    first = _try_form(function, case, case.args)
    turned = case.by_position() if isinstance(first.calls[0].error, TypeError) else None
    if turned is None:
        return case, first
    other = _try_form(function, turned, turned.args)
    return (case, first) if isinstance(other.calls[0].error, TypeError) else (turned, other)


def _try_apart(function: Callable[..., Any], case: Case) -> Outcome:
    with replaying(function, case.calls):
        outcome = _try_form(function, case, case.args)
    return dataclasses.replace(outcome, helped=outcome.share > 0)


def _try_form(function: Callable[..., Any], case: Case, args: Mapping[str, Any]) -> Outcome:
    mine, named = copy.deepcopy((dict(args), dict(case.kwargs)))
    with quiet() as printed, judging() as refused:
        try:
            with limited():
                answer = answer_of(function, mine.values(), named, case.entries)
            value = unpacked(lightened(answer, case))
            done = Call(value, tuple(find_faults(value, case.answers, case.tolerance, case.returns)))
        except (Exception, SystemExit) as error:  # exit() in a function ends no check
            done = Call(faults=(_fault_of(error, function),), error=error)
        turned = _is_turned(case, args, done.value)
    changed = tuple(case.shown.get(name, name) for name in args if not _equal(mine[name], args[name]))
    return Outcome(
        case, (done,), changed, printed.getvalue(), tuple(refused), turned=turned, function=function
    )


def _is_turned(case: Case, args: Mapping[str, Any], answer: Any) -> bool:
    """Tell whether a table is transposed, among the arguments or in the answer."""
    tables = [name for name, form in case.free.items() if form == TABLE and name in args]
    pairs = [(args[name], case.args[name]) for name in tables]
    if case.forms.get("") == TABLE:
        pairs.append((answer, case.answers[0]))
    shapes = ((np.shape(as_numbers(mine)), np.shape(first)) for mine, first in pairs)
    return any(mine != first and mine == first[::-1] for mine, first in shapes)


def _first_odd(function: Callable[..., Any], case: Case) -> FloatingPointError | None:
    """Run a case with NumPy's warnings as errors. A function in another process has its own `strictly`."""
    args, named = copy.deepcopy((list(case.args.values()), dict(case.kwargs)))
    strictly = getattr(function, "strictly", lambda: np.errstate(all="raise", under="ignore"))
    with quiet(), judging(), strictly():
        try:
            answer_of(function, args, named, case.entries)
        except FloatingPointError as error:
            return error
        except (Exception, SystemExit):
            return None
    return None


@contextlib.contextmanager
def quiet() -> Iterator[io.StringIO]:
    """Collect what is printed, and ignore warnings: a warning on stderr must never cost a mark."""
    printed = io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        stack.enter_context(warnings.catch_warnings())
        stack.enter_context(np.errstate())  # restores what the function sets
        warnings.simplefilter("ignore")
        yield printed


def _fault_of(error: BaseException, function: Callable[..., Any]) -> Fault:
    if isinstance(error, TimeoutError):
        return Fault(Kind.LATE)
    return Fault(Kind.RAISED, error=raised(error, function))


def _as_lists(case: Case) -> dict[str, Any]:
    """Return the arguments as lists of rows, except for those that the course always passes as arrays."""
    kept = case.arrays
    return {k: list(v) if isinstance(v, np.ndarray) and k not in kept else v for k, v in case.args.items()}


def _other_forms(case: Case) -> Iterator[dict[str, Any]]:
    """Yield the arguments as lists, then in every form that the exercise leaves open."""
    yield _as_lists(case)
    choices = [in_form(value, case.free.get(name)) for name, value in case.args.items()]
    for values in list(itertools.product(*choices))[1:]:
        yield dict(zip(case.args, values))


def _equal(mine: Any, given: Any) -> bool:
    if isinstance(given, Mapping):
        return mine.keys() == given.keys() and all(_equal(mine[key], given[key]) for key in given)
    if given is None or isinstance(given, str):
        return type(mine) is type(given) and mine == given
    numbers, before = as_numbers(mine), as_numbers(given)
    if numbers is None or before is None:  # no longer an array of numbers at all
        return False
    return numbers.shape == before.shape and np.allclose(
        numbers, before, rtol=1e-9, atol=1e-9, equal_nan=True
    )
