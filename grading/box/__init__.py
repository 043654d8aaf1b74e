"""The box: a process that sees and reaches nothing outside it. It runs code that nobody has read.

walls.py writes bubblewrap's command line: the mounts, and the rights of the box. process.py starts a
program within these walls. parent.py starts the warm parent, which forks a box for each submission.
session.py is the notebook that runs in a box. selftest.py tries to break out before anything is graded.

A control group limits the memory and the processes of a whole box (groups.py). An ordinary user asks
systemd for the right to make control groups (scope.py). Where there is no control group, a thread adds up
what the box uses (totals.py).

Some systems allow no namespaces. There a box is another user (kind.py). user_slot.py gives that user a
number (users.py), a home, and copies of the files that it may read (shown.py). user_totals.py adds up what
the user takes.
"""

from grading.box.limits import Limits
from grading.box.process import BoxError, Process

__all__ = ["BoxError", "Limits", "Process"]
