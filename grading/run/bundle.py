"""A bundle: everything that an assignment is marked with, as bytes. It does not need the course's folders.

Everybody who has the bundle, the package and its environment gets the same marks, on any machine.
"""

from __future__ import annotations

import functools
import hashlib
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from grading.box.limits import Limits
from grading.box.session import declared
from grading.build.given import given_before, with_earlier
from grading.build.hidden import drawing_of
from grading.build.hints import hint_names
from grading.course import BARE, Assignment, World
from grading.marking.submission import Materials
from grading.owned import own_folder
from grading.recipe import Drawing
from grading.settings import Settings


@dataclass(frozen=True)
class Bundle:
    """One assignment: the instructor's notebook, what students were given, and how to draw hidden cases.

    assignment: its name.
    source: the instructor's notebook.
    release: the notebook that students were given.
    drawing: how hidden cases are drawn.
    beside: files in the notebook's folder that it may read, by their names.
    limits: the limits of time, memory and so on.
    boxed: whether submissions run in a box: a process that can reach only its own files.
    figures: whether figures of submissions are drawn.
    world: what the course's notebooks need where they run, see grading/course.py.
    hints: the names of the hints of each exercise.
    """

    assignment: str
    source: bytes
    release: bytes
    drawing: Drawing
    beside: Mapping[str, bytes] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    boxed: bool = True
    figures: bool = True
    world: World = field(default_factory=World)
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @functools.cached_property
    def key(self) -> str:
        """The hash of all its contents."""
        told = (self.assignment, self.limits, self.boxed, self.figures, self.world, self.hints, self.drawing)
        files = (part for name, data in sorted(self.beside.items()) for part in (name, data))
        return digest([repr(told), self.source, self.release, *files])


def bundle_for(assignment: Assignment, settings: Settings) -> Bundle:
    """Return the bundle with which submissions to an assignment are marked now."""
    files = (assignment.solution, assignment.release, drawing_of(assignment))
    limited = (settings.limits(), settings.box, assignment.name, settings.figures)
    return bundle_of(
        *files, *limited, assignment.course.world, hint_names(assignment), given_before(assignment)
    )


def bundle_of(
    source: Path,
    release: Path,
    drawing: Drawing,
    limits: Limits,
    boxed: bool,
    assignment: str,
    figures: bool = True,
    world: World = BARE,
    hints: Mapping[str, tuple[str, ...]] | None = None,
    earlier: Sequence[bytes] = (),
) -> Bundle:
    """Return the bundle of an assignment. source, release: its notebooks. earlier: its other releases."""
    beside = {path.name: path.read_bytes() for path in declared(source.parent) if path.is_file()}
    notebooks = source.read_bytes(), _given(source, release, earlier)
    return Bundle(assignment, *notebooks, drawing, beside, limits, boxed, figures, world, hints or {})


def _given(source: Path, release: Path, earlier: Sequence[bytes]) -> bytes:
    """Return the notebook that students were given. Its cells also have their texts from earlier releases."""
    if not earlier:
        return release.read_bytes()
    notebooks = (nbformat.read(each, as_version=4) for each in (source, release))
    return nbformat.writes(with_earlier(*notebooks, earlier)).encode()


def unpack(bundle: Bundle) -> Materials:
    """Read the bundle's notebooks, and write its files to a folder that the box and the scorer may see."""
    if bundle.key not in _UNPACKED:
        notebooks = (nbformat.reads(each.decode(), 4) for each in (bundle.source, bundle.release))
        settings = bundle.limits, bundle.boxed, bundle.figures, bundle.world
        _UNPACKED[bundle.key] = Materials(*notebooks, _folder(bundle.beside), bundle.drawing, *settings)
    return _UNPACKED[bundle.key]


_UNPACKED: dict[str, Materials] = {}  # unpacked once for each process, by the bundle's key
_FOLDERS: dict[str, tempfile.TemporaryDirectory] = {}  # by their contents; they exist as long as the process


def _folder(files: Mapping[str, bytes]) -> Path:
    """Return a folder with these files. Assignments with the same files share one folder."""
    key = digest(part for name, data in sorted(files.items()) for part in (name, data))
    if key not in _FOLDERS:
        _FOLDERS[key] = own_folder()
        for name, data in files.items():
            path = Path(_FOLDERS[key].name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(0o644)  # this user's umask must not matter: if this is root, a box is another user
    return Path(_FOLDERS[key].name)


def digest(parts: Iterable[bytes | str]) -> str:
    """Return the SHA-256 of the parts. Each part has its length, so that it is clear where it ends."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()
