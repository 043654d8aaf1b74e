"""Code below a line that fails is still defined, and the line is reported."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from grading.box.limits import Limits
from grading.box.session import BoxedSession
from grading.marking.failing import failing_in, failing_lines
from grading.marking.job import CellResult
from grading.noted import KEY
from grading.protocol.left_out import LeftOut, left_out_of

pytestmark = [pytest.mark.instructor]
NAMES = "print(sorted(set(globals()) & {'f', 'g', 'x', 'y'}), globals().get('x'))"

# A cell, the lines left out of it, whether code below them was run, and what is defined then.
CELLS = [
    ("import no_such\nx = 1\ndef f(): pass", [1], True, "['f', 'x'] 1"),
    ("\n\nimport no_such; x = 2\ndef f(): pass", [3], True, "['f', 'x'] 2"),
    ("x = 3\n1 / 0\nprint(x)", [2], False, "['x'] 3"),
    ("def f():\n    return 1\n1 / 0\ndef f():\n    return 2\ng = f()", [3], True, "['f', 'g'] None"),
    ("%no_such\n%cd /no/such\n!true\nx = 4", [1], True, "['x'] 4"),
    ("%%no_such\nx = 5", [1], True, "['x'] 5"),
    ("%%time\nimport no_such\nx = 6", [2], True, "['x'] 6"),
    ("print 'x'\nx = (1,\n)\ny = 2", [1], True, "['x', 'y'] (1,)"),
    ("def f(:\n    pass\n@str\ndef g():\n    pass\ntext = '''\nx = 1\n'''", [1], True, "['g'] None"),
    ("return 3\nx = 7", [1], True, "['x'] 7"),
    ("import sys\nsys.exit()\nx = 8", [2], True, "['x'] 8"),
    ("def f(:\n    pass", [1], False, "[] None"),
    ("for y in 'ab':\n    x = no_such\ng = y", [1], True, "['g', 'y'] None"),
]


@pytest.mark.box
def test_code_below_a_failing_line_is_run():
    session = BoxedSession(Limits(cell_seconds=20))
    try:
        for source, lines, resumed, there in CELLS:
            session.run("%reset -f", 20)
            done = session.run(source, 20, resume=True)
            told = session.run(NAMES, 20)["outputs"][0]["text"].strip()
            assert ([each.line for each in done["left_out"]], done["resumed"], told) == (
                lines,
                resumed,
                there,
            )
            assert done["error"]
    finally:
        session.close()


# Imports of torch and numba have failed. Then: a cell, the names that it lacked, and the value of `f(2)`.
BARE = [
    ("def f(n: torch.Tensor, *, m: int = 1) -> torch.Tensor:\n    return n + m", ["torch"], "3"),
    ("@numba.njit(parallel=True)\n@str.strip\ndef f(n): return n", [""], None),
    ("@numba.njit\ndef f(n):\n    def g(k: numba.int64): return k\n    return g(n)", ["numba"], "2"),
    (
        "class F:\n    scale: torch.Tensor = 2\n    @numba.njit\n    def f(self, n): return n\nf = F().f",
        ["torch"],
        "2",
    ),
    ("def f(n=torch.zeros(1)): return n", [""], None),
    ("def f(n: tensorflow.Tensor): return n", [""], None),
]


@pytest.mark.box
def test_a_definition_needs_no_package_for_its_annotations_and_decorators():
    session = BoxedSession(Limits(cell_seconds=20))
    try:
        for source, lacked, value in BARE:
            session.run("%reset -f", 20)
            session.run("import torch_, no_such as numba\n", 20, resume=True)
            session.run("import torch_ as torch\n", 20, resume=True)
            done = session.run(source, 20, resume=True)
            told = session.run("print(f(2))", 20, resume=True)["outputs"][0]
            assert ([each.plain for each in done["left_out"]], told.get("text", "").strip() or None) == (
                lacked,
                value,
            ), source
            assert done["resumed"] == (value is not None)
    finally:
        session.close()


def test_a_definition_that_was_run_without_its_decorators_is_named():
    left_out = LeftOut(2, "NameError", "", "numba")
    assert said("@numba.njit\ndef f(n): return n", left_out) == [
        "line 2 of the cell that begins with `@numba.njit` failed: `def f(n): return n` (NameError: numba is "
        "not there). It was run without the annotations and decorators that need `numba`"
    ]


def said(source, *left_out, resumed=True, **others):
    return list(
        failing_in(new_code_cell(source), CellResult(left_out=[*left_out], resumed=resumed, **others))
    )


def test_the_line_that_failed_is_named():
    source = "import os\nos.chdir('/content/x')"
    assert said(source, LeftOut(2, "FileNotFoundError")) == [
        "line 2 of the cell that begins with `import os` failed: `os.chdir('/content/x')` "
        "(FileNotFoundError). It was skipped, and the rest of the cell was run"
    ]
    many = said(source, *[LeftOut(n, "E") for n in range(1, 6)])
    assert (len(many), many[-1]) == (
        3,
        "more lines of the cell that begins with `import os` failed and were skipped: 3",
    )


def test_an_error_in_the_last_line_is_reported_only_if_it_is_an_import():
    assert said("1 / 0", LeftOut(1, "ZeroDivisionError"), resumed=False) == []
    assert said("import abc_", LeftOut(1, "ModuleNotFoundError", "abc_"), resumed=False) == [
        "line 1 of the cell that begins with `import abc_` failed: `import abc_` "
        "(abc_ is not installed where this is graded). It was skipped"
    ]


def test_data_of_any_form_about_lines_left_out_is_accepted():
    odd = [None, {"line": "1"}, {"line": True}, {"line": 10**9, "error": 7, "missing": "<b>"}]
    assert left_out_of(odd) == [LeftOut(10**9, "7", "")]
    assert left_out_of("no list") == []
    assert len(left_out_of([{"line": 1}] * 100)) == 20
    assert said("x", LeftOut(10**9, "`E`"))[0].startswith(
        "line 1000000000 of the cell that begins with `x` failed"
    )


def test_the_cell_is_named_by_its_number_and_its_heading():
    cell = new_code_cell("import abc_", metadata={KEY: {"number": 7}})
    cells = [new_markdown_cell("# A title\n\n## 2 The *data*"), cell]
    result = CellResult(left_out=[LeftOut(1, "ModuleNotFoundError", "abc_")])
    (sentence,) = failing_lines(cells, {id(cell): result})
    assert sentence.startswith(
        "line 1 of cell 7 (below the heading '2 The *data') failed: `import abc_` (abc_ is"
    )


@pytest.mark.parametrize("source", ["x = 1\nexit()", "x = 1\nquit()\ny = 2", "x = 1\nexit"])
def test_a_line_that_would_end_python_is_named_although_nothing_failed(source):
    (sentence,) = said(source, resumed=False)
    word = "quit()" if "quit" in source else "exit()"
    assert sentence == (
        f"line 2 of the cell that begins with `x = 1` would end Python: `{word}`. "
        "It was skipped, and the lines below it were run"
    )
    assert said("import sys\nsys.exit(1)", LeftOut(2, "SystemExit"), resumed=False) == [
        "line 2 of the cell that begins with `import sys` would end Python: `sys.exit(1)`. "
        "It was skipped, and the lines below it were run"
    ]
    assert said("exit_code = 1\nsys.exit", resumed=False) == []


def test_given_cells_that_were_changed_and_failed_are_named_in_one_sentence():
    cells = [new_code_cell("1 / 0", metadata={KEY: {"number": n}}) for n in range(1, 7)]
    results = {id(cell): CellResult(replaced=True) for cell in cells}
    assert failing_lines(cells, results) == [
        "cells that were given have been changed, and failed: "
        + "".join(f"cell {n} (it begins with `1 / 0`); " for n in (1, 2, 3, 4))
        + "and 2 more. The given cell was run after each of them"
    ]
    assert failing_lines(cells, {}) == []
