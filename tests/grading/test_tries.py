"""How many attempts a mistake took: from `check` in a real kernel, through a notebook, to the grader."""

import json

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient
from ours import COURSE, known_in

from checks.run import TRIES
from grading.build.hints import hint_names
from grading.run.tries import tries_of

pytestmark = pytest.mark.instructor
ROWS = "resp.sum(axis=1)"  # sums each row: a known mistake
HINTS = hint_names(COURSE.assignment("gaussian-mixture"))
WRITTEN = [each.hint.name for each in known_in("gaussian-mixture")["compute_means"]]


def run(*answers, check="check(compute_soft_counts, out_of=2)"):
    """Run a notebook that checks these answers one after the other; return its JSON as it is saved."""
    cells = ["import numpy as np\nfrom helpers import check"]
    for answer in answers:
        cells += [f"def compute_soft_counts(resp):\n    {answer}", check]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    nbformat.validate(notebook)
    return json.loads(nbformat.writes(notebook))


def metadata(content):
    return [output["metadata"] for cell in content["cells"] for output in cell["outputs"]]


def test_the_saved_notebook_says_how_many_tries_each_mistake_took():
    tries = ["return resp.max()", f"return {ROWS}", "return sum(resp.T)", "return resp.sum(axis=0)"]
    content = run(*tries)
    told = tries_of(content, HINTS)
    assert told == {
        "compute_soft_counts": {
            "wrong for one point, shared by two components": 1,
            "summed along the rows": 2,
        }
    }
    content["cells"] = content["cells"][:1] + content["cells"][-2:]  # a saved cell has its last output only
    assert tries_of(content, HINTS) == told


def test_answers_that_are_right_or_not_written_record_nothing():
    content = run("raise NotImplementedError()", "return resp.sum(axis=0)")
    assert metadata(content) == [{}] * 4
    assert tries_of(content, HINTS) == {}


def test_hidden_cases_record_nothing():
    hidden = f"CaseBook(Path({str(ROOT / 'data' / 'checks')!r}), hidden=True)"
    lines = [
        "from pathlib import Path; from checks.casebook import CaseBook",
        "check(compute_soft_counts, out_of=2)",
        f"check(compute_soft_counts, out_of=2, cases={hidden})",
    ]
    public, decides, mark = metadata(run(f"return {ROWS}", check="\n".join(lines)))
    assert TRIES in public
    assert decides == mark == {}


def output(exercise, tries):
    return {"metadata": {TRIES: {"exercise": exercise, "tries": tries}}}


def notebook(*outputs):
    return {"cells": [{"outputs": list(outputs)}]}


ODD = [
    None,
    [],
    7,
    "cells",
    {"cells": 3},
    {"cells": {"a": 1}},
    {"cells": [None, 3, "x", {"outputs": None}, {"outputs": "abc"}, {"outputs": [None, 3, []]}]},
    notebook({"metadata": None}, {"metadata": []}, {"metadata": {TRIES: 4}}, {"metadata": {TRIES: {}}}),
    notebook(
        output(["compute_means"], {}), output({}, {}), output("compute_means", [1]), output("x", {"y": 1})
    ),
    *(
        notebook(output("compute_means", {WRITTEN[0]: each}))
        for each in (0, -4, True, "3", 2.0, None, [3], float("nan"), {})
    ),
    notebook(output("compute_means", {"<script>": 4, "": 2})),
]


@pytest.mark.parametrize("content", ODD, ids=repr)
def test_any_content_in_the_record_is_accepted(content):
    assert tries_of(content, HINTS) == {}


def test_numbers_are_bounded_and_the_largest_counts():
    huge = notebook(output("compute_means", {WRITTEN[0]: 10**400, WRITTEN[1]: 2}))
    huge["cells"] += notebook(output("compute_means", {WRITTEN[1]: 5, "what nobody knows": 3}))["cells"]
    assert tries_of(huge, HINTS) == {"compute_means": {WRITTEN[0]: 999, WRITTEN[1]: 5}}


def test_a_million_entries_are_not_read():
    entries = {str(n): n for n in range(1_000_000)} | {WRITTEN[0]: 2}
    assert tries_of(notebook(output("compute_means", entries)), HINTS) == {"compute_means": {WRITTEN[0]: 2}}
    many = notebook(*(output(f"exercise {n}", {WRITTEN[0]: 2}) for n in range(5_000)))
    many["cells"] += notebook(output("compute_means", {WRITTEN[0]: 2}))["cells"]  # this is not read
    assert tries_of(many, HINTS) == {}
