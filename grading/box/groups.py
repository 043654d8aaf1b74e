"""Control groups: the kernel adds up what a box uses, and keeps the box within its limits.

Root may make groups anywhere. An ordinary user may make groups below a group that systemd has delegated to
this user, see grading/box/scope.py. If processes run in a group of version 2, the groups below it cannot
have limits. So these processes are first moved into a new group below it.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil

from grading.box.limits import Limits
from grading.owned import PREFIX, is_orphan, own_name, own_prefix
from grading.status import Status

ROOT = Path("/sys/fs/cgroup")
MINE = Path("/proc/self/cgroup")
CONTROLLERS = ("memory", "pids")
DEEPEST = 6  # levels of groups in which we search for our groups
OLD = 3600.0  # seconds after which an empty group belongs to no run
RUNNER = "runner"  # the end of the name of the group for the processes that mark


class Group:
    """A control group, of version 1 or 2: the kernel enforces the limits.

    settings: the limits, by the files of the kernel. also: further settings, which some kernels do not
    have.
    """

    in_force = "memory and processes of a box are limited by a control group"

    def __init__(self, folders: list[Path], settings: Mapping[Path, int], also: Mapping[Path, int] = {}):
        self.folders = folders
        for folder in folders:
            folder.mkdir(parents=True)
        known = {file: most for file, most in also.items() if file.exists()}
        try:
            for file, most in {**settings, **known}.items():
                file.write_text(str(most))
        except OSError:
            self.close()
            raise

    @property
    def entries(self) -> list[str]:
        """Return the files into which a process writes its number to join the group."""
        return [str(folder / "cgroup.procs") for folder in self.folders]

    def watch(self, process: int) -> None:
        """Do nothing: the kernel watches the group."""

    def members(self) -> set[int]:
        """Return the numbers of the processes in the group."""
        with contextlib.suppress(OSError):
            return _processes_in(self.folders[0])
        return set()

    def hits(self) -> dict[Status, int]:
        """Return how often each limit was hit so far."""
        return {
            Status.MEMORY_LIMIT: self._count(["memory.oom_control", "memory.events"], "oom_kill"),
            Status.PROCESS_LIMIT: self._count(["pids.events"], "max"),
        }

    def _count(self, names: list[str], key: str) -> int:
        for file in (folder / name for folder in self.folders for name in names):
            with contextlib.suppress(OSError):
                words = dict(line.split() for line in file.read_text().splitlines())
                if key in words:
                    return int(words[key])
        return 0

    def is_over(self) -> bool:
        """Return False: the kernel ends single processes, not the box."""
        return False

    def close(self) -> None:
        """Remove the group; its processes may need a moment until they are gone."""
        for folder in self.folders:
            for _ in range(100):
                with contextlib.suppress(OSError):
                    folder.rmdir()
                if not folder.exists():
                    break
                time.sleep(0.02)


def own_group(limits: Limits, root: Path = ROOT) -> Group | None:
    """Return a new group for one box; None where this process must not make groups."""
    for make in (_version_2, _version_1):
        with contextlib.suppress(OSError, KeyError, ValueError, psutil.Error):
            return make(limits, root)
    return None


def _version_1(limits: Limits, root: Path) -> Group:
    name, own = own_name(), _groups_of_this_process()
    memory, pids = (root / each / own[each].lstrip("/") for each in CONTROLLERS)
    if not (memory / "memory.limit_in_bytes").exists() and not (pids / "cgroup.procs").exists():
        raise FileNotFoundError("no version 1")
    most = limits.memory_mb * 2**20
    settings = {memory / name / "memory.limit_in_bytes": most, pids / name / "pids.max": _most(limits)}
    also = {memory / name / "memory.memsw.limit_in_bytes": most}
    return Group([memory / name, pids / name], settings, also)


def _version_2(limits: Limits, root: Path) -> Group:
    folder = _home(root) / own_name()
    settings = {folder / "memory.max": limits.memory_mb * 2**20, folder / "pids.max": _most(limits)}
    return Group([folder], settings, {folder / "memory.swap.max": 0})


def _most(limits: Limits) -> int:
    return limits.processes + 8  # 8 for bubblewrap: so the user's limit is hit first, with a plain error


def _home(root: Path) -> Path:
    """Return the group of version 2 below which the groups of boxes are made.

    For root this is the group at the top. For other users it is the group that systemd has delegated.
    """
    mine = _handed_over(root)
    for folder, share_out in ((root, _share_out), (mine, _move_and_share_out)):
        with contextlib.suppress(OSError):
            share_out(folder)
            return folder
    raise FileNotFoundError("no group of version 2 in which groups can be made")


def _handed_over(root: Path) -> Path:
    """Return the group of this process; the group above it, if one of our runs has moved the process."""
    own = root / _groups_of_this_process()[""].lstrip("/")
    return own.parent if own.name.startswith(PREFIX) and own.name.endswith(RUNNER) else own


def _share_out(folder: Path) -> None:
    """Let the groups below this one have limits. Raises OSError where that is not allowed."""
    if not set(CONTROLLERS) <= set((folder / "cgroup.controllers").read_text().split()):
        raise FileNotFoundError(f"{folder} has no limits to share out")
    shared = folder / "cgroup.subtree_control"
    if not (set(CONTROLLERS) <= set(shared.read_text().split()) and os.access(folder, os.W_OK)):
        shared.write_text(" ".join(f"+{each}" for each in CONTROLLERS))


def _move_and_share_out(folder: Path) -> None:
    """Do the same for a group in which this process runs, if no foreign process runs in the group."""
    if _processes_in(folder) <= _kin():
        _move_processes(folder)
    _share_out(folder)


def _kin() -> set[int]:
    """Return this process, its ancestors and its descendants: no other processes are moved."""
    here = psutil.Process()
    return {here.pid, *(each.pid for each in here.parents() + here.children(recursive=True))}


def _move_processes(folder: Path) -> None:
    """Move the processes of a group into one below it, also processes that start meanwhile."""
    runner = folder / f"{own_prefix()}{RUNNER}"
    runner.mkdir(exist_ok=True)
    while numbers := _processes_in(folder):
        for number in numbers:
            with contextlib.suppress(ProcessLookupError):
                (runner / "cgroup.procs").write_text(str(number))


def _processes_in(folder: Path) -> set[int]:
    return set(map(int, (folder / "cgroup.procs").read_text().split()))


def _groups_of_this_process() -> dict[str, str]:
    """Return the groups of this process: by controller in version 1, by "" in version 2."""
    split = (line.split(":", 2) for line in MINE.read_text().splitlines())
    return {name: path for _, names, path in split for name in names.split(",")}


def forget_empty(root: Path = ROOT) -> None:
    """Remove the groups that killed runs have left behind; groups in use cannot be removed."""
    for folder in _groups(root):
        with contextlib.suppress(OSError):
            # A box may be about to enter a new group.
            if is_orphan(folder.name) or time.time() - folder.stat().st_mtime > OLD:
                folder.rmdir()


def _groups(root: Path) -> Iterator[Path]:
    """Yield our groups, down to the deepest level that is searched.

    Other runs may make and remove groups meanwhile; glob fails when this happens.
    """
    for folder, below, _ in os.walk(root):
        yield from (Path(folder, name) for name in below if name.startswith(PREFIX))
        deep = len(Path(folder).relative_to(root).parts) >= DEEPEST
        below[:] = [] if deep else [name for name in below if not name.startswith(PREFIX)]
