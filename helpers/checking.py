"""`check` and its like for this course: the engine, bound to the public cases and to the laws of mixtures."""

from checks.checker import Checker
from checks.predictions import compare_prediction
from helpers import bound  # noqa: F401  (whose laws join the book)
from helpers.datasets import DATA
from helpers.hints import FINDERS, WORDS
from helpers.laws import LAWS

CHECKER = Checker(DATA / "checks", FINDERS, LAWS, WORDS)
check, check_answer, example = CHECKER.check, CHECKER.check_answer, CHECKER.example

__all__ = ["CHECKER", "check", "check_answer", "compare_prediction", "example"]
