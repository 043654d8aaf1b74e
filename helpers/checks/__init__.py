"""The engine behind `check`: cases in, sentences and marks out.

cases.py reads case files, call.py calls the student's function, compare.py finds what is
wrong with an answer, report.py words it, run.py puts them together.
"""

from helpers.checks.run import check, check_answer

__all__ = ["check", "check_answer"]
