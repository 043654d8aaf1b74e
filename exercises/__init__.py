"""What the instructor's side knows of each assignment: one folder an assignment.

cases.py draws the cases of every exercise, questions.py the questions, and mistakes/<exercise>.py
holds what people get wrong. pieces/ has what several of them are made of.
"""
