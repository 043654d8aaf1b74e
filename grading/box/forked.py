"""The processes of one submission, as the grader holds them."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from grading.box.limits import Limits
from grading.box.process import BoxError
from grading.box.slots import Slot
from grading.box.totals import open_totals
from grading.box.user_slot import UserSlot
from grading.protocol.limits import INTERRUPT
from grading.protocol.wire import Link

STARTING = 300.0  # seconds until a parent or a box must be ready; a busy machine is slow
ROUNDS = 50  # rounds of killing: a process that forks all the time needs several rounds


class Box:
    """The processes of one submission. A handle holds the first process: when that ends, all are gone."""

    def __init__(self, end: socket.socket, limits: Limits, slot: Slot | UserSlot | None):
        self.slot = slot
        self.link, self.totals = Link(end, bare=True), slot.totals(limits) if slot else open_totals(limits)
        self.handle = self.runner = -1
        try:
            self._await(end)
            self.first = _number(self.handle)
            child = [each.pid for each in psutil.Process(self.first).children()]  # it waits for a request
            self.running = child[0] if child else self.first
            self.runner = os.pidfd_open(self.running)
            for entry in self.totals.entries:
                for number in [self.first, *child]:
                    Path(entry).write_text(str(number))
        except (OSError, psutil.Error) as error:
            self.close()
            raise BoxError(f"a box does not start here: {error}") from None
        self.totals.watch(self.first)

    def _await(self, end: socket.socket) -> None:
        """Wait until the box has sent two signs, in any order: its first process, and that it is ready."""
        end.settimeout(STARTING)
        signs = b""
        while set(signs) != set(b"+."):
            sign, handles, _, _ = socket.recv_fds(end, 1, 1)
            self.handle = handles[0] if handles else self.handle
            if sign not in (b"+", b"."):
                said = end.recv(300).decode("utf-8", "replace") if sign else "it says nothing"
                raise OSError(said)
            signs += sign

    @property
    def is_there(self) -> bool:
        """Tell whether the first process runs."""
        return self.handle >= 0 and not _has_ended(self.handle, 0)

    @property
    def home(self) -> str:
        """Return the one folder in which the box may write, by its name outside.

        Return "" if the folder has a name only inside the box.
        """
        return self.slot.home if self.slot else ""

    def threads(self) -> int:
        """Return how many threads the process of the session has; 0 if the process is gone."""
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self.running).num_threads()
        return 0

    def members(self) -> set[int]:
        """Return the numbers of the processes of the box."""
        return self.totals.members()

    def everybody(self) -> set[int]:
        """Return the numbers of the members and of the first process, from which the members descend."""
        return {self.first, *self.members()}

    def interrupt(self) -> None:
        """Interrupt what the session runs, as Ctrl + C does. The session may ignore the interrupt."""
        with contextlib.suppress(OSError):  # the process is gone
            signal.pidfd_send_signal(self.runner, INTERRUPT)

    def end_others(self, known: set[int]) -> bool:
        """Kill the processes of the box that are not in `known`; return whether they are gone."""
        for _ in range(ROUNDS):
            others = self.members() - known
            if not others:
                return True
            for each in others:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(each, signal.SIGKILL)
            time.sleep(0.01)
        return False

    def end(self) -> None:
        """Kill everything in the box, and wait until all of it is gone."""
        if self.handle < 0:
            return
        for each in reversed(list(_children(self.first)) if not self.slot else []):
            with contextlib.suppress(psutil.Error):
                each.kill()
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)
        _has_ended(self.handle, STARTING)
        if self.slot:
            self.slot.end_all()
        for each in {self.handle, self.runner} - {-1}:
            os.close(each)
        self.handle = self.runner = -1

    def close(self) -> None:
        """End the box and free its resources."""
        self.end()
        self.link.close()
        self.totals.close()
        if self.slot:
            self.slot.close()


def _number(handle: int) -> int:
    """Return the number that a process has in the namespace of the grader."""
    text = Path(f"/proc/self/fdinfo/{handle}").read_text(encoding="ascii")
    return int(re.search(r"^Pid:\s*(\d+)", text, re.M).group(1))


def _has_ended(handle: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _children(process: int) -> Iterator[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        yield from psutil.Process(process).children(recursive=True)
