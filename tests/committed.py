"""A new clone with the course as git would have it if it were committed now."""

import shutil
import subprocess
from pathlib import Path

from ours import ROOT


def git(folder: Path, *words: str) -> str:
    """Run git in the folder, with the name of an author."""
    named = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false"]
    return subprocess.run(
        ["git", *named, *words], cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


def committed(folder: Path) -> Path:
    """Copy every file of the project into the folder and commit it there; return the folder."""
    for name in filter(None, git(ROOT, "ls-files", "-coz", "--exclude-standard").split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The course as it is")
    return folder
