"""A real JupyterHub with users of the system and nbgrader's exchange. Nothing of it stays on this machine.

Everything runs in a separate mount namespace, a view of the machine. There /srv is a folder of the test, and
three users have a line in /etc/passwd. The commands of instructor and administrator are those of docs/hub.md.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from importlib.metadata import version
from pathlib import Path

import psutil
from lab import free_port
from ordinary_user import own
from ours import ROOT

from release.wheel import build

HERE = ROOT / "tests" / "hub"
CACHE = ROOT / ".pytest_cache" / "hub"
PYTHON = os.path.realpath(sys.executable)
FIRST, MANY = 51_000, 1_000  # numbers of users that no system gives; each process of tests has others
USERS = ("prof", "ada", "bob")
COURSE = "/srv/people/prof/course"
SECONDS = 120


def proxy_program() -> Path:
    """Install the hub's proxy with the version of the lock file, if it is not there; return its program."""
    CACHE.mkdir(parents=True, exist_ok=True)
    lock, installed = (HERE / "package-lock.json").read_text(), CACHE / "package-lock.json"
    if not (CACHE / "node_modules").exists() or installed.read_text() != lock:
        for name in ("package.json", ".npmrc", "package-lock.json"):
            shutil.copy(HERE / name, CACHE)
        subprocess.run(["npm", "ci", "--prefer-offline"], cwd=CACHE, check=True, capture_output=True)
    return CACHE / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"


class HubMachine:
    """The view of the machine: its users, their homes, a clone and the students' environment."""

    def __init__(self, folder: Path):
        self.folder, self.hub = folder, None
        first = FIRST + len(USERS) * (os.getpid() % MANY)
        self.numbers = {name: first + n for n, name in enumerate(USERS)}
        folder.chmod(0o755)
        (folder / "hub").mkdir(mode=0o700)
        for name, number in self.numbers.items():
            (folder / "people" / name).mkdir(parents=True)
            (folder / "people" / name).chmod(
                0o755 if name == "prof" else 0o700
            )  # docs/hub.md asks for this mode of students' homes
            own(folder / "people" / name, number)
        self._write_users()
        command = ["unshare", "--mount", "sh", HERE / "inside.sh", folder]
        self.holder = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self.holder.stdout.readline() == b"ready\n"

    def _write_users(self) -> None:
        for name, line in {
            "passwd": "{0}:x:{1}:{1}::/srv/people/{0}:/bin/sh\n",
            "group": "{0}:x:{1}:\n",
        }.items():
            told = "".join(line.format(*user) for user in self.numbers.items())
            (self.folder / name).write_text(Path("/etc", name).read_text() + told)

    def run(self, *words: object, user: str = "root", cwd: str = "/srv", **env: str):
        """Run a program in this view as a user, and return the finished process."""
        settings = {"env": self._environment(user) | env, "capture_output": True, "text": True}
        return subprocess.run(self._command(words, user, cwd), timeout=900, check=False, **settings)

    def does(self, *words: object, **more: str) -> str:
        """Run a program that must succeed; return everything that it prints."""
        done = self.run(*words, **more)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def _command(self, words: object, user: str, cwd: str) -> list[str]:
        enter = ["nsenter", f"--mount=/proc/{self.holder.pid}/ns/mnt", f"--wdns={cwd}"]
        number = self.numbers.get(user)
        become = ["setpriv", f"--reuid={number}", f"--regid={number}", "--clear-groups"] if number else []
        return [*enter, *become, *map(str, words)]

    def _environment(self, user: str) -> dict[str, str]:
        """Return the environment of a user's programs. The administrator's have that of this process."""
        if user == "root":
            return dict(os.environ)
        names = {"HOME": f"/srv/people/{user}", "USER": user, "LOGNAME": user}
        return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", **names}

    def install(self, line: str) -> None:
        """Give the instructor a clone with its environment, and the students what a line of pip names.

        uv installs the versions of the lock file, which it has in its cache.
        """
        course = self.folder / "people" / "prof" / "course"
        listed = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
            "\0"
        )
        for name in filter(None, names):
            if (ROOT / name).is_file():
                (course / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, course / name)
        own(course, self.numbers["prof"])
        self.does("make", "-s", ".venv/ready", f"PYTHON={PYTHON}", cwd=COURSE)
        uv, env = f"{COURSE}/.venv/bin/uv", "/srv/students-env"
        wheel = build(ROOT, self.folder / "wheel", datetime.date.today())
        self.does(uv, "venv", "--quiet", "--python", PYTHON, env)
        line = line.replace("WHEEL", f"/srv/wheel/{wheel.name}").replace("VERSION", version("jupyterhub"))
        words = line.split()
        assert words[:4] == [f"{env}/bin/python", "-m", "pip", "install"]
        pinned = ["--constraint", f"{COURSE}/requirements.lock"]
        self.does(uv, "pip", "install", "--quiet", "--python", f"{env}/bin/python", *pinned, *words[4:])
        self._show_python()

    def _show_python(self) -> None:
        """Let everybody reach the interpreter, even if it is in a closed home folder."""
        code = "import sys, pathlib, ordinary_user as it; it.show([*map(pathlib.Path, sys.argv[1:])])"
        places = [ROOT, sys.prefix, sys.base_prefix, Path(shutil.which("node")).resolve().parent]
        self.does(sys.executable, "-c", code, *places, PYTHONPATH=str(ROOT / "tests"))

    def start_hub(self) -> str:
        """Start the hub, and return its address."""
        self.port = free_port()
        ports = {name: str(free_port()) for name in ("HUB_API_PORT", "HUB_PROXY_PORT")}
        programs = {"HUB_NODE": shutil.which("node"), "HUB_PROXY": str(proxy_program())}
        env = self._environment("root") | ports | programs | {"HUB_PORT": str(self.port)}
        words = [sys.executable, "-m", "jupyterhub", "--config", HERE / "jupyterhub_config.py"]
        log = (self.folder / "hub" / "log.txt").open("ab")
        with log:
            command = self._command(words, "root", "/srv/hub")
            self.hub = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)
        return self._answers(f"http://127.0.0.1:{self.port}")

    def _answers(self, address: str) -> str:
        stop = time.monotonic() + SECONDS
        while time.monotonic() < stop and self.hub.poll() is None:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/hub/api", timeout=5).close()
                return address
            time.sleep(0.2)
        raise AssertionError(self.log[-3000:])

    @property
    def log(self) -> str:
        return (self.folder / "hub" / "log.txt").read_text(errors="replace")

    def close(self) -> None:
        """End all processes in this view. The view ends with them."""
        if self.hub:
            self.hub.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.hub.wait(timeout=30)
        numbers = {*self.numbers.values()}
        for process in psutil.process_iter(["uids"]):
            if process.info["uids"] and process.info["uids"].real in numbers:
                with contextlib.suppress(psutil.Error):
                    process.kill()
        self.holder.kill()
        self.holder.wait()
        for name in ("people", "students-env"):  # these folders hold environments of two gigabytes
            shutil.rmtree(self.folder / name, ignore_errors=True)
