"""Answers to the exercises, right and wrong, that prove the checks fair.

Whole notebooks' worth of right code, as people write it elsewhere, is in files of their own
(loops.py, one_function.py, arrays.py): the tests put each function into its cell unchanged.
Single answers are in <first word of the assignment>_right.py and _wrong.py.
"""
