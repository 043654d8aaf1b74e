"""The docs on the site: the Markdown of the repository, rendered by Sphinx with MyST."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGES = ("README.md", "INSTRUCTORS.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/*.md")
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#]+)(#[^)]*)?\)")


def build(root: Path, folder: Path) -> None:
    """Render the docs of the course in `root` into the folder.

    Raises ValueError with Sphinx's warnings if there are any: a link that leads nowhere is one.
    """
    with tempfile.TemporaryDirectory() as room:
        staged, kept = Path(room, "staged"), Path(room, "kept")
        stage(root, staged)
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-d", kept, staged, folder],
            env={**os.environ, "PYTHONHASHSEED": "0"},  # the same order of words in the search index
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise ValueError(f"The docs could not be made:\n{done.stderr.strip()}")
    shutil.rmtree(folder / "_sources", ignore_errors=True)
    (folder / ".buildinfo").unlink(missing_ok=True)


def stage(root: Path, folder: Path) -> None:
    """Copy what Sphinx reads into the folder: pages, pictures, settings."""
    shutil.copytree(
        root / ".github/pictures", folder / ".github/pictures", ignore=shutil.ignore_patterns("*.py")
    )
    for path in (path for pattern in PAGES for path in sorted(root.glob(pattern))):
        page = folder / path.relative_to(root)
        page.parent.mkdir(exist_ok=True)
        page.write_text(without_code_links(path.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "_static").mkdir()
    for name, place in {"conf.py": ".", "index.md": ".", "docs.css": "_static", "docs.js": "_static"}.items():
        shutil.copy(HERE / name, folder / place)


def without_code_links(text: str) -> str:
    """Return Markdown in which links to files of the repository that are no pages are only their words."""
    return LINK.sub(lambda link: link[0] if _is_page(link[2]) else link[1], text)


def _is_page(target: str) -> bool:
    return "://" in target or target.endswith((".md", ".html"))
