"""The files that `make release` makes: who gets which, and that no student gets a solution."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import numpy as np
import pytest
import yaml
from committed import committed, git
from ordinary_user import HIDDEN
from ours import ASSIGNMENTS, COURSE, ROOT
from packaging.requirements import Requirement
from searching import (
    files_in,
    hidden_numbers,
    mistakes_lines,
    numbers_of,
    rubric_lines,
    solution_lines,
    text_of,
)

from release.students import PAGES

VERSION = "7.8.9"
PARTS = ("wheel", "students", "instructors")
# Lines of solutions and mistakes that students also see elsewhere, and where.
SEEN = {
    "counts = resp.sum(axis=0)": "when-em-fails",  # its own EM is given: so README says to release it last
    "if loglik[-1] - loglik[-2] < thresh:": "library.py",  # stops scikit-learn's EM in the same way
    "for k, mean in enumerate(means):": "stills.py",
    'with np.errstate(invalid="ignore"):': "",
}


def release(course, *words):
    """Run `python -m release` in a folder of the course; return its exit status, output and errors."""
    command = [sys.executable, "-m", "release", *words]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a clone in which a release was made, except for the site."""
    course = committed(tmp_path_factory.mktemp("course"))
    status, told, wrong = release(course, VERSION, *PARTS)
    assert (status, wrong) == (0, "")
    (course / "told.txt").write_text(told)
    return course


@pytest.fixture(scope="module")
def students(course):
    return course / "dist" / "students"


@pytest.fixture(scope="module")
def wheel(students):
    return next(students.glob("*.whl"))


def names(archive):
    return {name.split("/", 1)[1] for name in zipfile.ZipFile(archive).namelist()}


def test_the_command_prints_the_size_of_each_part(course):
    lines = (course / "told.txt").read_text().splitlines()
    assert [line.split()[0] for line in lines] == [
        f"dist/soft_assignments-{VERSION}-py3-none-any.whl",
        f"dist/soft-assignments-{VERSION}-students.zip",
        "dist/students",
        f"dist/soft-assignments-{VERSION}-instructors.zip",
    ]
    assert all(5 < float(line.split()[1]) < 40 and line.endswith(" MB") for line in lines)


