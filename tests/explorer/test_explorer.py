"""The explorer as it is called: which functions it finds, what it answers and keeps, and what it imports."""

import ast
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from conftest import ROOT
from em_steps import (
    DATA,
    START,
    covariances_of,
    explored,
    means_of,
    right_e,
    soft_counts,
    unwritten,
    weights_of,
)

from explorer import forecast, widget
from explorer.calls import FOUR
from explorer.history import Why
from explorer.words import run_in_words
from helpers import explore, figures


def test_functions_of_the_notebook_are_found_by_name():
    names = dict(zip(FOUR, [soft_counts, weights_of, means_of, covariances_of]))
    names |= {"explore": explore, "DATA": DATA, "START": START, "asked": []}

    def compute_responsibilities(data, weights, means, covariances):
        names["asked"].append(1)
        return right_e(data, weights, means, covariances)

    names["compute_responsibilities"] = compute_responsibilities
    exec("w = explore(DATA, init=START, gallery=False)", names)
    assert len(names["asked"]) == names["w"].history.iterations == 30
    told = names["w"].scenes[0]["told"]
    assert told.startswith("E-step: your compute_responsibilities. M-step: your soft_counts, weights_of,")
    assert explored().scenes[0]["told"].endswith("M-step: the explorer's own function.")


def ask(made, **message):
    made._handle_custom_msg(message, [])


def test_a_dragged_start_a_seed_and_a_branch_make_runs():
    made = explored()
    ask(made, do="start", scene=0, means=[[0, 0], [1, 1], [2, 2]])
    ask(made, do="seed", scene=0, seed=7)
    ask(made, do="branch", scene=0, run=0, frame=4, means=[[0, 5], [5, 0], [3, 3]])
    runs = made.scenes[0]["runs"]
    assert [each["name"] for each in runs] == [
        "start",
        "dragged start",
        "seed 7",
        "branch at iteration 2, after M",
    ]
    assert runs[1]["frames"][0]["means"] == [[0, 0], [1, 1], [2, 2]]
    assert (runs[3]["parent"], runs[3]["at"]) == (0, 4)
    assert runs[3]["frames"][0]["covariances"] == runs[0]["frames"][4]["covariances"]
    assert made.at == {"scene": 0, "run": 3, "frame": 0}
    assert {"0/3/resp", "0/2/resp"} <= made.arrays.keys()
    assert made.trouble == ""


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"do": "start", "scene": 0, "means": [[0, 0]]}, "must be (3, 2)"),
        ({"do": "dance", "scene": 0}, "run the cell again"),
        ({"do": "seed", "scene": 6, "seed": 1}, "wrong on purpose"),
    ],
)
def test_an_impossible_request_gets_a_message(message, said):
    made = explored(gallery=True)
    ask(made, **message)
    assert said in made.trouble


def test_a_branch_from_a_broken_mixture_ends_immediately():
    made = explored(gallery=True)
    ask(made, do="branch", scene=1, run=0, frame=12, means=None)
    run = made.scenes[1]["runs"][1]
    (frame,) = run["frames"]
    assert made.scenes_now[1].runs[1].ending.why is Why.BROKEN
    assert run["end"] == "The run ends here: there is no next step."
    assert "not positive definite" in " ".join(law["sentence"] for law in frame["laws"])


def test_the_reason_of_a_fatal_end_is_named_once_in_the_alt_text():
    scene = explored(gallery=True).scenes_now[1]
    assert run_in_words(scene, scene.runs[0]).count("not positive definite") == 1


def test_without_any_finite_responsibility_no_share_is_named():
    made = explored(e_step=lambda data, weights, means, covs: np.full((len(data), len(weights)), np.nan))
    said = run_in_words(made.scenes_now[0], made.history)
    assert "No component is known to hold any of the points" in said


def test_the_number_of_runs_is_limited():
    made = explored(maxiter=1)
    for seed in range(9):
        ask(made, do="seed", scene=0, seed=seed)
    assert len(made.scenes[0]["runs"]) == 8
    assert "There are 8 runs" in made.trouble


QUESTION = {
    "ask": "How many iterations?",
    "choices": ["few", "many"],
    "happened": lambda run: f"{run.iterations}",
}


@pytest.fixture
def shown(monkeypatch):
    """Return the list of all outputs that are displayed, or updated later."""
    outputs = []

    def display(bundle, raw, display_id=False):
        outputs.append(bundle)
        return SimpleNamespace(update=lambda new, raw: outputs.append(new))

    monkeypatch.setattr(widget, "display", display)
    monkeypatch.setattr(forecast, "display", display)
    monkeypatch.setattr(forecast, "_predictions", {})
    return outputs


def test_the_prediction_is_kept_in_an_output_and_compared_with_the_result(shown):
    made = explored(**QUESTION)
    made._ipython_display_()
    assert "You predicted" not in shown[1]["text/html"]
    made.prediction = "few"
    assert shown[-1]["text/plain"].endswith("How many iterations? You predicted: few.")
    made.at = {"scene": 0, "run": 0, "frame": 60}
    assert "You predicted: few. What happened: 30." in shown[-1]["text/html"]
    assert made.outcome == "30"


def test_running_the_cell_again_keeps_the_prediction(shown):
    explored(**QUESTION).prediction = "few"
    again = explored(**QUESTION)
    assert again.prediction == "few"
    assert explored(ask="Another?", choices=["few", "many"]).prediction == ""


def test_the_result_of_a_run_that_failed_early_is_unknown():
    made = explored(m_step=unwritten, ask="?", choices=["a"], happened=lambda run: run.loglik[5])
    assert made.outcome == "the run ended before this was known"


def test_there_are_two_outputs_a_widget_and_a_still_figure(shown):
    explored()._ipython_display_()
    live, still = shown
    assert list(live) == [widget.VIEW, "text/plain"]
    assert list(still) == ["text/html", "text/plain"]
    assert '<div class="explorer-still"><img alt="EM on 100 points with 3 components' in still["text/html"]


def test_the_mimebundle_has_widget_html_and_text():
    bundle = explored()._repr_mimebundle_()
    assert set(bundle) == {widget.VIEW, "text/html", "text/plain"}
    alt = bundle["text/plain"]
    assert "the log-likelihood goes from -541.1 to -318.9" in alt
    assert "with means at (0.02, 4.95)" in alt
    assert f'alt="{alt}"' in bundle["text/html"]


def test_if_figures_are_not_drawn_nothing_is_run(monkeypatch):
    monkeypatch.setattr(figures, "drawing", False)
    seen = explore(None, e_step=lambda *_: 1 / 0)
    assert "not drawn" in repr(seen)
    assert "not drawn" in seen._repr_html_()


def imported_by(file):
    """Yield the packages that this file imports anywhere, even within a function."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module.partition(".")[0]


def taken_from_checks(file):
    """Return the modules of `checks` that this file imports from, except for the texts."""
    nodes = (node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    modules = {getattr(node, "module", None) or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {each for each in modules if each.startswith("checks.") and each != "checks.texts"}


def test_the_explorer_imports_no_course_and_few_modules_of_checks():
    files = sorted((ROOT / "explorer").rglob("*.py"))
    found = {name for file in files for name in imported_by(file)}
    assert not found & {"helpers", "exercises", "grading", "course"}
    assert [file.name for file in files if taken_from_checks(file)] == ["calls.py"]


def test_importing_helpers_does_not_load_the_widget():
    code = "import helpers, sys; sys.exit('anywidget' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
