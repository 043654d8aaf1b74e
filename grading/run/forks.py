"""Where workers on this machine come from: one process that has loaded what they need forks them.

Importing this module is cheap, so that the process can load while the run itself still does.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from multiprocessing import forkserver, util
from multiprocessing.context import BaseContext

LOADED = ["grading.run.loaded"]
LONGEST = 107  # bytes of a socket's path, in Linux
SHORT = "/tmp"
IN_IT = len("/pymp-12345678/listener-12345678")  # how multiprocessing names its folder and the socket there


def forks() -> BaseContext:
    """Return the context in which processes are forked from one that has loaded what workers need."""
    _have_room_for_a_socket()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return context


def begin_to_load() -> None:
    """Start that process now, and do not wait for it."""
    forks()
    forkserver.ensure_running()


def _have_room_for_a_socket() -> None:
    """Let multiprocessing have a folder with a short path, where that for temporary files has a long one.

    It makes its folder once, in the one that `tempfile` names then.
    """
    if len(os.fsencode(tempfile.gettempdir())) + IN_IT <= LONGEST or not os.access(SHORT, os.W_OK):
        return
    before, tempfile.tempdir = tempfile.tempdir, SHORT
    try:
        util.get_temp_dir()
    finally:
        tempfile.tempdir = before
