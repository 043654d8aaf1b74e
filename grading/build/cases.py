"""Build the case files: public ones in the course's data, hidden ones in the instructor's folder."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from checks.authors import Mistake
from checks.casebook import Item, load_cases, load_hints, save_cases
from checks.cases import Case
from checks.questions import Question
from checks.texts import Text
from grading.build.draw import draw
from grading.build.hidden import hidden_folder, hidden_seed
from grading.course import Assignment, Course, package_folder
from grading.private import make_all_private, only_private

PUBLIC_SEED = 20261121
STAMP = "stamp.txt"  # a file in the hidden folder, with a hash of the seed and the sources of the cases


def build_public(course: Course, names: Collection[str] = ()) -> list[Path]:
    """Bring the public case files up to date; return the files that were written.

    names: the assignments; all of them if it is empty.
    """
    folder = course.checker.public.folder
    chosen = _chosen(course, names)
    written = [
        path for each in chosen for path in _build(each, PUBLIC_SEED, folder / each.name, hidden=False)
    ]
    _forget_others(course, folder)
    return written


def build_hidden(course: Course, names: Collection[str] = ()) -> list[Path]:
    """Bring the hidden case files up to date with the instructor's seed; return the files that were written.

    If the seed and all sources of an assignment's cases are unchanged, nothing is drawn for it.
    """
    folder = hidden_folder(course)
    seed = hidden_seed(folder)
    with only_private(folder):
        made = [_renew(each, seed, folder / each.name) for each in _chosen(course, names)]
    make_all_private(folder)  # an earlier version wrote files that everybody could read
    _forget_others(course, folder)
    return [path for paths in made for path in paths]


def _chosen(course: Course, names: Collection[str]) -> list[Assignment]:
    return [each for each in course.assignments() if not names or each.name in names]


def _renew(assignment: Assignment, seed: int, folder: Path) -> list[Path]:
    """Draw hidden cases, unless they are there and were drawn from the same seed and sources."""
    stamp, origin = folder / STAMP, _origin(assignment, seed)
    if stamp.exists():
        before, *files = stamp.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
        if before == origin and all((folder / file).exists() for file in files):
            return []
    written = _build(assignment, seed, folder, hidden=True)
    stamp.write_text(
        "\n".join([origin, *sorted(path.name for path in folder.glob("*.npz"))]), encoding="utf-8"
    )
    return written


def draw_cases(assignment: Assignment, seed: int, hidden: bool) -> dict[str, list[Item]]:
    """Return the cases of every exercise of an assignment, by the exercise's name."""
    return draw(assignment.recipe(), seed, hidden)


def same_cases(old: Any, new: Any) -> bool:
    """Tell whether two lists of cases agree: to nine digits, mistakes' answers (float32) to five."""
    if isinstance(new, np.ndarray | np.floating | float):
        close = 1e-5 if getattr(new, "dtype", None) == np.float32 else 1e-9
        return np.shape(old) == np.shape(new) and np.allclose(old, new, close, 1e-12, equal_nan=True)
    if isinstance(new, Case | Question):
        return type(old) is type(new) and same_cases(vars(old), vars(new))
    if isinstance(new, Mapping):
        return old.keys() == new.keys() and all(same_cases(old[key], new[key]) for key in new)
    if isinstance(new, list | tuple):
        return len(old) == len(new) and all(same_cases(a, b) for a, b in zip(old, new))
    return isinstance(old, Text) is isinstance(new, Text) and old == new


def _build(assignment: Assignment, seed: int, folder: Path, hidden: bool) -> list[Path]:
    """Draw the cases of an assignment into its folder; return the files that were written."""
    drawn, known = draw_cases(assignment, seed, hidden), assignment.mistakes()
    files = {folder / f"{name}.npz": name for name in drawn}
    for path in set(folder.glob("*.npz")) - files.keys():
        path.unlink()  # a file of an exercise that was removed
    return [path for path, name in files.items() if _save(path, known.get(name, ()), drawn[name])]


def _forget_others(course: Course, folder: Path) -> None:
    """Remove the files of removed assignments, and those from before each assignment had a folder."""
    names = {each.name for each in course.assignments()}
    others = (path for path in folder.glob("*/*.npz") if path.parent.name not in names)
    for path in (*others, *folder.glob("*.npz")):
        path.unlink()


def _save(path: Path, known: Sequence[Mistake], cases: list[Item]) -> bool:
    """Write the file if its content differs by more than the last digits; return whether it was written.

    The last digits differ from machine to machine.
    """
    hints = [each.hint for each in known]
    try:
        if load_hints(path) == hints and same_cases(load_cases(path), cases):
            return False
    except (OSError, KeyError, TypeError):  # there is no file, or a file of an older form
        pass
    save_cases(path, cases, hints)
    return True


def _origin(assignment: Assignment, seed: int) -> str:
    """Return a hash of the seed and of all sources from which the cases of an assignment are made."""
    course = assignment.course
    exercises, own = package_folder(course.exercises), assignment.package.rpartition(".")[2]
    folders = [Path(__file__).parent, exercises, *course.world.folders().values()]
    sources = [path for folder in folders for kind in ("*.py", "*.md") for path in folder.rglob(kind)]
    others = {each.package.rpartition(".")[2] for each in course.assignments()} - {own}
    digest = hashlib.sha256(f"{seed} {sorted(course.words.names.items())}".encode())
    for path in sorted([*sources, assignment.source]):  # the cards (*.md) contain the sha256 of their data
        if not (path.is_relative_to(exercises) and path.relative_to(exercises).parts[0] in others):
            digest.update(path.read_bytes())
    return digest.hexdigest()
