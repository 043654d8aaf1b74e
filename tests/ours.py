"""The course under test: what most tests begin with."""

from pathlib import Path

from grading.course import load_course

ROOT = Path(__file__).resolve().parent.parent
COURSE = load_course(ROOT)
WORLD, CHECKER = COURSE.world, COURSE.checker
ASSIGNMENTS = COURSE.assignments()
public = CHECKER.public
# Whole lessons, of which more is asked than of a small assignment.
LESSONS = ("bernoulli-digits", "gaussian-mixture", "image-clusters")
# Every known mistake, by exercise; no two assignments have an exercise of the same name yet.
KNOWN = {exercise: found for each in ASSIGNMENTS for exercise, found in each.mistakes().items()}
