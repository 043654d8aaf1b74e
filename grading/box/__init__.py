"""The box: a process that sees nothing and reaches nobody, for code that nobody has read.

walls.py writes bubblewrap's command line: what is mounted, and with which rights. process.py starts
a program within walls, and parent.py the warm one that forks a box for each submission. Memory and
processes of a whole box are limited by a control group, groups.py, which an ordinary user asks systemd for,
scope.py; else somebody adds them up, totals.py. session.py is the notebook that runs in a box. selftest.py
tries to break out before anything is graded.

Where no namespaces can be had, kind.py says so, and a box is another user: user_slot.py gives it a number
(users.py), a home and copies of what it may read (shown.py), and user_totals.py adds up what it uses.
"""

from grading.box.limits import Limits
from grading.box.process import BoxError, Process

__all__ = ["BoxError", "Limits", "Process"]
