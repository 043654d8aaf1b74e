"""The engine behind `check`: cases in; sentences, hints and marks out.

cases.py reads case files, call.py calls the student's function, compare.py finds what is
wrong with an answer. explain.py chooses the hint: a known mistake's, or one from errors.py,
properties.py (form), relations.py (how it differs), laws.py and bound.py (what must hold).
looking.py is what these share. hints.py climbs the ladder, report.py words it all. run.py is
`check`, quiz.py is `check_answer`, predictions.py is `compare_prediction`, which gives no marks.
"""

from helpers.checks.cases import example
from helpers.checks.predictions import compare_prediction
from helpers.checks.quiz import check_answer
from helpers.checks.run import check

__all__ = ["check", "check_answer", "compare_prediction", "example"]
