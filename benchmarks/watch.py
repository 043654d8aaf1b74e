"""The seconds, CPU seconds and memory that a command takes, with all processes that it starts."""

from __future__ import annotations

import contextlib
import resource
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

EVERY = 0.1  # seconds between two looks at the processes

Tree = list[psutil.Process]


@dataclass(frozen=True)
class Taken:
    """The seconds, the CPU seconds of all processes, and the largest memory at one time, in MB.

    memory: 0 if it was not measured.
    """

    seconds: float
    cpu: float
    memory: float


def watch(
    command: Sequence[str], trees: Callable[[psutil.Process], Iterable[Tree]] | None = None, **options: Any
) -> Taken:
    """Run a command to its end. Raises RuntimeError if it fails.

    trees: returns groups of processes, given the process of the command. The memory of each group is added
    up, and the largest sum counts. options: options of subprocess.Popen.
    """
    begin, before, cpu, memory = time.perf_counter(), _waited_for(), {}, 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options) as started:
        root = psutil.Process(started.pid)
        while not _has_ended(started):
            with contextlib.suppress(psutil.Error):  # a process may end while it is looked at
                cpu |= dict(_cpu_of([root, *root.children(recursive=True)]))
                memory = max([memory, *(pss(tree) for tree in (trees(root) if trees else []))])
        said = started.stdout.read() if started.stdout else b""
    if started.wait():
        raise RuntimeError(f"{' '.join(command)} failed:\n{said.decode(errors='replace')[-2000:]}")
    # Each number misses some time. The first misses processes that nobody waited for, the second misses the
    # time after the last look. So the larger number counts.
    taken = max(_waited_for() - before, sum(cpu.values()))
    return Taken(time.perf_counter() - begin, taken, memory)


def _has_ended(started: subprocess.Popen[bytes]) -> bool:
    with contextlib.suppress(subprocess.TimeoutExpired):
        started.wait(EVERY)
    return started.returncode is not None


def _waited_for() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _cpu_of(processes: Tree) -> Iterator[tuple[tuple[int, float], float]]:
    for each in processes:
        with contextlib.suppress(psutil.Error):
            times = each.cpu_times()
            yield (each.pid, each.create_time()), times.user + times.system


def whole(root: psutil.Process) -> list[Tree]:
    """Return the command and all processes below it as one group."""
    return [[root, *root.children(recursive=True)]]


def pss(processes: Iterable[psutil.Process]) -> float:
    """Return the memory of these processes in MB. Memory that several share is divided among them (PSS)."""
    return sum(map(_pss, processes))


def _pss(process: psutil.Process) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0
