"""Committed files are what the source builds, and a release contains no solution."""

import dataclasses
import functools
import os
import re
import shutil
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from ours import COURSE, LESSONS, ROOT, public
from submissions.draft import points as points_of_the_first

from checks.casebook import CaseBook, save_cases
from checks.cases import Case
from checks.questions import Question
from grading.__main__ import main
from grading.build.cases import PUBLIC_SEED, build_hidden, draw_cases, same_cases
from grading.build.hidden import hidden_seed
from grading.build.notebooks import build_release, build_solution, is_untouched, set_aside, solution_notebook
from grading.course import Assignment

pytestmark = pytest.mark.instructor


@functools.cache
def drawn(name):
    """Return hidden cases of an assignment from one seed."""
    return draw_cases(COURSE.assignment(name), 1, hidden=True)


every_assignment = pytest.mark.parametrize("assignment", COURSE.assignments(), ids=lambda each: each.name)


def read(path):
    return nbformat.read(path, as_version=4)


def without_outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


@every_assignment
def test_the_committed_reference_is_what_its_source_builds(assignment):
    committed = without_outputs(read(assignment.solution))
    assert nbformat.writes(committed) == nbformat.writes(solution_notebook(assignment))


@every_assignment
def test_the_committed_reference_was_executed_from_top_to_bottom(assignment):
    code = [cell for cell in read(assignment.solution).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))


@every_assignment
def test_the_committed_release_is_what_the_reference_builds(assignment, course):
    copy = dataclasses.replace(assignment, course=COURSE.at(course))
    copy.release.unlink()
    assert build_release(copy) is None
    assert copy.release.read_bytes() == assignment.release.read_bytes()
    assert not (course / "gradebook.db").exists()


@every_assignment
def test_the_committed_cases_are_what_the_reference_draws(assignment):
    for name, cases in draw_cases(assignment, PUBLIC_SEED, hidden=False).items():
        assert same_cases(public[f"{assignment.name}/{name}"], cases), (
            f"run `make build`: the cases of {name} are old"
        )


@every_assignment
def test_no_id_of_a_widget_is_stored(assignment):
    """A widget has a new id each time. Without ids, a second build gives the same bytes."""
    stored = assignment.solution.read_text(encoding="utf-8")
    assert "widget-view" not in stored
    assert "model_id" not in stored
    assert "widgets" not in read(assignment.solution).metadata


def test_outputs_beside_a_widget_are_the_same_bytes_in_each_build(course):
    assignment = COURSE.at(course).assignment("gaussian-mixture")
    cell = """
# %%
from helpers import explore

explore([[0, 0], [0, 1], [5, 5], [6, 5], [7, 7]], init=2, gallery=False)
"""
    assignment.source.write_text(cell, encoding="utf-8")
    once, again = (build_solution(assignment).read_bytes() for _ in range(2))
    assert once == again
    words, still = read(assignment.solution).cells[-1].outputs
    assert list(words.data) == ["text/plain"]
    assert '<img alt="EM on 5 points' in still.data["text/html"]


def secrets(assignment):
    """Yield telling lines of solutions and hidden tests, and the sample answers."""
    for cell in solution_notebook(assignment).cells:
        for kind in ("SOLUTION", "HIDDEN TESTS"):
            for block in re.findall(rf"### BEGIN {kind}\n(.*?)\n\s*### END {kind}", cell.source, re.DOTALL):
                yield from (line.strip() for line in block.splitlines() if len(line.strip()) > 8)
        role = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown" and role.get("solution"):
            yield from cell.source.splitlines()


@every_assignment
def test_a_release_holds_no_line_of_a_solution_or_hidden_test(assignment):
    lines = list(secrets(assignment))
    assert len(lines) > (20 if assignment.name in LESSONS else 0)
    released = "\n".join(cell.source for cell in read(assignment.release).cells)
    given = {line.strip() for line in released.splitlines()}
    assert not [line for line in lines if line in given]
    assert "hidden" not in re.sub("hidden cases", "", released)
    assert "BEGIN" not in released


@every_assignment
def test_a_release_holds_no_output(assignment):
    assert all(not cell.get("outputs") for cell in read(assignment.release).cells)


