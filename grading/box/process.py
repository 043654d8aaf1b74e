"""A process within walls, with a socket to it: how to start it, and how to end it reliably."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import psutil

from grading.box.totals import Group, Watch
from grading.box.walls import Walls, own_settings
from grading.protocol.limits import hold_many_files
from grading.protocol.wire import pair

ENTER = 'n=$1; shift; while [ "$n" -gt 0 ]; do echo $$ > "$1" || exit 71; shift; n=$((n-1)); done; exec "$@"'


class BoxError(RuntimeError):
    """The box does not work here. The message says what to do."""


class Process:
    """A program of the grader, in walls, or without walls (None).

    The last argument of the program is the number of its end of the socket.
    totals: what limits the process and its children together; None where each child has its own limits.
    environment: the variables of a program without walls.
    user: the number of the user as whom the program runs.
    """

    def __init__(
        self,
        program: Sequence[str],
        walls: Walls | None,
        totals: Group | Watch | None = None,
        environment: Mapping[str, str] | None = None,
        user: int | None = None,
    ):
        self.totals = totals
        hold_many_files()
        self.link, theirs = pair()
        with theirs:
            command = [*program, str(theirs.fileno())]
            command = walls.command(command) if walls else command
            entries = totals.entries if totals else []
            enter = ["sh", "-c", ENTER, "sh", str(len(entries)), *entries]
            try:
                self.process = subprocess.Popen(
                    [*enter, *command],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    pass_fds=[theirs.fileno()],
                    env=own_settings() if walls else {**_without_walls(), **(environment or {})},
                    start_new_session=True,
                    **({} if user is None else {"user": user, "group": user, "extra_groups": [], "cwd": "/"}),
                    umask=0o022,  # if this is root, a box is another user, who must enter these folders
                )
            except BaseException:
                self._let_go()
                raise
        if totals:
            totals.watch(self.process.pid)

    @property
    def is_there(self) -> bool:
        return self.process.poll() is None

    def what_it_said(self) -> str:
        """End the process; return its text on stderr, such as the reason why it could not start."""
        self.end()
        os.set_blocking(self.process.stderr.fileno(), False)
        return (self.process.stderr.read() or b"").decode("utf-8", "replace").strip()

    def end(self) -> None:
        """Kill the process and everything that it started, and wait until all are gone."""
        with contextlib.suppress(psutil.Error):
            for each in reversed(psutil.Process(self.process.pid).children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    each.kill()
        self.process.kill()
        self.process.wait()
        self.link.close()

    def close(self) -> None:
        """End the process and free its resources."""
        self.end()
        self.process.stderr.close()
        self._let_go()

    def _let_go(self) -> None:
        if self.totals:
            self.totals.close()


class Latest:
    """A cache for one object, such as a process that serves many boxes. Another key replaces the object."""

    def __init__(self, make: Callable[..., Any]):
        self.make, self.key, self.made = make, (), None

    def get(self, *key: Any) -> Any:
        """Return the object for this key; make it if it was not made yet, or is gone."""
        if self.made is None or self.key != key or not self.made.is_there:
            before, self.made = self.made, None
            if before:
                before.close()
            self.key, self.made = key, self.make(*key)
        return self.made


def _without_walls() -> dict[str, str]:
    return {**own_settings(), "HOME": os.path.expanduser("~")}
