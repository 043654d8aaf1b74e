"""The course under test: what most tests begin with."""

from pathlib import Path

from checks.authors import Mistake
from grading.course import load_course

ROOT = Path(__file__).resolve().parent.parent
COURSE = load_course(ROOT)
WORLD, CHECKER = COURSE.world, COURSE.checker
ASSIGNMENTS = COURSE.assignments()
public = CHECKER.public
# Whole lessons, of which more is asked than of a small assignment.
LESSONS = ("bernoulli-digits", "gaussian-mixture", "image-clusters", "when-em-fails")


def called(assignment: str, exercise: str) -> str:
    """What the books of cases know an exercise by: its name, in full where another assignment has it too."""
    homes = list(public.folder.glob(f"*/{exercise}.npz"))
    return exercise if len(homes) < 2 else f"{assignment}/{exercise}"


def known_in(assignment: str) -> dict[str, list[Mistake]]:
    """The known mistakes of an assignment, by exercise."""
    return dict(COURSE.assignment(assignment).mistakes())


# Every known mistake, by what its exercise is called.
KNOWN = {
    called(each.name, exercise): found for each in ASSIGNMENTS for exercise, found in each.mistakes().items()
}
