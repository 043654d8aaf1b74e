"""Answers to the exercises, right and wrong, that prove the checks fair.

Whole notebooks' worth of right code, as people write it elsewhere, is in files of their own
(loops.py, one_function.py, arrays.py): the tests put each function into its cell unchanged.
Right answers to single exercises are in <assignment>.py, with underscores for hyphens: its RIGHT has them by
exercise, three styles each or more. fresh.py has wrong ones that no list of mistakes has.
"""

from importlib import import_module


def right_answers(assignment):
    """Return the right answers of an assignment, by exercise and style."""
    return import_module(f"answers.{assignment.replace('-', '_')}").RIGHT
