"""A box without namespaces: another user runs beside our processes, reaches nothing and leaves nothing."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from shown_python import run_shown

from grading.box.kind import BoxKind, box_kind, boxes_of
from grading.box.limits import Limits
from grading.box.shown import Shown, UserHome
from grading.box.user_totals import UserWatch
from grading.box.users import FIRST, end_all, memory_of, new_user, processes_of
from grading.inside.spaces import MOST_FILES
from grading.inside.syscalls import SOCKET, refusals
from grading.status import Status

pytestmark = [
    pytest.mark.instructor,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can run something as another user"),
]
PROBE = """
import sys
from ours import WORLD
from grading.box.kind import BoxKind, boxes_of
from grading.box.limits import Limits
from grading.box.selftest import attempt
words = " ".join(sys.argv[1:]).split(" -- ")
with boxes_of(BoxKind.USER):
    for secrets in words:
        found, in_force = attempt(Limits(memory_mb=600, file_mb=16), tuple(secrets.split()), WORLD)
        print(*found, in_force, sep="; ")
"""


@pytest.fixture
def user():
    made = new_user()
    yield made
    assert end_all(made)


def run_as(user, code):
    """Start Python as this user; return when it has printed a line."""
    program = ["/usr/bin/env", "sh", "-c", code]
    begun = subprocess.Popen(
        program, user=user, group=user, extra_groups=[], stdout=subprocess.PIPE, text=True
    )
    begun.stdout.readline()
    return begun


def test_nothing_gets_out_of_the_box_and_the_self_test_finds_open_files(tmp_path):
    tmp_path.chmod(0o700)
    (tmp_path / "results.json").write_text("{}")
    done = run_shown(PROBE, tmp_path, tmp_path / "results.json", "--", "/etc/passwd", "/usr")
    first, second = done.stdout.splitlines() or ["", done.stderr]
    assert first == UserWatch.in_force, done.stderr
    assert second == f"it can read /etc/passwd; it can read /usr; {UserWatch.in_force}"


def test_no_two_boxes_have_the_same_user():
    users = {new_user() for _ in range(100)}
    assert len(users) == 100
    assert min(users) >= FIRST


def test_all_processes_of_a_user_end_at_once_and_no_others(user):
    other = new_user()
    bystander = run_as(other, "echo .; exec sleep 60")
    begun = run_as(user, "trap '' TERM HUP INT; (setsid sleep 60 &); (sleep 60 &); echo .; exec sleep 60")
    deadline = time.monotonic() + 10
    while len(processes_of(user)) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(processes_of(user)) == 3
    assert end_all(user)
    assert processes_of(user) == set()
    assert bystander.poll() is None
    assert end_all(other)
    for each in (begun, bystander):
        each.wait(10)


def test_memory_is_measured_with_the_users_own_rights(user):
    begun = run_as(user, "echo .; exec sleep 60")
    assert 2**16 < memory_of(begun.pid, user) < 2**24
    assert os.geteuid() == 0
    assert Path("/etc/shadow").read_text()  # this thread has its rights again
    end_all(user)
    begun.wait(10)
    assert memory_of(begun.pid, user) == 0


def test_files_of_the_user_are_counted_and_removed_wherever_they_are(user):
    home = UserHome(user)
    before, _ = home.used()
    stray = Path("/", "tmp", f"stray-{user}")
    wrote = run_as(user, f"cd {home.at}; mkdir -p a/b; head -c 300000 /dev/zero | tee a/b/c >{stray}; echo .")
    wrote.wait(10)
    written, files = home.used()
    assert written - before >= 600_000
    assert files == 4
    home.close()
    assert not stray.exists()
    assert not home.at.exists()


def test_a_user_who_writes_too_much_is_ended(user, monkeypatch):
    home = UserHome(user)
    watch = UserWatch(Limits(file_mb=1), home)
    begun = run_as(user, f"cd {home.at}; head -c 4000000 /dev/zero >a; echo .; exec sleep 60")
    watch.watch(os.getpid())
    assert begun.wait(20) == -9
    watch.close()
    assert watch.hits()[Status.FILE_LIMIT] == 1
    assert watch.is_over()
    home.close()


def test_deep_folders_count_as_too_many_files_and_can_be_removed(user):
    home = UserHome(user)
    folder = os.open(home.at, os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("d" * 50, dir_fd=folder)
        below = os.open("d" * 50, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(folder)
    assert home.used()[1] > MOST_FILES
    home.close()
    assert not home.at.exists()


def test_copies_for_the_box_can_only_be_read(tmp_path):
    (tmp_path / "a.py").write_text("x = 1")
    (tmp_path / "a.py").chmod(0o600)
    shown = Shown({"/course/b": tmp_path, "/course/none": tmp_path / "none"}, group=12_345)
    modes = {
        each.relative_to(shown.at).as_posix(): each.stat().st_mode & 0o777 for each in shown.at.rglob("*")
    }
    assert modes == {"home": 0o755, "course": 0o755, "course/b": 0o755, "course/b/a.py": 0o644}
    assert (shown.at.stat().st_mode & 0o777, shown.at.stat().st_gid) == (0o750, 12_345)
    shown.close()


def test_without_a_separate_network_no_network_socket_is_made():
    for network, families in ((True, 4), (False, 1)):
        of_sockets = [each for each in refusals(0, network) if each.number == SOCKET[0]]
        assert [len(each.unless) for each in of_sockets] == [families]


def test_the_kind_of_box_is_changed_only_within_the_context():
    assert box_kind() is BoxKind.NAMESPACES
    with boxes_of(BoxKind.USER):
        assert box_kind() is BoxKind.USER
    assert box_kind() is BoxKind.NAMESPACES


MARK = """
import json, sys
from ours import COURSE
from submissions.container import attacker
from grading.box.kind import BoxKind, boxes_of
from grading.gradescope.archive import boxed_bundle
from grading.run.environment import environment
from grading.run.task import HandedIn, grade
bundle = boxed_bundle(COURSE.assignment("gaussian-mixture"))
with boxes_of(BoxKind.USER):
    for name in sys.argv[1:]:
        data = json.dumps(attacker(name, is_right=True).content).encode()
        graded = grade(bundle, HandedIn(name, data), environment(bundle.world))
        print(json.dumps({each: told["mark"] for each, told in graded.questions.items()}))
"""


@pytest.mark.long
def test_marks_are_the_same_as_in_a_box_with_namespaces():
    done = run_shown(MARK, "looks into processes", "kills all of its own at once", "opens the network")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 3, done.stderr
    for marks in lines:
        assert sum(mark or 0 for mark in marks.values()) == 36
