"""A process within walls, with a socket to it: started, and ended for certain."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence

import psutil

from grading.box.limits import Limits
from grading.box.slots import Slot
from grading.box.totals import open_totals
from grading.box.walls import Walls, own_settings
from grading.guest.wire import pair

ENTER = 'n=$1; shift; while [ "$n" -gt 0 ]; do echo $$ > "$1" || exit 71; shift; n=$((n-1)); done; exec "$@"'
ROUNDS = 50  # of killing: what forks all the time needs several


class BoxError(RuntimeError):
    """The box does not work here; the message says what to do."""


class Process:
    """A program in a box (walls), or without one (None). It is told its end of a socket by number."""

    def __init__(self, program: Sequence[str], walls: Walls | None, limits: Limits, slot: Slot | None = None):
        self.slot, self.totals = slot, open_totals(limits)
        self.link, theirs = pair(bare=True)
        with theirs:
            command = [*program, str(theirs.fileno())]
            command = walls.command(command) if walls else command
            enter = ["sh", "-c", ENTER, "sh", str(len(self.totals.entries)), *self.totals.entries]
            try:
                self.process = subprocess.Popen(
                    [*enter, *command],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    pass_fds=[theirs.fileno()],
                    env=own_settings() if walls else {**own_settings(), **_without_walls()},
                    start_new_session=True,
                )
            except BaseException:
                self._let_go()
                raise
        self.totals.watch(self.process.pid)

    def what_it_said(self) -> str:
        """What came on stderr, such as why it could not start. Only after its end."""
        self.end()
        os.set_blocking(self.process.stderr.fileno(), False)
        return (self.process.stderr.read() or b"").decode("utf-8", "replace").strip()

    def end_others(self, known: set[int]) -> bool:
        """Kill the processes of the box that are not known; return whether they are gone."""
        for _ in range(ROUNDS):
            others = self.totals.members() - known
            if not others:
                return True
            for each in others:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(each, signal.SIGKILL)
            time.sleep(0.01)
        return False

    def end(self) -> None:
        """Kill it and all that it started, and wait until they are gone."""
        with contextlib.suppress(psutil.Error):
            for each in reversed(psutil.Process(self.process.pid).children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    each.kill()
        self.process.kill()
        self.process.wait()
        self.link.close()

    def close(self) -> None:
        """End it and give back what it held."""
        self.end()
        self.process.stderr.close()
        self._let_go()

    def _let_go(self) -> None:
        self.totals.close()
        if self.slot:
            self.slot.close()


def _without_walls() -> dict[str, str]:
    return {"HOME": os.path.expanduser("~")}
