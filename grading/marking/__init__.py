"""From a repaired notebook to marks.

jobs.py says what is run, mark.py runs it, present.py shows what came of it.
"""
