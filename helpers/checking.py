"""`check` and similar functions: the engine with this course's public cases and laws of mixtures."""

from checks.checker import Checker
from checks.predictions import compare_prediction
from helpers import bound  # noqa: F401  (the import adds its laws to the law book)
from helpers.datasets import DATA
from helpers.hints import FINDERS, WORDS
from helpers.laws import LAWS

CHECKER = Checker(DATA / "checks", FINDERS, LAWS, WORDS)
check, check_answer, example = CHECKER.check, CHECKER.check_answer, CHECKER.example

__all__ = ["CHECKER", "check", "check_answer", "compare_prediction", "example"]
