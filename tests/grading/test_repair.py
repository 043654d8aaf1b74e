"""Which cell is which, whatever happened to a notebook.

For a notebook that cannot be read, a sentence says why.
"""

import json

import nbformat
import pytest
from ours import COURSE
from submissions.draft import NAME, RIGHT, answered, code, role

from grading.marking.jobs import run_first
from grading.noted import given_besides
from grading.repair import Unreadable, rebuild
from grading.repair.match import Known, defined, match
from grading.repair.names import used
from grading.repair.read import Submitted, cells_of, clean, read_content


def read_submission(path):
    return cells_of(read_content(path.read_bytes()))


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
    assert {name: texts[name] for name in RIGHT} == RIGHT  # including the written answer
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


def test_only_the_text_of_cells_is_taken_over(tmp_path):
    draft = answered(RIGHT)
    draft.content["metadata"] = {"grading": {"questions": "mine"}, "widgets": {"x": 1}}
    for cell in draft.cells:
        cell["metadata"]["tags"] = ["skip-execution"]
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "6.0"}]
    made = repaired(draft, tmp_path)
    assert set(made.metadata) == {"kernelspec", "language_info", "grading"}
    assert not [cell for cell in made.cells if "tags" in cell.metadata or cell.get("outputs")]
    nbformat.validate(made)


def test_a_test_always_comes_after_its_answer(tmp_path):
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


def test_an_answer_in_another_cell_is_not_missing(tmp_path):
    draft = answered(RIGHT)
    draft.cells.remove(draft.cell("compute_means"))
    draft.first(RIGHT["compute_means"])
    made = repaired(draft, tmp_path)
    assert "test-compute_means" not in made.metadata.grading.untouched
    assert sum("def compute_means" in cell.source for cell in made.cells) == 1


def test_cells_with_small_changes_are_recognised_by_similarity():
    known = [Known("code", f"value_{n} = {n}\nprint(value_{n} * {n})", "", str(n)) for n in range(3)]
    submitted = [Submitted("code", f"value_{n} = {n}\nprint(value_{n} * {n} )  # mine") for n in (2, 0, 1)]
    assert match(known, submitted) == {0: [1], 1: [2], 2: [0]}


def test_names_that_a_cell_defines_are_found():
    assert defined("import x\ndef f(): pass\na, (b, c) = 1, (2, 3)\nclass D: e = 1") == {
        "f",
        "a",
        "b",
        "c",
        "D",
    }
    assert defined("def f(:\n  broken\nclass D") == {"f", "D"}


def test_text_is_cleaned_so_that_every_program_accepts_it():
    assert clean("a\r\nb\rc\0\ud800") == "a\nb\nc\ufffd"


@pytest.mark.parametrize(
    "cell", [{"cell_type": "heading", "level": "two"}, {"cell_type": 7, "source": [3]}, {"metadata": 5}, {}]
)
def test_cells_of_unknown_kinds_do_not_stop_the_repair(cell, tmp_path):
    draft = answered(RIGHT)
    draft.cells.append(cell)
    assert graded(repaired(draft, tmp_path)) == graded(teachers()[0])


def test_too_many_cells_are_refused_and_too_long_ones_left_out(tmp_path):
    draft = answered(RIGHT)
    draft.first("#" * 2_000_000)
    draft.save(tmp_path / "long")
    assert "left out" in read_submission(tmp_path / "long" / f"{NAME}.ipynb")[1].source
    draft.content["cells"] *= 40
    draft.save(tmp_path / "many")
    with pytest.raises(Unreadable, match="more than 2,000 cells"):
        read_submission(tmp_path / "many" / f"{NAME}.ipynb")


def test_too_much_code_is_refused(tmp_path):
    draft = answered(RIGHT)
    for _ in range(6):
        draft.first("x = f(1)\n" * 10_000)
    draft.save(tmp_path / "much")
    with pytest.raises(Unreadable, match=r"it has 5\d\d kB of code; at most 500 kB are read"):
        read_submission(tmp_path / "much" / f"{NAME}.ipynb")


def stubbed(*names):
    """Return the right answers, but with the released cells for these names."""
    return answered({name: text for name, text in RIGHT.items() if name not in names})


def texts(made):
    return {role(cell)["grade_id"]: cell.source for cell in made.cells if role(cell)}


def repairs(made):
    return "; ".join(made.metadata.grading.repaired)


@pytest.mark.parametrize("place", [0, 20, None], ids=["above", "between", "at the end"])
def test_an_answer_is_taken_from_its_cell_and_its_test_comes_below(place, tmp_path):
    draft = stubbed("compute_means")
    draft.cells.insert(len(draft.cells) if place is None else place, code(RIGHT["compute_means"]))
    made = repaired(draft, tmp_path)
    assert texts(made)["compute_means"] == RIGHT["compute_means"]
    names = graded(made)
    assert names.index("compute_means") < names.index("test-compute_means")
    assert "`compute_means` was found in cell " in repairs(made)
    assert made.metadata.grading.untouched == []


