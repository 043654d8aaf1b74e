"""The student's functions: they are found, called on copies, and checked for changes of their arguments.

A half-step is an E-step or an M-step, of the student or of the explorer. It gets its input in two forms.
A student's function uses the first form: what the other half-step returned. The explorer's own function
uses the second form: the (N, K) scores for the E-step, the (N, K) responsibilities for the M-step.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from checks.call import quiet
from checks.compare import unpacked
from checks.raised import first_line, own_place
from checks.texts import called, say
from explorer.forms import Numbers, Params
from explorer.steps import Family, own_e_step
from explorer.wording import in_words

FOUR = ("compute_soft_counts", "compute_weights", "compute_means", "compute_covariances")
NAMES = {
    "gaussian": (("compute_responsibilities",), FOUR),
    "bernoulli": (("e_step",), ("m_step",)),
}
BIG = 200_000  # of data with more numbers, only evenly chosen rows are compared


class Overwritten(NamedTuple):
    """A function, and the argument that it changed in place."""

    function: str
    argument: str


@dataclass(frozen=True)
class Reply:
    """What a half-step returned, and what its functions overwrote."""

    value: Any
    changed: tuple[Overwritten, ...] = ()


HalfStep = Callable[[Any, Numbers], Reply]


class StepError(Exception):
    """The error of a learner's function.

    sentence: the error in words. where, line: its place in the learner's code, and the line itself.
    """

    def __init__(self, function: Callable[..., Any], error: BaseException) -> None:
        said = f"{type(error).__name__}: {first_line(str(error))}".rstrip(": ")
        unwritten = isinstance(error, NotImplementedError)
        self.sentence = _name(function) + (
            say(" is not written yet.") if unwritten else say(" raised {error}", error=said)
        )
        self.where, self.line = own_place(error, function)
        super().__init__(self.sentence)

    def as_json(self) -> dict[str, str]:
        """Return the fields that the browser shows."""
        return {"sentence": self.sentence, "where": self.where, "line": self.line}


class Lent:
    """Data for functions that may overwrite them: they get a copy, which is checked after each call."""

    def __init__(self, data: Numbers) -> None:
        self.data, self.mine = data, data.copy()
        self._some = slice(None, None, max(1, data.size // BIG))

    def restored(self) -> bool:
        """Tell whether the copy was overwritten. If it was, it gets the values of the data again."""
        overwritten = not np.array_equal(self.mine[self._some], self.data[self._some])
        if overwritten:
            np.copyto(self.mine, self.data)
        return overwritten


def in_notebook(family: Family, names: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return the notebook's E-step and M-step, found by the course's names; None if one is missing."""
    return tuple(_found(wanted, names) for wanted in NAMES[family.name])


def e_half(family: Family, lent: Lent, e_step: Any) -> HalfStep:
    """Return the half-step that finds responsibilities. If `e_step` is None, it is the explorer's own.

    e_step is called with the data and the parameters, in the order of `family.parts`. Raises ValueError with
    one sentence if it cannot be called.
    """
    if e_step is None:
        return lambda _, scores: Reply(own_e_step(scores, family.logs))
    _require_functions([e_step], "e_step")
    return lambda given, _: _called(e_step, lent, dict(zip(family.parts, given)))


def m_half(family: Family, lent: Lent, m_step: Any) -> HalfStep:
    """Return the half-step that finds parameters. If `m_step` is None, it is the explorer's own.

    m_step is a function of data and resp. Or it is the list of the course's four functions in their order.
    These are called with the course's arguments. Raises ValueError with one sentence if it
    is neither.
    """
    if m_step is None:
        return lambda _, resp: Reply(family.tell(_own_params(family, lent.data, resp)))
    if isinstance(m_step, Sequence):
        _require_functions(m_step, "m_step", len(FOUR))
        return lambda given, _: _four(m_step, lent, given)
    _require_functions([m_step], "m_step")
    return lambda given, _: _called(m_step, lent, {"log_resp" if family.logs else "resp": given})


def in_words_of(function: Any) -> str:
    """Return the name of what does a half-step: "your compute_means", or "the explorer's own function"."""
    if function is None:
        return say("the explorer's own function")
    many = function if isinstance(function, Sequence) else [function]
    return say("your {functions}", functions=in_words(_name(each) for each in many))


def _found(wanted: Sequence[str], names: Mapping[str, Any]) -> Any:
    found = [names[name] for name in map(called, wanted) if callable(names.get(name))]
    if len(found) < len(wanted):
        return None
    return found if len(found) > 1 else found[0]


def _own_params(family: Family, data: Numbers, resp: Numbers) -> Params:
    # A component without points gives 0/0. A negative share counts as 0 here. The lights report both.
    with np.errstate(all="ignore"):
        return family.weigh(data, np.maximum(resp, 0))


def _four(functions: Sequence[Callable[..., Any]], lent: Lent, resp: Any) -> Reply:
    """Call the course's four functions in order, each with the arguments that it needs."""
    count, weigh, centre, spread = functions
    counts = _called(count, None, {"resp": resp})
    weights = _called(weigh, None, {"counts": counts.value})
    means = _called(centre, lent, {"resp": resp, "counts": counts.value})
    covs = _called(spread, lent, {"resp": resp, "counts": counts.value, "means": means.value})
    changed = counts.changed + weights.changed + means.changed + covs.changed
    return Reply([weights.value, means.value, covs.value], changed)


def _called(function: Callable[..., Any], lent: Lent | None, args: Mapping[str, Any]) -> Reply:
    """Call a learner's function on copies of its arguments. If `lent` is given, its data come first."""
    mine = copy.deepcopy(dict(args))
    with quiet():
        try:
            value = unpacked(function(*([lent.mine] if lent else []), *mine.values()))
        except (Exception, SystemExit) as error:  # exit() in a function must not end the notebook
            raise StepError(function, error) from error
    changed = [name for name in args if not _same(mine[name], args[name])]
    if lent and lent.restored():
        changed.insert(0, "data")
    return Reply(value, tuple(Overwritten(_name(function), name) for name in changed))


def _same(mine: Any, given: Any) -> bool:
    try:
        return np.array_equal(np.asarray(mine, dtype=float), np.asarray(given, dtype=float), equal_nan=True)
    except (TypeError, ValueError):
        return True  # the rows have different lengths, which is reported when the result is read


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__name__", type(function).__name__)


def _require_functions(given: Sequence[Any], name: str, count: int = 1) -> None:
    if len(given) != count or not all(map(callable, given)):
        four = say(", or the four functions {names}", names=", ".join(FOUR)) if name == "m_step" else ""
        raise ValueError(
            say("{name} must be a function{four}: pass its name, without parentheses.", name=name, four=four)
        )
