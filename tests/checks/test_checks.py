"""The engine behind `check`: what it says, what it never says, and that nothing can disturb it."""

import itertools
import sys
import warnings

import numpy as np
import pytest
from ours import CHECKER

from checks import casebook
from checks.casebook import CaseBook, load_cases, save_cases
from checks.cases import Case
from checks.compare import find_fault
from checks.hints import BEYOND, Hint, Ladder
from checks.questions import Question
from checks.report import RIGHT, Line, Mark, Report
from checks.sentences import what
from helpers import check, compare_prediction, example

TABLE = np.array([[1.0, 2, 3], [4, 5, 6]])
HINTS = [Hint(name, (f"{name}, the point", "the principle", "a fragment")) for name in ("tripled", "quarter")]


@pytest.fixture(autouse=True)
def _first_try(monkeypatch):
    monkeypatch.setattr(CHECKER, "ladder", Ladder())


@pytest.fixture
def book(tmp_path):
    """Return cases for a function `double`; the public and the hidden ones are the same."""
    tables = {"small": TABLE, "large": 1e6 * TABLE}
    cases = [
        Case(
            name,
            {"table": t},
            answers=(2 * t,),
            mistakes={"tripled": [([""], 3 * t)], "quarter": [([""], t / 4)]},
        )
        for name, t in tables.items()
    ]
    save_cases(tmp_path / "some" / "double.npz", cases, HINTS)
    return {kind: CaseBook(tmp_path, hidden=kind == "hidden") for kind in ("public", "hidden")}


def said(function, book, capsys, kind="public", out_of=3):
    mark = check(function, out_of=out_of, cases=book[kind])
    return mark, capsys.readouterr().out


def test_full_marks(book, capsys):
    def double(table):
        return table * 2

    mark, text = said(double, book, capsys)
    assert mark == 3
    assert "All public cases pass. The hidden cases decide your mark." in text


def test_each_case_is_worth_a_share_of_the_marks(book, capsys):
    def double(table):
        return table * 2 if table[0, 0] < 10 else table

    mark, text = said(double, book, capsys)
    assert mark == 1.5
    assert text.count("✓ right") == text.count("✗ not yet") == 1


FAULTS = {
    "nothing returned": (lambda table: None, "the result is None", "end with `return`"),
    "words": (lambda table: "twice", "cannot be read as numbers", "it is a str"),
    "unequal rows": (lambda table: [[1, 2, 3], [4, 5]], "cannot be read as numbers", "it is a list"),
    "transposed": (
        lambda table: 2 * table.T,
        "wrong shape",
        "shape (3, 2) instead of an array of shape (2, 3); its transpose would fit",
    ),
    "another shape": (
        lambda table: 2 * table[:1],
        "wrong shape",
        "shape (1, 3) instead of an array of shape (2, 3).",
    ),
    "one number": (lambda table: 7, "wrong shape", "a single number instead of an array"),
    "a NaN": (lambda table: table * [1, np.nan, 1], "holds a NaN or an infinity", "nan at [0, 1]"),
    "too large": (
        lambda table: 2 * table + [0, 0, 1e9],
        "has wrong numbers",
        "2 of 6 numbers are wrong, most of all at [",
    ),
    "too small": (lambda table: 2 * table - 1e9, "has wrong numbers", "is too small"),
    "a dictionary": (lambda table: {"a": 1}, "cannot be read as numbers", "it is a dict"),
    "an error": (lambda table: table[7], "it raised an exception", "IndexError: index 7 is out of bounds"),
    "an end of all": (lambda table: sys.exit("bye"), "it raised an exception", "SystemExit: bye"),
    "another error": (
        lambda table: np.linalg.inv(0 * table[:, :2]),
        "it raised an exception",
        "LinAlgError: Singular",
    ),
}