def test_an_answer_need_not_move_to_a_stub_that_also_shows_something(tmp_path):
    """Above its stub, the answer would be overwritten with None; and the stub also draws pictures."""
    name, answer = "image-clusters", "first_cluster, smaller, larger = 1, 34, 70"
    draft = answered({}, name)
    draft.cells.insert(draft.place("quiz-pictures"), code(answer))
    draft.save(tmp_path / "in")
    made = rebuild(*teachers(name), read_submission(tmp_path / "in" / draft.filename))
    assert texts(made)["quiz-pictures"] == answer
    assert "test-quiz-pictures" not in made.metadata.grading.untouched


def test_a_cell_that_gives_several_answers_is_named_for_each(tmp_path):
    draft = stubbed("compute_means", "compute_weights")
    draft.first("\n".join(RIGHT[name] for name in ("compute_means", "compute_weights")))
    made = repaired(draft, tmp_path)
    (cell,) = [cell for cell in made.cells if given_besides(cell)]
    assert [role(cell)["grade_id"], *given_besides(cell)] == ["compute_weights", "compute_means"]
    assert made.metadata.grading.untouched == []


def test_answers_in_each_others_cells_are_tested_below_both(tmp_path):
    swapped = {"compute_means": RIGHT["compute_weights"], "compute_weights": RIGHT["compute_means"]}
    names = graded(repaired(answered(RIGHT | swapped), tmp_path))
    assert max(map(names.index, swapped)) < min(names.index(f"test-{name}") for name in swapped)


@pytest.mark.parametrize(
    "change",
    [
        lambda stub: f"# above\n\n{stub}  \n",
        lambda stub: stub.replace('"""Return', '"""I return'),
        lambda stub: stub.replace("raise NotImplementedError()", "raise NotImplementedError('see above')"),
        lambda stub: stub.replace("raise NotImplementedError()", "pass"),
        lambda stub: "",
    ],
)
def test_a_stub_counts_as_no_answer_whatever_its_comments(change, tmp_path):
    draft = stubbed("compute_means")
    draft.answer("compute_means", change(draft.cell("compute_means")["source"]))
    draft.first(RIGHT["compute_means"])
    assert texts(repaired(draft, tmp_path))["compute_means"] == RIGHT["compute_means"]


def test_a_broken_answer_below_a_right_one_counts_as_in_jupyter(tmp_path):
    draft, broken = stubbed("compute_means"), "def compute_means(data, resp, counts): return 3"
    draft.first(RIGHT["compute_means"])
    draft.after("compute_means", broken)
    assert texts(repaired(draft, tmp_path))["compute_means"] == broken


def test_an_answer_that_is_only_in_a_file_is_reported_and_counts_as_an_attempt(tmp_path):
    draft = stubbed("compute_means")
    draft.first(f"%%writefile mine.py\n{RIGHT['compute_means']}")
    made = repaired(draft, tmp_path)
    where = (
        "cell 2 (it begins with `%%writefile mine.py`; "
        "below the heading 'A mixture of Gaussians, fitted by EM')"
    )
    assert repairs(made) == f"`compute_means` is only in the file that {where} writes; no cell imports it"
    assert made.metadata.grading.untouched == []


def test_a_helper_below_a_function_is_put_above_its_test(tmp_path):
    draft = answered(RIGHT | {"compute_weights": "def compute_weights(counts): return share(counts)"})
    draft.cells.append(code("def share(counts): return counts / np.sum(counts)"))
    made = repaired(draft, tmp_path)
    order = [
        cell.source[:9] if "def share" in cell.source else role(cell).get("grade_id") for cell in made.cells
    ]
    assert order.index("def share") < order.index("test-compute_weights")


def test_given_definitions_are_put_back_if_they_are_needed(tmp_path):
    draft = answered(RIGHT)
    given = next(cell for cell in draft.cells if cell["source"].startswith("data = load_synthetic"))
    draft.cells.remove(given)
    made = repaired(draft, tmp_path)
    assert sum(cell.source.startswith("data = load_synthetic()") for cell in made.cells) == 1
    assert "this was run all the same: `data = load_synthetic()`" in repairs(made)


def test_a_given_cell_with_a_guess_is_not_changed(tmp_path):
    draft = answered(RIGHT)
    given = next(cell for cell in draft.cells if "predicted_shares = None" in cell["source"])
    given["source"] = given["source"].replace("None", "[0.5, 0.3, 0.2]")
    made = repaired(draft, tmp_path)
    assert repairs(made) == ""
    assert len(made.cells) == len(draft.cells)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("import numpy as np", "import numpy"), "were run first: `np`"),
        (lambda text: f"import pandas as pd\n{text}", ""),
        (lambda text: text + "\nimport pandas as\n", ""),  # the box names the line
        (lambda text: "import pandas", "`check`, `check_answer`, "),
    ],
)
def test_missing_imports_are_reported(change, said, tmp_path):
    draft = answered(RIGHT)
    imports = next(cell for cell in draft.cells if cell["cell_type"] == "code")
    imports["source"] = change(imports["source"])
    told = repairs(repaired(draft, tmp_path))
    assert said in told
    assert bool(said) == bool(told)


