"""Find files beside a notebook that may have an answer which the notebook lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from grading.places import FileBeside
from grading.repair.decode import Unreadable
from grading.submitted.endings import NOTEBOOK, archive_ending
from grading.submitted.files import FileKind
from grading.submitted.names import shown
from grading.submitted.secret import OF_NBGRADER
from grading.submitted.tree import CHECKPOINTS, Entry

TEXTS = (".txt", ".md", ".rst", ".tex")
DOCUMENTS = (".rtf", ".doc", ".docx", ".odt", ".pages", ".pdf")
CODE = (".py", ".html", ".htm", ".qmd", ".rmd")
PICTURES = (".png", ".jpg", ".jpeg", ".heic", ".heif", ".webp", ".gif", ".bmp", ".tif", ".tiff")
OF_PLATFORMS = ("text.html", "onlinetext.html")  # text that was typed into the platform itself
OF_PROGRAMS = ("readme", "requirements", "license", "licence", "copying", "notice", "authors", "changelog")
MOST, FEW_PICTURES, MOST_NAMES = 5, 3, 100
LOOKED_AT = 8_000_000  # bytes of one file that are read
TAG = re.compile(r"<[^<>]*>")
GIVES = re.compile(r"^[ \t]*(?:(?:async +)?(?:def|class) +(\w+)|(\w+) *=(?!=))", re.MULTILINE)


def written_beside(files: Mapping[str, Entry]) -> tuple[FileBeside, ...]:
    """Return those files in which a student may have written an answer, shallow folders first."""
    whole = {path: entry for path, entry in files.items() if _is_a_persons(PurePosixPath(path), entry)}
    in_order = sorted(whole, key=lambda path: (path.count("/"), path))
    found = [_looked_into(path, whole[path]) for path in in_order if _may_hold(path)][:MOST]
    photos = [path for path in in_order if path.casefold().endswith(PICTURES)]
    few = photos if len(photos) <= FEW_PICTURES else []  # many pictures are data, not answers
    return (*found, *(FileBeside(shown(path)) for path in few))


def _is_a_persons(path: PurePosixPath, entry: Entry) -> bool:
    """Tell whether the student may have made the file for a reader. Other notebooks are read elsewhere."""
    if entry.kind is not FileKind.FILE or not entry.size or CHECKPOINTS in path.parts:
        return False
    name = path.name.casefold()
    return not (
        name in OF_NBGRADER or path.stem.casefold() in OF_PROGRAMS or NOTEBOOK in name or name[0] in "._"
    )


def _may_hold(path: str) -> bool:
    name = path.casefold()
    return name.endswith((*TEXTS, *DOCUMENTS, *CODE)) or bool(archive_ending(name))


def _looked_into(path: str, entry: Entry) -> FileBeside:
    """Return the names that a file defines. The content of a document or an archive is not known."""
    name = path.casefold()
    prose = not name.endswith(CODE) or name.rpartition("/")[2] in OF_PLATFORMS
    if not name.endswith((*TEXTS, *CODE)):
        return FileBeside(shown(path), prose=prose, closed=True)
    try:
        text = TAG.sub("", entry.read(LOOKED_AT).decode("utf-8", "replace"))
    except Unreadable:
        return FileBeside(shown(path), prose=prose, closed=True)
    names = (name for pair in GIVES.findall(text) for name in pair if name)
    return FileBeside(shown(path), tuple(dict.fromkeys(names))[:MOST_NAMES], prose)
