"""The programs that run in the box, beside the student's code. Nothing here is secret, or trusted.

Of the instructor's side, a box sees only this folder and grading/protocol. session.py runs the notebook's
cells in IPython's shell (grading/protocol/shell.py). At each test cell a fork copies the session, and
keeper.py holds the copy. worker.py calls the student's functions in copies of that copy. So a call that
hangs or crashes does no harm to the session. grading/protocol/plain.py turns values into bytes and back,
and grading/protocol/wire.py carries these bytes.

Before all this, parent.py has imported what notebooks import (warm.py). It forks for each submission, and
the fork builds walls around itself (spaces.py, syscalls.py). probe.py tries to break out of the walls.
"""
