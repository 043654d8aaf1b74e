"""A page with the licences of everything that the site contains."""

from __future__ import annotations

import html
import json
import re
import zipfile
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

from release.lite.fetching import ROOT
from release.lite.wheels import metadata

TEXT = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)
PYODIDE = (
    "Python 3.14 and its libraries, compiled to WebAssembly by the Pyodide project. Pyodide is under the "
    "Mozilla Public License 2.0. The text of this licence is below, under micropip. Pyodide's source is at "
    "github.com/pyodide/pyodide. Python is under the PSF License. The text of this licence is below, under "
    "typing_extensions."
)
# The site has scripts of these Python packages. The scripts have no licence text, but their wheels have it.
BUILT_WITH = ("jupyterlab", "jupyterlab-widgets", "jupyterlite-core", "jupyterlite-pyodide-kernel")
CARDS = sorted((ROOT / "data").glob("*.md"))
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Licences</title>
<link rel="icon" href="icon-120x120.png">
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 90ch; margin: 24px auto; padding: 0 16px; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; }}
summary {{ cursor: pointer; padding: 4px 0; }}
</style>
</head>
<body>
<main>
<h1>Licences</h1>
<p>This site contains the work of many people. Each line opens the licence of one part. For parts with names
that begin with @jupyterlab or @jupyterlite, read the licences of jupyterlab and jupyterlite-core.</p>
<p>These things were changed. Some packages are without their tests, their sources in C, sample data, fonts,
or languages to highlight. JupyterLite's first page has a message about your work. JupyterLite's kernel has
another name, and loads Pyodide's core in a packed form.</p>
{parts}
</main>
</body>
</html>
"""


class Shipped(NamedTuple):
    """A part of the site: its name, its version, its licence in a word, and the licence's text."""

    name: str
    version: str
    licence: str
    text: str


def write_licences(folder: Path, wheels: list[Path], core: Path) -> None:
    """Write licences.html into the site."""
    parts = [_core(core), *map(_of_wheel, wheels), *map(_installed, BUILT_WITH), *_of_scripts(folder)]
    parts += [Shipped(f"data: {card.stem}", "", "see its card", card.read_text("utf-8")) for card in CARDS]
    unique = sorted(set(parts), key=lambda part: (part.name.lower(), part.version))
    page = PAGE.format(parts="\n".join(map(_written, unique)))
    (folder / "licences.html").write_text(page, encoding="utf-8")


def _core(core: Path) -> Shipped:
    told = json.loads((core / "package.json").read_text(encoding="utf-8"))
    return Shipped(told["name"], told["version"], told["license"], PYODIDE)


def _of_wheel(wheel: Path) -> Shipped:
    told = metadata(wheel)
    with zipfile.ZipFile(wheel) as opened:
        names = sorted(name for name in opened.namelist() if TEXT.search(name))
        texts = [f"{name}\n\n{opened.read(name).decode(errors='replace').strip()}" for name in names]
    if not texts:
        raise SystemExit(f"{wheel.name} has no text of its licence, so it cannot be shipped.")
    return Shipped(told["Name"], told["Version"], _in_a_word(told), "\n\n".join(texts))


def _installed(name: str) -> Shipped:
    found = distribution(name)
    texts = [each.read_text(encoding="utf-8") for each in found.files or () if TEXT.search(each.as_posix())]
    return Shipped(name, found.version, _in_a_word(found.metadata), "\n\n".join(texts))


def _in_a_word(told) -> str:
    stated = told["License-Expression"] or (told["License"] or "").partition("\n")[0]
    classes = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier", []) if "License ::" in each]
    short = stated if 0 < len(stated) < 60 and not stated.startswith(("=", "Copyright")) else ""
    return short or ", ".join(classes) or "see its text"


def _of_scripts(folder: Path) -> list[Shipped]:
    """Return the parts that JupyterLab and its extensions list for their scripts."""
    files = sorted(folder.rglob("third-party-licenses.json"))
    packages = [each for file in files for each in json.loads(file.read_text(encoding="utf-8"))["packages"]]
    return [Shipped(*(each[key] or "" for key in KEYS)) for each in packages]


KEYS = ("name", "versionInfo", "licenseId", "extractedText")


def _written(part: Shipped) -> str:
    title = html.escape(f"{part.name} {part.version}: {part.licence or 'see its text'}")
    if not part.text:
        return f"<p>{title}</p>"
    return f"<details><summary>{title}</summary>\n<pre>{html.escape(part.text)}</pre></details>"
