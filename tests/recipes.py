"""The recipes of docs/many-machines.md, as programs: what is written there is what a test runs."""

import contextlib
import os
import re
import subprocess
import sys
import time

import psutil
from ctrl_c import heed_ctrl_c
from ours import ROOT

from benchmarks.workers import end

TEXT = (ROOT / "docs" / "many-machines.md").read_text(encoding="utf-8")
_, *PARTS = re.split(r"(?:\A#|^##+) (.*)\n", TEXT, flags=re.M)
SECTIONS = dict(zip(PARTS[::2], PARTS[1::2]))
SECONDS = 90  # that anything may take until it is so
MINE = "RECIPES_OF"  # a variable of all processes that a test has started, with its folder
PYTHON = {"COURSE/.venv/bin/python": sys.executable}


def blocks(heading, language=""):
    """The fenced blocks of this language in the section with this heading."""
    return re.findall(rf"^```{language}\n(.*?)^```$", SECTIONS[heading], re.M | re.S)


def filled(block, names):
    """A block with what everybody replaces by something of one's own. Each of these is in it."""
    for name, own in names.items():
        assert name in block, f"{name} is not in:\n{block}"
        block = block.replace(name, str(own))
    return block


def until(true):
    """Wait until something is so, and return it; AssertionError if it never is."""
    latest = time.monotonic() + SECONDS
    while not (found := true()):
        assert time.monotonic() < latest
        time.sleep(0.1)
    return found


class Machine:
    """A folder, with what has been started in it: it is all ended when this is left."""

    def __init__(self, folder):
        self.folder, self.started = folder, []
        self.environment = {**os.environ, "HOME": str(folder), MINE: str(folder)}
        self.environment["DASK_TEMPORARY_DIRECTORY"] = str(folder)
        self.environment.pop("TMPDIR", None)  # as where there is none
        paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
        self.environment["PYTHONPATH"] = os.pathsep.join(filter(None, paths))

    def start(self, *command, **options):
        """Start a program; what it says is in a file beside it."""
        log = (self.folder / "log.txt").open("ab")
        settings = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "cwd": self.folder}
        settings |= {"env": self.environment, "preexec_fn": heed_ctrl_c}
        with log:
            process = subprocess.Popen(list(map(str, command)), **settings | options)
        self.started.append(process)
        return process

    def run(self, *command, **options):
        """Run a program to its end, and return what it says."""
        options = {"cwd": self.folder, "capture_output": True, "text": True, "timeout": 300} | options
        return subprocess.run(list(map(str, command)), env=self.environment, check=False, **options)

    @property
    def log(self):
        return (self.folder / "log.txt").read_text(errors="replace")

    def left(self):
        """The command lines of what runs of it, and of all that this has started."""
        return [each.info["cmdline"] for each in self._mine()]

    def _mine(self):
        running = psutil.process_iter(["environ", "status", "cmdline"])
        return [each for each in running if (each.info["environ"] or {}).get(MINE) == str(self.folder)]

    def close(self):
        for process in reversed(self.started):
            end(process)
        for each in self._mine():
            with contextlib.suppress(psutil.Error):
                each.kill()


class Script:
    """A recipe's Python block, that runs until somebody presses Enter."""

    def __init__(self, machine, code):
        path = machine.folder / "recipe.py"
        path.write_text(code)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = machine.start(sys.executable, path, **pipes)
        self.address = self.process.stdout.readline().strip()

    def enter(self):
        """Press Enter: it ends; return with which code."""
        self.process.communicate("\n", timeout=SECONDS)
        return self.process.returncode
