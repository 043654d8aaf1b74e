"""The submission and the question that an instructor asks about, and what is already recorded of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grading.choices import no_such
from grading.course import Assignment, Course
from grading.policies.known import TEST, KnownNames
from grading.run.course import ClassRun
from grading.run.journal import Record
from grading.run.options import Options
from grading.run.ruled import known_names, policies_for
from grading.settings import Settings


@dataclass(frozen=True)
class Asked:
    """A question of a submission. record: the submission's record in results.jsonl, or {}."""

    run: ClassRun
    assignment: Assignment
    student: str
    question: str
    record: Record
    settings: Settings

    @property
    def recorded(self) -> dict[str, Any]:
        """Return the record of the question."""
        return self.record.get("questions", {}).get(self.question, {})

    @property
    def name(self) -> str:
        """Return the question's name as people use it."""
        return self.question.removeprefix(TEST)

    @property
    def folder(self) -> Path:
        """Return the folder for the notebooks that explain marks."""
        return self.run.out / "why"


@contextmanager
def asked_about(
    course: Course,
    student: str,
    question: str,
    assignment: str = "",
    out: Path | None = None,
    box: bool = True,
    submitted: Path | None = None,
) -> Iterator[Asked]:
    """Find the submission and the question. Raises ValueError with the names that there are."""
    names = [assignment] if assignment else []
    run = ClassRun(Options(names, course, out=out, box=box, submitted=submitted))
    with closing(run.received):
        run.kept.read()
        known = known_names(run)
        who = known.student(student)
        name, grade_id = _question(run, known, who, question)
        run.policies = policies_for(run)
        of, record = course.assignment(name), run.records.get((name, who), {})
        yield Asked(run, of, who, grade_id, record, Settings(config=run.config))


def _question(run: ClassRun, known: KnownNames, student: str, question: str) -> tuple[str, str]:
    """Return the name of the assignment and the question's grade_id."""
    own = [each.name for each in run.chosen if (each.name, student) in run.received.there]
    if not own:
        raise ValueError(f"submitted/ has no work of '{student}' for {_some(run)}.")
    there = {name: known.questions(name) for name in own}
    found = [(name, each) for name in own for each in (question, f"{TEST}{question}") if each in there[name]]
    if not found:
        every = (each.removeprefix(TEST) for of in there.values() for each in of)
        raise ValueError(no_such("question", question, every))
    if len(found) > 1:
        names = ", ".join(name for name, _ in found)
        raise ValueError(f"'{question}' is in several assignments ({names}): choose one with --assignment.")
    return found[0]


def _some(run: ClassRun) -> str:
    return ", ".join(each.name for each in run.chosen) or "any assignment"
