"""No hint says "above" or "below", because notebook, feedback and class report show hints at other places."""

import re

import pytest
from ours import CHECKER, KNOWN

from checks.generic import GENERIC, in_order
from checks.hints import BEYOND, Hint
from grading import hidden
from helpers import check

# A number may be above or below another number. No other thing is above or below: that is true only in the
# notebook.
NUMBERS = r"-?\d|one half|zero|it,|it the other|N\b|everything that|what can|the threshold|`thresh`|the log-l"
PLACES = re.compile(
    rf"\b(?:above|below)\b(?! (?:{NUMBERS}))|\b(?:this|next|previous) (?:cell|page|line)\b|\bthe line and\b",
    re.IGNORECASE,
)
ERRORS = re.compile(r"\bthe (?:error's )?message\b|\bwhich (?:error|name) it is\b", re.IGNORECASE)
HINTS = {
    each.name: each
    for each in [
        *(finder.hint for finder in (*GENERIC, *CHECKER.finders)),
        *(mistake.hint for known in KNOWN.values() for mistake in known),
    ]
}


def test_words_for_places_are_found():
    for words in ("the message above", "the text below counts", "with one alpha below", "see the next cell"):
        assert PLACES.search(words)
    assert not PLACES.search("below 0, above 255, below the threshold, above one half, never below 1")
    assert ERRORS.search("The error's message names shapes")


def test_no_hint_says_above_below_or_next_cell():
    texts = [
        *BEYOND,
        *(rung for hint in HINTS.values() for seen in (True, False) for rung in hint.as_read(seen)),
    ]
    assert len(texts) > 500
    assert [text for text in texts if PLACES.search(text)] == []


def test_no_reason_of_a_question_says_above_below_or_next_cell():
    files = list(hidden.folder.rglob("quiz-*.npz"))
    asked = [each for path in files for each in hidden[f"{path.parent.name}/{path.stem}"]]
    texts = [text for each in asked for text in (each.about, *each.reasons.values())]
    assert len(texts) > 20
    assert [text for text in texts if PLACES.search(text)] == []


def test_no_hint_speaks_of_an_error_message_that_is_not_shown():
    texts = [rung for hint in HINTS.values() for rung in hint.as_read(errors_shown=False)]
    assert [rung for rung in texts if ERRORS.search(rung)] == []


def test_a_hint_in_a_course_s_words_keeps_its_text_for_errors_that_are_not_shown():
    words = {"it stops with an error": Hint("it breaks", ("The message says why.", "principle", "fragment"))}
    (hint,) = {each.hint for each in in_order([], words) if each.hint.name == "it breaks"}
    assert hint.as_read(errors_shown=True)[0] == "The message says why."
    assert hint.as_read(errors_shown=False)[0].startswith("Your function stops with an error")


class OwnError(Exception):
    """An exception that a student may raise."""


def raising(error):
    def compute_weights(counts):
        raise error

    return compute_weights


@pytest.mark.parametrize(
    ("error", "shown", "unseen"),
    [
        (RuntimeError("a quirk"), "the report says which error it is", "is not shown"),
        (OwnError("mine"), "the report says which error it is", "is not shown"),
        (NameError("name 'x' is not defined"), "Is the name spelt the same", "run `check` again"),
        (
            ValueError("operands could not be broadcast"),
            "Print the shapes of all arrays",
            "Print the shapes of your arrays",
        ),
    ],
    ids=["an error", "own", "name", "shapes"],
)
def test_a_report_speaks_of_an_error_only_where_it_shows_it(error, shown, unseen, capsys):
    check(raising(error), out_of=2)
    public = capsys.readouterr().out
    assert str(error) in public
    assert "(at `raise error`)" in public
    assert shown in " ".join(public.split())
    check(raising(error), out_of=2, cases=hidden)
    report = capsys.readouterr().out
    assert str(error) not in report
    assert unseen in report
    assert not ERRORS.search(report)


@pytest.mark.parametrize("name", ["the numbers are wrong", "some rows right, others not", "another shape"])
def test_general_hints_do_not_speak_of_mixtures(name):
    """These hints also appear in assignments about pictures and tables."""
    (hint,) = [each.hint for each in CHECKER.finders if each.hint.name == name]
    assert not re.search(r"component|weight|dimension", " ".join(hint.rungs))
