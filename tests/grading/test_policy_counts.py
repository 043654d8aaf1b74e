"""Which marks count: this depends on marking, on people's marks and on policies. Rules for late work."""

from dataclasses import replace

import pytest

from grading.policies.counted import CountedMark, FoundMark, counted
from grading.policies.effects import BeforeAndNow, Effect, LateWork, PolicyKind, effects
from grading.policies.penalty import penalty_of
from grading.policies.policy import Extension, HandMark, Policy

FOUND = FoundMark(4, 6)
HAND = {("ada", "q"): HandMark(5, "well put")}


@pytest.mark.parametrize(
    ("policy", "found", "expected"),
    [
        (Policy(), FOUND, CountedMark(4, None, 6)),
        (Policy(), FoundMark(None, 4), CountedMark(None, None, 4)),
        (Policy(dropped=("q",)), FOUND, CountedMark(0, None, 0)),
        (Policy(dropped=("q",)), FoundMark(4, 6, 5, 6), CountedMark(0, 0, 0)),
        (Policy(dropped=("q",), full_marks=("q",), points={"q": 9}), FOUND, CountedMark(0, None, 0)),
        (Policy(full_marks=("q",)), FOUND, CountedMark(6, None, 6)),
        (Policy(full_marks=("q",)), FoundMark(None, 4), CountedMark(4, None, 4)),
        (Policy(full_marks=("q",)), FoundMark(4, 6, 7, 6), CountedMark(6, 7, 6)),  # may exceed the maximum
        (Policy(full_marks=("q",)), FoundMark(4, 6, 1, 6), CountedMark(6, 6, 6)),
        (Policy(full_marks=("q",), points={"q": 15}), FOUND, CountedMark(15, None, 15)),
        (Policy(points={"q": 15}), FOUND, CountedMark(10, None, 15)),
        (Policy(points={"q": 15}), FoundMark(None, 6), CountedMark(None, None, 15)),
        (Policy(points={"q": 7}), FoundMark(10, 10), CountedMark(7, None, 7)),
        (Policy(points={"q": 8}), FoundMark(None, 4, 3, 4), CountedMark(None, 6, 8)),
        (Policy(points={"q": 8}), FoundMark(None, 4, 3, 8), CountedMark(None, 3, 8)),  # it was typed out of 8
        (Policy(), FoundMark(None, 4, 3, 8), CountedMark(None, 1.5, 4)),
        (Policy(by_hand=HAND), FOUND, CountedMark(4, 5, 6)),
        (Policy(by_hand=HAND), FoundMark(4, 6, 1, 6), CountedMark(4, 5, 6)),  # the file has priority
        (Policy(by_hand=HAND, full_marks=("q",)), FOUND, CountedMark(6, 5, 6)),
        (Policy(by_hand=HAND, dropped=("q",)), FOUND, CountedMark(0, 0, 0)),
        (Policy(by_hand={("bob", "q"): HandMark(1)}), FOUND, CountedMark(4, None, 6)),
        (Policy(dropped=("other",), full_marks=("another",)), FOUND, CountedMark(4, None, 6)),
    ],
)
def test_what_a_question_counts(policy, found, expected):
    assert counted(policy, "ada", "q", found) == expected


def test_a_person_s_mark_replaces_the_grader_s():
    assert CountedMark(4, 5, 6).mark == 5
    assert CountedMark(4, None, 6).mark == 4


@pytest.mark.parametrize(
    ("rule", "hours", "taken"),
    [
        ("10% a day", 0, 0),
        ("10% a day", 0.01, 3),
        ("10% a day", 24, 3),
        ("10% a day", 24.01, 6),
        ("10 % per day", 25, 6),
        ("10% each day, at most 50%", 24 * 9, 15),
        ("10% a day, at most 4 marks", 49, 4),
        ("10% a day", 24 * 30, 30),  # never more than was earned
        ("2 marks a day", 49, 6),
        ("1 mark an hour", 2.5, 3),
        ("25% a week", 169, 15),
        ("20%", 100, 6),
        ("zero", 0.01, 30),
        ("10% a day, 15 minutes grace", 0.25, 0),
        ("10% a day, 15 minutes grace", 0.26, 3),
        ("10% a day, 2 hours grace, at most 5%", 24, 1.5),
    ],
)
def test_a_rule_deducts_the_marks_that_it_says(rule, hours, taken):
    assert penalty_of(rule).taken(30, hours) == taken


@pytest.mark.parametrize(
    "rule",
    ["", "ten percent", "10", "10% a month", "-5% a day", "200% a day", "10% a day, grace", "zero a day"],
)
def test_a_wrong_rule_is_refused_with_the_correct_form(rule):
    with pytest.raises(ValueError, match='Write a rule such as "10% a day"'):
        penalty_of(rule)


SEEN = {"q": BeforeAndNow(4, 6, 10, 15), "r": BeforeAndNow(1, 2, 1, 2)}


def kinds(policy, student="ada", late=None, has_marks=True):
    return [
        (each.kind, each.question) for each in effects(policy, student, SEEN, late or LateWork(), has_marks)
    ]


def test_effects_name_what_each_policy_did():
    assert kinds(Policy()) == [(PolicyKind.POINTS, "q")]
    assert kinds(Policy(dropped=("q", "r"))) == [(PolicyKind.DROPPED, "q"), (PolicyKind.DROPPED, "r")]
    policy = Policy(full_marks=("r",), by_hand={("ada", "r"): HandMark(2, "good")})
    assert kinds(policy)[-1] == (PolicyKind.BY_HAND, "r")
    assert kinds(policy, "bob")[-1] == (PolicyKind.FULL_MARKS, "r")
    assert kinds(policy, has_marks=False) == []


def test_a_penalty_is_an_effect_only_for_late_students_who_have_one():
    rule = Policy(penalty=penalty_of("10% a day"))
    late = LateWork(25, 30, 6)
    (penalty,) = [each for each in effects(rule, "ada", {}, late, True)]
    assert (penalty.mark, penalty.earned, penalty.number, penalty.period) == (6, 30, 2, "day")
    assert effects(rule, "ada", {}, LateWork(), True) == ()
    free = replace(rule, extensions={"ada": Extension(no_penalty=True)})
    assert [each.kind for each in effects(free, "ada", {}, late, True)] == [PolicyKind.NO_PENALTY]


def test_an_effect_is_read_as_it_was_written_and_one_of_another_version_is_left_out():
    for each in effects(Policy(dropped=("r",)), "ada", SEEN, LateWork(), True):
        assert Effect.of(each.record) == each
    assert Effect.of({"kind": "something new"}) is None
    assert Effect.of({"kind": "points", "most": 3.0, "new": 1}) == Effect(PolicyKind.POINTS, most=3.0)
