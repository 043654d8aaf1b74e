"""Hostile, broken and ordinary submissions. A small function builds each from a real assignment.

`draft.py` has the tools for them. A case says how it changes a right or a wrong notebook, and which marks,
status and sentence must be the result. `classes.py` marks a class of cases. `habits.py` draws a class of
students who save, merge, rename and hand in their notebooks as people do.
"""
