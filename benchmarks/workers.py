"""A dask scheduler and its workers as processes of this machine, which end when they are no longer needed."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
STARTING = 60.0  # the processes may take so many seconds to start or to end
SCHEDULER = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
WORKER = ["distributed.cli.dask_worker", "--host", "127.0.0.1", "--nthreads", "1", "--memory-limit", "0"]


class Machines:
    """A scheduler and the workers that join it.

    folder: the folder for files that they write. paths: folders that they import from first.
    """

    def __init__(self, folder: Path, paths: tuple[Path, ...] = (ROOT,)):
        self.folder, self.paths = folder, paths
        self.scheduler, self.workers = None, []
        self.start()

    def start(self, port: int = 0) -> None:
        """Start the scheduler; its address is in `address`."""
        told = self.folder / "scheduler.json"
        told.unlink(missing_ok=True)
        command = [*SCHEDULER, "--scheduler-file", str(told)]
        command[command.index("--port") + 1] = str(port)
        self.scheduler = self._process(command, self.paths)
        end = time.monotonic() + STARTING
        while not told.exists() and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.05)  # the file may exist before all of it is written
        self.address = json.loads(told.read_text())["address"]

    def join(
        self,
        *options: str,
        paths: tuple[Path, ...] = (),
        settings: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a worker (with --nworkers several), and the process that restarts workers.

        paths: folders that it imports from before all others. settings: variables of its environment.
        """
        command = [*WORKER, "--no-dashboard", "--local-directory", str(self.folder), self.address, *options]
        self.workers.append(self._process(command, (*paths, *self.paths), settings))
        return self.workers[-1]

    def _process(
        self, command: list[str], paths: tuple[Path, ...], settings: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths)), **(settings or {})}
        log = (self.folder / "log.txt").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", *command],
                env=environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def close(self) -> None:
        """Kill the scheduler and all workers, whatever they are doing."""
        for process in [*self.workers, self.scheduler]:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all processes that it has started. It dies first, so that it cannot restart them."""
    started = []
    with contextlib.suppress(psutil.Error):
        started = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    for each in started:
        with contextlib.suppress(psutil.Error):
            each.kill()
    psutil.wait_procs(started, STARTING)


@contextlib.contextmanager
def machines(folder: Path, workers: int, paths: tuple[Path, ...] = (ROOT,)) -> Iterator[Machines]:
    """Yield a scheduler with so many workers, which end with the `with` block."""
    made = Machines(folder, paths)
    try:
        for _ in range(workers):
            made.join()
        yield made
    finally:
        made.close()