@every_assignment
def test_no_text_of_a_release_contains_an_answer_of_the_quiz(assignment):
    text = "\n".join(cell.source for cell in read(assignment.release).cells)
    for cases in drawn(assignment.name).values():
        for case in cases:
            if isinstance(case, Question) and not case.choices:
                assert f"{case.answers[0]:.3f}".lstrip("0") not in text


@every_assignment
def test_every_exercise_has_its_own_test_cell(assignment):
    roles = [
        cell.metadata.nbgrader for cell in solution_notebook(assignment).cells if "nbgrader" in cell.metadata
    ]
    solutions = [role.grade_id for role in roles if role.solution and not role.grade]
    tests = [role.grade_id for role in roles if role.grade and not role.solution]
    assert tests == [f"test-{name}" for name in solutions]
    assert set(solutions) == set(drawn(assignment.name))
    assert all(role.locked for role in roles if role.grade_id in tests)


def test_the_first_assignment_has_its_exercises_and_points():
    roles = [
        c.metadata.get("nbgrader", {}) for c in solution_notebook(COURSE.assignment("gaussian-mixture")).cells
    ]
    points = {role["grade_id"]: role["points"] for role in roles if role.get("grade")}
    assert points == {**points_of_the_first(), "in-your-own-words": 4}


def test_cells_keep_their_ids_when_others_change(course):
    assignment = COURSE.at(course).assignment("gaussian-mixture")
    before = [cell.id for cell in solution_notebook(assignment).cells]
    assert len(set(before)) == len(before)
    text = assignment.source.read_text(encoding="utf-8")
    assignment.source.write_text(text.replace("A hundred points lie", "Many points lie"), encoding="utf-8")
    after = [cell.id for cell in solution_notebook(assignment).cells]
    assert [a != b for a, b in zip(before, after)] == [True] + [False] * (len(before) - 1)


def test_a_reference_that_lacks_marks_is_not_built(course):
    assignment = COURSE.at(course).assignment("gaussian-mixture")
    text = assignment.source.read_text(encoding="utf-8").split("# %% [markdown]\n# ## 6 The loop")[0]
    wrong = text.replace(
        "return np.asarray(counts) / np.sum(counts)", "return np.asarray(counts) / len(counts)"
    )
    assert wrong != text
    assignment.source.write_text(wrong, encoding="utf-8")
    with pytest.raises(RuntimeError, match="'gaussian-mixture' lacks marks in: test-compute_weights"):
        build_solution(assignment)


