"""Control groups: the kernel adds up what a box uses, and keeps it within its limits.

Root may make groups anywhere. An ordinary user may make them within a group that was handed over, as
systemd does, see grading/box/scope.py. A group of version 2 that has processes of its own can have no
groups with limits below it, so what runs in it goes into a group of its own first.
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
DEEPEST = 6  # levels of groups that are looked through for ours
OLD = 3600.0  # seconds after which an empty group is nobody's
RUNNER = "runner"  # how the name ends of the group for the processes that mark


class Group:
    """A control group, of version 1 or 2: the kernel keeps the limits.

    also: settings that this kernel may not have.
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
        """The files to which a process writes its number to be in here."""
        return [str(folder / "cgroup.procs") for folder in self.folders]

    def watch(self, process: int) -> None:
        """Nothing to do: the kernel does it."""

    def members(self) -> set[int]:
        """The numbers of the processes in here."""
        with contextlib.suppress(OSError):
            return _processes_in(self.folders[0])
        return set()

    def hits(self) -> dict[Status, int]:
        """How often each limit was hit so far."""
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
        """The kernel ends single processes, not the box."""
        return False

    def close(self) -> None:
        """Remove it; its processes may take a moment to be gone."""
        for folder in self.folders:
            for _ in range(100):
                with contextlib.suppress(OSError):
                    folder.rmdir()
                if not folder.exists():
                    break
                time.sleep(0.02)


def own_group(limits: Limits, root: Path = ROOT) -> Group | None:
    """Return a new group for one box; None where this process may make none."""
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
    return limits.processes + 8  # bubblewrap's own; the limit of the user is hit first, and politely


def _home(root: Path) -> Path:
    """The group of version 2 in which boxes get theirs: below all for root, else in what was handed over."""
    mine = _handed_over(root)
    for folder, share_out in ((root, _share_out), (mine, _move_and_share_out)):
        with contextlib.suppress(OSError):
            share_out(folder)
            return folder
    raise FileNotFoundError("no group of version 2 in which groups can be made")


def _handed_over(root: Path) -> Path:
    """The group of this process; the one above it, if a run of ours has moved it."""
    own = root / _groups_of_this_process()[""].lstrip("/")
    return own.parent if own.name.startswith(PREFIX) and own.name.endswith(RUNNER) else own


def _share_out(folder: Path) -> None:
    """Let the groups below this one have limits. Raises OSError where that may not be."""
    if not set(CONTROLLERS) <= set((folder / "cgroup.controllers").read_text().split()):
        raise FileNotFoundError(f"{folder} has no limits to share out")
    shared = folder / "cgroup.subtree_control"
    if not (set(CONTROLLERS) <= set(shared.read_text().split()) and os.access(folder, os.W_OK)):
        shared.write_text(" ".join(f"+{each}" for each in CONTROLLERS))


def _move_and_share_out(folder: Path) -> None:
    """The same for a group in which this process runs, with nobody else's processes."""
    if _processes_in(folder) <= _kin():
        _move_processes(folder)
    _share_out(folder)


def _kin() -> set[int]:
    """This process, those above it and those below: nobody else's are moved."""
    here = psutil.Process()
    return {here.pid, *(each.pid for each in here.parents() + here.children(recursive=True))}


def _move_processes(folder: Path) -> None:
    """Move what runs in a group into one below it, also what is started meanwhile."""
    runner = folder / f"{own_prefix()}{RUNNER}"
    runner.mkdir(exist_ok=True)
    while numbers := _processes_in(folder):
        for number in numbers:
            with contextlib.suppress(ProcessLookupError):
                (runner / "cgroup.procs").write_text(str(number))


def _processes_in(folder: Path) -> set[int]:
    return set(map(int, (folder / "cgroup.procs").read_text().split()))


def _groups_of_this_process() -> dict[str, str]:
    """Where this process is: by controller in version 1, by "" in version 2."""
    split = (line.split(":", 2) for line in MINE.read_text().splitlines())
    return {name: path for _, names, path in split for name in names.split(",")}


def forget_empty(root: Path = ROOT) -> None:
    """Remove groups that a run which was killed has left behind; those in use cannot be removed."""
    for folder in _groups(root):
        with contextlib.suppress(OSError):
            # A box may be about to enter a new one.
            if is_orphan(folder.name) or time.time() - folder.stat().st_mtime > OLD:
                folder.rmdir()


def _groups(root: Path) -> Iterator[Path]:
    """Our groups, however deep. Other runs may make and remove groups meanwhile, which glob does not bear."""
    for folder, below, _ in os.walk(root):
        yield from (Path(folder, name) for name in below if name.startswith(PREFIX))
        deep = len(Path(folder).relative_to(root).parts) >= DEEPEST
        below[:] = [] if deep else [name for name in below if not name.startswith(PREFIX)]
