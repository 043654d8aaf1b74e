"""Statuses are defined in one file.

Notes of marking about a notebook are read from fields, not from sentences.
"""

import ast
import copy
import json

import nbformat
import pytest
from nbformat import v4
from ours import ROOT
from test_feedback_page import answer, asked, essay, every_status, feedback_page, graded, section, told

from grading.marking.mark import CellResult
from grading.noted import KEY, Noted, Role, role_of
from grading.protocol.left_out import LeftOut
from grading.run.task import Graded, status_of
from grading.status import Status, SubmissionStatus

pytestmark = pytest.mark.instructor
# These words are also ordinary words, with which other files mean other things.
ORDINARY = {Status.ERROR, Status.FAILED, SubmissionStatus.REPAIRED}


def literals(path):
    """Return the strings in the code of a file, except for docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str) and id(node) not in documents}


def test_the_words_of_statuses_are_in_one_file():
    words = {*map(str, Status), *map(str, SubmissionStatus)} - ORDINARY
    others = [path for path in sorted((ROOT / "grading").rglob("*.py")) if path.name != "status.py"]
    found = {path.name: literals(path) & words for path in others}
    assert {name: told for name, told in found.items() if told} == {}


def test_every_status_has_a_colour_and_each_limit_says_that_it_stopped_the_cell():
    assert {each.looks.colour for each in Status} == {"good", "part", "bad", "soft", "person"}
    stopped = {each for each in Status if each.is_limit}
    assert {str(each) for each in stopped if each is not Status.CRASHED} == {
        str(each) for each in Status if each.endswith(" limit")
    }
    assert all(each.looks.words == f"stopped: {each}" for each in stopped)
    assert [each for each in SubmissionStatus if not each.has_marks] == ["cannot be read", "fault of ours"]


def test_an_unknown_status_is_an_error_where_it_is_written():
    with pytest.raises(ValueError, match="'timelimit' is not a valid Status"):
        CellResult(status="timelimit")
    with pytest.raises(ValueError, match="'done' is not a valid SubmissionStatus"):
        Graded("key", "done")
    assert Status.known("timelimit") is SubmissionStatus.known(["x"]) is None


def test_the_notes_of_a_notebook_are_read_back_unchanged():
    nb = every_status()
    read = nbformat.reads(nbformat.writes(nb), as_version=4)
    assert Noted.of(read) == Noted.of(nb)
    assert status_of(Noted.of(read)) == (SubmissionStatus.LIMIT_HIT, "test-limit: time limit")
    roles = {role_of(output) for cell in read.cells for output in cell.get("outputs", ())}
    assert roles == {None, Role.WHY, Role.REPORT, Role.MARK}


def older(nb):
    """Return the notebook as an older version wrote it: another key, sentences, outputs without roles."""
    old = copy.deepcopy(nb)
    noted = old.metadata.pop(KEY)
    del noted["readable"]
    for question in noted["questions"].values():
        for name in ("said", "shown_hint", "cell"):
            question.pop(name, None)
    for cell in old.cells:
        for output in cell.get("outputs", ()):
            if "metadata" in output:
                output["metadata"] = {}
    old.metadata["of_the_course"] = noted
    return v4.new_notebook(cells=old.cells, metadata=json.loads(json.dumps(old.metadata)))


def test_a_notebook_of_an_older_version_gives_the_same_page_except_for_names_of_hints():
    nb = every_status()
    today, before = feedback_page(nb, told()), feedback_page(older(nb), told())
    hint, marks = "Likely mistake: divided by N.", "The test gives 1.25 of 2 marks."
    assert before == today.replace(f"{hint}</td>", f"{marks}</td>").replace(f"{hint}</p>", f"{marks}</p>")
    assert "Likely mistake: divided by N.</td>" in today
    assert Noted.of(older(nb)).repaired == Noted.of(nb).repaired


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (CellResult(error="NameError"), "stopped with an error (NameError) before its end"),
        (
            CellResult(error="SyntaxError", left_out=[LeftOut(2, "E")], resumed=True),
            "was run without line 2, which failed (SyntaxError)",
        ),
        (
            CellResult(error="E", left_out=[LeftOut(n, "E") for n in (2, 4, 5)], resumed=True),
            "was run without lines 2 and 4 and others, which failed (E)",
        ),
        (CellResult(status=Status.TIME_LIMIT, why="it was slow"), "was stopped (time limit) before its end"),
        (CellResult(status=Status.CRASHED), "ended Python itself, so what it defined is lost"),
    ],
)
def test_an_error_says_how_the_cell_above_ended(cell, said):
    from test_feedback_page import graded

    nb = graded(
        [answer("f"), asked("f"), essay()], [cell, CellResult([], "", 0.0, "error", "`f` is not defined")]
    )
    shown = [output.data["text/plain"] for output in nb.cells[3].outputs if role_of(output) is Role.WHY]
    assert shown == [f"error: `f` is not defined. The cell with the answer {said}."]
    assert f"<code>f</code> is not defined. Your cell {said}." in section(feedback_page(nb, told()), "f")
    assert nb.metadata[KEY]["questions"]["test-f"]["why"] in shown[0]


def test_a_missing_package_is_named_by_its_field():
    nb = graded([v4.new_code_cell("import x")], [CellResult([], "ModuleNotFoundError", missing="x")])
    (output,) = nb.cells[2].outputs
    assert output.data["text/plain"] == "x is not installed where this is graded."
    hostile = graded([v4.new_code_cell("import x")], [CellResult([], "ModuleNotFoundError", missing="<b>")])
    assert hostile.cells[2].outputs == []
