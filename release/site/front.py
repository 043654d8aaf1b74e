"""The front page of the site: what the course is, one picture, and the links to its parts."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import jinja2

HERE = Path(__file__).resolve().parent
PICTURE = ".github/pictures/em.png"


def build(root: Path, folder: Path, assignments: tuple[str, ...]) -> None:
    """Write index.html and its picture into the folder. assignments: the names of the site's assignments."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / PICTURE, folder / "em.png")
    # otherwise GitHub Pages leaves out files that begin with an underscore
    (folder / ".nojekyll").write_text("")
    template = jinja2.Template((HERE / "front.html").read_text(encoding="utf-8"), autoescape=True)
    page = template.render(
        version=tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"],
        picture=_alt_text(root),
        first=assignments[0],
        titles={name: _title(root, name) for name in assignments},
    )
    (folder / "index.html").write_text(page, encoding="utf-8")


def _alt_text(root: Path) -> str:
    """Return the picture's alt text in README."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    return re.search(rf"!\[([^\]]+)\]\({re.escape(PICTURE)}\)", readme)[1]


def _title(root: Path, name: str) -> str:
    """Return the first heading of a notebook."""
    source = (root / "solutions" / f"{name}.py").read_text(encoding="utf-8")
    return re.search(r"^# # (.+)$", source, re.M)[1]
