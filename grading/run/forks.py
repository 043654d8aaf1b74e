"""Where workers on this machine come from: one process that has loaded what they need forks them.

Importing this module is cheap, so that the process can load while the run itself still does.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

LOADED = ["grading.run.loaded"]


def forks() -> BaseContext:
    """Return the context in which processes are forked from one that has loaded what workers need."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return context


def begin_to_load() -> None:
    """Start that process now, and do not wait for it."""
    forks()
    forkserver.ensure_running()
