"""Each place with marks has one writer, and every submission goes one way, as docs/marks.md says."""

import ast

import pytest
from ours import ROOT
from traitlets.config import Config

from grading.box.limits import Limits
from grading.doors.plugin import BoxedExecute
from grading.settings import Settings

pytestmark = pytest.mark.instructor
ENGINE = ROOT / "grading"
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(ENGINE.rglob("*.py"))
}


def files_with(found):
    """Return the files with a syntax node for which the function returns true."""
    return {path for path, tree in TREES.items() if any(map(found, ast.walk(tree)))}


def sets(*names):
    """Return a function that tells whether a node sets an attribute with one of these names."""
    targets = (ast.Assign, ast.AugAssign)

    def found(node):
        told = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, targets)
            else []
        )
        parts = [part for target in told for part in ast.walk(target)]
        return any(isinstance(part, ast.Attribute) and part.attr in names for part in parts)

    return found


def calls(name, argument=""):
    """Return a function that tells whether a node calls this function or method.

    argument: a name that the arguments of the call must contain.
    """

    def found(node):
        if not isinstance(node, ast.Call):
            return False
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        within = [getattr(part, "id", "") for each in node.args for part in ast.walk(each)]
        return called == name and (not argument or argument in within)

    return found


def imports(path):
    """Return the modules that a file imports from."""
    nodes = [node for node in ast.walk(TREES[path]) if isinstance(node, ast.ImportFrom)]
    return {f"{node.module}.{each.name}" for node in nodes for each in node.names}


GRADEBOOK = {"grading/run/book_rows.py", "grading/run/rescaled.py", "grading/doors/plugin.py"}
COUNTED = {"grading/policies/settle.py"}  # writes what counts by policies, over what marking found
JOURNAL, TABLE = "grading/run/journal.py", "grading/run/records.py"
PRESENT, NOTED = "grading/marking/present.py", "grading/noted.py"


def test_each_place_has_its_writers_and_no_others():
    assert files_with(sets("auto_score", "manual_score", "needs_manual_grade")) == GRADEBOOK
    assert files_with(calls("update", "Grade")) == COUNTED
    assert files_with(calls("replace_file", "RESULTS")) == {JOURNAL}
    assert files_with(calls("replace_file", "MARKS")) == {TABLE}
    assert files_with(calls("QuestionNote")) == {PRESENT, "grading/pages/feedback.py"}  # of no question
    for name in ("add_record", "write_records"):
        assert files_with(calls(name)) == {"grading/run/kept.py"}
    assert files_with(calls("write_marks")) == {"grading/run/course.py"}


def test_the_document_names_the_writers_of_each_place():
    text = (ROOT / "docs" / "marks.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| ")]
    written = {row[1].strip(): row[3] for row in rows}
    for place, files in (
        ("the gradebook, `gradebook.db`", GRADEBOOK | COUNTED),
        ("`policies.toml`", {"grading/policies/write.py"}),
        ("the graded notebook, `autograded/`", {PRESENT, NOTED}),
        ("`results.jsonl`", {JOURNAL}),
        ("`marks.csv`", {TABLE}),
    ):
        assert {path for path in TREES if f"`{path}`" in written[place]} == files


def test_the_nbgrader_plugin_and_the_class_runner_mark_in_the_same_way():
    only = {"grading.marking.mark.mark", "grading.marking.present.present", "grading.marking.jobs.job_of"}
    users = {path for path in TREES if imports(path) & only}
    assert users == {"grading/marking/submission.py"}
    for path in ("grading/doors/plugin.py", "grading/run/task.py"):
        assert "grading.marking.submission.mark_repaired" in imports(path)


def test_the_runner_imports_neither_the_report_nor_the_plugin():
    runner = [path for path in TREES if path.startswith("grading/run/")]
    unwanted = ("grading.report", "grading.doors.plugin")
    assert {name for path in runner for name in imports(path) if name.startswith(unwanted)} == set()


def test_settings_are_read_from_one_section_by_plugin_and_runner():
    config = Config({"BoxedExecute": {"cell_seconds": 5, "box": False}})
    for kind in (Settings, BoxedExecute):
        read = kind(config=config)
        assert read.limits() == Limits(cell_seconds=5)
        assert (read.box, read.figures) == (False, True)
    own = {name for name in Settings.class_own_traits(config=True)}
    assert own == {"box", "figures", *Limits.__dataclass_fields__}
    assert own <= set(BoxedExecute.class_traits(config=True))
    assert not set(BoxedExecute.class_own_traits(config=True)) & own
