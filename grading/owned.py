"""Names for what a process keeps outside itself, such as folders and control groups: they say whose it is.

A process that is killed removes nothing. So whoever comes later, or ended it, asks by the name whether the
process is gone, and removes what it has left.
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
PARENT_SPACE = Path("/proc/self/ns/pid")  # numbers of processes count within it


def own_prefix() -> str:
    """What the names begin with that this process gives. A fork has names of its own."""
    number = os.getpid()
    return f"{PREFIX}{_where()}.{number}.{_begun(number)}."


def own_name() -> str:
    """A new name."""
    return own_prefix() + secrets.token_hex(6)


def own_folder() -> tempfile.TemporaryDirectory[str]:
    """A new folder, removed with this process at the latest."""
    return tempfile.TemporaryDirectory(prefix=own_prefix())


def is_orphan(name: str) -> bool:
    """Whether the process is gone that gave this name, as far as that can be told here."""
    found = NAME.match(name)
    if not found or int(found["where"]) != _where():
        return False
    return _begun(int(found["number"])) != int(found["begun"])


def forget_orphans(folder: Path | None = None) -> None:
    """Remove the folders that processes of this user's have left in the folder for temporary files."""
    for each in os.scandir(folder or tempfile.gettempdir()):
        with contextlib.suppress(OSError):  # another run may remove it meanwhile
            if is_orphan(each.name) and each.is_dir(follow_symlinks=False) and _is_mine(each):
                shutil.rmtree(each.path, ignore_errors=True)


def _is_mine(entry: os.DirEntry[str]) -> bool:
    """Whether a folder is this user's: others may give their folders any names."""
    return not hasattr(os, "getuid") or entry.stat(follow_symlinks=False).st_uid == os.getuid()


def _begun(number: int) -> int:
    """When a process began, in the system's own count; 0 if it is gone."""
    if PARENT_SPACE.exists():
        try:
            fields = stat_fields(f"/proc/{number}")
        except OSError:
            return 0
        return 0 if fields[0] in "ZX" else int(fields[19])
    return int(psutil.pid_exists(number))


@functools.cache
def _where() -> int:
    """The namespace in which processes are counted; 0 where there is but one."""
    return PARENT_SPACE.stat().st_ino if PARENT_SPACE.exists() else 0
