"""Start the course: install its packages into .venv (once), and open JupyterLab.

python start.py             installs the packages if they are missing, and opens JupyterLab
python start.py install     only installs the packages; then an editor can use .venv
Options of JupyterLab can follow:  python start.py --no-browser
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOM = HERE / ".venv"
PYTHON = ROOM / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = HERE / "requirements.lock"
INSTALLED = ROOM / "installed-from.txt"  # a file with the checksum of the lock that was installed


def main(words: list[str]) -> int:
    """Install the packages, and open JupyterLab with these options; return the exit status."""
    if sys.version_info < (3, 11):
        return say(
            f"The course needs Python 3.11 or later, but this is {sys.version.split()[0]}. See README.html."
        )
    if not is_installed() and not install():
        return 1
    if words == ["install"]:
        return say(f"Done. In your editor, choose this Python for the notebooks: {PYTHON}", status=0)
    settings = {**os.environ, "JUPYTER_CONFIG_PATH": str(HERE / "etc" / "jupyter")}
    try:
        return subprocess.run(
            [PYTHON, "-m", "jupyterlab", "notebooks", *words], cwd=HERE, env=settings
        ).returncode
    except KeyboardInterrupt:  # people stop JupyterLab with Ctrl + C
        return 0


def is_installed() -> bool:
    """Tell whether .venv has the packages of this lock."""
    return PYTHON.exists() and INSTALLED.exists() and INSTALLED.read_text() == checksum()


def install() -> bool:
    """Make a new .venv, and install the packages of the lock into it. Tell whether this succeeded."""
    say("Installing the course into .venv. This needs the network, takes a few minutes, and is needed once.")
    made = run(sys.executable, "-m", "venv", "--clear", ROOM)
    if not made:
        say(
            "Python could not make the folder .venv. On Debian, install python3-venv. "
            "You can also use uv: see README.html."
        )
        return False
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "-r", LOCK]
    if not run(PYTHON, "-m", "pip", "install", *options):
        say("pip could not install the packages. Read pip's last lines, check the network, and try again.")
        return False
    INSTALLED.write_text(checksum())
    return True


def checksum() -> str:
    """Return the checksum of the lock, which tells it from other locks."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def run(*command: object) -> bool:
    """Run a command in this folder and tell whether it succeeded."""
    return subprocess.run([str(word) for word in command], cwd=HERE).returncode == 0


def say(sentence: str, status: int = 1) -> int:
    """Print a sentence; return the exit status."""
    print(sentence, flush=True, file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
