"""Case files: the cases of an exercise, or the questions of a quiz, and the hints of known mistakes.

A case file has numbers, labels and hints, never code. Its path is <assignment>/<exercise>.npz. A course's
public cases are in one folder. The instructor's hidden cases, in the same form, are in another folder.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import glob
import json
import math
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from checks.cases import Case
from checks.hints import Hint
from checks.questions import Question
from checks.texts import Text

Item = Case | Question  # each file has either cases or questions
TEXT = "text with values"  # the key of a text with values in a file
Reference = Mapping[str, Any]  # functions, and what they need, by name
Drawer = Callable[[Reference, np.random.Generator], Iterable[Item]]
# What an author's `cases` returns, by exercise or question: a function that draws the cases, or the cases.
Drawn = Mapping[str, Drawer | list[Item]]
TYPES: dict[str, type[Item]] = {"case": Case, "question": Question}
Found = dict[tuple[str, tuple[int, ...], bytes], tuple[int, np.ndarray]]  # each array, with its number


class _Kept(NamedTuple):
    """The contents of a case file, and its stamp when it was read."""

    stamp: tuple[int, int]
    cases: list[Item]
    hints: list[Hint]


class CaseBook:
    """The cases of one folder, by the name of the function or quiz: book["fit"].

    If two assignments have an exercise of that name: book["straight-lines/fit"].
    """

    def __init__(self, folder: Path, hidden: bool = False):
        self.folder = Path(folder)
        self.hidden = hidden
        self._kept: dict[Path, _Kept] = {}

    def __contains__(self, name: str) -> bool:
        return bool(self._found(name))

    def __getitem__(self, name: str) -> list[Any]:
        path = self._path(name)
        kept = self._still_kept(path)
        return copy.deepcopy(kept.cases) if kept else load_cases(path)

    def hints(self, name: str) -> dict[str, Hint]:
        """Return the hints of an exercise's known mistakes, by the mistake's name."""
        path = self._path(name)
        kept = self._still_kept(path)
        return {hint.name: hint for hint in (kept.hints if kept else load_hints(path))}

    def keep(self) -> None:
        """Read all files now and keep their contents, for a process that needs the same files many times."""
        for path in self.folder.rglob("*.npz"):
            with contextlib.suppress(Exception):  # a damaged file raises its error when somebody asks for it
                self._kept[path] = _Kept(_stamp(path), load_cases(path), load_hints(path))

    def _still_kept(self, path: Path) -> _Kept | None:
        """Return what is kept of a file, if the file has not changed since."""
        kept = self._kept.get(path)
        return kept if kept and kept.stamp == _stamp(path) else None

    def _path(self, name: str) -> Path:
        found = self._found(name)
        if len(found) == 1:
            return found[0]
        kind = "hidden" if self.hidden else "public"
        if found:
            full = " or ".join(f"'{path.parent.name}/{name}'" for path in found)
            raise LookupError(
                f"several assignments have {kind} cases for '{name}': give the full name, {full}."
            )
        raise LookupError(
            f"there are no {kind} cases for '{name}': keep the name that the notebook gives, "
            "or run `make build` if the exercise or the question is new."
        )

    def _found(self, name: str) -> list[Path]:
        assignment, _, exercise = name.rpartition("/")
        return sorted(self.folder.glob(f"{glob.escape(assignment) or '*'}/{glob.escape(exercise)}.npz"))


def _stamp(path: Path) -> tuple[int, int]:
    """Return two numbers that change when a file is written again: its time and its size."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def save_cases(path: Path, cases: Sequence[Item], hints: Iterable[Hint] = ()) -> None:
    """Write cases, or questions, to an .npz file: each array once, and one text that refers to the arrays.

    The text is compressed, so that nobody reads the hints before the exercise by accident. All arrays of
    one type of numbers are joined to one array. Written separately, each of a thousand small arrays would
    take 300 bytes more.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    found: Found = {}
    packed = [{"type": _type_of(case), **_pack(vars(case), found)} for case in cases]
    kept = [{"name": hint.name, "rungs": hint.rungs, "worth": hint.worth} for hint in hints]
    arrays = [array for _, array in found.values()]
    kinds = {array.dtype.str: [each for each in arrays if each.dtype == array.dtype] for array in arrays}
    joined = {kind: np.concatenate([each.ravel() for each in same]) for kind, same in kinds.items()}
    text = json.dumps([packed, kept, [(each.dtype.str, each.shape) for each in arrays]])
    np.savez_compressed(path, **joined, text=np.frombuffer(zlib.compress(text.encode(), 9), np.uint8))


def _type_of(item: Item) -> str:
    return next(name for name, kind in TYPES.items() if isinstance(item, kind))


def load_cases(path: Path) -> list[Any]:
    """Read the cases, or questions, that save_cases wrote."""
    with np.load(path, allow_pickle=False) as stored:
        parts = dict(stored)  # each part is read once, however often the text refers to it
    packed, _, *shapes = _decoded(parts["text"])
    arrays = _taken_apart(parts, shapes[0]) if shapes else parts  # in an older file arrays are not joined
    return [_made(_unpack(fields, arrays)) for fields in packed]


def _taken_apart(joined: Mapping[str, np.ndarray], shapes: Sequence[Any]) -> dict[str, np.ndarray]:
    """Return the arrays that save_cases joined, by the names that the text has for them."""
    arrays, taken = {}, dict.fromkeys(joined, 0)
    for i, (kind, shape) in enumerate(shapes):
        end = taken[kind] + math.prod(shape)
        arrays[f"arr_{i}"] = joined[kind][taken[kind] : end].reshape(shape).copy()
        taken[kind] = end
    return arrays


def _made(fields: dict[str, Any]) -> Item:
    """Return the case, or the question, that has these fields. Tuples, which became lists, are restored."""
    kind = TYPES[fields.pop("type")]
    tuples = {field.name for field in dataclasses.fields(kind) if isinstance(field.default, tuple)}
    return kind(**{key: tuple(value) if key in tuples else value for key, value in fields.items()})


def load_hints(path: Path) -> list[Hint]:
    """Read the hints that save_cases wrote."""
    with np.load(path, allow_pickle=False) as stored:
        _, hints, *_ = _decoded(stored["text"])
    return [Hint(each["name"], tuple(each["rungs"]), worth=each.get("worth", 0.0)) for each in hints]


def _decoded(text: np.ndarray) -> Any:
    return json.loads(zlib.decompress(text.tobytes()))


def _pack(value: Any, found: Found) -> Any:
    if isinstance(value, Text):
        return {TEXT: [value.template, {key: _pack(item, found) for key, item in value.values.items()}]}
    if isinstance(value, Mapping):
        return {key: _pack(item, found) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return {"array": _index(value, found)}
    if isinstance(value, list | tuple):
        return [_pack(item, found) for item in value]
    return value.item() if isinstance(value, np.generic) else value


def _index(value: np.ndarray, found: Found) -> int:
    """Return the number of an array among those found so far; a new array is added."""
    key = value.dtype.str, value.shape, value.tobytes()
    return found.setdefault(key, (len(found), value))[0]


def _unpack(value: Any, arrays: Mapping[str, np.ndarray]) -> Any:
    if isinstance(value, dict) and value.keys() == {"array"}:
        return arrays[f"arr_{value['array']}"]
    if isinstance(value, dict) and value.keys() == {TEXT}:
        template, values = value[TEXT]
        return Text(template, _unpack(values, arrays))
    if isinstance(value, dict):
        return {key: _unpack(item, arrays) for key, item in value.items()}
    if isinstance(value, list):
        return [_unpack(item, arrays) for item in value]
    return value