def test_it_writes_the_version_and_the_changelog_and_nothing_else(course):
    changed = git(course, "status", "--porcelain", "--untracked-files=no").split()
    assert changed == ["M", "CHANGELOG.md", "M", "pyproject.toml"]
    project = tomllib.loads((course / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert f"\n## {VERSION}, 20" in (course / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.long
def test_a_second_release_has_the_same_bytes(course):
    assert release(course, VERSION, *PARTS, "--dist", "again")[0] == 0
    first, again = ({n: hashlib.sha256(c).digest() for n, c in _all(course / f)} for f in ("dist", "again"))
    assert first == again
    assert len(first) > 20


def _all(folder):
    return [(path.relative_to(folder), path.read_bytes()) for path in folder.rglob("*") if path.is_file()]


def test_the_students_zip_and_folder_hold_what_students_need(course, students):
    archive = course / "dist" / f"soft-assignments-{VERSION}-students.zip"
    folder = {path.relative_to(students).as_posix() for path in students.rglob("*") if path.is_file()}
    assert names(archive) == folder
    assert {f"notebooks/{each.name}/{each.name}.ipynb" for each in ASSIGNMENTS} <= folder
    assert {
        *(f"{name}.{ending}" for name in ("README", *PAGES) for ending in ("md", "html")),
        "start.py",
        "requirements.lock",
        "environment.yml",
        "LICENSE",
    } <= folder
    assert {name.split("/")[0] for name in folder if "/" in name} == {
        *("notebooks", "data", "etc", ".binder", ".devcontainer"),
    }


def test_links_between_the_pages_of_the_folder_work(students):
    for name in ("README", *PAGES):
        for ending in ("md", "html"):
            text = (students / f"{name}.{ending}").read_text(encoding="utf-8")
            linked = re.findall(r"\]\(([\w-]+\.\w+)\)" if ending == "md" else r'href="([\w-]+\.\w+)"', text)
            assert linked
            assert all(each.endswith(f".{ending}") and (students / each).is_file() for each in linked)


def test_no_student_gets_a_line_of_a_solution_or_of_a_mistake(students):
    secret = solution_lines() | mistakes_lines() | rubric_lines()
    assert len(secret) > 400
    found = [
        (name, line)
        for name, content in files_in(students)
        if (text := text_of(name, content))
        for line in secret
        if line in text and SEEN.get(line, name) not in name
    ]
    assert found == []


def test_no_student_gets_a_hidden_number(students, tmp_path, monkeypatch):
    # Numbers that another term also has are no secret, such as the hundred points.
    monkeypatch.setenv("GRADING_HIDDEN", str(tmp_path))
    (tmp_path / "seed.txt").write_text("8")
    from grading.build.cases import build_hidden

    build_hidden(COURSE)
    secret = np.setdiff1d(hidden_numbers(HIDDEN), hidden_numbers(tmp_path))
    assert len(secret) > 20_000
    found = {n: hit for n, c in files_in(students) if len(hit := np.intersect1d(numbers_of(n, c), secret))}
    assert found == {}


def test_the_search_finds_solutions_and_hidden_numbers_where_there_are_some(course, tmp_path):
    """The instructors' archive has all of them. A wheel in a zip has them too, with a file of numbers."""
    archive = course / "dist" / f"soft-assignments-{VERSION}-instructors.zip"
    texts = [text for name, content in files_in(archive) if (text := text_of(name, content))]
    assert [line for line in solution_lines() if not any(line in text for text in texts)] == []
    assert sum(any(line in text for text in texts) for line in rubric_lines()) > 30
    hidden = next(HIDDEN.rglob("compute_means.npz"))
    with zipfile.ZipFile(tmp_path / "inner.whl", "w") as inner:
        inner.write(hidden, "helpers/data/means.npz")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.write(tmp_path / "inner.whl", "inner.whl")
    found = [numbers_of(name, content) for name, content in files_in(tmp_path / "outer.zip")]
    assert set(hidden_numbers(hidden.parent)) & set(np.concatenate(found))


def test_the_instructors_archive_is_all_that_git_has(course):
    archive = course / "dist" / f"soft-assignments-{VERSION}-instructors.zip"
    assert names(archive) == {*filter(None, git(course, "ls-files", "-z").split("\0"))}


def test_the_wheel_holds_three_packages_and_the_data(wheel):
    held = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in held if ".dist-info/" not in name} == {
        "checks",
        "explorer",
        "helpers",
    }
    for path in [*(ROOT / "data" / "checks").rglob("*.npz"), *(ROOT / "data").glob("*.md")]:
        assert f"helpers/data/{path.relative_to(ROOT / 'data').as_posix()}" in held
    assert {"helpers/data/digits.npz", "helpers/data/earth.npz", "helpers/data/synthetic.csv"} <= {*held}
    assert "explorer/static/explorer.js" in held
    assert not [name for name in held if "/view/" in name or "make_" in name]


def test_the_installed_course_works_from_another_folder(wheel, tmp_path):
    place, elsewhere = tmp_path / "place", tmp_path / "elsewhere"
    elsewhere.mkdir()
    options = ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", "--target", place]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, wheel], check=True)
    code = (
        f"import sys; sys.path.insert(0, {str(place)!r}); import helpers; from helpers import *;"
        "print(helpers.__file__, load_digits()[0].shape, len(load_earth()), load_synthetic().shape);"
        "print(sorted(example('compute_weights')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=elsewhere, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.startswith(f"{place / 'helpers'}")
    assert "(70000, 784) 860 (100, 2)\n['counts']" in done.stdout


def test_what_students_install_is_pinned(students, wheel):
    lock = (students / "requirements.lock").read_text(encoding="utf-8")
    lines = lock.replace(" \\\n    ", " ").splitlines()
    *pins, own = (line for line in lines if not line.lstrip().startswith("#"))
    assert own == f"./{wheel.name} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"
    assert len(pins) > 80
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)
    locked = {pin.split("==")[0] for pin in pins}
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {Requirement(each).name for each in asked} <= locked
    assert not locked & {"nbgrader", "pebble", "msgpack", "pytest"}  # these packages are only for instructors


def test_the_students_versions_are_those_that_the_tests_use():
    def pins(path):
        text = (ROOT / path).read_text(encoding="utf-8")
        return {line.split(" ")[0] for line in text.splitlines() if "==" in line and line[0].isalnum()}

    assert pins("release/students/requirements.lock") <= pins("requirements.lock")


def test_conda_asks_for_the_same_versions(students, wheel):
    listed = yaml.safe_load((students / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert listed == [
        f"python{project['requires-python']}",
        *project["dependencies"],
        "pip",
        {"pip": [f"./{wheel.name}"]},
    ]


def test_codespaces_and_binder_install_from_the_lock(students):
    told = json.loads((students / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    assert "-r requirements.lock" in told["postCreateCommand"]
    (opened,) = told["customizations"]["codespaces"]["openFiles"]
    assert (students / opened).exists()
    assert (students / ".binder/requirements.txt").read_text() == "-r ../requirements.lock\n"


def test_one_assignment_can_be_released_alone(course, tmp_path):
    words = [VERSION, "students", "--assignments", "image-clusters", "--dist", str(tmp_path / "dist")]
    assert release(course, *words)[0] == 0
    assert [path.name for path in (tmp_path / "dist/students/notebooks").iterdir()] == ["image-clusters"]
    page = (tmp_path / "dist/students/README.html").read_text(encoding="utf-8")
    assert "image-clusters/image-clusters.ipynb" in page
    assert "gaussian-mixture" not in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            (VERSION, "sites"),
            "'sites' is not a part of a release: choose from wheel, students, instructors, site.",
        ),
        (("",), "'' is not a version. Write it like this: make release VERSION=1.2.0"),
        (("one",), "'one' is not a version."),
        (
            ("0.0.1",),
            f"Version 0.0.1 is lower than {VERSION}, which pyproject.toml has: choose a higher one.",
        ),
    ],
)
def test_a_release_that_is_not_possible_is_refused_in_a_sentence(course, words, said):
    status, told, wrong = release(course, *words)
    assert status != 0
    assert told == ""
    assert said in wrong
    assert "Traceback" not in wrong


def test_files_that_are_not_committed_are_named(course):
    forgotten = course / "helpers" / "forgotten.py"
    forgotten.write_text("")
    try:
        status, _, wrong = release(course, VERSION, "wheel")
    finally:
        forgotten.unlink()
    assert status == 1
    assert wrong.startswith(
        "A release contains only committed files. Not committed: helpers/forgotten.py. Commit these files"
    )


def test_a_notebook_that_somebody_worked_in_is_not_released(course):
    path = course / "notebooks/gaussian-mixture/gaussian-mixture.ipynb"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"raise NotImplementedError()", b"return 42", 1))
    git(course, "commit", "--quiet", "--message", "worked in it", str(path))
    try:
        status, _, wrong = release(course, VERSION, "students")
    finally:
        path.write_bytes(before)
        git(course, "commit", "--quiet", "--message", "as it was", str(path))
    assert status == 1
    assert "notebooks/gaussian-mixture/gaussian-mixture.ipynb was changed after it was built." in wrong


def test_files_that_git_does_not_have_are_in_no_wheel(course, tmp_path):
    """Settings outside the project can make git ignore a file: an editor's backups, somebody's solutions."""
    (course / ".git/info/exclude").write_text("my_*\n*~\n")
    for name in ("helpers/my_solutions.py", "helpers/laws.py~"):
        (course / name).write_text("secret")
    assert release(course, VERSION, "wheel", "--dist", str(tmp_path))[0] == 0
    assert not [
        name
        for name in zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
        if "my_solutions" in name or "~" in name
    ]


def test_a_repository_that_was_made_of_the_students_folder_is_kept(course, tmp_path):
    words = [VERSION, "students", "--dist", str(tmp_path)]
    assert release(course, *words)[0] == 0
    students = tmp_path / "students"
    git(students, "init", "--quiet")
    (students / "own-notes.txt").write_text("mine")
    assert release(course, *words, "--assignments", "image-clusters")[0] == 0
    assert (students / ".git").is_dir()
    assert (students / "own-notes.txt").read_text() == "mine"
    assert not (students / "notebooks/gaussian-mixture/gaussian-mixture.ipynb").exists()


def test_a_folder_with_somebodys_files_is_not_overwritten(course, tmp_path):
    (tmp_path / "students").mkdir()
    (tmp_path / "students/README.md").write_text("mine")
    status, _, wrong = release(course, VERSION, "students", "--dist", str(tmp_path))
    assert status == 1
    assert "README.md was not written by a release: move it away" in wrong
    assert (tmp_path / "students/README.md").read_text() == "mine"


def test_a_failed_release_does_not_change_version_and_changelog(course, tmp_path):
    (tmp_path / "file").write_text("")
    before = [(course / name).read_bytes() for name in ("pyproject.toml", "CHANGELOG.md")]
    status, _, wrong = release(course, "9.0.0", "wheel", "--dist", str(tmp_path / "file"))
    assert status == 1
    assert "Traceback" not in wrong
    assert [(course / name).read_bytes() for name in ("pyproject.toml", "CHANGELOG.md")] == before


def test_a_version_that_another_commit_has_is_refused(course):
    git(course, "tag", "v8.0.0", "HEAD")
    assert release(course, "8.0.0", "nothing")[0] == 2  # a wrong argument is refused before anything is done
    git(course, "commit", "--quiet", "--allow-empty", "--message", "later")
    status, _, wrong = release(course, "8.0.0", "wheel")
    assert status == 1
    assert "The tag v8.0.0 is at another commit: choose a higher version." in wrong


def test_a_course_inside_another_repository_is_refused(course, tmp_path):
    git(tmp_path, "init", "--quiet")
    inner = tmp_path / "inner"
    shutil.copytree(course, inner, ignore=shutil.ignore_patterns(".git", "dist", "again"))
    status, _, wrong = release(inner, VERSION, "wheel")
    assert status == 1
    assert "is inside another repository" in wrong


@pytest.mark.long
@pytest.mark.parametrize("way", ["start.py", "uv"])
def test_the_commands_of_the_page_work_in_a_folder_with_blanks_and_umlauts(course, tmp_path, way):
    """This runs in a fresh environment, with nothing of this one. The packages come through the network."""
    room = tmp_path / "Übung eins, für Ölçay"
    with zipfile.ZipFile(course / "dist" / f"soft-assignments-{VERSION}-students.zip") as archive:
        archive.extractall(room)
    (folder,) = room.iterdir()
    code = "from helpers import check, load_digits; print(len(load_digits()[1]))"
    if way == "uv":
        uv = Path(sys.executable).with_name("uv")
        version = ".".join(map(str, sys.version_info[:2]))
        options = ["--no-project", "--python", version, "--with-requirements", "requirements.lock"]
        command = [uv, "run", *options, "python", "-c", code]
    else:
        subprocess.run([sys.executable, "start.py", "install"], cwd=folder, check=True)
        once = subprocess.run(
            [sys.executable, "start.py", "install"], cwd=folder, capture_output=True, text=True
        )
        assert once.stdout.startswith("Done. In your editor, choose this Python")
        python = next(each for each in (folder / ".venv").glob("*/python*") if each.is_file())
        command = [python, "-c", code]
    elsewhere = folder if way == "uv" else folder / "notebooks"
    done = subprocess.run(command, cwd=elsewhere, capture_output=True, text=True)
    assert done.stdout == "70000\n", done.stderr
