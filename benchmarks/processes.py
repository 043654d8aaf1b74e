"""Measure a function in a separate process: the seconds for one iteration, and the peak memory.

A contender is a function that prepares its data and returns `run(iterations)`. The process times a short run
and a longer run. The difference is the time of the additional iterations, without any set-up. The process
also returns the result of the longer run, so that contenders can be compared.
"""

from __future__ import annotations

import importlib
import json
import re
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPEATS = 5


@dataclass(frozen=True)
class Measured:
    """The seconds for one iteration, the whole process's peak memory in MB, and the result of the run."""

    seconds: float
    peak: float
    value: Any


def measure(contender: str, iterations: int = 6, repeats: int = REPEATS, **kwargs: Any) -> Measured:
    """Run "module:function" in a new process and return what it measured."""
    job = {"contender": contender, "iterations": iterations, "repeats": repeats, "kwargs": kwargs}
    command = [sys.executable, "-m", "benchmarks.processes"]
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{contender} failed:\n{done.stderr[-2000:]}")
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _work(contender: str, iterations: int, repeats: int, kwargs: dict[str, Any]) -> dict[str, Any]:
    module, function = contender.split(":")
    run = getattr(importlib.import_module(module), function)(**kwargs)
    value = run(iterations)  # this run also warms up caches
    taken = [_seconds(run, iterations) - _seconds(run, 1) for _ in range(repeats)]
    return {"seconds": statistics.median(taken) / (iterations - 1), "peak": _peak(), "value": value}


def _peak() -> float:
    """Return the peak memory of this process in MB.

    On Linux, getrusage would also count the parent process's memory from before this program was loaded.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text()).group(1)) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # macOS counts bytes


def _seconds(run: Any, iterations: int) -> float:
    begin = time.perf_counter()
    run(iterations)
    return time.perf_counter() - begin


if __name__ == "__main__":
    print(json.dumps(_work(**json.loads(sys.stdin.read()))))
