"""From a repaired notebook to marks.

jobs.py says which cells run. mark.py runs and marks them. present.py writes the results into the notebook.
"""
