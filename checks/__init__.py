"""The engine behind `check`, any course's: cases in; sentences, hints and marks out.

checker.py is what a course binds to its cases. cases.py reads case files, call.py calls the student's
function, compare.py finds what is wrong with an answer. explain.py chooses the hint: a known mistake's,
or one from errors.py, properties.py (form), relations.py (how it differs), or the course's own finders.
looking.py is what these share. hints.py climbs the ladder, report.py words it all. run.py checks a
function, quiz.py answers to a question, predictions.py compares a prediction, which gives no marks.
authors/ is what authors of exercises call.
"""
