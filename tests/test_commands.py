"""Every command in a document exists with its verb and options, and pages begin with commands that run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from downloads import zipped
from ours import ROOT
from second import NAME, SecondCourse
from shown import Shown, commands, commands_in, fault, first_block, recipe

from release.students import PAGES as STUDENTS

pytestmark = pytest.mark.instructor
PAGES = sorted((ROOT / "docs").glob("*.md"))
TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [*(ROOT / name for name in ("README.md", "INSTRUCTORS.md", "CONTRIBUTING.md")), *PAGES]
}
# Pages that explain a file or a figure, so there is nothing to run first.
REFERENCE = {"docs/results.md", "docs/equal.md", "docs/measurements.md"}
BEGINNINGS = {name: commands_in(first_block(text)) for name, text in TEXTS.items() if name not in REFERENCE}
# Commands that are not run here, by how they begin: why, and a test that runs each, with words of that test.
ELSEWHERE = {
    "make lab": ("serves until somebody ends it", "notebooks/test_browser.py", "test_make_lab_serves"),
    ".venv/bin/jupyter lab": (
        "serves until somebody ends it",
        "notebooks/test_browser.py",
        "test_the_formgrader_lists",
    ),
    ".venv/bin/python -m http.server": ("serves until somebody ends it", "static_site.py", "http.server"),
    ".venv/bin/python -m release.play": (
        "needs the explorer's bundle",
        "release/test_play_chromium.py",
        "test_the_page_opens_from_a_folder_without_a_server",
    ),
    "make test": ("is what runs now", "../.github/workflows/test.yml", "make test"),
    "make .venv/ready": ("installs packages", "hubs.py", '"make", "-s", ".venv/ready"'),
    "make release": ("needs a clean clone", "release/test_archives.py", "test_the_command_prints_the_size"),
    ".venv/bin/nbgrader": ("needs an exchange", "grading/test_hub.py", 'blocks("The week")'),
    ".venv/bin/python -m grading gradescope": (
        "writes a zip for a platform",
        "grading/test_gradescope_container.py",
        "gradescope",
    ),
    ".venv/bin/python my_workers.py": ("needs machines", "grading/test_recipes.py", "test_over_ssh"),
    ".venv/bin/python -m grading run --scheduler": (
        "needs machines",
        "grading/test_recipes.py",
        '"--scheduler" in each',
    ),
}
# The names in the second course that replace those of the first one.
NAMES = {
    "gaussian-mixture": NAME,
    "quiz-loglik": "quiz-slope",
    "EM": "fit_line",
    "7": "2",  # marks
    "~/Downloads/submissions.zip": "submissions.zip",
}
WRONG = "def fit_line(x, y):\n    return np.polyfit(x, y, 1)"


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_in_a_document_can_be_parsed(name):
    wrong = {str(each): said for each in commands(TEXTS[name]) if (said := fault(each))}
    assert wrong == {}


@pytest.mark.parametrize(
    "line",
    [
        "make grode",
        "make grade ARG=gaussian-mixture",
        'make grade ARGS="--no-bx"',
        "make release VERSION=1.0.0 ARGS=sites",
        ".venv/bin/python -m grading run --jbs 4",
        ".venv/bin/python -m grading policy dropp gaussian-mixture quiz-loglik",
        "python -m grading policy drop gaussian-mixture",
        ".venv/bin/python -m benchmarks alikes",
        ".venv/bin/python -m release.plays FOLDER",
        ".venv/bin/python tests/plane",
        ".venv/bin/nbgrader colect gaussian-mixture",
        ".venv/bin/nbgrader collect gaussian-mixture --updat",
        ".venv/bin/nbgrader db assignment ad gaussian-mixture",
        ".venv/bin/dask worker --nworker 16 tls://ADDRESS:8786",
        ".venv/bin/dask wrker",
        ".venv/bin/jupyter labb",
        ".venv/bin/jupyte lab",
    ],
)
def test_a_command_that_cannot_be_parsed_is_found(line):
    (command,) = commands_in(line)
    assert fault(command)


def test_commands_are_read_without_the_remarks_beside_them():
    text = "```\nmake grade ; make report   # both\n  make test   all\nls\n```\nRun `make\nterm`, `x`.\n"
    told = [(" ".join(each.words), each.is_whole) for each in commands(text)]
    assert told == [("make grade", True), ("make report", True), ("make test", True), ("make term", False)]
    assert fault(Shown(("python", "-m", "grading", "why"), is_whole=False)) == ""


@pytest.mark.parametrize("name", BEGINNINGS)
def test_every_page_begins_with_commands(name):
    for_students = [f"docs/{page}.md" for page in STUDENTS]  # students have no clone
    assert BEGINNINGS[name] or name in ("README.md", "CONTRIBUTING.md", *for_students)


@pytest.mark.parametrize("begins", ELSEWHERE)
def test_a_command_that_is_not_run_here_has_a_test_elsewhere(begins):
    _, path, words = ELSEWHERE[begins]
    assert words in (ROOT / "tests" / path).read_text(encoding="utf-8")
    assert any(is_elsewhere(each, begins) for found in BEGINNINGS.values() for each in found)


def is_elsewhere(command, *begins):
    return any(command.words[: len(each.split())] == tuple(each.split()) for each in begins or ELSEWHERE)


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Return a small course that is built and marked, with one right and one wrong student."""
    course = SecondCourse(tmp_path_factory.mktemp("small"))
    course.grading("build")
    course.hand_in("ada")
    course.hand_in("bob", fit_line=WRONG)
    course.grading("run")
    work = (course.root / "submitted" / "ada" / NAME / f"{NAME}.ipynb").read_bytes()
    names = (f"hopperada_101_7001_{NAME}.ipynb", f"zakcy_103_7002_{NAME}.ipynb")
    (course.root / "submissions.zip").write_bytes(zipped(dict.fromkeys(names, work)))
    return course.root


HERE = [name for name, found in BEGINNINGS.items() if any(not is_elsewhere(each) for each in found)]


@pytest.mark.box
@pytest.mark.long
@pytest.mark.parametrize("name", HERE)
def test_the_commands_at_the_beginning_of_a_page_run(name, marked, tmp_path):
    course = shutil.copytree(marked, tmp_path / "course")
    for command in BEGINNINGS[name]:
        if not is_elsewhere(command):
            done = run(command, course)
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def run(command, course: Path):
    """Run a command in the small course, with that course's names."""
    (words,) = recipe(command.words) if command.words[0] == "make" else [command.words]
    program, *rest = [in_small_course(word) for word in words]
    assert Path(program).name == "python", command
    env = {name: value for name, value in os.environ.items() if name != "GRADING_HIDDEN"}
    env["PYTHONPATH"] = str(ROOT)
    given = [sys.executable, *rest, *(["--yes"] if "collect" in rest else [])]  # nobody can answer here
    return subprocess.run(given, cwd=course, env=env, capture_output=True, text=True)


def in_small_course(word):
    return re.sub(r"[\w~./-]+", lambda found: NAMES.get(found[0], found[0]), word)