def test_a_cell_that_fails_stops_the_build(course):
    assignment = COURSE.at(course).assignment("gaussian-mixture")
    text = assignment.source.read_text(encoding="utf-8").split("# ## 3 One iteration")[0]
    assignment.source.write_text(text + "\n# %%\nno_such_name\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"(?s)a cell of gaussian-mixture.py fails:.*no_such_name"):
        build_solution(assignment)


def test_a_build_sets_a_students_work_aside(course):
    assignment = COURSE.at(course).assignment("gaussian-mixture")
    assert is_untouched(assignment.release)
    for n in (1, 2):
        work = read(assignment.release)
        work.cells[2].source += f"\n# mine, {n}"
        nbformat.write(work, assignment.release)
        saved = build_release(assignment)
        assert saved.name == f"gaussian-mixture.saved{n}.ipynb"
        assert f"# mine, {n}" in read(saved).cells[2].source
        assert is_untouched(assignment.release)


@pytest.mark.parametrize("content", ["", "not a notebook", '{"cells": []}'])
def test_any_file_in_the_place_of_a_release_is_kept(content, tmp_path):
    path = tmp_path / "gaussian-mixture.ipynb"
    path.write_text(content)
    assert set_aside(path).read_text() == content


def test_running_a_released_notebook_counts_as_work(course):
    release = COURSE.at(course).assignment("gaussian-mixture").release
    notebook = read(release)
    notebook.cells[2].outputs = [nbformat.v4.new_output("stream", text="hello")]
    nbformat.write(notebook, release)
    assert not is_untouched(release)


def test_an_unknown_assignment_is_named():
    with pytest.raises(ValueError, match="no assignment 'nothing'; there are: .*gaussian-mixture"):
        COURSE.assignment("nothing")


def test_the_seed_of_hidden_cases_is_drawn_once(tmp_path):
    folder = tmp_path / "hidden"
    assert hidden_seed(folder) == hidden_seed(folder) != hidden_seed(tmp_path / "other")
    assert (folder / ".gitignore").read_text() == "*\n"  # so no seed is published by accident
    (folder / "seed.txt").write_text("nine")
    with pytest.raises(ValueError, match="one whole number, but holds 'nine'"):
        hidden_seed(folder)


@pytest.mark.long
def test_a_new_term_draws_new_cases_and_keeps_the_old_seed(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GRADING_HIDDEN", str(tmp_path))
    (tmp_path / "seed.txt").write_text("3")
    (tmp_path / "seed.before1.txt").write_text("of an older term")
    assert main(["term"]) == 0
    assert "The old seed is kept as seed.before2.txt" in capsys.readouterr().out
    assert (tmp_path / "seed.before2.txt").read_text() == "3"
    assert (tmp_path / "seed.before1.txt").read_text() == "of an older term"
    assert (tmp_path / "seed.txt").read_text() != "3"
    # Nothing is drawn again if nothing has changed.
    assert build_hidden(COURSE) == []
    em = tmp_path / "gaussian-mixture" / "EM.npz"
    em.unlink()
    assert build_hidden(COURSE) == [em]


@pytest.mark.long
def test_missing_hidden_cases_are_built(tmp_path):
    """They are missing in the formgrader of a fresh clone, or when there is a new assignment."""
    folder = tmp_path / "hidden"
    code = "from grading import hidden; print(len(hidden['EM']))"
    env = {**os.environ, "GRADING_HIDDEN": str(folder)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert done.stdout == f"{len(drawn('gaussian-mixture')['EM'])}\n", done.stderr
    assert (folder / "seed.txt").exists()


def test_cases_are_compared_to_nine_digits():
    assert same_cases([np.array([1.0])], [np.array([1.0 + 1e-12])])
    assert not same_cases([np.array([1.0])], [np.array([1.0 + 1e-6])])
    assert not same_cases({"a": 1}, {"b": 1})
    assert not same_cases([1], [1, 2])


def test_git_ignores_the_instructor_s_own_files():
    git = shutil.which("git")
    if not (ROOT / ".git").exists() or git is None:
        pytest.skip("not a git checkout")
    own = ["hidden/seed.txt", "submitted/ada/gaussian-mixture/x.ipynb", "gradebook.db", "marks.csv"]
    ignored = subprocess.run([git, "check-ignore", *own], cwd=ROOT, capture_output=True, text=True)
    assert ignored.stdout.split() == own


def test_two_assignments_may_have_an_exercise_of_the_same_name(course):
    twin = '# %% solution="EM"\ndef EM(): ...\n\n# %% test="EM"\ncheck(EM, out_of=1{})\n'
    assignment = Assignment("another", COURSE.at(course))
    assignment.source.write_text(twin.format(""), encoding="utf-8")
    for each in (assignment, COURSE.at(course).assignment("gaussian-mixture")):
        with pytest.raises(ValueError, match=f"has an exercise 'EM' as well: .* say '{each.name}/EM'"):
            solution_notebook(each)
    assignment.source.write_text(twin.format(', name="another/EM"'), encoding="utf-8")
    test = solution_notebook(assignment).cells[-1].source
    assert 'check(EM, out_of=1, name="another/EM", cases=hidden)' in test


def test_a_book_with_two_exercises_of_the_same_name_asks_which(tmp_path):
    for name in ("one", "two"):
        save_cases(tmp_path / name / "EM.npz", [Case(name, {"x": 1}, answers=(1,))])
    book = CaseBook(tmp_path)
    assert [case.name for case in book["two/EM"]] == ["two"]
    with pytest.raises(LookupError, match="several .* 'EM': give the full name, 'one/EM' or 'two/EM'"):
        book["EM"]
    with pytest.raises(LookupError, match="no public cases for 'three/EM'"):
        book["three/EM"]


ODD = {
    "check(f)": "must say what it is worth",
    'check(f, out_of="3")': "must say what it is worth",
    "check(f, out_of=0)": "must say what it is worth",
    "f(1)": "must say what it is worth",
}


def odd(course, text):
    """Return an assignment with this source."""
    assignment = Assignment("odd", COURSE.at(course))
    assignment.source.write_text(text, encoding="utf-8")
    return assignment


@pytest.mark.parametrize("source", ODD)
def test_a_test_cell_says_what_it_is_worth(source, course):
    with pytest.raises(ValueError, match=f"the test cell 'f' of 'odd' {ODD[source]}"):
        solution_notebook(odd(course, f'# %% test="f"\n{source}\n'))


def test_an_unknown_role_of_a_cell_is_named(course):
    with pytest.raises(ValueError, match="a cell of 'odd' begins with `tset=`, which says nothing: .* test"):
        solution_notebook(odd(course, '# %% tset="f"\ncheck(f, out_of=3)\n'))


@pytest.mark.parametrize(
    ("name", "own"),
    [("missing.md", ""), ("sub/common.md", ""), ("../common.md", ""), ("common.md", "# mine\n"), ("", "")],
)
def test_a_wrong_include_is_refused_with_what_it_must_be(name, own, course):
    assignment = odd(course, f'# %% [markdown] include="{name}"\n{own}')
    (assignment.source.parent / "common.md").write_text("words")
    with pytest.raises(ValueError, match=f"a cell of odd.py includes '{name}': it must be empty, and the"):
        solution_notebook(assignment)


def test_a_text_that_notebooks_share_is_included(course):
    assignment = odd(course, '# %% [markdown] include="common.md"\n\n# %%\n1\n')
    (assignment.source.parent / "common.md").write_text("## Words\n\n$\\mu$: a mean\n", encoding="utf-8")
    text, code = solution_notebook(assignment).cells
    assert (text.cell_type, text.source, code.source) == ("markdown", "## Words\n\n$\\mu$: a mean", "1")
    assert "include" not in text.metadata


@pytest.mark.parametrize(
    ("drawn", "sentence"),
    [
        ({}, "has no case for 'purity', which a test cell in image-clusters.py tests"),
        ({"purity": []}, "has no case for 'purity'"),
        ({"purity": [Case("bare")]}, "the case 'bare' of 'purity' has no answer. Use Case.of."),
        (
            {"purity": [Case("odd", answers=(float("nan"),))]},
            "'odd' of 'purity' the right answer itself counts",
        ),
        ({"purity": [Case("strict", answers=(0.5,), tolerance=-1)]}, "'strict' of 'purity' the right answer"),
        ({"purity": None}, "has no exercise 'purity', but there is a file of mistakes for it"),
    ],
)
def test_cases_fit_the_notebook_and_the_mistakes(drawn, sentence, monkeypatch):
    from exercises.image_clusters import cases as recipe

    given = COURSE.assignment("image-clusters").reference(), np.random.default_rng(1), True
    whole = recipe.cases(*given, recipe.common(*given))
    changed = {name: cases for name, cases in {**whole, "purity": None, **drawn}.items() if cases is not None}
    monkeypatch.setattr(recipe, "cases", lambda *args, **given: changed)
    assignment = COURSE.assignment("image-clusters")
    if drawn.get("purity", 0) is None:  # neither drawn nor tested
        cells = assignment.cells()
        cells.cells = [cell for cell in cells.cells if cell.metadata.get("test") != "purity"]
        monkeypatch.setattr(Assignment, "cells_of", lambda self, path: cells)
    with pytest.raises(ValueError, match=re.escape(sentence)):
        draw_cases(assignment, 1, hidden=True)


def test_a_new_exercise_does_not_change_the_cases_of_others(monkeypatch):
    from exercises.bernoulli_digits import cases as recipe

    assignment, before = COURSE.assignment("bernoulli-digits"), recipe.cases
    drawn = draw_cases(assignment, 1, hidden=True)

    def with_one_more(reference, rng, hidden):
        first = {"first": lambda reference, rng: [Case("one", answers=(float(rng.normal()),))]}
        return {**first, **before(reference, rng, hidden)}

    monkeypatch.setattr(recipe, "cases", with_one_more)
    again = draw_cases(assignment, 1, hidden=True)
    assert len(again.pop("first")) == 1
    assert all(same_cases(drawn[name], again[name]) for name in drawn)
    assert not same_cases(drawn["e_step"], draw_cases(assignment, 2, hidden=True)["e_step"])


def test_a_command_that_writes_does_not_guess_the_course(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for command in (["build"], ["new", "a-b", "f"], ["term"], ["run"]):
        assert main(command) == 1
        assert "there is no course.py here or in a folder above" in capsys.readouterr().err
    (tmp_path / "course.py").write_text("")
    assert main(["build", "--course", str(tmp_path)]) == 1
    assert "course.py defines no COURSE" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [tmp_path / "course.py"]
