"""An ordinary user, as most instructors are: the user who runs the tests, or a new one if root runs them.

This file is also the program that becomes the new user, in a separate mount namespace. There the user has a
line in /etc/passwd. The user can read this course and the interpreter even if they are in a closed home
folder.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psutil

FIRST, MANY = 40_000, 10_000  # numbers of users that no system gives; each process of tests has another
BIND, REC = 0x1000, 0x4000
ROOT = Path(__file__).resolve().parent.parent
HIDDEN = ROOT / ".pytest_cache" / "hidden"  # the tests' own hidden cases
NAME = "instructor"


class OrdinaryUser:
    """A user with a home in the folder and a separate folder for temporary files, and nothing else."""

    def __init__(self, folder):
        self.home = folder / "home"
        self.temporary = self.home / "tmp"
        self.temporary.mkdir(parents=True)
        self.is_made = os.geteuid() == 0
        self.number = FIRST + os.getpid() % MANY if self.is_made else os.getuid()
        own(self.home, self.number)

    def run(self, code, *more, **environment):
        """Run Python with these arguments in the home. Return the finished process with its output."""
        become = ["unshare", "--mount", sys.executable, __file__, str(self.number), str(self.home)]
        command = [*(become if self.is_made else []), sys.executable, *code, *map(str, more)]
        mine = {"HOME": self.home, "TMPDIR": self.temporary, "USER": NAME, "LOGNAME": NAME, **environment}
        passed = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        env = {**passed, "PYTHONPATH": os.pathsep.join(paths), **{name: str(at) for name, at in mine.items()}}
        return subprocess.run(command, cwd=self.home, env=env, capture_output=True, text=True, check=False)

    def marks(self, course, assignment):
        """Mark an assignment of the user's course with the command that an instructor types."""
        hidden = self.home / HIDDEN.name
        if not hidden.exists():
            own(shutil.copytree(HIDDEN, hidden), self.number)
        done = self.run(["-m", "grading", "run", assignment, "--course"], course, GRADING_HIDDEN=hidden)
        assert done.returncode == 0, done.stdout + done.stderr

    def takes(self, folder):
        """Move the folder into the user's home and make the user its owner; return where it is."""
        there = self.home / folder.name
        shutil.move(folder, there)
        own(there, self.number)
        return there

    def leaves(self):
        """Return what the user has left: temporary files, and processes if the user was made for the test."""
        running = [each for each in psutil.process_iter(["uids", "status", "cmdline"]) if self._has(each)]
        return [each.info["cmdline"] for each in running] + sorted(map(str, self.temporary.iterdir()))

    def _has(self, process):
        uids, ended = process.info["uids"], process.info["status"] == psutil.STATUS_ZOMBIE
        return self.is_made and not ended and uids is not None and uids.real == self.number


def own(folder, number):
    """Make the user with this number the owner of a folder and all that is in it."""
    for at, _, names in os.walk(folder):
        for each in (at, *(os.path.join(at, name) for name in names)):
            os.chown(each, number, number if os.geteuid() == 0 else -1, follow_symlinks=False)


def _become(number, home, command):
    """Become the user and run the command. Root calls this in a separate mount namespace."""
    show([ROOT, Path(sys.prefix), Path(sys.base_prefix), home])
    people = home.parent / "passwd"
    people.write_text(f"{Path('/etc/passwd').read_text()}{NAME}:x:{number}:{number}::{home}:/bin/sh\n")
    _mount(str(people), "/etc/passwd", None, BIND)
    os.setgroups([])
    os.setresgid(number, number, number)
    os.setresuid(number, number, number)
    os.execv(command[0], command)


def show(places):
    """Cover folders that others may not enter with empty folders, which contain only these places."""
    handles = {place: os.open(place, os.O_PATH | os.O_DIRECTORY) for place in places}
    closed = {each for place in places for each in closed_above(place)[:1]}
    for folder in closed:
        _mount("tmpfs", str(folder), "tmpfs", 0, b"mode=755")
    for place, handle in handles.items():
        if any(place.is_relative_to(folder) for folder in closed):
            place.mkdir(parents=True, exist_ok=True)
            _mount(f"/proc/self/fd/{handle}", str(place), None, BIND | REC)
        os.close(handle)


def closed_above(place):
    """Return the folders above a place that others may not enter, the outermost first."""
    return [each for each in reversed(place.parents) if not each.stat().st_mode & 0o001]


def _mount(source, target, kind, flags, options=None):
    words = (source.encode(), target.encode(), kind and kind.encode())
    if ctypes.CDLL(None, use_errno=True).mount(*words, ctypes.c_ulong(flags), options):
        raise OSError(ctypes.get_errno(), f"mount {target}")


if __name__ == "__main__":
    _become(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
