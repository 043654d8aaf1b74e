"""The second course in a separate folder: the commands build it, students hand in, the commands mark it."""

import copy
import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from ours import ROOT

HERE, NAME = ROOT / "tests" / "second_course", "straight-lines"


class SecondCourse:
    """A copy of the second course with a few changes. more: lines for the end of its notebook's source."""

    def __init__(self, folder: Path, more: str = ""):
        self.root = folder / "course"
        shutil.copytree(HERE, self.root, ignore=shutil.ignore_patterns("__pycache__"))
        with (self.root / "solutions" / f"{NAME}.py").open("a", encoding="utf-8") as file:
            file.write(more)

    def grading(self, *verb, code=0):
        """Run a command on the course, which must end with this exit code; return its output."""
        env = {name: value for name, value in os.environ.items() if name != "GRADING_HIDDEN"}
        command = [sys.executable, "-m", "grading", *verb, "--course", str(self.root)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stderr + done.stdout

    def notebook(self, kind="notebooks"):
        return nbformat.read(self.root / kind / NAME / f"{NAME}.ipynb", as_version=4)

    def right(self):
        """Return the right answers, by the names of their cells."""
        return {own: cell.source for cell in self.notebook("solutions").cells if (own := answer_of(cell))}

    def hand_in(self, student, **wrong):
        """Hand in right answers, except for these."""
        self.hand_in_as(student, {**self.right(), **wrong})

    def hand_in_as(self, student, answers):
        """Hand in the released notebook with these answers, by the names of their cells."""
        path = self.root / "submitted" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(with_answers(self.notebook(), answers), path)

    def rows(self):
        """Return the rows of marks.csv, by student."""
        with (self.root / "marks.csv").open(encoding="utf-8", newline="") as file:
            return {row["student"]: row for row in csv.DictReader(file)}

    def marks(self):
        return {student: float(row["total"]) for student, row in self.rows().items()}

    def feedback(self, student):
        return (self.root / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")


def answer_of(cell):
    role = cell.metadata.get("nbgrader", {})
    return role.get("grade_id") if role.get("solution") else None


def with_answers(notebook, answers):
    """Return the notebook with these answers, by the names of their cells."""
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        cell.source = answers.get(answer_of(cell), cell.source)
    return made