@pytest.mark.parametrize(("function", "words", "detail"), FAULTS.values(), ids=FAULTS)
def test_each_fault_has_a_sentence_and_its_detail_only_in_public(function, words, detail, book, capsys):
    function.__name__ = "double"
    mark, text = said(function, book, capsys)
    assert mark == 0
    assert words in text
    assert detail in text
    mark, text = said(function, book, capsys, "hidden")
    assert mark == 0
    assert words in text
    assert detail not in text


def test_a_hidden_case_does_not_leak_through_errors_or_prints(book, capsys):
    def double(table):
        print("seen", table)
        raise type(f"Secret{table[0, 0]:.0f}", (Exception,), {})(str(table))

    _, text = said(double, book, capsys, "hidden")
    assert "it raised an exception." in text
    assert "Secret" not in text
    assert "seen" not in text


def test_what_was_printed_is_shown_where_a_public_case_fails(book, capsys):
    def double(table):
        print("I was here")
        return table

    assert "• it printed: I was here" in said(double, book, capsys)[1]


def test_warnings_and_prints_cost_nothing_and_are_not_shown(book, capsys):
    def double(table):
        warnings.warn("careful", stacklevel=1)
        print("progress", file=sys.stderr)
        np.seterr(all="raise")
        return 2 * table

    before = np.geterr()
    mark = check(double, out_of=3, cases=book["hidden"])
    assert mark == 3
    assert capsys.readouterr().err == ""
    assert np.geterr() == before


def test_an_overwritten_argument_is_advice(book, capsys):
    def double(table):
        table *= 2
        return table

    for _ in range(2):  # the second check starts with unchanged cases
        mark, text = said(double, book, capsys)
        assert mark == 3
        assert "→ advice: your function overwrites `table`: the call" in text


def test_a_function_is_known_by_its_name_in_the_cell(book, capsys, monkeypatch):
    monkeypatch.setitem(globals(), "double", lambda table: 2 * table)
    assert said(globals()["double"], book, capsys)[0] == 3


def test_an_unknown_name_is_explained(book):
    def triple(table):
        return 3 * table

    with pytest.raises(LookupError, match="no public cases for 'triple'.*keep the name"):
        check(triple, out_of=3, cases=book["public"])


def test_an_answer_is_right_in_any_shape_that_means_the_same():
    column = np.array([1.0, 2, 3])
    for value in (
        column,
        [1, 2, 3],
        column[:, None],
        column[None],
        iter([1, 2, 3]),
        np.float32(column),
        (1, 2, 3),
    ):
        assert find_fault(value, (column,), 1e-5) is None


def test_the_fault_is_the_difference_from_the_nearest_right_answer():
    answers = ({"a": 1.0, "b": 2.0}, {"a": 5.0, "b": 6.0})
    assert find_fault({"a": 5, "b": 6}, answers, 1e-5) is None
    assert what(find_fault({"a": 5, "b": 7}, answers, 1e-5)) == "the entry 'b' is a wrong number"
    assert what(find_fault({"a": 5}, answers, 1e-5)) == "the key 'b' is missing"
    assert what(find_fault([5, 6], answers, 1e-5)) == "the result is not a dictionary"


def test_an_iterator_is_read_once_for_all_answers():
    answers = ({"a": np.array([1.0, 2])}, {"a": np.array([3.0, 4])})
    assert find_fault({"a": iter([3, 4])}, answers, 1e-5) is None


def test_zero_is_compared_too():
    assert find_fault(0.0, (0.0,), 1e-5) is None
    assert what(find_fault(1e-9, (0.0,), 1e-5)) == "the result is a wrong number"


def test_saved_cases_are_read_back_unchanged(tmp_path):
    case = Case(
        "all of it",
        {"data": TABLE, "names": ["a", "b"], "one": 1.5},
        {"maxiter": 3},
        ({"x": TABLE, "trace": [1.0, 2.0]},),
        1e-3,
        "advice",
        {"step": [{"args": [TABLE], "answer": TABLE}]},
    )
    question = Question("which", ("yes",), ("yes", "no"), reasons={"no": "why"})
    save_cases(tmp_path / "f.npz", [case, Case("bare"), question])
    (full, bare, asked) = load_cases(tmp_path / "f.npz")
    np.testing.assert_equal(vars(full), vars(case))
    assert bare == Case("bare")
    assert asked == question


