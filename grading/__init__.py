"""The instructor's side: make the notebooks that students get, draw hidden cases, give marks.

Importing this package is cheap, because test cells do it. nbgrader and jupytext are imported only by the
modules that need them.
"""

import os
import sys

# Kernels inherit this setting. The arrays are tiny: a second thread of linear algebra would only wait for the
# first. Several submissions that run at the same time would wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# jsonschema takes a second to load this, for a kind of address that no notebook's schema has.
sys.modules.setdefault("rfc3987_syntax", None)

__all__ = ["hidden"]


def __getattr__(name: str) -> object:
    if name == "hidden":  # test cells ask for it: `from grading import hidden`
        from grading.build.hidden import hidden_cases

        return hidden_cases()
    raise AttributeError(name)
