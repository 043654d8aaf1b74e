"""A machine with systemd: there, control groups of version 2 limit an ordinary user's boxes.

The machine is a Linux kernel that runs as a program, on the files of this machine. Its changes to them are
lost.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HIDDEN, copy_course
from ordinary_user import NAME, ROOT, closed_above
from submissions import draft

from grading.box import scope
from grading.box.groups import Group

pytestmark = [pytest.mark.instructor, pytest.mark.box]
WHERE = Path(__file__).parent.parent / "machine"
MODULES = Path("/usr/lib/uml/modules")
KERNEL = [
    "linux.uml",
    "mem=6144M",
    "root=/dev/root",
    "rootfstype=hostfs",
    "rootflags=/",
    "ro",
    f"init={WHERE / 'begin.sh'}",
    "con=null",
    "con0=fd:0,fd:1",
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return the machine's output. A user in a scope takes too much memory, then marks a class of one."""
    brought = tmp_path_factory.mktemp("brought")
    (brought / "course").mkdir()
    draft.right().save(copy_course(brought / "course") / "submitted" / "ada" / draft.NAME)
    shutil.copytree(HIDDEN, brought / "hidden")
    places = [ROOT, Path(sys.prefix), Path(sys.base_prefix)]
    closed = {str(each) for place in places for each in closed_above(place)}
    settings = {
        "NUMBER": 4321,
        "NAME": NAME,
        "ROOT": ROOT,
        "PYTHON": sys.executable,
        "WHERE": WHERE,
        "BROUGHT": brought,
        "CLOSED": ":".join(sorted(closed)),
        "MODULE": next(MODULES.rglob("overlay.ko")),
    }
    command = [*KERNEL, *(f"{name}={value}" for name, value in settings.items())]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.stdout


@pytest.mark.long
def test_systemd_gives_the_user_a_group_in_which_limits_work(told):
    assert "ENDED -9, {<Status.MEMORY_LIMIT: 'memory limit'>: 1" in told, told[-3000:]


@pytest.mark.long
def test_the_command_enters_a_scope_and_reports_the_limits(told):
    assert f"The box: {Group.in_force}." in told
    assert "1 submission: 1 has marks, 0 have none. 1 was marked now," in told
    assert "EXIT 0" in told
    assert "LEFT []" in told


@pytest.mark.parametrize("systemd", ["#!/bin/sh\nexit 1", "#!/bin/sh\nsleep 100", None])
def test_without_a_scope_from_systemd_the_command_goes_on(systemd, tmp_path, monkeypatch):
    if systemd:
        (tmp_path / scope.SCOPE[0]).write_text(systemd)
        (tmp_path / scope.SCOPE[0]).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}" if systemd else str(tmp_path))
    monkeypatch.setattr(scope, "is_root", lambda: False)
    monkeypatch.setattr(scope, "SECONDS", 0.5)
    monkeypatch.delenv(scope.ENTERED, raising=False)
    scope.enter_scope()
    assert scope.ENTERED not in os.environ
