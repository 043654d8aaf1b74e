"""The checks of every assignment accept correct answers and refuse wrong ones.

Correct answers get full marks. Every known mistake loses marks and draws its own hint, on public and on
hidden cases. A mistake that nobody has listed draws a hint that fits.
"""

import ast
import functools
import itertools
import re
import warnings

import numpy as np
import pytest
from answers import right_answers
from answers.fresh import FRESH
from often import often
from ours import CHECKER, COURSE, KNOWN, LESSONS, called, known_in, public

from checks.call import try_case
from checks.cases import Case
from checks.compare import as_parts, same
from checks.explain import explain
from checks.finders import Stage
from checks.generic import AT_TIMES
from checks.hints import Ladder
from checks.trials import UNTOLD, Tried, hint_of_trial
from grading import hidden
from grading.build.cases import draw_cases
from grading.build.draw import draw
from helpers import check

# Seeds of hidden cases. `make test` tries one besides the tests' own seed, `make test-all` tries all.
SEEDS = often(range(6))
RIGHT = {each.name: right_answers(each.name) for each in COURSE.assignments()}
QUICK = ("image-clusters", "bernoulli-digits", "when-em-fails")  # the others need half a minute
QUICK_FIRST = often(sorted(RIGHT, key=lambda name: name not in QUICK), len(QUICK))
BIG = ("compute_responsibilities", "compute_covariances", "EM", "e_step", "m_step")


def functions(name):
    """Yield the graded functions of an assignment, and what each is worth, from its source."""
    for cell in COURSE.assignment(name).cells().cells:
        if "test" in cell.metadata and cell.source.startswith("check("):
            call = ast.parse(cell.source).body[0].value
            yield cell.metadata["test"], call.keywords[0].value.value


POINTS = {name: dict(functions(name)) for name in RIGHT}
HOME = {called(name, exercise): (name, exercise) for name in POINTS for exercise in POINTS[name]}
WORTH = {name: POINTS[home][exercise] for name, (home, exercise) in HOME.items()}
FULL = {
    name: f"{home}/{exercise}" for name, (home, exercise) in HOME.items()
}  # with the assignment in the name, `-k` finds its exercises
every_exercise = pytest.mark.parametrize("name", WORTH, ids=list(FULL.values()))


RIGHT_ANSWERS = [
    pytest.param(name, function, id=f"{FULL[name]}: {words}")
    for name, (home, exercise) in HOME.items()
    for words, function in RIGHT[home][exercise].items()
]
MISTAKES = [
    pytest.param(name, mistake.answer, mistake.hint.name, id=f"{FULL[name]}: {mistake.hint.name}")
    for name, mistakes in KNOWN.items()
    for mistake in mistakes
]
FRESH_ANSWERS = [
    pytest.param(name, function, hint, id=f"{FULL[name]}: {words}")
    for name, answers in FRESH.items()
    for words, (function, hint) in answers.items()
]


@functools.cache
def drawn(assignment, seed):
    """Return the hidden cases of an assignment from one seed."""
    return draw_cases(COURSE.assignment(assignment), seed, hidden=True)


def drawn_of(name, seed):
    """Return the hidden cases of an exercise from one seed."""
    home, exercise = HOME[name]
    return drawn(home, seed)[exercise]


def marks(name, function):
    """Give the answer to `check` as the test cell does; return the public and the hidden mark."""
    own, points = HOME[name][1], WORTH[name]
    globals()[own] = function
    mark = check(globals()[own], out_of=points, name=None if own == name else name)
    return mark, check(function, out_of=points, cases=hidden, name=name)


@pytest.fixture(autouse=True)
def _first_try(monkeypatch):
    """Begin each test at the first rung of every ladder of hints."""
    monkeypatch.setattr(CHECKER, "ladder", Ladder())


def is_of_lesson(name):
    return HOME[name][0] in LESSONS


def test_every_assignment_and_every_function_has_answers_of_all_kinds():
    assert set(RIGHT) == {assignment.name for assignment in COURSE.assignments()}
    assert set(KNOWN) <= set(WORTH)
    assert all(set(RIGHT[name]) == set(POINTS[name]) for name in RIGHT)
    assert min(len(answers) for home in LESSONS for answers in RIGHT[home].values()) >= 3
    of_lessons = {name: KNOWN[name] for name in HOME if is_of_lesson(name)}
    assert set(FRESH) >= set(of_lessons)
    for name, mistakes in of_lessons.items():
        assert len(mistakes) >= (12 if name in BIG else 5)
    for name in ("compute_responsibilities", "EM", "e_step", "m_step"):
        home, exercise = HOME[name]
        assert len(RIGHT[home][exercise]) >= 20
    assert sum(map(len, KNOWN.values())) >= 100


