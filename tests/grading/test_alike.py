"""Pairs that are too similar for chance: none among students who work alone, and copies are found."""

import random

import pytest
from classroom import FILES, Own, in_other_names, in_own_words, independent, variants
from often import often

from grading.report.alike import AnswerText, alike
from grading.report.prints import prints_of

pytestmark = pytest.mark.instructor


def told(book):
    """Return the pairs of students that are reported for a class."""
    return [pair.students for pair in alike(handed_in(book))]


def handed_in(book):
    return {
        student: [AnswerText(name, text) for name, text in answers.items()]
        for student, answers in book.items()
    }


OTHER_WAYS = [{"taste": 0.5}, {"own": False, "few": 4}, {"own": False}]


# benchmarks/alike.py counts, with more seeds and sizes, in how many classes a pair is reported.
@pytest.mark.parametrize("assignment", FILES)
@pytest.mark.parametrize("how", often([{}, *OTHER_WAYS]), ids=str)
def test_no_pair_is_reported_among_students_who_work_alone(assignment, how):
    classes = [
        independent(assignment, size, random.Random(seed), **how) for size in (20, 60) for seed in (1, 2)
    ]
    assert [told(each) for each in classes] == [[]] * 4


@pytest.mark.long
def test_copied_notebooks_with_other_names_are_found():
    """Not each copy is found. Where all answers are short and usual, nothing distinguishes a copy."""
    found = []
    for assignment in FILES:
        for seed in range(4):
            book = independent(assignment, 60, random.Random(seed))
            first, second = sorted(book)[10:12]
            book[second] = {name: f"# mine\n{in_other_names(text)}" for name, text in book[first].items()}
            found += told(book)
    assert set(found) == {("s010", "s011")}
    assert len(found) >= 6  # of 12; benchmarks/alike.py counts with more seeds, sizes and tastes


def test_one_long_copied_answer_with_other_names_and_comments_is_found():
    draw = random.Random(5)
    book = independent("gaussian-mixture", 60, draw)
    (longest,) = [text for text in variants("gaussian-mixture")["EM"] if "sum(axis=1)[:, np.newaxis]" in text]
    book = {
        student: answers | {"EM": in_own_words(variants("gaussian-mixture")["EM"][0], Own(draw))}
        for student, answers in book.items()
    }
    first, second = sorted(book)[3:5]
    book[first]["EM"] = in_own_words(longest, Own(draw))
    assert told(book) == []
    book[second]["EM"] = "# all my own work\n" + in_other_names(book[first]["EM"])
    (pair,) = alike(handed_in(book))
    assert pair.students == (first, second)
    assert pair.shared[0].exercise == "EM"
    lines = book[first]["EM"].splitlines()
    assert len(pair.shared[0].lines[0]) > 15
    assert max(pair.shared[0].lines[0]) < len(lines)


def test_code_that_half_of_a_class_has_is_not_reported():
    book = independent("image-clusters", 40, random.Random(8))
    source = {name: texts[0] for name, texts in variants("image-clusters").items()}
    book = {student: source if n % 2 else own for n, (student, own) in enumerate(book.items())}
    assert told(book) == []


def test_for_a_small_class_nothing_is_reported():
    one = {name: texts[0] for name, texts in variants("image-clusters").items()}
    assert told({f"s{n}": one for n in range(11)}) == []


CODE = """
def f(x, y):
    total = 0  # {}
    for row in x:
        total = total + row.sum() * y
    return total
"""


def code_prints(source):
    return {key for key, _ in prints_of(source, True) if key[0] == "code"}


def test_fingerprints_ignore_names_comments_and_line_ends():
    other = CODE.format("mine").replace("total", "s").replace("row.sum() * y", "row.sum() \\\n  * y")
    assert code_prints(CODE.format("yours")) == code_prints(other)
    assert code_prints(other) != code_prints(other.replace("sum", "max"))


@pytest.mark.parametrize(
    "source", ["", "(", "'''", "def f(:\n  '", "x = 1\n  y", "\x00", "\ud800", "é" * 50, "1e" * 9]
)
def test_text_that_is_not_python_causes_no_error(source):
    assert len(list(prints_of(source, True))) < 50


def test_fingerprints_know_the_lines_of_their_words():
    text = "\n".join(["one two three", "four five six", "seven"])
    assert [sorted(lines) for _, lines in prints_of(text, False)] == [[0, 1], [0, 1, 2]]
