"""The box holds. Where it cannot, it says what is missing; and its self-test finds holes."""

import ast
import errno
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import copy_course
from ordinary_user import OrdinaryUser
from ours import ROOT, WORLD
from submissions.draft import NAME, right

from grading.box import groups, parent, process, selftest, slots, walls
from grading.box.groups import Group
from grading.box.limits import Limits
from grading.box.process import BoxError
from grading.box.totals import Watch, open_totals
from grading.build.hidden import hidden_folder
from grading.inside.spaces import MOST_FILES
from grading.inside.syscalls import CLONE, FORBIDDEN, IN_VAIN, NOT_THERE, PROCESSORS
from grading.marking.mark import Job, mark
from grading.owned import PREFIX

pytestmark = [pytest.mark.instructor, pytest.mark.box]
LIMITS = Limits(memory_mb=600, file_mb=16, cell_seconds=10)
SECRETS = ("/etc/passwd", str(ROOT / "solutions"), str(ROOT / "grading"), str(hidden_folder()))


def attempt():
    return selftest.attempt(LIMITS, SECRETS, WORLD)


def test_nothing_gets_out_of_the_box():
    found, in_force = attempt()
    assert found == []
    assert in_force.startswith("memory and processes of a box are")


TRY = """
from grading.box.limits import Limits
from grading.box.selftest import attempt
print(*attempt(Limits(), ()), sep="; ", flush=True)
"""
AFTER = "\nif 'holder' in globals(): holder.kill()"


HOLDER = """
import os, resource, socket, time
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
null, pairs = os.open(os.devnull, os.O_RDONLY), []
try:
    while True:
        pairs.append(socket.socketpair())
        socket.send_fds(pairs[-1][0], [b"x"], [null] * 200)
except OSError as error:
    print(error.errno, flush=True)
time.sleep(600)
"""
# One box can affect others of the same user: it sends file descriptors that nobody receives, until none can
# be sent.
FULL = f"""
import resource, subprocess, sys
holder = subprocess.Popen([sys.executable, "-c", {HOLDER!r}], stdout=subprocess.PIPE, text=True)
assert int(holder.stdout.readline()) == {errno.ETOOMANYREFS}
resource.setrlimit(resource.RLIMIT_NOFILE, (128, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="that is what the test before this one does")
@pytest.mark.parametrize("before", ["", pytest.param(FULL, marks=pytest.mark.long)], ids=["alone", "full"])
def test_nothing_gets_out_of_a_box_that_an_ordinary_user_starts(before, tmp_path):
    done = OrdinaryUser(tmp_path).run(["-c", before + TRY + AFTER])
    assert done.stdout.startswith("[]; memory and processes of a box are added up"), done.stderr


def seen_too(*places):
    own = parent.parent_walls

    def wider(*told):
        made = own(*told)
        return replace(made, seen={**made.seen, **{str(place): Path(place) for place in places}})

    return wider


OWN = walls.own_settings()
OUTER = {  # these holes are closed by bubblewrap
    "it can read": lambda patch: patch.setattr(parent, "parent_walls", seen_too("/etc/passwd")),
    "it can read the environment": lambda patch: patch.setattr(
        walls, "own_settings", lambda: {**{name: "x" for name in os.environ}, **OWN}
    ),
}
# These holes are closed in each fork: the calls that close them, and the code that replaces these calls.
INNER = {
    "it can see processes outside": {'_mount("proc"': 'print("proc"'},
    "more than 16 MB into /tmp": {"{megabytes * MEGABYTE}": "{megabytes * MEGABYTE * 9}"},
    "rights that a submission does not need": {"libc.prctl(PR_CAPBSET_DROP": "print(PR_CAPBSET_DROP"},
    "it has the rights of root": {"os.setresuid(user": "max(user"},
    "it can make new namespaces": {"        refuse_calls()  #": "        #"},
    "a process of the box may ask anything of the kernel": {"        refuse_calls()  #": "        #"},
    "it can lock files that others read": {"        refuse_calls()  #": "        #"},
    "it holds something open": {"os.closerange(": "max(", "    link.close()": "    pass"},
}


@pytest.mark.skipif(os.geteuid() != 0, reason="the holes are those of root's walls")
@pytest.mark.parametrize("hole", OUTER)
def test_the_self_test_finds_a_hole_in_the_outer_walls(hole, monkeypatch):
    OUTER[hole](monkeypatch)
    assert hole in "; ".join(attempt()[0])


@pytest.mark.skipif(os.geteuid() != 0, reason="the holes are those of root's walls")
@pytest.mark.parametrize("hole", INNER)
def test_the_self_test_finds_a_hole_in_the_walls_of_a_fork(hole, monkeypatch, tmp_path):
    folder = tmp_path / "inside"
    shutil.copytree(parent.OURS["grading.inside"], folder)
    for before, after in INNER[hole].items():
        texts = {path: path.read_text() for path in (folder / "parent.py", folder / "spaces.py")}
        (path,) = [path for path, text in texts.items() if before in text]
        path.write_text(texts[path].replace(before, after))
    monkeypatch.setitem(parent.OURS, "grading.inside", folder)
    assert hole in "; ".join(attempt()[0])


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


@pytest.mark.long
def test_without_a_box_every_report_says_that_marks_can_be_forged(class_of_one):
    done = grade(class_of_one, "--no-box", path=str(Path(sys.executable).parent) + ":/usr/bin:/bin")
    assert "1 submission: 1 has marks, 0 have none. 1 was marked now" in done.stdout
    assert "The box:" not in done.stdout
    assert done.stdout.startswith("Warning: without the box")
    page = (class_of_one / "feedback" / "ada" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "These marks can be forged" in page


@pytest.mark.parametrize(
    ("said", "restricted", "sentence"),
    [
        ("bwrap: setting up uid map: Permission denied", True, "etc/apparmor.d/bwrap"),
        ("bwrap: No permissions to create new namespace", False, "allow user namespaces"),
    ],
)
def test_if_the_system_forbids_boxes_a_message_says_what_to_allow(
    said, restricted, sentence, monkeypatch, tmp_path
):
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(walls, "own_settings", lambda: {**OWN, "PATH": os.environ["PATH"]})
    monkeypatch.setattr(process, "own_settings", lambda: {**OWN, "PATH": os.environ["PATH"]})
    monkeypatch.setattr(selftest, "_restricted_by_apparmor", lambda: restricted)
    with pytest.raises(BoxError, match=sentence):
        attempt()


def test_the_apparmor_profile_is_for_the_program_that_is_used():
    assert (
        "profile bwrap /usr/bin/bwrap flags=(unconfined) {\n  userns,"
        in (ROOT / "etc/apparmor.d/bwrap").read_text()
    )


CALLS = """
import ctypes, errno, fcntl, os, socket, sqlite3, subprocess, sys, tempfile, threading
libc = ctypes.CDLL(None, use_errno=True)
def came(*call):
    return 0 if libc.syscall(*call) >= 0 else ctypes.get_errno()
