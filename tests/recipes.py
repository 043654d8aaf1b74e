"""The recipes of docs/many-machines.md as programs: the tests run the text of the page."""

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
SECONDS = 90  # seconds that anything may take
MINE = "RECIPES_OF"  # a variable in all processes that a test has started; its value is their folder
PYTHON = {"COURSE/.venv/bin/python": sys.executable}


def blocks(heading, language=""):
    """Return the fenced blocks of this language in the section with this heading."""
    return re.findall(rf"^```{language}\n(.*?)^```$", SECTIONS[heading], re.M | re.S)


def filled(block, names):
    """Return a block with readers' own values in place of these names. Each name must be in the block."""
    for name, own in names.items():
        assert name in block, f"{name} is not in:\n{block}"
        block = block.replace(name, str(own))
    return block


def until(true):
    """Wait until a condition is true, and return its value; AssertionError if it never is."""
    latest = time.monotonic() + SECONDS
    while not (found := true()):
        assert time.monotonic() < latest
        time.sleep(0.1)
    return found


class Machine:
    """A folder with the programs that were started in it. When the context ends, all of them are ended."""

    def __init__(self, folder):
        self.folder, self.started = folder, []
        self.environment = {**os.environ, "HOME": str(folder), MINE: str(folder)}
        self.environment["DASK_TEMPORARY_DIRECTORY"] = str(folder)
        self.environment.pop("TMPDIR", None)  # as on a machine that does not set it
        paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
        self.environment["PYTHONPATH"] = os.pathsep.join(filter(None, paths))

    def start(self, *command, **options):
        """Start a program. Its output is in a file in the folder."""
        log = (self.folder / "log.txt").open("ab")
        settings = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "cwd": self.folder}
        settings |= {"env": self.environment, "preexec_fn": heed_ctrl_c}
        with log:
            process = subprocess.Popen(list(map(str, command)), **settings | options)
        self.started.append(process)
        return process

    def run(self, *command, **options):
        """Run a program to its end, and return its output."""
        options = {"cwd": self.folder, "capture_output": True, "text": True, "timeout": 300} | options
        return subprocess.run(list(map(str, command)), env=self.environment, check=False, **options)

    @property
    def log(self):
        return (self.folder / "log.txt").read_text(errors="replace")

    def left(self):
        """Return the command lines of this machine's programs, and of their children, that still run."""
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
    """The Python block of a recipe, which runs until somebody presses Enter."""

    def __init__(self, machine, code):
        path = machine.folder / "recipe.py"
        path.write_text(code)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = machine.start(sys.executable, path, **pipes)
        self.address = self.process.stdout.readline().strip()

    def enter(self):
        """Press Enter, so that the program ends; return its exit code."""
        self.process.communicate("\n", timeout=SECONDS)
        return self.process.returncode
