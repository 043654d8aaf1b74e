"""The engine behind `check`, any course's: cases in; sentences, hints and marks out.

A course binds checker.py to its cases. cases.py says what a case is, and casebook.py reads case files.
call.py calls the student's function, and reading.py reads what it returned, here and where it is marked.
compare.py finds what is wrong with an answer. explain.py chooses the hint: a known mistake's, or one from
errors.py, mistyped.py, nans.py, properties.py (form), relations.py (how the answer differs), slips.py,
ranges.py, doubts.py and library.py (what the code says), trials.py (small inputs), or the course's own
finders. These finders look at an answer through looking.py. patience.py stops a case that never ends.
hints.py counts attempts: each new attempt shows one more paragraph of a hint. sentences.py words what is
wrong, and report.py shows the result. run.py checks a function, and quiz.py checks the answers to questions.
predictions.py compares a prediction, and gives no marks.
authors/ is what authors of exercises call.
"""
