"""List the names in a folder and all folders below it, archives included. No file is read yet."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from grading.apart import Apart, Budget, TooCostly
from grading.repair.read import Unreadable
from grading.submitted.archive import MOST_BYTES, Member, Opener, members, read_member
from grading.submitted.endings import ZIP, archive_ending, is_unpacked, why_not_unpacked, without_archive
from grading.submitted.files import FileKind, Listed, list_folder, open_file, read_file
from grading.submitted.foldered import DEEPEST, Names, Nested, nested
from grading.submitted.names import shown
from grading.submitted.tarball import read_tar_member, tar_members

MOST_NAMES = 50_000  # below one name of the first level
MOST_ARCHIVES = 20  # archives that are listed, below one name of the first level
LEFT_BY_PROGRAMS = frozenset(
    {".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX", ".directory", ".gitkeep", ".gitignore", ".git"}
    | {
        "__pycache__",
        ".venv",
        "venv",
        "node_modules",
        ".nbgrader.log",
        ".collected.json",
        ".placeholder",
        ".Trash",
        ".jupyter",
    }
)
CHECKPOINTS = ".ipynb_checkpoints"

Reader = Callable[[int], bytes]  # returns a file's bytes, at most so many; raises Unreadable


def _nothing(most: int) -> bytes:
    raise Unreadable("it is not a file")


@dataclass(frozen=True)
class Entry:
    """A file or folder. An archive is a folder, too: its members are below it.

    path: its names below the first folder.
    why: the reason why it is not read; "" if it is read.
    ours: the same reason as an error, if it is not the student's fault.
    inode: the same for two names of one file; None if the file has one name.
    """

    path: Names
    kind: FileKind
    size: int = 0
    changed: float = 0.0
    inode: tuple[int, int] | None = None
    archive: bool = False
    why: str = ""
    ours: Unreadable | None = field(default=None, compare=False, repr=False)
    below: tuple[Entry, ...] = ()
    reader: Reader = field(default=_nothing, compare=False, repr=False)

    @property
    def name(self) -> str:
        """Return its own name; of an archive, without the ending."""
        return without_archive(self.path[-1]) if self.archive else self.path[-1]

    @property
    def is_folder(self) -> bool:
        return self.kind is FileKind.FOLDER

    @property
    def place(self) -> str:
        """Return its path in a form for people."""
        return "/".join(map(shown, self.path))

    def refuse(self) -> None:
        """Raise Unreadable if there is a reason not to read it."""
        if self.why:
            raise self.ours or Unreadable(self.why)

    def read(self, most: int) -> bytes:
        """Return its bytes. Raises Unreadable with one sentence."""
        self.refuse()
        if self.is_folder:
            raise Unreadable(f"'{shown(self.path[-1])}' is a folder, not a file")
        return self.reader(most)

    def files(self) -> Iterator[Entry]:
        """Yield all files below it, those in shallow folders first.

        Also yield folders that are empty, that could not be listed, or that have a notebook's name.
        """
        waiting = deque(self.below or [self])
        while waiting:
            entry = waiting.popleft()
            if not entry.below or entry.path[-1].lower().endswith(".ipynb"):
                yield entry
            waiting.extend(entry.below)


def tree_of(root: Path) -> Entry:
    """Return the folder with all entries below it. Raises Unreadable if the folder cannot be read."""
    with closing(Apart(_listed)) as reader:
        names = [each for each in list_folder(root) if not is_left_over(each.name)]
        found = tuple(_Look(root, reader).at((each.name,), each) for each in names)
    return Entry((), FileKind.FOLDER, below=found)


def entry_of(root: Path, name: str) -> Entry | None:
    """Return one entry of a folder with all entries below it; None if there is no such name."""
    listed = next((each for each in list_folder(root) if each.name == name), None)
    with closing(Apart(_listed)) as reader:
        return _Look(root, reader).at((name,), listed) if listed else None


def archive_tree(root: Path, name: str) -> Entry:
    """Return an archive of a whole class as a folder. Each name in it has the limits of a name in a folder.

    Raises Unreadable if it is not an archive, or is damaged.
    """
    opener = partial(open_file, root, (name,))
    with closing(Apart(_listed)) as reader:
        try:
            found = reader.ask((archive_ending(name) == ZIP, opener))
        except (TooCostly, TimeoutError) as error:
            raise Unreadable(str(error)) from None
        below = nested({each.parts: each for each in found if not any(map(is_left_over, each.parts))})
        return Entry((), FileKind.FOLDER, below=tuple(_each_apart((), below, opener, root, reader)))


def _each_apart(path: Names, below: Nested, opener: Opener, root: Path, reader: Apart) -> Iterator[Entry]:
    """Yield each name, with separate limits. A folder around everything is not a name of the first level."""
    for name, what in below.items():
        inner = (*path, name)
        if isinstance(what, dict) and len(below) == 1:
            yield Entry(inner, FileKind.FOLDER, below=tuple(_each_apart(inner, what, opener, root, reader)))
        else:
            yield _Look(root, reader).member(inner, what, opener)


def is_left_over(name: str) -> bool:
    """Tell whether it is a file that a program has left, and that nobody meant to hand in."""
    return name in LEFT_BY_PROGRAMS or name.startswith("._")


def _listed(asked: tuple[bool, Opener]) -> list[Member]:
    """Return the files in an archive. asked: whether it is a zip, and its opener. Raises Unreadable."""
    is_zip, opener = asked
    return (members if is_zip else tar_members)(opener)


def _unpacked(read: Reader) -> io.BytesIO:
    return io.BytesIO(read(MOST_BYTES))


class _Look:
    """The listing of one name of the first level, with a limit of names, archives and time."""

    def __init__(self, root: Path, reader: Apart[tuple[bool, Opener], list[Member]]):
        self.root, self.reader, self.budget = root, reader, Budget()
        self.left, self.archives = MOST_NAMES, MOST_ARCHIVES

    def at(self, path: Names, listed: Listed) -> Entry:
        self.left -= 1
        inode = listed.inode if listed.links > 1 else None
        made = partial(Entry, path, changed=listed.changed)
        if listed.kind is FileKind.FOLDER:
            return self._folder(path, made)
        if listed.kind is not FileKind.FILE:
            return made(listed.kind, why=f"'{shown(path[-1])}' is {listed.kind}, and is not read")
        if is_unpacked(path[-1]):
            return self._archive(path, partial(open_file, self.root, path), made)
        reader, why = partial(read_file, self.root, path), _why_packed(path)
        return made(listed.kind, listed.size, inode=inode, reader=reader, why=why)

    def _folder(self, path: Names, made: Callable[..., Entry]) -> Entry:
        if len(path) > DEEPEST or self.left <= 0:
            return made(FileKind.FOLDER, why=f"there is more in '{shown(path[-1])}' than is looked at")
        try:
            names = [each for each in list_folder(self.root, path) if not is_left_over(each.name)]
        except Unreadable as error:
            return made(FileKind.FOLDER, why=str(error), ours=_ours(error))
        return made(FileKind.FOLDER, below=tuple(self.at((*path, each.name), each) for each in names))

    def _archive(self, path: Names, opener: Opener, made: Callable[..., Entry], inner: bool = False) -> Entry:
        self.archives -= 1
        if self.archives < 0:
            return made(FileKind.FOLDER, archive=True, why="there are too many archives to look into")
        try:
            found = self.reader.ask((archive_ending(path[-1]) == ZIP, opener), self.budget)
        except (Unreadable, TooCostly, TimeoutError) as error:
            why = f"'{shown(path[-1])}': {error}"
            return made(FileKind.FOLDER, archive=True, why=why, ours=_ours(error))
        below = nested({each.parts: each for each in found if not any(map(is_left_over, each.parts))})
        entries = tuple(self.member((*path, name), each, opener, inner) for name, each in below.items())
        return made(FileKind.FOLDER, archive=True, below=entries)

    def member(self, path: Names, what: Member | Nested, opener: Opener, inner: bool = False) -> Entry:
        """Return an entry of an archive. what: a member, or the content of a folder by its names."""
        if isinstance(what, dict):
            below = tuple(self.member((*path, name), each, opener, inner) for name, each in what.items())
            return Entry(path, FileKind.FOLDER, below=below)
        read = partial(read_tar_member if what.in_tar else read_member, opener, what)
        if is_unpacked(path[-1]) and not what.why and not inner:
            made = partial(Entry, path, changed=what.changed)
            return self._archive(path, partial(_unpacked, read), made, inner=True)
        return Entry(path, what.kind, what.size, what.changed, why=what.why or _why_packed(path), reader=read)


def _ours(error: Exception) -> Unreadable | None:
    return error if isinstance(error, Unreadable) and error.barrier.is_ours else None


def _why_packed(path: Names) -> str:
    why = why_not_unpacked(path[-1])
    return f"'{shown(path[-1])}': {why}" if why else ""
