"""Find the pictures in a learner's own folder, with their categories, and say which files are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

NAMED = 5  # so many files are named in a sentence at most
MOST_DEEPER = 1000  # so many deeper files are counted at most: the folder may be a whole disk
# Files that systems add. They also add files whose name begins with a dot.
SYSTEM = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Found:
    """The files of a folder.

    files: the files that have a category, each in the sub-folder of its category.
    loose: the files next to the sub-folders.
    deeper: the files in folders inside the sub-folders.
    empty: the sub-folders that have no file directly in them.
    """

    files: Sequence[Path]
    loose: Sequence[Path] = ()
    deeper: Sequence[Path] = ()
    empty: Sequence[Path] = ()


def find_files(folder: Path) -> Found:
    """Return the files of a folder. If no sub-folder has a file, the folder itself is one category.

    Raises FileNotFoundError if there is no such folder, ValueError if no file has a category.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder {folder}: give the one that holds the categories.")
    loose, files = _files(folder, "*"), _files(folder, "*/*")
    deeper, homes = _files(folder, "*/*/**/*"), {path.parent for path in files}
    if not files and not loose:
        raise ValueError(
            f"{folder} has no pictures in sub-folders: it needs one sub-folder for each category, "
            "with JPEG or PNG files in it."
        )
    if not files:
        return Found(loose, deeper=deeper)
    within = (path for path in sorted(folder.glob("*")) if path.is_dir() and path.name[0] != ".")
    return Found(files, loose, deeper, [path for path in within if path not in homes])


def _files(folder: Path, pattern: str) -> list[Path]:
    every = (path for path in folder.glob(pattern) if path.is_file() and not _is_system(path))
    return sorted(islice(every, MOST_DEEPER) if "**" in pattern else every)


def _is_system(path: Path) -> bool:
    return path.name.startswith(".") or path.name.lower() in SYSTEM


def what_is_left_out(found: Found, unread: Sequence[Path], folder: Path) -> str:
    """Return a sentence for each reason why files are left out, with what to do; "" if there is no reason."""
    told = [
        ("file", unread, "no picture can be read there", "Save pictures as JPEG or PNG"),
        ("file", found.loose, "outside every category", "Move each picture into a sub-folder"),
        ("file", found.deeper, "in a folder within a sub-folder", "Move each up into the sub-folder"),
        ("sub-folder", found.empty, "without a picture", "A category needs pictures"),
    ]
    sentences = [
        f"{_several(len(paths), kind)} left out, {why}: {_names(paths, folder)}. {todo}."
        for kind, paths, why, todo in told
        if paths
    ]
    if len({path.parent for path in found.files}) == 1:
        sentences.append(f"All pictures are in one category, {found.files[0].parent.name}: make sub-folders.")
    return " ".join(sentences)


def _several(count: int, kind: str) -> str:
    return f"1 {kind} was" if count == 1 else f"{count} {kind}s were"


def _names(paths: Iterable[Path], folder: Path) -> str:
    names = [path.relative_to(folder).as_posix() for path in paths]
    more = f", and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
