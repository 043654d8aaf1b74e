"""The instructor's side: building what students get, hidden cases, marks.

Importing this package is cheap, because test cells do it; nbgrader and jupytext are
imported only by the modules that need them.
"""

from grading.hidden import hidden

__all__ = ["hidden"]
