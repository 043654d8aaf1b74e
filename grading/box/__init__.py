"""The box: a process that sees nothing and reaches nobody, for code that nobody has read.

walls.py writes bubblewrap's command line: what is mounted, and with whose rights. totals.py
limits memory and processes of a whole box. process.py starts a box and ends it. selftest.py
tries to break out before anything is graded.
"""

from grading.box.limits import Limits
from grading.box.process import BoxError, Process

__all__ = ["BoxError", "Limits", "Process"]