def test_the_imports_above_the_first_answer_run_first_with_answers_set_to_none():
    source, _ = teachers()
    first = run_first(source).splitlines()
    assert "import numpy as np" in first
    assert "first_weight = second_mean = third_covariance = None" in first
    assert all(line.startswith(("import ", "from ")) or line.endswith(" = None") for line in first)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("%matplotlib inline\nf = lambda: 1", {"f"}),
        ("%%time\ndef f(): pass", {"f"}),
        ("%%writefile a.py\ndef f(): pass", set()),
        ("if 1:\n    def f(): pass\nelse:\n    g = 1", {"f", "g"}),
        ("try:\n    a = 1\nexcept E:\n    b = 2", {"a", "b"}),
        ("async def f(): pass\nx: int = 3\ny: int", {"f", "x"}),
        ("from m import f", set()),
    ],
)
def test_names_are_found_in_conditions_and_beside_magics(source, names):
    assert defined(source) == names


def test_a_cell_needs_the_names_that_it_does_not_define():
    assert used("def f(x):\n    y = x\n    return np.sum(y) + g(z=3)") == {"np", "g"}


@pytest.mark.parametrize(
    "scrap", ["np = 3", "loglikelihood = loglikelihood(data, w, m, c)", "for np in 'ab': pass"]
)
def test_a_cell_below_a_test_that_redefines_a_name_stays_below_it(scrap, tmp_path):
    draft = answered({**RIGHT, "EM": "def EM(*args):\n    return {'loglik': loglikelihood(*args)}"})
    draft.cells.append(code(scrap))
    made = repaired(draft, tmp_path)
    places = {role(cell).get("grade_id", cell.source): at for at, cell in enumerate(made.cells)}
    assert all(at < places[scrap] for name, at in places.items() if name.startswith("test-"))


STUB_BODIES = [
    "return None",
    "return",
    "...",
    '"""Later."""\n    pass\n    return',
    "pass\n    raise NotImplementedError",
]


@pytest.mark.parametrize("body", STUB_BODIES)
@pytest.mark.parametrize("below", [False, True])
def test_an_empty_body_counts_as_no_answer_if_another_cell_has_the_function(body, below, tmp_path):
    draft = answered(RIGHT)
    draft.answer("compute_weights", f"def compute_weights(counts):\n    {body}")
    draft.after("compute_weights", RIGHT["compute_weights"]) if below else draft.first(
        RIGHT["compute_weights"]
    )
    made = repaired(draft, tmp_path)
    defines = [cell.source for cell in made.cells if "def compute_weights" in cell.source]
    assert defines == [RIGHT["compute_weights"]]
    assert "test-compute_weights" not in made.metadata.grading.untouched
    assert any("`compute_weights` was found in" in note for note in made.metadata.grading.repaired)


TAKEN = ["%run mine.py", "%run -i ./mine.py", "from mine import *", "from mine import compute_weights"]


@pytest.mark.parametrize("taken", [*TAKEN, "exec(open('mine.py').read())"])
@pytest.mark.parametrize("own", [False, True])
def test_an_answer_in_a_file_that_a_cell_runs_or_imports_counts(taken, own, tmp_path):
    draft, written = answered(RIGHT), f"%%writefile mine.py\n{RIGHT['compute_weights']}"
    draft.answer("compute_weights", written if own else "def compute_weights(counts):\n    return")
    draft.after("compute_weights", taken) if own else draft.first(taken)
    None if own else draft.first(written)
    made = repaired(draft, tmp_path)
    assert {written, taken} <= {cell.source for cell in made.cells}
    notes = made.metadata.grading.repaired
    assert any("`compute_weights` was found in cell" in note for note in notes)
    assert not any("only in the file" in note for note in notes)


def test_a_file_that_is_imported_without_the_answers_name_is_not_called_unused(tmp_path):
    draft = answered(RIGHT)
    draft.answer("compute_weights", f"%%writefile mine.py\n{RIGHT['compute_weights']}")
    draft.after("compute_weights", "import mine")
    (note,) = [each for each in repaired(draft, tmp_path).metadata.grading.repaired if "only in" in each]
    assert note.endswith("writes; no cell imports `compute_weights` from it")


@pytest.mark.parametrize(("fence", "end"), [("```python", "```"), ("~~~", "~~~"), ("````py", "````")])
def test_a_function_in_a_code_block_of_a_text_is_left_to_a_person(fence, end, tmp_path):
    draft = answered(RIGHT)
    draft.answer("compute_weights", "def compute_weights(counts):\n    return None")
    text = f"My answer:\n\n{fence}\n{RIGHT['compute_weights']}\n{end}\n"
    draft.cells.insert(1, {"cell_type": "markdown", "metadata": {}, "source": text})
    told = repaired(draft, tmp_path).metadata.grading
    (spot,) = told.elsewhere["test-compute_weights"]
    assert (spot["cell"], spot["kind"]) == (2, "markdown")
    assert list(told.elsewhere) == ["test-compute_weights"]
    assert "test-compute_weights" not in told.untouched
