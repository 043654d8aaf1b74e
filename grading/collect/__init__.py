"""From a platform's download to submitted/: first it is shown what it is taken for.

What it is taken for is what `grading.submitted` takes it for: there is one reader. piles.py reads a download,
lying.py what lies there already, plan.py decides, writing.py writes, telling.py says all of it.
"""
