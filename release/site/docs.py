"""The docs on the site: the Markdown of the repository, rendered by Sphinx with MyST."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Students can read the site too. README and CONTRIBUTING quote known mistakes, so they are not on it.
PAGES = ("INSTRUCTORS.md", "CHANGELOG.md", "docs/*.md")
PRIVATE = ("docs/teach.md",)  # quotes rubrics, sample answers and known mistakes
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#]+)(#[^)]*)?\)")


def build(root: Path, folder: Path) -> None:
    """Render the docs of the course in `root` into the folder.

    Raises ValueError with Sphinx's warnings if there are any, for example about a broken link.
    """
    with tempfile.TemporaryDirectory() as room:
        staged, kept = Path(room, "staged"), Path(room, "kept")
        stage(root, staged)
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-d", kept, staged, folder],
            # so that the words in the search index always have the same order
            env={**os.environ, "PYTHONHASHSEED": "0"},
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise ValueError(f"The docs could not be made:\n{done.stderr.strip()}")
    shutil.rmtree(folder / "_sources", ignore_errors=True)
    (folder / ".buildinfo").unlink(missing_ok=True)


def stage(root: Path, folder: Path) -> None:
    """Copy the files that Sphinx reads into the folder: pages, pictures, settings."""
    shutil.copytree(
        root / ".github/pictures",
        folder / ".github/pictures",
        ignore=shutil.ignore_patterns("*.py", "check.png"),
    )
    listed = [path for pattern in PAGES for path in sorted(root.glob(pattern))]
    found = [path for path in listed if path.relative_to(root).as_posix() not in PRIVATE]
    for path in found:
        page, text = folder / path.relative_to(root), path.read_text(encoding="utf-8")
        page.parent.mkdir(exist_ok=True)
        page.write_text(without_links(text, {each.name for each in found}), encoding="utf-8")
    (folder / "_static").mkdir()
    for name, place in {"conf.py": ".", "index.md": ".", "docs.css": "_static", "docs.js": "_static"}.items():
        shutil.copy(HERE / name, folder / place)


def without_links(text: str, pages: Collection[str]) -> str:
    """Return Markdown without links to files that are not pages. Their words stay, and web links stay."""

    def is_kept(target: str) -> bool:
        return "://" in target or Path(target).name in pages

    return LINK.sub(lambda link: link[0] if is_kept(link[2]) else link[1], text)