@pytest.mark.parametrize(("name", "answer"), RIGHT_ANSWERS)
def test_right_answers_get_full_marks(name, answer, capsys):
    assert marks(name, answer) == (WORTH[name], WORTH[name]), capsys.readouterr().out


@pytest.mark.parametrize(("name", "answer", "hint"), MISTAKES + FRESH_ANSWERS)
def test_wrong_answers_lose_marks_and_draw_their_hint(name, answer, hint, capsys):
    for mark in marks(name, answer):
        assert mark < WORTH[name]
    public_report, hidden_report = capsys.readouterr().out.split(f"{HOME[name][1]}: ")[1:]
    for report in (public_report, hidden_report):
        assert re.search(f"It looks like this: ({re.escape(hint)}|{tried(hint)})", report), report
        assert "✗ not yet" in report or "◐ in part" in report
    assert "Hint 1 of 3: " in public_report
    assert not re.search(r"\d", without_what_is_fixed(hidden_report, name))


def beyond(name, case):
    """Return the hint for an answer that passes all trials and fails this case."""
    return Tried(None, public[name], hidden=True).beyond([try_case(lambda *args: None, case)])


BROAD = {each.hint.name for each in CHECKER.finders if each.stage >= Stage.BROAD}


def tried(hint):
    """Return a pattern of the other titles that a report may have: trials may come before a broad hint."""
    return "wrong for |right for simple inputs" if hint in BROAD else "$"


def without_what_is_fixed(report, name):
    """Return a hidden report without marks and hints: only what remains may depend on the case."""
    report = re.sub(r"^[\d.]+ of [\d.]+ marks on the hidden cases", "", report)
    report = re.sub(r"\([\d.]+ of [\d.]+\)", "", report)
    hints = [*(each.hint for each in KNOWN[name]), *(each.hint for each in CHECKER.finders)]
    hints += [hint_of_trial(case, UNTOLD) for case in public[name] if case.trial]
    hints += [found[0] for case in public[name] if (found := beyond(name, case))]
    fixed = {text for hint in hints for text in (*hint.rungs, f"It looks like this: {hint.name}")}
    for text in sorted(fixed, key=len, reverse=True):
        report = report.replace(text, "")
    return report


GARBAGE = {
    "None": None,
    "a number": 3.5,
    "a text": "twice",
    "an empty list": [],
    "an empty dictionary": {},
    "unequal rows": [[1, 2], [3]],
    "an object": object(),
    "a class": int,
    "NaN": np.full((3, 2), np.nan),
    "four axes": np.ones((2, 2, 2, 2)),
    "complex numbers": np.ones(3) * 1j,
    "no rows": np.ones((0, 3)),
    "a number too large": [10**400],
    "nested": {"weights": {"a": [1, (2, None)]}, "loglik": [[1], 2], 3: 4},
    "two of them": (np.ones(3), "b"),
    "three of them": [np.zeros((3, 2)), None, {"a": 1}],
}


@every_exercise
def test_whatever_a_function_returns_the_report_explains_it(name, capsys):
    for words, value in GARBAGE.items():
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert check(lambda *args, value=value, **kwargs: value, out_of=4, name=name) < 4, words
        shown = capsys.readouterr()
        assert "It looks like this: " in shown.out, words
        assert shown.err == ""


@every_exercise
def test_whatever_change_of_a_correct_answer_the_report_explains_it(name, capsys):
    home, exercise = HOME[name]
    reference = COURSE.assignment(home).reference()[exercise]
    rng = np.random.default_rng(3)

    def noisy(value):
        if isinstance(value, dict):
            return {key: noisy(item) for key, item in value.items()}
        if isinstance(value, tuple):
            return tuple(noisy(item) for item in value)
        return np.asarray(value) * rng.uniform(0.5, 1.5, np.shape(value))

    mark = check(lambda *args, **kwargs: noisy(reference(*args, **kwargs)), out_of=4, name=name)
    assert mark < 4
    assert "Hint 1 of 3" in capsys.readouterr().out


