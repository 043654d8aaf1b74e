"""The six steps of "Add an assignment" and "Add an exercise" in CONTRIBUTING.md, done exactly as written."""

import csv
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from ours import ASSIGNMENTS, ROOT

from grading.build.new import new
from grading.course import load_course

pytestmark = [pytest.mark.instructor, pytest.mark.box]
NAME = "tiny-means"


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """Return a copy of the whole repository, in which the skeleton was written and built."""
    root = tmp_path_factory.mktemp("new") / "course"
    unwanted = shutil.ignore_patterns(".git", ".venv", ".pytest_cache", "__pycache__", "*.egg-info", "hidden")
    shutil.copytree(ROOT, root, ignore=unwanted)
    said = run(root, "grading", "new", NAME, "average")
    assert "written: exercises/tiny_means/mistakes/average.py" in said
    run(root, "grading", "new", NAME, "middle")
    assert "tiny-means: running the reference" in run(root, "grading", "build", NAME)
    return root


def environment(root):
    """Return the environment for that repository, with its own packages and hidden cases."""
    others = {name: value for name, value in os.environ.items() if name != "GRADING_HIDDEN"}
    return {**others, "PYTHONPATH": str(root)}


def run(root, *command):
    """Run a module of that repository."""
    command = [sys.executable, "-m", *command]
    done = subprocess.run(command, cwd=root, env=environment(root), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_the_commands_are_those_that_the_document_shows():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for step in ("-m grading new my-assignment my_function", "make build ARGS=my-assignment"):
        assert step in text
    for heading in ("Add an assignment", "Add an exercise"):
        section = text.split(f"## {heading}\n")[1].split("\n## ")[0]
        assert len(re.findall(r"^\d\. ", section, re.M)) == 6


@pytest.mark.parametrize("exercise", ["f", "the_mean_of_all_the_values"])
def test_the_skeleton_has_the_style_that_tests_ask_of_all_files(exercise, course):
    for part in ("exercises", "tests/answers"):
        (course / part).mkdir(parents=True)
    for path in new(load_course(course), NAME, exercise):
        for words in (["check", "-q"], ["format", "-q", "--diff"]):
            command = [
                sys.executable,
                "-m",
                "ruff",
                *words,
                "--stdin-filename",
                path.relative_to(course),
                "-",
            ]
            with path.open("rb") as file:
                done = subprocess.run(command, cwd=ROOT, stdin=file, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout


@pytest.mark.long
def test_a_build_of_one_assignment_runs_no_other(repository):
    said = run(repository, "grading", "build", NAME)
    assert re.findall(r"^(\S+): running the reference", said, re.M) == [NAME]
    assert "case files: 0 written" in said


@pytest.mark.long
def test_the_new_assignment_passes_the_tests_of_every_assignment(repository):
    rooms = ["tests/exercises", "tests/notebooks/test_notebook_style.py", "tests/grading/test_build.py"]
    options = [
        "-q",
        "--override-ini",
        "addopts=-p grading",
        "-m",
        "not long",
        "-k",
        f"{NAME} or average or middle",
    ]
    said = run(repository, "pytest", *options, *rooms, f"solutions/{NAME}")
    assert int(re.search(r"(\d+) passed", said).group(1)) > 30
    assert "failed" not in said


@pytest.mark.long
def test_the_new_assignment_is_marked(repository):
    for student, kind in {"ada": "solutions", "dee": "notebooks"}.items():
        folder = repository / "submitted" / student / NAME
        folder.mkdir(parents=True)
        shutil.copy(repository / kind / NAME / f"{NAME}.ipynb", folder)
    bob = nbformat.read(repository / "notebooks" / NAME / f"{NAME}.ipynb", as_version=4)
    for cell in bob.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "average":
            cell.source = "def average(values):\n    return np.sum(values) / (len(values) - 1)"
    (repository / "submitted" / "bob" / NAME).mkdir(parents=True)
    nbformat.write(bob, repository / "submitted" / "bob" / NAME / f"{NAME}.ipynb")
    run(repository, "grading", "run", NAME)
    with (repository / "marks.csv").open(encoding="utf-8", newline="") as file:
        assert {row["student"]: float(row["total"]) for row in csv.DictReader(file)} == {
            "ada": 5, "bob": 0, "dee": 0,
        }  # fmt: skip
    feedback = (repository / "feedback" / "bob" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "divided by one less" in feedback


@pytest.mark.long
def test_an_exercise_can_be_added_to_every_assignment(repository):
    """The new cases are drawn after the existing ones, which therefore do not change."""
    names = [each.name for each in ASSIGNMENTS]
    for name in names:
        new(load_course(repository), name, "one_more")
    code = (
        "from grading.course import find_course; from grading.build.cases import draw_cases\n"
        f"for name in {names}:\n"
        "    *_, (last, cases) = draw_cases(find_course().assignment(name), 1, True).items()\n"
        "    print(last, sum(case.graded for case in cases))"  # trials are cases too, but without marks
    )
    env, command = environment(repository), [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=repository, env=env, capture_output=True, text=True)
    assert done.stdout == "one_more 2\n" * len(names), done.stderr


@pytest.mark.parametrize(
    ("name", "exercise", "sentence"),
    [
        ("Tiny Means", "", "'Tiny Means' is no name for an assignment: use small letters"),
        ("tiny_means", "", "is no name for an assignment"),
        ("tiny", "a-b", "'a-b' is no name for an exercise"),
        ("gaussian-mixture", "", "there is an assignment 'gaussian-mixture' already: name an exercise"),
        ("gaussian-mixture", "EM", "there is an exercise 'EM' in 'gaussian-mixture' already"),
        ("tiny", "lambda", "'lambda' is no name for an exercise"),
        ("tiny", "mean", "there is no folder"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_in_a_sentence(course, name, exercise, sentence):
    before = sorted(course.rglob("*"))
    with pytest.raises(ValueError, match=re.escape(sentence)):
        new(load_course(course), name, exercise)
    assert sorted(course.rglob("*")) == before
