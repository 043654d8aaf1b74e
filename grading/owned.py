"""Names for what a process keeps outside itself, such as folders: a name says which process it belongs to.

A process that is killed removes nothing. So a later process, or the one that killed it, reads from the name
whether the owner is gone, and removes what it has left.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import secrets
import shutil
import tempfile
from pathlib import Path

import psutil

from grading.protocol.clock import stat_fields

PREFIX = "grading-"
NAME = re.compile(rf"{PREFIX}(?P<where>\d+)\.(?P<number>\d+)\.(?P<begun>\d+)\.")
PARENT_SPACE = Path("/proc/self/ns/pid")  # the namespace in which numbers of processes are unique


def own_prefix() -> str:
    """Return the beginning of all names that this process gives. A fork has another beginning."""
    number = os.getpid()
    return f"{PREFIX}{_where()}.{number}.{_begun(number)}."


def own_name() -> str:
    """Return a new name."""
    return own_prefix() + secrets.token_hex(6)


def own_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a new folder. It is removed at the latest when this process ends."""
    return tempfile.TemporaryDirectory(prefix=own_prefix())


def is_orphan(name: str) -> bool:
    """Tell whether the process that gave this name is gone, if this can be known here."""
    found = NAME.match(name)
    if not found or int(found["where"]) != _where():
        return False
    return _begun(int(found["number"])) != int(found["begun"])


def forget_orphans(folder: Path | None = None) -> None:
    """Remove folders that ended processes of this user have left in the folder for temporary files."""
    for each in os.scandir(folder or tempfile.gettempdir()):
        with contextlib.suppress(OSError):  # another run may remove the folder at the same time
            if is_orphan(each.name) and each.is_dir(follow_symlinks=False) and _is_mine(each):
                shutil.rmtree(each.path, ignore_errors=True)


def _is_mine(entry: os.DirEntry[str]) -> bool:
    """Tell whether a folder belongs to this user: other users may give their folders any names."""
    return not hasattr(os, "getuid") or entry.stat(follow_symlinks=False).st_uid == os.getuid()


def _begun(number: int) -> int:
    """Return when a process began, as the system counts it; 0 if it is gone."""
    if PARENT_SPACE.exists():
        try:
            fields = stat_fields(f"/proc/{number}")
        except OSError:
            return 0
        return 0 if fields[0] in "ZX" else int(fields[19])
    return int(psutil.pid_exists(number))


@functools.cache
def _where() -> int:
    """Return the namespace in which processes are counted; 0 if the system has only one."""
    return PARENT_SPACE.stat().st_ino if PARENT_SPACE.exists() else 0
