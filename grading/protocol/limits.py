"""Limits that a process sets for itself before it runs any code of a student."""

from __future__ import annotations

import builtins
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from checks.texts import later

MEGABYTE = 2**20
OPEN_FILES = 256
BUSY = later("time that other programs took is not counted")  # for people, next to a limit of time
INTERRUPT = signal.SIGALRM  # the signal that interrupts a cell or a call


class TimeLimit(KeyboardInterrupt):
    """The error raised in code that runs too long. Like an interrupt, it passes `except Exception`."""


def set_limits(memory_mb: int, file_mb: int, processes: int) -> None:
    """Limit this process and its children. The limits cannot be raised again."""
    limits = {
        resource.RLIMIT_AS: memory_mb * MEGABYTE,
        resource.RLIMIT_FSIZE: file_mb * MEGABYTE,
        resource.RLIMIT_NPROC: processes,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for name, most in limits.items():
        _, hard = resource.getrlimit(name)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(name, (most, most))


def hold_many_files() -> None:
    """Let this process and its children open as many files as the system allows.

    Linux counts a user's descriptors that are being sent through sockets. A process whose limit of open
    files is lower than this count cannot send another descriptor. A box sends only few at a time, because it
    may open only few files.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def ignore_interrupts() -> None:
    """Ignore interrupts while no student's code runs: one that comes too late must not end this process."""
    signal.signal(INTERRUPT, signal.SIG_IGN)


@contextmanager
def interruptible(seconds: float, what: str) -> Iterator[None]:
    """Let another process interrupt code of this block that has run for so long, see clock.py.

    The code may catch the interrupt. Then the process that sent it must kill this process.
    """

    def stop(*_: Any) -> None:
        raise TimeLimit(f"{what} ran for more than {seconds:g} seconds and was stopped ({BUSY})")

    before = signal.signal(INTERRUPT, stop)
    try:
        yield
    finally:
        signal.signal(INTERRUPT, before)


def no_input(*_: Any) -> str:
    """Raise an error that says why there is no input. This function replaces `input()`."""
    raise RuntimeError("input() has nobody to ask while a notebook is marked: write the value into the code")


def without_input() -> None:
    """Make `input()` say why it cannot work."""
    builtins.input = no_input


def leave_if_copied(own: int) -> None:
    """End this process if it is a copy that the code made with a fork: only the original may answer."""
    if os.getpid() != own:
        os._exit(0)