print([came(number, *[0] * 5) for number in NUMBERS])
print(came(CLONE, 0x10000000 | 17, 0, 0, 0, 0))
for family in ("VSOCK", "ALG", "PACKET", "UNIX", "INET", "INET6"):
    try:
        socket.socket(getattr(socket, "AF_" + family)).close()
        print("made", end=" ")
    except OSError as error:
        print(errno.errorcode[error.errno], end=" ")
print()
with open(os.__file__) as file:
    fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    try:
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        print(errno.errorcode[error.errno])
thread = threading.Thread(target=print, args=("a thread",)); thread.start(); thread.join()
print(subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True, text=True).stdout, end="")
with sqlite3.connect(tempfile.mktemp()) as base:
    base.execute("create table t (n)"); base.execute("insert into t values (3)")
path = base.execute("pragma database_list").fetchone()[2]
print(sqlite3.connect(path).execute("select n from t").fetchall())
"""


@pytest.mark.skipif(os.uname().machine not in PROCESSORS, reason="no filter for this processor")
def test_calls_that_no_notebook_needs_are_refused_and_others_are_not():
    column = PROCESSORS[os.uname().machine][1]
    kinds = ((FORBIDDEN, errno.EPERM), (NOT_THERE, errno.ENOSYS), (IN_VAIN, 0))
    due = {calls[name][column]: error for calls, error in kinds for name in calls}
    due.pop(None, None)
    numbers = f"NUMBERS, CLONE = {list(due)}, {CLONE[column]}\n"
    (done,) = mark(Job([numbers + CALLS], limits=LIMITS))
    lines = done.outputs[0]["text"].splitlines()
    assert dict(zip(due, ast.literal_eval(lines[0]))) == due
    assert lines[1:] == [
        str(errno.EPERM),
        "EAFNOSUPPORT EAFNOSUPPORT EAFNOSUPPORT made made made ",
        "EINVAL",
        "a thread",
        "1",
        "[(3,)]",
    ]


HOG = """
import ctypes, os, threading, time
def hold():
    held = bytearray(150 * 2**20)
    held[::4096] = b'1' * len(held[::4096])
    time.sleep(20); os._exit(0)
