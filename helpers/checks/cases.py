"""Cases: what a function is called with, and every answer that is right.

A case file holds numbers, labels and hints, never code. `public` finds the files that come
with the course in data/checks/; an instructor's hidden cases have the same form elsewhere.
"""

from __future__ import annotations

import contextlib
import copy
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from helpers.checks.hints import Hint
from helpers.datasets import DATA


@dataclass(frozen=True)
class Case:
    """One call of a function, or (without `args`) one question with its right answers.

    name: what the report calls it. args: argument name to value, passed by position.
    kwargs: passed by name. answers: all right answers, any will do; none if the answer
    is not public. choices: what may be answered, for a question that has choices.
    tolerance: largest difference allowed, relative to the largest number in the answer.
    advice: if not "", the case is worth no marks, and a miss says this sentence.
    calls: what other exercises' functions answer on the right way, see replay.py.
    returns: the names of the values, if the function returns several; an answer then is a
    list of them. free: arguments whose form the exercise leaves open, by name: a "table" may
    come as (N, K) or (K, N), a "vector" as (K,), (K, 1) or (1, K).
    mistakes: what each known mistake answers, by its name, in every form that it may take:
    pairs of the parts that are wrong and the answer; none if it ends in an error.
    laws: what must hold of each part of the answer, see laws.py; "" is the answer as a whole.
    reasons: of a question, what to say of a wrong answer, by the answer.
    """

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    answers: tuple[Any, ...] = ()
    choices: tuple[str, ...] = ()
    tolerance: float = 1e-5
    advice: str = ""
    calls: Mapping[str, Any] = field(default_factory=dict)
    returns: tuple[str, ...] = ()
    free: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, Any] = field(default_factory=dict)
    laws: Mapping[str, Any] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


class CaseBook:
    """The cases of one folder, by the name of the function or question: book["EM"]."""

    def __init__(self, folder: Path, hidden: bool = False):
        self.folder = Path(folder)
        self.hidden = hidden
        self._kept: dict[str, tuple[tuple[int, int], list[Case], list[Hint]]] = {}

    def __contains__(self, name: str) -> bool:
        return self._path(name).exists()

    def __getitem__(self, name: str) -> list[Case]:
        if name not in self:
            kind = "hidden" if self.hidden else "public"
            raise LookupError(
                f"there are no {kind} cases for '{name}': keep the name that the exercise gives "
                "the function, or run `make build` if the exercise is new."
            )
        kept = self._still_kept(name)
        return copy.deepcopy(kept[0]) if kept else load_cases(self._path(name))

    def hints(self, name: str) -> dict[str, Hint]:
        """Return the hints of an exercise's known mistakes, by the mistake's name."""
        kept = self._still_kept(name)
        return {hint.name: hint for hint in (kept[1] if kept else load_hints(self._path(name)))}

    def keep(self) -> None:
        """Read all files now and keep what they hold, for who is asked for the same again and again."""
        for path in self.folder.glob("*.npz"):
            with contextlib.suppress(Exception):  # what is wrong with a file is said when it is asked for
                self._kept[path.stem] = (_stamp(path), load_cases(path), load_hints(path))

    def _still_kept(self, name: str) -> tuple[list[Case], list[Hint]] | None:
        """Return what is kept of a file, if the file is as it was."""
        stamp, *held = self._kept.get(name, (None, [], []))
        return tuple(held) if stamp and stamp == _stamp(self._path(name)) else None

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.npz"


def _stamp(path: Path) -> tuple[int, int]:
    """What changes when a file is written again."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


public = CaseBook(DATA / "checks")


def example(name: str, number: int = 0) -> dict[str, Any]:
    """Return the arguments of one public case of an exercise, to try a function with.

    Raises LookupError if there is no such exercise, IndexError if it has fewer cases.
    """
    return dict(public[name][number].args)


def save_cases(path: Path, cases: list[Case], hints: Iterable[Hint] = ()) -> None:
    """Write cases to an .npz file: the arrays, each once, and one text that refers to them.

    The text is compressed, so that nobody reads the hints before the exercise by accident.
    """
    arrays: list[np.ndarray] = []
    packed = [{key: _pack(value, arrays) for key, value in vars(case).items()} for case in cases]
    text = json.dumps([packed, [vars(hint) for hint in hints]])
    np.savez_compressed(path, *arrays, text=np.frombuffer(zlib.compress(text.encode(), 9), np.uint8))


def load_cases(path: Path) -> list[Case]:
    """Read what save_cases wrote."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = dict(stored)  # each is read once, however often it is referred to
    packed, _ = _decoded(arrays["text"])
    cases = [{key: _unpack(value, arrays) for key, value in case.items()} for case in packed]
    tuples = ("answers", "choices", "returns")
    return [Case(**{k: tuple(v) if k in tuples else v for k, v in case.items()}) for case in cases]


def load_hints(path: Path) -> list[Hint]:
    """Read the hints that save_cases wrote."""
    with np.load(path, allow_pickle=False) as stored:
        _, hints = _decoded(stored["text"])
    return [Hint(each["name"], tuple(each["rungs"])) for each in hints]


def _decoded(text: np.ndarray) -> Any:
    return json.loads(zlib.decompress(text.tobytes()))


def _pack(value: Any, arrays: list[np.ndarray]) -> Any:
    if isinstance(value, Mapping):
        return {key: _pack(item, arrays) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return {"array": _index(value, arrays)}
    if isinstance(value, list | tuple):
        return [_pack(item, arrays) for item in value]
    return value


def _index(value: np.ndarray, arrays: list[np.ndarray]) -> int:
    for i, known in enumerate(arrays):
        if known.shape == value.shape and known.tobytes() == value.tobytes():
            return i
    arrays.append(value)
    return len(arrays) - 1


def _unpack(value: Any, arrays: Mapping[str, np.ndarray]) -> Any:
    if isinstance(value, dict) and value.keys() == {"array"}:
        return arrays[f"arr_{value['array']}"]
    if isinstance(value, dict):
        return {key: _unpack(item, arrays) for key, item in value.items()}
    if isinstance(value, list):
        return [_unpack(item, arrays) for item in value]
    return value
