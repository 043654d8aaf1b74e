"""One call of a student's function on one case, with everything that may happen in it."""

from __future__ import annotations

import builtins
import contextlib
import copy
import dataclasses
import io
import itertools
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from helpers.checks.cases import Case
from helpers.checks.compare import Fault, find_fault
from helpers.checks.replay import replaying


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How one case went.

    fault: None if right. changed: arguments that were overwritten. helped: right only when
    recorded answers stood in for the other functions that it calls.
    """

    case: Case
    fault: Fault | None = None
    changed: tuple[str, ...] = ()
    printed: str = ""
    unwritten: bool = False
    helped: bool = False


def try_case(function: Callable[..., Any], case: Case) -> Outcome:
    """Call the function on the case; a miss is tried again in other circumstances.

    Code written for lists of points or for tables the other way round is right code, and so
    is a function that only calls a wrong one: all may earn the marks of the case.
    """
    first = _try_form(function, case, case.args)
    if first.fault is None:
        return first
    for args in [] if first.unwritten else _other_forms(case):
        other = _try_form(function, case, args)
        if other.fault is None:
            return other
    return _try_apart(function, case) or first


def _try_apart(function: Callable[..., Any], case: Case) -> Outcome | None:
    if not case.calls:
        return None
    with replaying(function, case.calls):
        outcome = _try_form(function, case, case.args)
    return dataclasses.replace(outcome, helped=True) if outcome.fault is None else None


def _try_form(function: Callable[..., Any], case: Case, args: Mapping[str, Any]) -> Outcome:
    mine, named = copy.deepcopy((dict(args), dict(case.kwargs)))
    with _quiet() as printed:
        try:
            value, error = function(*mine.values(), **named), None
            fault = find_fault(value, case.answers, case.tolerance, case.returns)
        except (Exception, SystemExit) as raised:  # exit() in a function ends no check
            error, fault = raised, _raised(raised)
    changed = tuple(name for name in args if not _equal(mine[name], args[name]))
    unwritten = isinstance(error, NotImplementedError)
    return Outcome(case, fault, changed, printed.getvalue(), unwritten)


@contextlib.contextmanager
def _quiet() -> Iterator[io.StringIO]:
    """Keep what is printed or warned; a warning on stderr must never cost a mark."""
    printed = io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        stack.enter_context(warnings.catch_warnings())
        stack.enter_context(np.errstate())  # restores what the function sets
        warnings.simplefilter("ignore")
        yield printed


def _raised(error: BaseException) -> Fault:
    kind = type(error)
    # A class of the student's own could carry a case's numbers in its name.
    known = getattr(builtins, kind.__name__, None) is kind or kind is np.linalg.LinAlgError
    name = kind.__name__ if known else "an exception of its own"
    return Fault(f"it raised {name}", _first_line(str(error)))


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0][:300]


def _as_lists(args: Mapping[str, Any]) -> dict[str, Any]:
    """The form of the published assignment: lists of points, means, matrices, numbers.

    Responsibilities are an array there too.
    """
    return {name: list(v) if isinstance(v, np.ndarray) and name != "resp" else v for name, v in args.items()}


def _other_forms(case: Case) -> Iterator[dict[str, Any]]:
    """Yield the arguments as lists, then in every form that the exercise leaves open."""
    yield _as_lists(case.args)
    choices = [FORMS[case.free.get(name, "fixed")](value) for name, value in case.args.items()]
    for values in list(itertools.product(*choices))[1:]:
        yield dict(zip(case.args, values))


FORMS: dict[str, Callable[[Any], list[Any]]] = {
    "fixed": lambda value: [value],
    "table": lambda value: [value, value.T],
    "vector": lambda value: [value, value[:, None], value[None, :]],
}


def _equal(mine: Any, given: Any) -> bool:
    if isinstance(given, Mapping):
        return mine.keys() == given.keys() and all(_equal(mine[key], given[key]) for key in given)
    try:
        same = np.shape(mine) == np.shape(given)
        return same and np.allclose(np.asarray(mine, dtype=float), given, rtol=1e-9, atol=1e-9)
    except (TypeError, ValueError):  # no longer an array of numbers at all
        return False
