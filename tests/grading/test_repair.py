"""Which cell is which, whatever has happened to a notebook; and a sentence for what cannot be read."""

import json

import nbformat
import pytest
from ours import COURSE
from submissions.draft import NAME, RIGHT, answered, role

from grading.repair import Unreadable, read_submission, rebuild
from grading.repair.match import Known, defined, match
from grading.repair.read import Submitted, clean


def teachers(name=NAME):
    assignment = COURSE.assignment(name)
    return nbformat.read(assignment.solution, as_version=4), nbformat.read(assignment.release, as_version=4)


def repaired(draft, tmp_path):
    draft.save(tmp_path / "in")
    return rebuild(*teachers(), read_submission(tmp_path / "in" / draft.filename))


def graded(notebook):
    return [role(cell)["grade_id"] for cell in notebook.cells if role(cell)]


@pytest.mark.parametrize("assignment", COURSE.assignments(), ids=lambda each: each.name)
def test_a_released_notebook_needs_no_repair(assignment):
    source, release = teachers(assignment.name)
    made = rebuild(source, release, read_submission(assignment.release))
    assert made.metadata.grading.repaired == []
    assert graded(made) == graded(source)
    assert set(made.metadata.grading.untouched) == {
        role(cell)["grade_id"] for cell in source.cells if role(cell).get("grade")
    }
    given = [cell.source for cell in release.cells if not role(cell).get("grade")]
    assert [cell.source for cell in made.cells if not role(cell).get("grade")] == given


def test_everything_is_recognised_without_metadata(tmp_path):
    draft = answered(RIGHT)
    for cell in draft.cells:
        cell["metadata"] = {}
        cell.pop("id", None)
    made = repaired(draft, tmp_path)
    assert graded(made) == graded(teachers()[0])
    texts = {role(cell)["grade_id"]: cell.source for cell in made.cells if role(cell)}
    assert {name: texts[name] for name in RIGHT} == RIGHT  # the written answer too
    assert made.metadata.grading.untouched == []


def test_a_written_answer_keeps_its_pictures_and_no_other_attachment(tmp_path):
    draft = answered(RIGHT)
    draft.cell("in-your-own-words")["attachments"] = {
        "a.png": {"image/png": "iVBORw0K"},
        "b.svg": {"image/svg+xml": "<svg onload='alert(1)'/>"},
    }
    made = repaired(draft, tmp_path)
    (cell,) = [cell for cell in made.cells if role(cell).get("grade_id") == "in-your-own-words"]
    assert cell.attachments == {"a.png": {"image/png": "iVBORw0K"}}


def test_nothing_but_text_is_taken_over(tmp_path):
    draft = answered(RIGHT)
    draft.content["metadata"] = {"grading": {"questions": "mine"}, "widgets": {"x": 1}}
    for cell in draft.cells:
        cell["metadata"]["tags"] = ["skip-execution"]
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "6.0"}]
    made = repaired(draft, tmp_path)
    assert set(made.metadata) == {"kernelspec", "language_info", "grading"}
    assert not [cell for cell in made.cells if "tags" in cell.metadata or cell.get("outputs")]
    nbformat.validate(made)


def test_a_test_always_stands_behind_what_it_tests(tmp_path):
    draft = answered(RIGHT)
    draft.content["cells"] = draft.cells[::-1]
    names = graded(repaired(draft, tmp_path))
    assert all(names.index(name) < names.index(f"test-{name}") for name in names if f"test-{name}" in names)


def test_of_two_answers_the_last_before_the_test_counts(tmp_path):
    draft = answered(RIGHT)
    for place, text in ((0, "first try"), (2, "scrap behind the test")):
        copy = json.loads(json.dumps(draft.cell("compute_means")))
        copy["source"] = f"def compute_means(data, resp, counts):\n    return '{text}'"
        draft.cells.insert(draft.cells.index(draft.cell("test-compute_means")) - 1 + place, copy)
    made = repaired(draft, tmp_path)
    (kept,) = [cell.source for cell in made.cells if role(cell).get("grade_id") == "compute_means"]
    assert kept == RIGHT["compute_means"]


def test_an_answer_that_moved_into_another_cell_is_no_missing_answer(tmp_path):
    draft = answered(RIGHT)
    draft.cells.remove(draft.cell("compute_means"))
    draft.first(RIGHT["compute_means"])
    made = repaired(draft, tmp_path)
    assert "test-compute_means" not in made.metadata.grading.untouched
    assert sum("def compute_means" in cell.source for cell in made.cells) == 1


def test_likeness_is_enough_for_cells_that_were_changed_a_little():
    known = [Known("code", f"value_{n} = {n}\nprint(value_{n} * {n})", "", str(n)) for n in range(3)]
    submitted = [Submitted("code", f"value_{n} = {n}\nprint(value_{n} * {n} )  # mine") for n in (2, 0, 1)]
    assert match(known, submitted) == {0: [1], 1: [2], 2: [0]}


def test_names_that_a_cell_defines():
    assert defined("import x\ndef f(): pass\na, (b, c) = 1, (2, 3)\nclass D: e = 1") == {
        "f",
        "a",
        "b",
        "c",
        "D",
    }
    assert defined("def f(:\n  broken\nclass D") == {"f", "D"}


def test_text_is_made_such_that_every_program_takes_it():
    assert clean("a\r\nb\rc\0\ud800") == "a\nb\nc\ufffd"


@pytest.mark.parametrize(
    "cell", [{"cell_type": "heading", "level": "two"}, {"cell_type": 7, "source": [3]}, {"metadata": 5}, {}]
)
def test_cells_of_odd_kinds_do_not_stop_it(cell, tmp_path):
    draft = answered(RIGHT)
    draft.cells.append(cell)
    assert graded(repaired(draft, tmp_path)) == graded(teachers()[0])


def test_too_many_cells_or_too_long_ones_are_left(tmp_path):
    draft = answered(RIGHT)
    draft.first("#" * 2_000_000)
    draft.save(tmp_path / "long")
    assert "left out" in read_submission(tmp_path / "long" / f"{NAME}.ipynb")[1].source
    draft.content["cells"] *= 40
    draft.save(tmp_path / "many")
    with pytest.raises(Unreadable, match="more than 2,000 cells"):
        read_submission(tmp_path / "many" / f"{NAME}.ipynb")
