"""Files for instructors alone are private from their first byte.

Others are made private, and a sentence says it.
"""

import grp
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import copy_course
from nbgrader.api import Gradebook
from ours import COURSE
from submissions.draft import NAME

import grading.doors.wiring  # noqa: F401  (as nbgrader_config.py does)
from grading.build.hidden import hidden_seed, new_term
from grading.course import load_course
from grading.files import replace_file
from grading.private import make_all_private, make_folder, make_private, umask_in
from grading.run.journal import add_record
from grading.run.loose import see_to_it

pytestmark = [pytest.mark.instructor]
SECOND = 61_234  # the number of a user whom no system has
OPEN_TO_ALL = stat.S_IRWXO | stat.S_IRWXG


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def team(tmp_path):
    """Return a folder in which a team works."""
    folder = tmp_path / "team"
    folder.mkdir()
    folder.chmod(0o2770)
    return folder


@pytest.fixture
def reachable():
    """Yield a folder that everybody can enter, as in a home of mode 0755. Those of tmp_path are closed."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def course(reachable, monkeypatch):
    monkeypatch.delenv("GRADING_HIDDEN")
    before = os.umask(0o022)
    yield load_course(copy_course(reachable / "course"))
    os.umask(before)


def test_only_the_owner_can_use_a_new_file_or_folder(tmp_path):
    file = tmp_path / "program"
    file.write_text("")
    file.chmod(0o755)
    assert mode(make_private(file)) == 0o700
    file.chmod(0o666)
    assert mode(make_private(file)) == 0o600
    assert mode(make_folder(tmp_path / "a" / "b")) == mode(tmp_path / "a") == 0o700


def test_in_a_team_s_folder_only_the_team_reads_and_writes(team):
    page = replace_file(team / "feedback" / "ada" / "page.html", "marks")
    assert mode(page) == 0o660
    assert mode(page.parent) == mode(page.parent.parent) == 0o2770
    assert umask_in(team) == 0o007


def test_the_target_of_a_link_is_not_changed(tmp_path):
    other = tmp_path / "other"
    other.write_text("")
    other.chmod(0o644)
    (tmp_path / "link").symlink_to(other)
    make_all_private(tmp_path)
    make_private(tmp_path / "link")
    assert mode(other) == 0o600  # because it is a file of this folder
    other.chmod(0o644)
    make_private(tmp_path / "link")
    assert mode(other) == 0o644


def test_our_files_are_private_whatever_the_umask_is(tmp_path):
    before = os.umask(0o000)
    try:
        replace_file(tmp_path / "marks.csv", "ada,40")
        add_record(tmp_path, {"student": "ada", "assignment": NAME, "status": "cannot be read", "why": ""})
        hidden_seed(tmp_path / "hidden")
        new_term(tmp_path / "hidden")
        Gradebook(f"sqlite:///{tmp_path}/gradebook.db").close()
    finally:
        os.umask(before)
    assert {path.name for path in tmp_path.rglob("*") if mode(path) & OPEN_TO_ALL} == set()
    assert len(list(tmp_path.rglob("*"))) == 7


def test_files_that_everybody_can_read_are_made_private_and_reported_once(course):
    for name in ("submitted", "feedback", "hidden", "exercises"):
        (course.root / name).mkdir()
    (course.root / "marks.csv").write_text("ada,40")
    (said,) = see_to_it(course, course.root)
    names = "exercises, feedback, hidden, marks.csv, solutions, submitted"
    assert said == f"others on this computer could read {names}. Now only you can"
    assert mode(course.root / "solutions") == mode(course.root / "hidden") == 0o700
    assert mode(course.root / "marks.csv") == 0o600
    assert see_to_it(course, course.root) == []


def test_files_in_a_closed_folder_are_not_changed(course):
    (course.root / "submitted").mkdir()
    course.root.chmod(0o700)
    assert see_to_it(course, course.root) == []
    assert mode(course.root / "submitted") == 0o755


def test_a_team_s_files_stay_shared_and_are_closed_to_others(course):
    course.root.chmod(0o2775)
    (course.root / "feedback").mkdir()
    (course.root / "feedback").chmod(0o2775)
    (course.root / "hidden").mkdir()
    (course.root / "hidden").chmod(0o2770)
    (said,) = see_to_it(course, course.root)
    assert said.startswith("others on this computer could read feedback, solutions")
    assert mode(course.root / "feedback") == mode(course.root / "hidden") == 0o2770


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to any group")
def test_files_that_a_group_can_read_are_reported_with_a_command_and_not_changed(course):
    (course.root / "solutions").chmod(0o700)
    folder = course.root / "feedback"
    folder.mkdir()
    folder.chmod(0o750)
    os.chown(folder, -1, grp.getgrnam("users").gr_gid)
    (said,) = see_to_it(course, course.root)
    assert said.startswith("the group 'users' can read feedback. If it should not, run `chmod -R go-rwx ")
    assert f"`chmod g+ws {course.root}`" in said
    assert mode(folder) == 0o750


def test_a_folder_into_which_everybody_can_write_is_reported_and_not_changed(course):
    (course.root / "solutions").chmod(0o700)
    folder = course.root / "submitted"
    folder.mkdir()
    folder.chmod(0o1777)
    (said,) = see_to_it(course, course.root)
    assert said.startswith("others on this computer can write into submitted.")
    assert mode(folder) == 0o1777


def readable(folder):
    """Return the names of all files below a folder that another user can find and read."""
    asked = ["/usr/bin/find", str(folder), "-type", "f", "-readable"]
    done = subprocess.run(asked, user=SECOND, group=SECOND, extra_groups=[], capture_output=True, text=True)
    return {str(Path(line).relative_to(folder)) for line in done.stdout.splitlines()}


@pytest.mark.long
@pytest.mark.box
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_a_second_user_of_the_computer_reads_no_work_no_mark_and_no_solution(course):
    (course.root / "exercises").mkdir()
    (course.root / "exercises" / "cases.py").write_text("")
    folder = course.root / "submitted" / "ada" / NAME
    folder.mkdir(parents=True)
    shutil.copy(COURSE.assignment(NAME).solution, folder)
    assert f"solutions/{NAME}.py" in readable(course.root)
    command = [sys.executable, "-m", "grading"]
    for words in (["run"], ["report"], ["export", "--moodle", "--anyway"]):
        done = subprocess.run([*command, *words], cwd=course.root, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert ("others on this computer could read" in done.stdout) == (words == ["run"])
    made = (
        "feedback",
        "autograded",
        "hidden",
        "gradebook.db",
        "marks.csv",
        "report.html",
        f"moodle-{NAME}.csv",
    )
    assert all((course.root / name).exists() for name in made)
    left = readable(course.root)
    assert {each.split("/")[0] for each in left} <= {
        "notebooks",
        "nbgrader_config.py",
        "course.py",
        "__pycache__",
    }