def hint_drawn(name, function, cases):
    found = explain([try_case(function, case) for case in cases], public.hints(name), CHECKER.finders)
    return found and found[0].name


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("assignment", QUICK_FIRST)
def test_mistakes_draw_their_hint_whatever_the_seed(assignment, seed):
    cases = drawn(assignment, seed)
    for name in POINTS[assignment]:
        for mistake in KNOWN.get(called(assignment, name), ()):
            assert hint_drawn(name, mistake.answer, cases[name]) == mistake.hint.name, name


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("assignment", RIGHT)
def test_answers_stay_right_whatever_the_seed(assignment, seed):
    cases = drawn(assignment, seed)
    for name, answers in RIGHT[assignment].items():
        for words, function in answers.items():
            poor = [c.name for c in cases[name] if c.graded and try_case(function, c).share < 1]
            assert poor == [], (name, words)


SUBMISSIONS = often(range(1, 8))


def shares(cases, known):
    """Return what each known mistake earns of each case that is worth marks."""
    graded = [case for case in cases if isinstance(case, Case) and case.graded]
    return {
        (case.name, each.hint.name): try_case(each.answer, case).share for case in graded for each in known
    }


@functools.cache
def shares_of(assignment, own):
    """Return what known mistakes earn of the hidden cases of one submission, by exercise."""
    drawn, known = draw(COURSE.assignment(assignment).recipe(), own, True, term=3), known_in(assignment)
    return {exercise: shares(drawn[exercise], mistakes) for exercise, mistakes in known.items()}


@pytest.mark.parametrize("own", SUBMISSIONS)
@pytest.mark.parametrize("assignment", QUICK_FIRST)
def test_the_same_mistake_has_the_same_mark_on_the_cases_of_any_submission(assignment, own):
    """Each submission gets other cases. In `EM`, one case in ten may judge a part differently."""
    for exercise, expected in shares_of(assignment, 0).items():
        found = shares_of(assignment, own)[exercise]
        others = {each for each in expected if found[each] != expected[each]}
        assert len(others) <= (0.02 * len(expected) if exercise == "EM" else 0), (exercise, others)
        assert all(abs(found[each] - expected[each]) < 0.5 for each in others), (exercise, others)


def told_apart(case, one, other):
    """Tell whether two mistakes answer a case differently, in a part that at least one gets wrong."""
    if not (case.mistakes[one] and case.mistakes[other]):  # one of them ends in an error
        return bool(case.mistakes[one]) != bool(case.mistakes[other])
    (wrong, first), (also, second) = (case.mistakes[each][0] for each in (one, other))
    parts = {*wrong, *also}
    mine, theirs = as_parts(first, case.returns), as_parts(second, case.returns)
    # Twice the tolerance: no answer may be within the tolerance of both.
    return any(not same(mine.get(part), theirs.get(part), 2 * case.tolerance) for part in parts)


@every_exercise
@pytest.mark.parametrize("kind", often(["public", 1, 2], 2))
def test_no_two_mistakes_answer_alike_on_all_cases(kind, name):
    """If this fails, the two cannot be told apart: add a case on which they differ."""
    cases = public[name] if kind == "public" else drawn_of(name, kind)
    graded = [case for case in cases if case.graded]
    names = [mistake.hint.name for mistake in KNOWN.get(name, ())]
    alike = [
        pair for pair in itertools.combinations(names, 2) if not any(told_apart(c, *pair) for c in graded)
    ]
    assert alike == []


@every_exercise
def test_hints_are_ladders_of_eighty_to_hundred_and_sixty_words(name):
    for mistake in KNOWN.get(name, ()) if is_of_lesson(name) else ():
        assert len(mistake.hint.rungs) == 3, mistake.hint.name
        assert 80 <= sum(len(rung.split()) for rung in mistake.hint.rungs) <= 160, mistake.hint.name
        sentences = re.split(r"(?<=[.:?]) ", " ".join(mistake.hint.rungs))
        assert len(set(sentences)) == len(sentences), mistake.hint.name
        assert mistake.seen


def test_hints_of_properties_are_ladders_too():
    names = [each.hint.name for each in CHECKER.finders]
    assert len(set(names)) >= 30
    assert len(names) - len(set(names)) == len(AT_TIMES)
    for each in CHECKER.finders:
        assert len(each.hint.rungs) == 3, each.hint.name
        assert 60 <= sum(len(rung.split()) for rung in each.hint.rungs) <= 160, each.hint.name


