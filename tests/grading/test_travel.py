"""A function's result is read in the same way in the notebook and in marking, whatever its type is."""

import collections
import itertools

import numpy as np
import pandas
import pytest
from kinds import ODD, RIGHT, Stubborn
from ours import ASSIGNMENTS, public

from checks import reading
from checks.call import try_case
from checks.cases import Case
from checks.compare import as_parts
from checks.faults import Kind
from checks.quiz import run_quiz
from checks.reading import Unread, read
from grading.protocol import carried
from grading.protocol.carried import carry
from grading.protocol.plain import MEGABYTE, unpack

EXERCISES = [
    f"{each.name}/{name}" for each in ASSIGNMENTS for name in each.mistakes() if name in public
]  # small assignments that somebody adds are included


class Far:
    """A function whose answers are packed and unpacked, as in marking."""

    __name__ = "far"

    def __init__(self, function):
        self.function = function

    def answering(self, entries, /, *args, **kwargs):
        return unpack(carry(self.function(*args, **kwargs), entries))


def verdict(function, case):
    outcome = try_case(function, case)
    return outcome.share, [(fault.kind, fault.part, fault.names) for fault in outcome.calls[0].faults]


def both(function, case):
    here, there = verdict(function, case), verdict(Far(function), case)
    assert here == there
    return here


def of_kind(answer, case, kind):
    """Return an answer in which each part is of a kind."""
    parts = {name: kind(np.array(part, dtype=float)) for name, part in as_parts(answer, case.returns).items()}
    return parts[""] if "" in parts else list(parts.values()) if case.returns else parts


@pytest.mark.parametrize("name", EXERCISES)
def test_every_kind_of_answer_is_judged_alike(name):
    case = next(each for each in public[name] if each.graded)
    for words, kind in {**RIGHT, **ODD}.items():
        share, _ = both(lambda *_, **__: of_kind(case.answers[0], case, kind), case)  # noqa: B023
        assert words in ODD or share == 1, words


RIGHT_ENTRIES = {"a": np.arange(3.0), "b": 7.0}
CASE = Case("a dictionary", {"x": 1.0}, answers=(RIGHT_ENTRIES,))


EXTRA = {
    "an object": object,
    "a generator without end": itertools.count,
    "a function": lambda: print,
    "what refuses": Stubborn,
    "much": lambda: [np.zeros((1000, 10))] * 900,
    "a large array": lambda: np.zeros(9 * MEGABYTE),
    "a long list": lambda: [0.5] * 25_000,
    "many scalars": lambda: [np.float64(1)] * 15_000,
    "fields": lambda: np.zeros(2, dtype=[("a", int)]),
    "digits": lambda: 10**2000,
    "a set": lambda: {1, (2, 3)},
    "a dictionary of objects": lambda: {"model": object(), (1, 2): 3},
    "frames": lambda: [pandas.DataFrame({"a": [1.0]})] * 200,
    "nested": lambda: {"deep": [[[[np.eye(2)]]]]},
    "half a character": lambda: "\ud800",
}


@pytest.mark.parametrize("words", EXTRA)
def test_an_extra_entry_costs_nothing(words):
    for make in (
        dict,
        collections.OrderedDict,
        lambda pairs: collections.defaultdict(list, pairs),
        collections.UserDict,
    ):
        assert both(lambda x: make({"extra": EXTRA[words](), **RIGHT_ENTRIES}), CASE) == (1, [])  # noqa: B023


def test_extra_keys_may_be_of_any_kind():
    keys = [None, (1, 2), 3, np.int64(4), frozenset(), object(), b"bytes", 2.5]
    assert both(lambda x: {**RIGHT_ENTRIES, **dict.fromkeys(keys, 1)}, CASE) == (1, [])
    assert both(lambda x: {np.str_("a"): np.arange(3), np.str_("b"): 7}, CASE) == (1, [])


def test_a_dictionary_may_contain_itself_or_many_of_itself():
    def whole(x):
        made = dict(RIGHT_ENTRIES)
        made["self"], made["twice"] = made, [made, made]
        return made

    assert both(whole, CASE) == (1, [])


def test_a_required_entry_that_cannot_be_read_costs_only_its_own_share():
    share, faults = both(lambda x: {**RIGHT_ENTRIES, "b": object()}, CASE)
    assert (share, faults) == (0.5, [(Kind.NOT_NUMBERS, "b", ())])
    outcome = try_case(Far(lambda x: {**RIGHT_ENTRIES, "b": np.zeros(9 * MEGABYTE)}), CASE)
    assert outcome.fault.described == "more than 64 MB, which is not read"


def test_a_result_that_is_no_dictionary_is_reported():
    for value in (object(), [1, 2], collections.namedtuple("named", "a b")(*RIGHT_ENTRIES.values())):
        assert both(lambda x: value, CASE) == (0, [(Kind.NO_DICTIONARY, "", ("a", "b"))])  # noqa: B023


def test_a_missing_key_is_named_with_all_existing_keys():
    share, faults = both(lambda x: {"a": np.arange(3), "model": object()}, CASE)
    assert (share, faults) == (0.5, [(Kind.MISSING_KEY, "b", ("a", "model"))])


def test_required_entries_come_first_if_there_is_no_room(monkeypatch):
    monkeypatch.setattr(carried, "MAX_BYTES", 2000)
    monkeypatch.setattr("grading.protocol.plain.MAX_BYTES", 2000)
    arrived = unpack(carry({"extra": np.zeros(150), "small": 1, "a": np.zeros(150)}, ["a"]))
    assert list(arrived) == ["extra", "small", "a"]
    assert isinstance(arrived["extra"], Unread)
    assert (arrived["small"], len(arrived["a"])) == (1, 150)


def test_reading_twice_changes_nothing_and_reasons_from_the_wire_must_be_known():
    for words, kind in {**RIGHT, **ODD}.items():
        once = read(kind(np.array([[1.0, 2.0], [3.0, 4.0]])))
        assert repr(read(once)) == repr(once) or isinstance(once, Unread), words
    assert Unread("a secret number: 17").described == Unread("class").described
    assert set(reading.TOO_LARGE) <= set(reading.REFUSALS)


@pytest.mark.parametrize("words", [*RIGHT, *ODD])
def test_answers_to_questions_are_read_alike(words, monkeypatch):
    shown = []
    monkeypatch.setattr("checks.quiz.display", shown.append)
    for name in ("quiz-results", "quiz-loglik"):
        values = [{**RIGHT, **ODD}[words](np.array(0.25)) for _ in range(3)]
        run_quiz(name, values, 3, public)
        run_quiz(name, [unpack(carry(value)) for value in values], 3, public)
        here, there = ([line.mark for line in report.lines] for report in shown[-2:])
        assert here == there