def test_arrays_with_the_same_bytes_keep_their_kinds(tmp_path):
    zeros = {"whole": np.zeros(3, dtype=np.int64), "broken": np.zeros(3), "again": np.zeros(3)}
    save_cases(tmp_path / "f.npz", [Case("zeros", zeros)])
    args = load_cases(tmp_path / "f.npz")[0].args
    assert [each.dtype for each in args.values()] == [np.int64, np.float64, np.float64]


def test_reports_say_the_same_in_html_and_escape_what_students_write():
    line = Line(RIGHT, "<script>alert(1)</script>", "use `x < y`")
    assert "<em>point</em>, 2 * 3, <code>a*b*c</code>" in Report("*point*, 2 * 3, `a*b*c`")._repr_html_()
    report = Report("f: 1 of 2", [line], "a `b`", ["one", "<i>"], "Done.")
    html = report._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<code>x &lt; y</code>" in html
    assert "It looks like this: <strong>a <code>b</code></strong></p><p>one</p><p>&lt;i&gt;</p>" in html
    assert repr(report) == (
        "f: 1 of 2\nIt looks like this: a `b`\n  one\n  <i>\n"
        "  ✓ right: <script>alert(1)</script>: use `x < y`\nDone."
    )


def test_a_mark_is_a_number_that_shows_itself():
    import copy

    mark = Mark(2.5, 6)
    assert repr(mark) == "2.5"
    assert mark._repr_html_() == "<p><strong>2.5 of 6 marks</strong></p>"
    assert Mark(2, 6, final=False)._repr_html_() == "<p><strong>2 of 6 marks so far</strong></p>"
    assert copy.deepcopy(mark).out_of == 6


COUNT = itertools.count()


def tripled(factor=3):
    """Return a new function with the same mistake. Its code is different each time."""
    namespace = {}
    exec(f"def double(table):\n    mine = {next(COUNT)}\n    return {factor} * table", namespace)
    return namespace["double"]


def test_each_new_attempt_climbs_the_ladder_and_a_repeat_does_not(book, capsys):
    first = tripled()
    for _ in range(2):
        text = said(first, book, capsys)[1]
        assert "It looks like this: tripled\n  Hint 1 of 3: tripled, the point\n" in text
        assert "the principle" not in text
    assert "Hint 2 of 3: the principle" in said(tripled(), book, capsys)[1]
    assert "It looks like this: one factor for all numbers" in said(tripled(5), book, capsys)[1]
    assert "Hint 3 of 3: a fragment" in said(tripled(), book, capsys)[1]


def test_after_the_last_rung_there_is_still_something_new(book, capsys):
    shown = [said(tripled(), book, capsys)[1] for _ in range(3 + len(BEYOND))]
    assert len(set(shown)) == len(shown)
    assert "What next: " not in shown[2]
    assert "`example('double')` returns" in shown[3]


def test_hidden_cases_show_the_whole_ladder_at_once(book, capsys):
    text = said(tripled(), book, capsys, "hidden")[1]
    assert "tripled, the point\n  the principle\n  a fragment\n  ✗ not yet" in text
    assert text.endswith("These cases decide the mark.\n")
    assert "Hint" not in text


def test_a_mistake_on_one_case_only_is_not_named(book, capsys):
    def double(table):
        return 3 * table if table[0, 0] < 10 else 2.5 * table

    assert "tripled" not in said(double, book, capsys)[1]