for _ in range(6):
    if os.fork() == 0:
        {do}
time.sleep(20)
"""
HOGS = {
    "children": "hold()",
    "children whose first thread has ended": (
        "threading.Thread(target=hold).start(); ctypes.CDLL(None).pthread_exit(None)"
    ),
}


@pytest.mark.parametrize(
    "hog", [pytest.param(words, marks=[pytest.mark.long] * n) for n, words in enumerate(HOGS)]
)
@pytest.mark.parametrize("keeper", [pytest.param("group", marks=pytest.mark.long), "watch"])
def test_memory_of_many_processes_is_limited_and_named(keeper, hog, monkeypatch):
    if keeper == "watch":
        monkeypatch.setattr(slots, "open_totals", Watch)
    elif isinstance(totals_here := open_totals(LIMITS), Watch):
        pytest.skip("no control group can be had here")
    else:
        totals_here.close()
    first, held, last = mark(Job(["x = 1", HOG.format(do=HOGS[hog]), "print(x)"], limits=LIMITS))
    assert last.outputs[0]["text"] == "1\n"
    assert held.status == "memory limit"


FILES = """
import os, tempfile
folder, made = tempfile.mkdtemp(), 0
try:
    while made < 100_000:
        os.close(os.open(f"{folder}/{made}", os.O_CREAT | os.O_WRONLY)); made += 1
except OSError as error:
    print(made < MOST, error.strerror)
"""


def test_empty_files_are_limited_because_nobody_counts_their_memory():
    (done,) = mark(Job([FILES.replace("MOST", str(MOST_FILES))], limits=LIMITS))
    assert done.outputs[0]["text"] == f"True {os.strerror(errno.ENOSPC)}\n"


def test_control_groups_of_version_2_limit_memory_and_processes(tmp_path):
    (tmp_path / "cgroup.controllers").write_text("cpu memory pids\n")
    (tmp_path / "cgroup.subtree_control").write_text("")
    made = open_totals(LIMITS, tmp_path)
    (folder,) = tmp_path.glob(f"{PREFIX}*")
    assert isinstance(made, Group)
    assert made.entries == [str(folder / "cgroup.procs")]
    assert (folder / "memory.max").read_text() == str(600 * 2**20)
    assert int((folder / "pids.max").read_text()) >= LIMITS.processes
    (folder / "memory.events").write_text("low 0\noom_kill 3\n")
    (folder / "pids.events").write_text("max 2\n")
    assert made.hits() == {"memory limit": 3, "process limit": 2}


def test_without_a_control_group_memory_is_watched(tmp_path):
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


def test_groups_of_a_killed_run_are_removed(tmp_path):
    old, new = (tmp_path / f"{PREFIX}{word}" for word in ("old", "new"))
    for folder in (old, new):
        folder.mkdir()
    os.utime(old, (0, 0))
    groups.forget_empty(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [new.name]


def test_groups_are_found_while_others_remove_theirs(tmp_path, monkeypatch):
    deep = tmp_path / "pids" / "process" / f"{PREFIX}old"
    deep.mkdir(parents=True)
    (tmp_path / "pids" / f"{PREFIX}gone").mkdir()
    os.utime(deep, (0, 0))
    scandir = os.scandir

    def scandir_of_what_vanishes(path):
        if str(path).endswith("gone"):
            raise FileNotFoundError(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scandir_of_what_vanishes)
    groups.forget_empty(tmp_path)
    assert not deep.exists()


def test_sets_have_the_same_order_in_each_box():
    """So the same notebook gets the same mark, even if its code loops over a set of strings."""
    source = "print(list({'ada', 'bob', 'zoe', 'carl', 'dora'}), hash('ada'))"
    shown = {mark(Job([source], limits=LIMITS, boxed=boxed))[0].outputs[0]["text"] for boxed in (True, False)}
    assert len(shown) == 1
