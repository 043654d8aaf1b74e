"""The box holds, says what is missing where it cannot, and finds its own holes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, copy_course
from submissions.draft import NAME, right

from grading.box import process, selftest, session, slots, totals, walls
from grading.box.limits import Limits
from grading.box.process import BoxError
from grading.box.totals import Group, Watch, open_totals
from grading.box.walls import Walls
from grading.hidden import hidden_folder
from grading.marking import Job, mark

pytestmark = [pytest.mark.instructor, pytest.mark.box]
LIMITS = Limits(memory_mb=600, file_mb=16, cell_seconds=10)
SECRETS = (str(ROOT / "solutions"), str(ROOT / "grading"), str(hidden_folder()))


def test_nothing_gets_out_of_the_box():
    found, in_force = selftest.attempt(LIMITS, SECRETS)
    assert found == []
    assert in_force.startswith("memory and processes of a box are")


def test_nor_where_an_ordinary_user_starts_it(monkeypatch):
    monkeypatch.setattr(walls, "is_root", lambda: False)
    monkeypatch.setattr(slots, "is_root", lambda: False)
    assert selftest.attempt(LIMITS, SECRETS)[0] == []


def seen_too(*places):
    own = session.session_walls

    def wider(user, limits, beside=None):
        made = own(user, limits, beside)
        return Walls({**made.seen, **{str(place): Path(place) for place in places}}, user, made.home_mb)

    return wider


HOLES = {
    "it can read": lambda patch: patch.setattr(selftest, "session_walls", seen_too(ROOT / "solutions")),
    "it can reach the network": lambda patch: patch.setattr(
        walls, "NAMESPACES", [each for each in walls.NAMESPACES if each != "--unshare-net"]
    ),
    "it can see processes outside": lambda patch: patch.setattr(
        walls, "NAMESPACES", [each for each in walls.NAMESPACES if each != "--unshare-pid"]
    ),
    "it can read the environment": lambda patch: patch.setattr(
        walls, "own_settings", lambda: {**{name: "x" for name in os.environ}, **OWN}
    ),
    "more than 16 MB into /tmp": lambda patch: patch.setattr(walls, "MEGABYTE", 2**24),
    "rights that a submission does not need": lambda patch: patch.setattr(
        walls, "as_root_user", lambda user: _but("--bounding-set=-all", user)
    ),
}
OWN, AS_ROOT_USER = walls.own_settings(), walls.as_root_user


def _but(word, user):
    return [each for each in AS_ROOT_USER(user) if each != word]


@pytest.mark.skipif(os.geteuid() != 0, reason="the holes are those of root's walls")
@pytest.mark.parametrize("hole", HOLES)
def test_the_self_test_finds_a_hole(hole, monkeypatch):
    HOLES[hole](monkeypatch)
    assert hole in "; ".join(selftest.attempt(LIMITS, SECRETS)[0])


@pytest.fixture
def class_of_one(tmp_path):
    course = copy_course(tmp_path)
    right().save(course / "submitted" / "ada" / NAME)
    return course


def grade(course, *options, path=None):
    env = os.environ if path is None else {**os.environ, "PATH": path}
    command = [sys.executable, "-m", "grading", "run", "--course", str(course), *options]
    return subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT)


def test_without_bubblewrap_nothing_is_graded_and_it_says_what_to_install(class_of_one):
    done = grade(class_of_one, path=str(Path(sys.executable).parent))
    assert done.returncode == 1
    assert "sudo apt install bubblewrap" in done.stderr
    assert "--no-box" in done.stderr
    assert not (class_of_one / "marks.csv").exists()
    assert not (class_of_one / "autograded").exists()


def test_without_a_box_every_report_says_that_marks_can_be_forged(class_of_one):
    done = grade(class_of_one, "--no-box", path=str(Path(sys.executable).parent) + ":/usr/bin:/bin")
    assert "ada: gaussian-mixture: graded" in done.stdout
    assert done.stdout.startswith("Without a box")
    page = (class_of_one / "feedback" / "ada" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "These marks can be forged" in page


@pytest.mark.parametrize(
    ("said", "restricted", "sentence"),
    [
        ("bwrap: setting up uid map: Permission denied", True, "etc/apparmor.d/bwrap"),
        ("bwrap: No permissions to create new namespace", False, "allow user namespaces"),
    ],
)
def test_a_system_that_forbids_boxes_is_told_what_to_allow(said, restricted, sentence, monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(walls, "own_settings", lambda: {**OWN, "PATH": os.environ["PATH"]})
    monkeypatch.setattr(process, "own_settings", lambda: {**OWN, "PATH": os.environ["PATH"]})
    monkeypatch.setattr(selftest, "_restricted_by_apparmor", lambda: restricted)
    with pytest.raises(BoxError, match=sentence):
        selftest.attempt(LIMITS, ())


def test_the_profile_for_apparmor_is_for_the_program_that_is_used():
    assert (
        "profile bwrap /usr/bin/bwrap flags=(unconfined) {\n  userns,"
        in (ROOT / "etc/apparmor.d/bwrap").read_text()
    )


HOG = """
import os, time
for _ in range(6):
    if os.fork() == 0:
        held = bytearray(150 * 2**20)
        held[::4096] = b'1' * len(held[::4096])
        time.sleep(20); os._exit(0)
time.sleep(20)
"""


@pytest.mark.parametrize("keeper", ["group", "watch"])
def test_memory_of_many_processes_is_limited_and_named(keeper, monkeypatch):
    if keeper == "watch":
        monkeypatch.setattr(process, "open_totals", Watch)
    elif isinstance(totals_here := open_totals(LIMITS), Watch):
        pytest.skip("no control group can be had here")
    else:
        totals_here.close()
    first, hog, last = mark(Job(["x = 1", HOG, "print(x)"], limits=LIMITS))
    assert last.outputs[0]["text"] == "1\n"
    assert hog.status == "memory limit"


def test_version_2_of_control_groups(tmp_path):
    (tmp_path / "cgroup.controllers").write_text("cpu memory pids\n")
    (tmp_path / "cgroup.subtree_control").write_text("")
    made = open_totals(LIMITS, tmp_path)
    (folder,) = tmp_path.glob(f"{totals.PREFIX}*")
    assert isinstance(made, Group)
    assert made.entries == [str(folder / "cgroup.procs")]
    assert (folder / "memory.max").read_text() == str(600 * 2**20)
    assert int((folder / "pids.max").read_text()) >= LIMITS.processes
    (folder / "memory.events").write_text("low 0\noom_kill 3\n")
    (folder / "pids.events").write_text("max 2\n")
    assert made.hits() == {"memory limit": 3, "process limit": 2}


def test_where_no_control_group_can_be_had_somebody_watches(tmp_path):
    assert isinstance(open_totals(LIMITS, tmp_path), Watch)


def test_no_two_boxes_share_a_user():
    one, two = slots.Slot(), slots.Slot()
    if os.geteuid() == 0:
        assert one.user != two.user
        assert min(one.user, two.user) >= slots.FIRST
    else:
        assert one.user is two.user is None
    one.close()
    two.close()


def test_groups_that_a_killed_run_left_behind_are_forgotten(tmp_path):
    old, new = (tmp_path / f"{totals.PREFIX}{word}" for word in ("old", "new"))
    for folder in (old, new):
        folder.mkdir()
    os.utime(old, (0, 0))
    totals.forget_empty(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [new.name]
