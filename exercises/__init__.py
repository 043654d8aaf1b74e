"""The instructor's files for the exercises of each assignment: one folder for each assignment.

cases.py draws the cases of every exercise, and questions.py has the questions. mistakes/<exercise>.py has the
known mistakes, and trials/<exercise>.py has small inputs for hints. rubrics.py says how a written answer
earns marks. pieces/ has functions that several assignments use.
"""
