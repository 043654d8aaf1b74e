"""The report of a class: what came in, what was hard, which mistakes to explain again.

results.py reads what the class runner wrote; marks.py, questions.py, mistakes.py and attention.py
count. alike.py compares answers (prints.py, sources.py). overview.py puts all of this together, and page.py
writes the page. How many attempts a mistake took is read in grading/run/tries.py.
"""
