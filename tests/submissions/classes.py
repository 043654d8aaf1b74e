"""A class with some cases, handed in and marked once, together with two ordinary students."""

import contextlib
import csv
import tempfile
from pathlib import Path

import nbformat
import psutil
from conftest import copy_course

from grading.run.course import grade_course
from grading.run.pool import Here
from submissions.draft import NAME, points, right

LIMITS = """
c.BoxedExecute.cell_seconds = 12
c.BoxedExecute.call_seconds = 3
c.BoxedExecute.test_seconds = 9
c.BoxedExecute.notebook_seconds = 90
c.BoxedExecute.memory_mb = 2048
"""
SLEEPER = {"sleep", "7654"}  # words of a process that a submission leaves running
FIRST, LAST = "a-first", "z-last"  # names of ordinary students, before and after the others


def here(course):
    """Mark the submissions of the course, in this process."""
    list(grade_course([NAME], course, pool=Here()))


class Class:
    """The students of some cases, who have handed in; and what the boxes have left on the machine."""

    def __init__(self, cases, folder):
        self.course = copy_course(folder)
        with (self.course / "nbgrader_config.py").open("a") as file:
            file.write(LIMITS)
        for student in (FIRST, LAST):
            right().save(self.folder(student))
        for case in cases:
            case.draft().save(self.folder(case.student))

    def marked(self, mark=here):
        """Mark all submissions in the given way; return the class."""
        self.handed_in = self.submitted_files()
        self.before = left_behind()
        mark(self.course)
        with (self.course / "marks.csv").open(encoding="utf-8", newline="") as file:
            self.rows = {row["student"]: row for row in csv.DictReader(file)}
        return self

    def folder(self, student):
        return self.course / "submitted" / student / NAME

    def submitted_files(self):
        paths = [path for path in (self.course / "submitted").rglob("*") if path.is_file()]
        return {path: path.read_bytes() for path in paths}

    def status(self, student):
        return self.rows[student]["status"]

    def marks(self, student):
        row = self.rows[student]
        return {name: float(row[name]) if row[name] else None for name in points()}

    def graded(self, student):
        return nbformat.read(self.course / "autograded" / student / NAME / f"{NAME}.ipynb", as_version=4)

    def told(self, student):
        return self.graded(student).metadata.grading

    def feedback(self, student):
        return (self.course / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")


INSIDE = "grading.inside.parent"


def _is_fork(process):
    """Tell whether this process is a box: a fork of the warm parent process, which goes on itself."""
    both = [_command(each) for each in (process, process.parent()) if each]
    return len(both) == 2 and all("bwrap" not in each[:1] and INSIDE in " ".join(each) for each in both)


def left_behind():
    """Return processes, mounts and files on this machine that a box could have left."""
    mine = psutil.Process().children(recursive=True)  # other tests may be marking at the same time
    processes = {each.pid for each in mine if _is_fork(each)}
    processes |= {each.pid for each in psutil.process_iter() if set(_command(each)) >= SLEEPER}
    mounts = len(Path("/proc/self/mountinfo").read_text().splitlines())
    folders = [Path(tempfile.gettempdir()), Path("/dev/shm"), Path("/home")]
    files = {path for folder in folders if folder.is_dir() for path in folder.glob("*") if _is_new(path)}
    return {"processes": processes, "mounts": mounts, "files": files}


def _command(process):
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


def _is_new(path):
    """Tell whether a box could have made this file. Other tests make files in the same folders."""
    return path.name.startswith(("work-", "kept", "large", "probe", "student"))
