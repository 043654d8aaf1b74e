"""The names that policies.toml may use: assignments, their questions, students, and earlier attempts."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import nbformat

from grading.choices import no_such
from grading.course import Course
from grading.marking.jobs import points_of
from grading.roster import Row, same_text
from grading.submitted.attempts import attempts_of
from grading.submitted.names import shown, student_name
from grading.submitted.people import People

TEST = "test-"  # the beginning of the grade_id of a function's test


class KnownNames:
    """The names in a course. rows: the rows of students.csv. others: the students with a submission."""

    def __init__(self, course: Course, rows: Iterable[Row] = (), others: Iterable[str] = ()):
        rows = list(rows)
        self.course, self.has_roster = course, bool(rows)
        self.people = People(rows)
        self.students = {row["student"] for row in rows} | set(others)
        self._exact = {same_text(each): each for each in self.students}

    @functools.cached_property
    def assignments(self) -> list[str]:
        return [each.name for each in self.course.assignments()]

    def assignment(self, name: str) -> str:
        """Return the name of an assignment. Raises ValueError, which lists the assignments."""
        return self.course.assignment(name).name

    @functools.cache  # noqa: B019  (one for each run, which is as long as the process)
    def questions(self, assignment: str) -> Mapping[str, float]:
        """Return the points of each graded cell. Raises ValueError if the assignment is not built."""
        path = self.course.assignment(assignment).solution
        if not path.exists():
            raise ValueError(f"'{assignment}' is not built yet: run `make build`, which makes its questions.")
        return points_of(nbformat.read(path, as_version=4))

    def question(self, assignment: str, name: str) -> str:
        """Return the grade_id of a question, which may be named by its function. Raises ValueError."""
        there = self.questions(assignment)
        for each in (name, f"{TEST}{name}"):
            if each in there:
                return each
        raise ValueError(no_such("question", name, (each.removeprefix(TEST) for each in there)))

    def student(self, name: str) -> str:
        """Return a student's name as our files have it. Raises ValueError, which lists the students."""
        found = self._exact.get(same_text(name)) or self.people.find(name)
        if not found:
            raise ValueError(no_such("student", name, self.students))
        return found

    def student_or_new(self, name: str) -> str:
        """Return a student's name. Without students.csv, the student may have handed in nothing yet.

        Raises ValueError for a student who is not in students.csv, and for a text that cannot be a name.
        """
        try:
            return self.student(name)
        except ValueError:
            if self.has_roster:
                raise
        if student_name(name) != name:
            raise ValueError(f"'{shown(name)}' cannot be the name of a student: it cannot name a folder")
        return name

    def attempts(self, assignment: str, student: str) -> list[int]:
        """Return the numbers of the earlier attempts of a student, the oldest first."""
        return list(attempts_of(self.course.root, student, assignment))
