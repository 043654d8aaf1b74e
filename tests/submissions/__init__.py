"""Hostile, broken and ordinary submissions, each a small builder over a real assignment.

`draft.py` is what they build with. A case says what it does to a right or a wrong notebook, and
what must come of it: the marks, the status, the sentence. `classes.py` marks a class of them.
`habits.py` draws a class of strangers, as people save, merge, rename and hand in their notebooks.
"""
