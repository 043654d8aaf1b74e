"""The folder of the page: index.html, the bundle, and one file of data for each scene."""

from __future__ import annotations

import html
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from release.play.book import book_of
from release.play.scenes import PageScene, scene_file, stages
from release.play.texts import PAGE

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = Path(__file__).with_name("page.html")


class NotBundled(ValueError):
    """The error if the page's script cannot be made because Node.js, npm or a package is missing."""


def build(folder: Path) -> None:
    """Write the page that plays EM into a folder. The folder is made if it does not exist.

    The same source gives the same bytes. Raises NotBundled if the script cannot be made.

    Example:
        build(Path("dist/site/play"))
    """
    (folder / "data").mkdir(parents=True, exist_ok=True)
    _bundle(folder)
    made = stages()
    _write(folder / "index.html", page_of(made))
    for stage in made:
        content = _script_json(scene_file(stage))
        _write(folder / "data" / f"{stage.id}.js", f"sceneFile({json.dumps(stage.id)}, {content});\n")


def page_of(made: list[PageScene]) -> str:
    """Return the page without the data of its scenes."""
    page = TEMPLATE.read_text(encoding="utf-8")
    for name, text in PAGE.items():
        page = page.replace(f"{{{{{name}}}}}", html.escape(text))
    return page.replace("{{book}}", _script_json(book_of(made)))


def _script_json(value: Any) -> str:
    """Return JSON for a script inside a page. Nothing in this JSON can end the script."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).replace("</", "<\\/")


def _bundle(folder: Path) -> None:
    command = [sys.executable, ".ci/bundle.py", "--page", str(folder.resolve())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise NotBundled(f"The page was not made: {done.stderr.strip()}")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
