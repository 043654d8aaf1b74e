"""What runs in the box, beside the student's code: nothing here is secret, and nothing is trusted.

The only folder of the instructor's side that the box can see. session.py runs the notebook's
cells in IPython's shell (shell.py). At each test cell the session is copied by a fork: keeper.py
holds the copy, and worker.py calls the student's functions in copies of the copy, so that a call
that hangs or dies spoils nothing. plain.py turns values into bytes and back, wire.py carries them.

Before all this, parent.py has imported what notebooks import (warm.py). It forks for each submission,
and the fork builds walls around itself (spaces.py, syscalls.py). probe.py tries to break out of them.
"""
