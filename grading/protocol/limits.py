"""Limits that a process sets for itself before it runs anything of a student's."""

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
BUSY = later("time that other programs took is not counted")  # for people, beside a limit of time
INTERRUPT = signal.SIGALRM  # what interrupts a cell or a call


class TimeLimit(KeyboardInterrupt):
    """Raised in code that runs too long, as an interrupt is: `except Exception` does not stop it."""


def set_limits(memory_mb: int, file_mb: int, processes: int) -> None:
    """Limit this process and its children, for good."""
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
    """Let this process and its children have as many files as the system allows.

    Linux counts a user's descriptors that are on their way through sockets, and refuses to send one more
    to who may have fewer files than that. What a box has on its way is few, since it may have few.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def ignore_interrupts() -> None:
    """Nothing of a student's runs: an interrupt that comes too late ends nobody."""
    signal.signal(INTERRUPT, signal.SIG_IGN)


@contextmanager
def interruptible(seconds: float, what: str) -> Iterator[None]:
    """Let somebody else interrupt what has run for so long, see clock.py.

    Code may catch the interrupt: then the one who sent it must kill it.
    """

    def stop(*_: Any) -> None:
        raise TimeLimit(f"{what} ran for more than {seconds:g} seconds and was stopped ({BUSY})")

    before = signal.signal(INTERRUPT, stop)
    try:
        yield
    finally:
        signal.signal(INTERRUPT, before)


def no_input(*_: Any) -> str:
    """In place of input()."""
    raise RuntimeError("input() has nobody to ask while a notebook is marked: write the value into the code")


def without_input() -> None:
    """Let input() say why it cannot work."""
    builtins.input = no_input


def leave_if_copied(own: int) -> None:
    """End here if the code has forked: its copy of this process must not answer as well."""
    if os.getpid() != own:
        os._exit(0)
