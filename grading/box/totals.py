"""What a box uses in all: limited by a control group where one can be had, else watched.

Limits that a process sets for itself hold for one process (memory) or for one user. A box has
many processes, so somebody must look at the sum.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil

from grading.box.limits import Limits
from grading.owned import PREFIX, is_orphan, own_name
from grading.status import Status

ROOT = Path("/sys/fs/cgroup")
EVERY = 0.1  # seconds between two looks
MANY = 50  # looks at which a box is over its memory, before it is ended
DEEPEST = 3  # levels of groups that are looked through for ours
OLD = 3600.0  # seconds after which an empty group is nobody's


class Group:
    """A control group, of version 1 or 2: the kernel keeps the limits."""

    in_force = "memory and processes of a box are limited by a control group"

    def __init__(self, folders: list[Path], settings: Mapping[Path, int]):
        self.folders = folders
        for folder in folders:
            folder.mkdir(parents=True)
        try:
            for file, most in settings.items():
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
            return set(map(int, (self.folders[0] / "cgroup.procs").read_text().split()))
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


class Watch:
    """Without a control group: a thread that adds up, and does what the kernel would do with one.

    Where memory is over the limit, it kills the largest processes until it is not. Where there are too many
    processes, or killing does not help, it ends the box.
    """

    in_force = f"memory and processes of a box are added up every {EVERY:g} s (no control group could be had)"
    entries: list[str] = []

    def __init__(self, limits: Limits):
        self.limits, self.over = limits, threading.Event()
        self.counted: Counter[Status] = Counter()
        self.ended = False
        self.process = 0

    def watch(self, process: int) -> None:
        self.process = process
        threading.Thread(target=self._look, args=(process,), daemon=True).start()

    def _look(self, process: int) -> None:
        with contextlib.suppress(psutil.Error):
            root = psutil.Process(process)
            while not self.over.wait(EVERY):
                if not self._keeps_to(root.children(recursive=True)):
                    self.ended = True
                    root.kill()
                    return

    def _keeps_to(self, processes: list[psutil.Process]) -> bool:
        """Bring the processes back within the limits; return False where only the end of the box does it."""
        if len(processes) > self.limits.processes + 3:  # bubblewrap's own
            self.counted[Status.PROCESS_LIMIT] += 1
            return False
        sizes = sorted(((_memory(each), each) for each in processes), key=lambda pair: -pair[0])
        used, most = sum(size for size, _ in sizes), self.limits.memory_mb * 2**20
        self.counted[Status.MEMORY_LIMIT] += used > most
        for size, each in sizes:
            if used > most:
                used -= size
                with contextlib.suppress(psutil.Error):
                    each.kill()
        return self.counted[Status.MEMORY_LIMIT] < MANY

    def members(self) -> set[int]:
        """The numbers of the processes of the box; not of those that have ended and wait to be reaped."""
        with contextlib.suppress(psutil.Error):
            return {each.pid for each in psutil.Process(self.process).children(recursive=True) if _runs(each)}
        return set()

    def hits(self) -> dict[Status, int]:
        """How often each limit was hit so far."""
        return dict(self.counted)

    def is_over(self) -> bool:
        """Whether the box has been ended."""
        return self.ended

    def close(self) -> None:
        self.over.set()


def _runs(process: psutil.Process) -> bool:
    """Whether it runs: also where its first thread has ended, and another one goes on."""
    with contextlib.suppress(psutil.Error):
        ended = process.status() in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
        return not ended or process.num_threads() > 1
    return False


def _memory(process: psutil.Process) -> int:
    """A process's share of memory: what several share is divided among them."""
    with contextlib.suppress(psutil.Error, OSError, AttributeError):
        return process.memory_full_info().pss or _memory_of_threads(process.pid)
    return 0


def _memory_of_threads(process: int) -> int:
    """The same, of a process whose first thread has ended: the books are kept with the others."""
    for thread in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(OSError):
            words = dict(
                line.split(":", 1) for line in (thread / "smaps_rollup").read_text().splitlines()[1:]
            )
            return int(words["Pss"].split()[0]) * 1024
    return 0


def open_totals(limits: Limits, root: Path = ROOT) -> Group | Watch:
    """Return a control group of one box's own, or what watches instead."""
    for make in (_version_2, _version_1):
        with contextlib.suppress(OSError, KeyError):
            return make(limits, root)
    return Watch(limits)


def _version_1(limits: Limits, root: Path) -> Group:
    name, own = own_name(), _own_groups()
    memory, pids = (root / each / own[each].lstrip("/") for each in ("memory", "pids"))
    if not (memory / "memory.limit_in_bytes").exists() and not (pids / "cgroup.procs").exists():
        raise FileNotFoundError("no version 1")
    most = limits.memory_mb * 2**20
    settings = {memory / name / "memory.limit_in_bytes": most, pids / name / "pids.max": _processes(limits)}
    if (memory / "memory.memsw.limit_in_bytes").exists():
        settings[memory / name / "memory.memsw.limit_in_bytes"] = most
    return Group([memory / name, pids / name], settings)


def _version_2(limits: Limits, root: Path) -> Group:
    """A group of its own below the root of all: that takes root's rights."""
    if not {"memory", "pids"} <= set((root / "cgroup.controllers").read_text().split()):
        raise FileNotFoundError("no version 2 with these controllers")
    (root / "cgroup.subtree_control").write_text("+memory +pids")
    folder = root / own_name()
    settings = {folder / "memory.max": limits.memory_mb * 2**20, folder / "pids.max": _processes(limits)}
    if (folder.parent / "memory.swap.max").exists() or Path("/proc/swaps").exists():
        settings[folder / "memory.swap.max"] = 0
    return Group([folder], settings)


def _processes(limits: Limits) -> int:
    return limits.processes + 8  # bubblewrap's own; the limit of the user is hit first, and politely


def _own_groups() -> dict[str, str]:
    """Where this process is in each hierarchy of version 1."""
    lines = Path("/proc/self/cgroup").read_text().splitlines()
    split = (line.split(":", 2) for line in lines)
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
