"""Files of text beside a notebook: an answer that is missing in it may stand there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from grading.submitted.files import FileKind
from grading.submitted.names import shown
from grading.submitted.times import FILE as TIMESTAMP
from grading.submitted.tree import CHECKPOINTS, Entry

ENDINGS = (".txt", ".md", ".rst", ".rtf", ".tex", ".doc", ".docx", ".odt", ".pages", ".pdf")
OF_PLATFORMS = ("text.html", "onlinetext.html")  # what was typed into the platform itself
OF_PROGRAMS = ("readme", "requirements", "license", "licence", "copying", "notice", "authors", "changelog")
MOST = 5


def written_beside(files: Mapping[str, Entry]) -> tuple[str, ...]:
    """Return which of these files a person may have written an answer into, shallow ones first."""
    found = [path for path, entry in files.items() if _may_be(PurePosixPath(path), entry)]
    return tuple(shown(path) for path in sorted(found, key=lambda path: (path.count("/"), path))[:MOST])


def _may_be(path: PurePosixPath, entry: Entry) -> bool:
    if entry.kind is not FileKind.FILE or entry.why or not entry.size or CHECKPOINTS in path.parts:
        return False
    name = path.name.casefold()
    if name == TIMESTAMP or path.stem.casefold() in OF_PROGRAMS or ".ipynb" in name:
        return False  # another notebook has its own reading
    return name.endswith(ENDINGS) or name in OF_PLATFORMS
