"""The instructor's side: building what students get, hidden cases, marks.

Importing this package is cheap, because test cells do it; nbgrader and jupytext are
imported only by the modules that need them.
"""

import os

# Kernels inherit it. The arrays are tiny: a second thread of linear algebra only waits for
# the first, and several submissions at once would wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from grading.hidden import hidden

__all__ = ["hidden"]
