"""Start workers on this machine: they are forked from one process that has loaded everything they need.

Importing this module is cheap. So that process can load while the run itself is still loading.
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
IN_IT = len("/pymp-12345678/listener-12345678")  # the names of multiprocessing's folder and of its socket


def forks() -> BaseContext:
    """Return the context in which workers are forked from a process that has loaded what they need."""
    _have_room_for_a_socket()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return context


def begin_to_load() -> None:
    """Start the process from which workers are forked, and do not wait for it."""
    forks()
    forkserver.ensure_running()


def _have_room_for_a_socket() -> None:
    """Give multiprocessing a folder with a short path, if the path of the folder for temporary files is long.

    multiprocessing makes its folder once, in the folder that `tempfile` names at that time.
    """
    if len(os.fsencode(tempfile.gettempdir())) + IN_IT <= LONGEST or not os.access(SHORT, os.W_OK):
        return
    before, tempfile.tempdir = tempfile.tempdir, SHORT
    try:
        util.get_temp_dir()
    finally:
        tempfile.tempdir = before
