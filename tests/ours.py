"""The course that is tested: most tests begin with it."""

from pathlib import Path

from checks.authors import Mistake
from grading.course import load_course

ROOT = Path(__file__).resolve().parent.parent
COURSE = load_course(ROOT)
WORLD, CHECKER = COURSE.world, COURSE.checker
ASSIGNMENTS = COURSE.assignments()
public = CHECKER.public
# Whole lessons. The tests ask more of them than of a small assignment.
LESSONS = ("bernoulli-digits", "gaussian-mixture", "image-clusters", "when-em-fails")


def called(assignment: str, exercise: str) -> str:
    """Return an exercise's name in the books of cases, with the assignment if several have the exercise."""
    homes = list(public.folder.glob(f"*/{exercise}.npz"))
    return exercise if len(homes) < 2 else f"{assignment}/{exercise}"


def known_in(assignment: str) -> dict[str, list[Mistake]]:
    """Return the known mistakes of an assignment, by exercise."""
    return dict(COURSE.assignment(assignment).mistakes())


# Every known mistake, by the name that `called` gives its exercise.
KNOWN = {
    called(each.name, exercise): found for each in ASSIGNMENTS for exercise, found in each.mistakes().items()
}
