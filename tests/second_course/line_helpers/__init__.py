"""What the notebooks of this course import: `check` and `check_answer`, bound to its cases and laws."""

from pathlib import Path

from checks.checker import Checker

CHECKER = Checker(Path(__file__).parent / "checks")
check, check_answer = CHECKER.check, CHECKER.check_answer
