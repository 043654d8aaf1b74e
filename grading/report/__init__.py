"""The report of a class: what came in, what was hard, which mistakes to explain again.

results.py reads what the class runner wrote; marks.py, questions.py, mistakes.py and attention.py
count; alike.py compares answers (prints.py, sources.py); overview.py puts it together, page.py
writes it. tries.py reads from a submitted notebook how many tries a mistake took.
"""
