"""The seam between engine and course: neither `checks` nor `grading` knows anything of this course."""

import ast
import re

import pytest
from ours import CHECKER, ROOT

from checks.checker import Checker
from checks.finders import Stage
from checks.generic import GENERIC
from checks.trials import SIMPLE
from grading.build.hints import UNNAMED

COURSE_WORDS = re.compile(
    r"(?<![a-z])resps?(?![a-z])|loglik|mixture|(?<![a-z])helpers?(?![a-z])|soft.?assignment|log.?sum.?exp"
    r"|(?<![a-z_])(exercises|explorer)\.\w",
    re.IGNORECASE,
)
SOURCES = [path for room in ("checks", "grading") for path in sorted((ROOT / room).rglob("*.py"))]


def named(room):
    """Return the files of a room (a package) that name anything of the course, and these lines."""
    found = {}
    for path in sorted((ROOT / room).rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        if hits := [line.strip() for line in lines if COURSE_WORDS.search(line)]:
            found[path.relative_to(ROOT).as_posix()] = hits
    return found


@pytest.mark.parametrize("room", ["checks", "grading"])
def test_the_engine_names_nothing_of_the_course(room):
    assert named(room) == {}


def test_the_engine_imports_nothing_of_the_course():
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {each.name.partition(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add((node.module or "").partition(".")[0])
    assert not found & {"helpers", "explorer", "exercises", "course"}
    assert {"numpy", "checks", "grading"} <= found


def test_words_of_the_course_are_found():
    there = ["X = resp @ y", "def f(log_resp)", "Soft-Assignments", "the log-sum-exp", "loglik", "a Mixture"]
    assert all(COURSE_WORDS.search(words) for words in there)
    assert not any(
        COURSE_WORDS.search(words) for words in ["a response", "respect", "corresponding", "helpful"]
    )


KIND = r"\b(components?|clusters?|points?|shares?|mixing|log-likelihood|covariances?|[EM]-step)\b"


@pytest.mark.parametrize("hint", [each.hint for each in GENERIC], ids=lambda hint: hint.name)
def test_hints_of_the_engine_use_no_words_of_mixtures(hint):
    assert re.findall(KIND, " ".join([hint.name, *hint.rungs]), re.IGNORECASE) == []
    assert len(hint.rungs) == 3
    assert 60 <= sum(len(rung.split()) for rung in hint.rungs) <= 160


def test_this_course_adds_its_own_words_and_finders(tmp_path):
    plain, ours = ([each.hint for each in checker.finders] for checker in (Checker(tmp_path), CHECKER))
    assert len(plain) == len(GENERIC) >= 25
    own = [hint.name for hint in ours if hint not in plain]
    assert len(own) >= 30
    for name in ("rows and columns exchanged", "the same for every component", "it stops too late"):
        assert name in own


def test_a_hint_that_only_says_wrong_has_the_same_name_in_every_course():
    last = {each.hint.name for each in CHECKER.finders if each.stage is Stage.REST}
    assert last | {SIMPLE} == UNNAMED
    assert len(last) == 2
