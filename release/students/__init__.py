"""The students' folder: notebooks, the course's wheel, a lock, and a page that says how to begin."""

from __future__ import annotations

import hashlib
import re
import string
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import jinja2
from markdown_it import MarkdownIt

from release import archives, sources

HERE = Path(__file__).resolve().parent
PAGES = ("how-to-work", "when-it-does-not-work")  # pages of docs/; they are also on the site


def files(root: Path, wheel: Path, version: str, assignments: Sequence[str]) -> dict[str, bytes]:
    """Return the students' files by name, made from the course in `root`.

    wheel: the course's wheel. assignments: the names of the students' assignments, in order; at least one.
    """
    shipped = [name for name in sources.names(root) if _is_shipped(name, assignments)]
    words = {"version": version, "wheel": wheel.name, "first": assignments[0]}
    pages = {name: (root / f"docs/{name}.md").read_text(encoding="utf-8") for name in PAGES}
    pages["README"] = _filled("README.md", words)
    own = {
        **{f"{name}.md": page for name, page in pages.items()},
        **{f"{name}.html": as_page(page) for name, page in pages.items()},
        "start.py": (HERE / "start.py").read_text(encoding="utf-8"),
        "requirements.lock": lock(wheel),
        "environment.yml": environment(root, wheel),
        ".binder/requirements.txt": "-r ../requirements.lock\n",
        ".binder/runtime.txt": "python-3.13\n",
        ".devcontainer/devcontainer.json": _filled("devcontainer.json", words),
    }
    return (
        archives.read(root, shipped)
        | {wheel.name: wheel.read_bytes()}
        | {name: text.encode() for name, text in own.items()}
    )


def lock(wheel: Path) -> str:
    """Return the students' lock; its last line is the wheel. pip and uv accept it with --require-hashes."""
    pinned = (HERE / "requirements.lock").read_text(encoding="utf-8")
    checksum = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{pinned}./{wheel.name} \\\n    --hash=sha256:{checksum}\n"


def environment(root: Path, wheel: Path) -> str:
    """Return environment.yml for conda, with the packages that pyproject.toml requires, and the wheel."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [f"python{project['requires-python']}", *project["dependencies"], "pip"]
    listed = "".join(f"  - {each}\n" for each in asked)
    return (
        "name: soft-assignments\nchannels:\n  - conda-forge\n"
        f"dependencies:\n{listed}  - pip:\n      - ./{wheel.name}\n"
    )


def as_page(markdown: str) -> str:
    """Return an HTML page, made from Markdown. Any browser shows it, and it loads no other file.

    A link to another page of this folder leads to its HTML.
    """
    template = jinja2.Template((HERE / "page.html").read_text(encoding="utf-8"), autoescape=True)
    title = markdown.splitlines()[0].lstrip("# ")
    body = MarkdownIt("commonmark").enable("table").render(markdown)
    return template.render(title=title, body=re.sub(r'href="([\w-]+)\.md"', r'href="\1.html"', body))


def _is_shipped(name: str, assignments: Sequence[str]) -> bool:
    """Tell whether students get an unchanged copy of this file of the course."""
    if name.startswith("notebooks/"):
        return name in [f"notebooks/{each}/{each}.ipynb" for each in assignments]
    return name == "LICENSE" or name.startswith("etc/jupyter/") or Path(name).match("data/*.md")


def _filled(name: str, words: Mapping[str, str]) -> str:
    return string.Template((HERE / name).read_text(encoding="utf-8")).substitute(words)