# An equation such as 3.5 / 5 = 0.7 or -2² / (2 · 4) = -0.5.
EQUATION = re.compile(r"((?:\(?-?\d[\d.]*²?\)?\s*[-+*/·]\s*)+\(?-?\d[\d.]*²?\)*) = (-?\d+(?:\.\d+)?)")


def test_calculations_in_hints_are_correct():
    hints = [
        *(each.hint for book in KNOWN.values() for each in book),
        *(each.hint for each in CHECKER.finders),
    ]
    found = [pair for hint in hints for rung in hint.rungs for pair in EQUATION.findall(rung)]
    assert len(found) > 40
    for left, right in found:
        expression = left.replace("·", "*").replace("²", "**2")
        value = eval(expression + ")" * (left.count("(") - left.count(")")))
        decimals = len(right.partition(".")[2])
        assert value == pytest.approx(float(right), abs=0.5001 * 10**-decimals), left


@pytest.mark.parametrize("assignment", RIGHT)
def test_no_hint_holds_a_line_of_a_solution(assignment):
    lines = [
        line.strip()
        for cell in COURSE.assignment(assignment).cells().cells
        for block in re.findall(r"### BEGIN SOLUTION\n(.*?)### END", cell.source, re.DOTALL)
        for line in block.splitlines()
        if len(line.strip()) > 8
    ]
    hints = [each.hint for each in [*itertools.chain(*known_in(assignment).values())]]
    texts = " ".join(rung for hint in [*hints, *(p.hint for p in CHECKER.finders)] for rung in hint.rungs)
    assert len(lines) > (10 if assignment in LESSONS else 0)
    assert not [line for line in lines if line in texts]


@every_exercise
def test_case_files_hold_numbers_of_mistakes_and_no_text_of_hints(name):
    home, exercise = HOME[name]
    path = public.folder / home / f"{exercise}.npz"
    raw = path.read_bytes()
    with np.load(path, allow_pickle=False) as stored:
        arrays = dict(stored)
    assert all(array.dtype.kind in "fiub" for array in arrays.values())
    for mistake in KNOWN.get(name, ()):
        assert mistake.hint.rungs[0].encode() not in raw + b"".join(a.tobytes() for a in arrays.values())


@every_exercise
def test_the_reference_does_not_change_its_arguments(name):
    home, exercise = HOME[name]
    reference = COURSE.assignment(home).reference()
    for case in [*public[name], *hidden[name]]:
        outcome = try_case(reference[exercise], case)
        assert (outcome.fault, outcome.changed) == (None, ())


@every_exercise
def test_what_was_memorised_from_the_public_cases_earns_nothing(name):
    seen = [case for case in public[name] if not case.trial]  # trials are the same for all, and earn nothing
    known = {key(case.args): case.answers[0] for case in seen}

    def memory(*args, **kwargs):
        return known[key(dict(enumerate(args)))]

    assert [try_case(memory, case).fault is None for case in seen].count(True) >= 2
    assert all(try_case(memory, case).fault for case in hidden[name] if not case.trial)


@every_exercise
def test_hidden_cases_differ_from_public_ones_and_by_seed(name):
    first, second = (drawn_of(name, seed) for seed in (1, 2))
    drawn_anew = ([each for each in cases if not each.trial] for cases in (first, second, public[name]))
    keys = [{key(case.args) for case in cases} for cases in drawn_anew]
    assert not keys[0] & keys[1]
    assert not keys[0] & keys[2]


def key(value):
    """Return the numbers of arguments as bytes, so that arguments can be compared."""
    if isinstance(value, dict):
        return b"".join(key(item) for item in value.values())
    return np.asarray(value).tobytes()


def test_questions_hold_no_answer_in_public_and_a_reason_for_each_wrong_choice_in_hidden():
    kinds = set()
    for assignment in COURSE.assignments():
        questions = set(drawn(assignment.name, 1)) - set(POINTS[assignment.name])
        assert questions or assignment.name not in LESSONS
        assert all(not case.answers and not case.reasons for name in questions for case in public[name])
        for case in (case for name in questions for case in hidden[name]):
            assert len(case.answers) == 1
            wrong = set(case.choices) - set(case.answers)
            whole = set(case.reasons) == wrong if case.choices else case.reasons
            assert whole or assignment.name not in LESSONS
            kinds.add(case.choices or "a number")
    assert {"a number", ("true", "false")} < kinds
