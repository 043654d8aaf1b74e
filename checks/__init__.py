"""The engine behind `check`, for any course: it takes cases, and gives sentences, hints and marks.

A course connects checker.py to its cases. cases.py defines a case, and casebook.py reads case files.
call.py calls the student's function. reading.py reads what the function returned, in the notebook and where
it is marked. compare.py finds what is wrong with an answer. explain.py chooses the hint. The hint belongs to
a known mistake, or to a finder. A finder finds out whether its hint holds for a wrong answer. Finders are in
errors.py, mistyped.py, nans.py, properties.py (form), relations.py (how the answer differs), slips.py,
ranges.py, doubts.py and library.py (what the code says), and trials.py (small inputs). A course can add
finders. Finders look at an answer through looking.py. patience.py stops a case that never ends.
hints.py counts attempts: each new attempt shows one more paragraph of a hint. sentences.py has the sentences
that say what is wrong, and report.py shows the result. run.py checks a function, and quiz.py checks the
answers to questions. predictions.py compares a prediction, and gives no marks.
Authors of exercises call the functions in authors/.
"""
