"""What a command takes, with all the processes that it starts: seconds, CPU seconds, memory."""

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

EVERY = 0.1  # seconds between two looks

Tree = list[psutil.Process]


@dataclass(frozen=True)
class Taken:
    """Seconds, CPU seconds of all processes, and the most memory at a time, in MB (0 if nobody asked)."""

    seconds: float
    cpu: float
    memory: float


def watch(
    command: Sequence[str], trees: Callable[[psutil.Process], Iterable[Tree]] | None = None, **options: Any
) -> Taken:
    """Run a command to its end. Raises RuntimeError if it fails.

    trees: of which processes the memory is added up, given the command's own; the largest sum counts.
    options: of subprocess.Popen.
    """
    begin, before, cpu, memory = time.perf_counter(), _waited_for(), {}, 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options) as started:
        root = psutil.Process(started.pid)
        while not _has_ended(started):
            with contextlib.suppress(psutil.Error):  # a process that ends while it is looked at
                cpu |= dict(_cpu_of([root, *root.children(recursive=True)]))
                memory = max([memory, *(pss(tree) for tree in (trees(root) if trees else []))])
        said = started.stdout.read() if started.stdout else b""
    if started.wait():
        raise RuntimeError(f"{' '.join(command)} failed:\n{said.decode(errors='replace')[-2000:]}")
    # Each misses some: processes that nobody waited for, and what was done after the last look.
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
    """The command and all below it, as one."""
    return [[root, *root.children(recursive=True)]]


def pss(processes: Iterable[psutil.Process]) -> float:
    """Return the memory of these processes in MB; what several share is counted in parts, once in all."""
    return sum(map(_pss, processes))


def _pss(process: psutil.Process) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0