def test_marks_of_a_case_are_shared_by_the_parts_of_its_answer(tmp_path, capsys):
    right, names = [TABLE, np.array([1.0, 2])], ("table", "pair")
    mistakes = {
        "doubled": [(["table"], [2 * TABLE, right[1]])],
        "turned": [(["pair"], [TABLE, right[1][::-1]])],
    }
    case = Case("both", {"x": TABLE}, answers=(right,), returns=names, mistakes=mistakes)
    hints = [Hint(name, ("point", "principle", "fragment")) for name in mistakes]
    save_cases(tmp_path / "some" / "both.npz", [case], hints)
    book = {"public": CaseBook(tmp_path)}

    def both(x):
        return x, [2, 1]

    mark, text = said(both, book, capsys, out_of=4)
    assert mark == 2
    assert "◐ in part (2 of 4): both: the entry 'pair' has wrong numbers" in text
    assert "It looks like this: turned" in text
    # Two mistakes in two parts are found, one after the other.
    both = renamed("both", lambda x: (2 * x, [2, 1]))
    mark, text = said(both, book, capsys, out_of=4)
    assert mark == 0
    assert "It looks like this: doubled" in text
    assert said(renamed("both", lambda x: (x, [1, 2])), book, capsys, out_of=4)[0] == 4
    assert said(renamed("both", lambda x: x), book, capsys, out_of=4)[0] == 0


def renamed(name, function):
    function.__name__ = name
    return function


def test_an_error_names_the_line_in_the_student_s_code(book, capsys):
    def inner(table):
        return table @ table

    def double(table):
        return inner(table) + 1

    text = said(double, book, capsys)[1]
    assert "(at `return table @ table`)" in text
    assert "It looks like this: shapes that do not fit together" in text
    assert "return table" not in said(double, book, capsys, "hidden")[1]


def test_an_example_is_a_copy_of_a_case_s_arguments():
    args = example("compute_means", 1)
    assert list(args) == ["data", "resp", "counts"]
    args["data"][:] = 0
    assert example("compute_means", 1)["data"].any()
    with pytest.raises(LookupError, match="no public cases for 'nothing'"):
        example("nothing")


@pytest.mark.parametrize(
    ("prediction", "actual", "words"),
    [
        (None, 30, "No prediction yet: write your prediction"),
        (20, 30, "You predicted 20; it is 30: your number is 10 lower. What made the difference?"),
        (30, np.int64(30), "You predicted 30; it is 30, as you said."),
        ("Above", "above", "as you said"),
        (True, False, "You predicted True; it is False. What"),
        ([0.5, 0.3], np.array([0.52, 0.3]), "You predicted 0.5, 0.3; it is 0.52, 0.3. What"),
        ("no idea", 0.7, "You predicted no idea; it is 0.7. What"),
        ({"a": 1}, 0.7, "You predicted {'a': 1}; it is 0.7. What"),
    ],
)
def test_predictions_are_shown_beside_the_result(prediction, actual, words):
    assert words in compare_prediction(prediction, actual)


def test_kept_cases_are_copies_and_read_again_where_the_file_has_changed(book, tmp_path, monkeypatch):
    kept = book["public"]
    kept.keep()
    with monkeypatch.context() as patch:
        patch.setattr(casebook, "load_cases", None)  # nothing may be read a second time
        kept["double"][0].args["table"][:] = 0
        np.testing.assert_array_equal(kept["double"][0].args["table"], TABLE)
        assert list(kept.hints("double")) == ["tripled", "quarter"]
    save_cases(tmp_path / "some" / "double.npz", [Case("new", {"table": TABLE})])
    assert [case.name for case in kept["double"]] == ["new"]
    assert kept.hints("double") == {}


def test_a_broken_file_is_not_kept_and_does_not_stop_the_others(book, tmp_path):
    (tmp_path / "some" / "broken.npz").write_bytes(b"no cases")
    book["public"].keep()
    assert len(book["public"]["double"]) == 2
    with pytest.raises(ValueError, match="pickle"):
        book["public"]["broken"]


def test_a_question_with_several_parts_needs_an_answer_to_each():
    with pytest.raises(ValueError, match="'quiz-results' asks 3 questions, but you gave 2 answers"):
        CHECKER.check_answer("quiz-results", 1, 2, out_of=3)
