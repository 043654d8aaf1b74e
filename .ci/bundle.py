"""Bundle explorer/view/ into explorer/static/. Bundling needs Node.js, but using the course does not.

python .ci/bundle.py                  fails if bundling is not possible
python .ci/bundle.py --if-possible    then does not change the bundle, and says why
python .ci/bundle.py --page FOLDER    bundles the page that plays EM without a kernel into FOLDER
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

EXPLORER = Path(__file__).resolve().parents[1] / "explorer"
VIEW, STATIC = EXPLORER / "view", EXPLORER / "static"
BUNDLE = ("explorer.js", "explorer.css")
LOCK, PACKAGES = VIEW / "package-lock.json", VIEW / "node_modules"
INSTALLED = PACKAGES / ".installed-from"  # the lock that the packages were installed from
HOW = "on Debian and Ubuntu: sudo apt install nodejs npm"


class NotPossible(Exception):
    """The error if Node.js, npm or a package is missing. Its sentence says which."""


def main(words: list[str]) -> int:
    """Bundle, and return the exit status. It is also 0 if bundling is neither possible nor required."""
    try:
        install()
    except NotPossible as error:
        left_alone = "--if-possible" in words
        print(f"{'The explorer was not bundled anew: ' if left_alone else ''}{error}", file=sys.stderr)
        return 0 if left_alone else 1
    return build(Path(words[1]), "page") if words[:1] == ["--page"] else build(STATIC)


def install() -> None:
    """Install the packages that the lock names, unless they are installed. Raises NotPossible."""
    npm, lock = _programs()[1], LOCK.read_text(encoding="utf-8")
    if INSTALLED.exists() and INSTALLED.read_text(encoding="utf-8") == lock:
        return
    done = subprocess.run(
        [npm, "ci", "--prefer-offline"], cwd=VIEW, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        raise NotPossible(f"npm could not install what {LOCK.name} names.\n{done.stderr.strip()}")
    INSTALLED.write_text(lock, encoding="utf-8")


def build(folder: Path, *which: str) -> int:
    """Write the bundle into the folder and return the exit status of Node, which says what is wrong."""
    return subprocess.run([_programs()[0], "build.js", str(folder.resolve()), *which], cwd=VIEW).returncode


def _programs() -> tuple[str, str]:
    """Return the paths of node and npm. Raises NotPossible if one is missing, or if Node.js is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        missing = " and ".join(name for name, path in (("Node.js", node), ("npm", npm)) if not path)
        raise NotPossible(f"{missing} cannot be found ({HOW}).")
    asked = json.loads((VIEW / "package.json").read_text(encoding="utf-8"))["engines"]["node"]
    least = int(re.search(r"\d+", asked).group())
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    if int(re.search(r"\d+", version).group()) < least:
        raise NotPossible(f"Node.js {least} or later is needed, and {node} is {version}.")
    return node, npm


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
