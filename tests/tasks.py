"""Tasks for the workers in tests/grading/test_cluster.py: the real one, and others that save time or fail."""

import os
import signal
import time
from pathlib import Path

from grading.run.environment import environment, require_environment
from grading.run.task import Graded, grade

SOME = 20  # every so many submissions, one is really marked


def quick(bundle, handed_in, asked):
    """Take only a moment, and refuse what the real task refuses."""
    require_environment(asked, bundle.world)
    time.sleep(0.15)
    return marked(bundle, handed_in)


def marked(bundle, handed_in):
    """Return a mark that depends on what was handed in; for some submissions, the real result."""
    if int(handed_in.student) % SOME == 0:
        return grade(bundle, handed_in, environment(bundle.world))
    question = {"status": "partly", "mark": float(sum(handed_in.data) % 7), "max": 7.0}
    return Graded(handed_in.key(bundle), "graded", questions={"test-quick": question})


def deadly(bundle, handed_in, asked):
    """Kill the worker of one student's submission, every time."""
    if handed_in.student == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return Graded(handed_in.key(bundle), "graded")


def stopped(bundle, handed_in, asked):
    """Stop the worker of one student's submission: "once" the first time, "always" every time."""
    name = Path(handed_in.data.decode())
    if handed_in.student == "always" or (handed_in.student == "once" and not name.exists()):
        name.touch()
        os.kill(os.getpid(), signal.SIGSTOP)
    return Graded(handed_in.key(bundle), "graded")


def slow(bundle, handed_in, asked):
    """Note in the file that was handed in that the task has begun."""
    with open(handed_in.data.decode(), "a") as file:
        file.write(f"{handed_in.student}\n")
    time.sleep(1)
    return Graded(handed_in.key(bundle), "graded")


def boxless(bundle, handed_in, asked):
    """Fail as the real task does where no box starts."""
    from grading.box import BoxError

    raise BoxError("there is no box here")


def interrupted(bundle, handed_in, asked):
    """Kill the worker of one student the first time, while it sends the result: only half of it arrives."""
    from multiprocessing.connection import Connection

    def half(self, data, write=os.write):
        os.write(self.fileno(), bytes(data[: len(data) // 2]))
        os.kill(os.getpid(), signal.SIGKILL)

    name = Path(handed_in.data.decode())
    if handed_in.student == "once" and not name.exists():
        name.touch()
        Connection._send = half
    return Graded(handed_in.key(bundle), "graded", notebook="x" * 1000)


def last(bundle, handed_in, asked):
    """Let one student's submission last until all others have begun, for at most a minute."""
    trace, end = Path(handed_in.data.decode()), time.monotonic() + 60
    with trace.open("a") as file:
        file.write(f"{handed_in.student}\n")
    while handed_in.student == "last" and len(trace.read_text().split()) < 6 and time.monotonic() < end:
        time.sleep(0.05)
    status = "graded" if time.monotonic() < end else "fault of ours"
    return Graded(handed_in.key(bundle), status)
