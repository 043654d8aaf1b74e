"""The report of a class: the submissions, the hard questions, and the mistakes to explain again.

results.py reads the results that the class runner wrote. marks.py, questions.py, mistakes.py, policies.py and
attention.py count them. alike.py compares answers, with prints.py and sources.py. overview.py puts all of
this together for one assignment, everyone.py for one student. page.py writes the page.
grading/run/tries.py reads how many attempts a mistake took.
"""
