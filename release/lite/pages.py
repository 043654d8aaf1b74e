"""The pages that a student sees first: the address that opens the lab, and the message in it."""

from __future__ import annotations

import shutil
import string
from pathlib import Path

FRONT = Path(__file__).resolve().parent / "front"
HEAD = '<link rel="stylesheet" href="../front/notice.css">\n'
SCRIPT = '<script src="../front/notice.js"></script>\n'
# Each text of JupyterLite's page, and the text that replaces it. The page must have each text exactly once.
WORDS = {
    "<html>": '<html lang="en">',
    "<title>JupyterLite</title>": "<title>Soft Assignments</title>",
    "WASM powered Jupyter running in the browser.": "A course on EM and mixture models, in the browser.",
    "Loading JupyterLite...": "The notebooks are being loaded. The first time this takes a minute or two.",
    "JupyterLite requires JavaScript to be enabled in your browser.": (
        "This page needs JavaScript, but this browser has it switched off. Switch it on and reload the page."
    ),
}


def write_pages(folder: Path, first: str) -> None:
    """Write the first page and the message's files, and put the message into the lab's page.

    first: the name of the assignment that the first page opens.
    """
    opening = string.Template((FRONT / "index.html").read_text(encoding="utf-8"))
    (folder / "index.html").write_text(opening.substitute(first=first), encoding="utf-8")
    (folder / "front").mkdir()
    for name in ("notice.css", "notice.js"):
        shutil.copyfile(FRONT / name, folder / "front" / name)
    page = folder / "lab" / "index.html"
    page.write_text(with_notice(page.read_text(encoding="utf-8")), encoding="utf-8")


def with_notice(page: str) -> str:
    """Return JupyterLab's page with the message in it; SystemExit if the page lacks an expected text."""
    notice = (FRONT / "notice.html").read_text(encoding="utf-8")
    for old, new in {**WORDS, "</head>": f"{HEAD}</head>", "</body>": f"{notice}{SCRIPT}</body>"}.items():
        if page.count(old) != 1:
            raise SystemExit(f"JupyterLite's page does not have {old!r} once: see {__name__}.")
        page = page.replace(old, new)
    return page
