"""Answers to the exercises, right and wrong, which show that the checks are fair.

loops.py, one_function.py and arrays.py are each the correct code for a whole notebook, as people write it
elsewhere. The tests put each of their functions into its cell unchanged.

Correct answers to single exercises are in <assignment>.py, with underscores for hyphens. RIGHT has them by
exercise, three styles each or more. fresh.py has wrong answers that are in no list of mistakes.
"""

from importlib import import_module


def right_answers(assignment):
    """Return the correct answers of an assignment, by exercise and style."""
    return import_module(f"answers.{assignment.replace('-', '_')}").RIGHT
