"""Build the case files: public ones in the course's data, hidden ones in the instructor's folder."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import importlib
import warnings
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from checks.authors import Mistake
from checks.casebook import Item, load_cases, load_hints, save_cases
from checks.cases import Case
from checks.compare import as_numbers, as_parts, find_faults, unpacked
from checks.forms import in_every_form
from checks.judged import judging
from checks.questions import Question
from grading.build.hidden import hidden_folder, hidden_seed
from grading.course import Assignment, Course, package_folder

PUBLIC_SEED = 20261121
STAMP = "stamp.txt"  # in the hidden folder: what its cases were drawn from


def build_public(course: Course, names: Collection[str] = ()) -> list[Path]:
    """Bring the public case files up to date; return those that were written. names: only of these."""
    folder = course.checker.public.folder
    chosen = _chosen(course, names)
    written = [
        path for each in chosen for path in _build(each, PUBLIC_SEED, folder / each.name, hidden=False)
    ]
    _forget_others(course, folder)
    return written


def build_hidden(course: Course, names: Collection[str] = ()) -> list[Path]:
    """Bring the hidden case files up to date with the instructor's own seed; return those written.

    Nothing is drawn of an assignment where the seed and all that its cases are made from are as they were.
    """
    folder = hidden_folder(course)
    seed = hidden_seed(folder)
    made = [_renew(each, seed, folder / each.name) for each in _chosen(course, names)]
    _forget_others(course, folder)
    return [path for paths in made for path in paths]


def _chosen(course: Course, names: Collection[str]) -> list[Assignment]:
    return [each for each in course.assignments() if not names or each.name in names]


def _renew(assignment: Assignment, seed: int, folder: Path) -> list[Path]:
    """Draw hidden cases, unless they are there and were drawn from the same."""
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
    """Return the cases of every exercise of an assignment, by the exercise's name.

    Each holds what every known mistake of the exercise answers.
    """
    recipe = importlib.import_module(f"{assignment.package}.cases")
    drawn = recipe.cases(assignment.reference(), np.random.default_rng(seed), hidden)
    known, arrays = assignment.mistakes(), assignment.course.arrays
    _require_whole(assignment, drawn, known)
    laws = _names_of_laws(assignment, getattr(recipe, "LAWS", {}), drawn)
    return {
        name: [_completed(case, known.get(name, []), laws.get(name, {}), arrays) for case in cases]
        for name, cases in drawn.items()
    }


def _require_whole(
    assignment: Assignment, drawn: Mapping[str, Sequence[Item]], known: Mapping[str, Sequence[Mistake]]
) -> None:
    """Raise ValueError, which says where, if the notebook, the cases and the mistakes do not fit together."""
    where, source = f"`cases` in {assignment.package}.cases", assignment.source.name
    tested = [cell.metadata["test"] for cell in assignment.cells().cells if "test" in cell.metadata]
    for name in tested:
        if not drawn.get(name):
            raise ValueError(f"{where} has no case for '{name}', which a test cell in {source} tests.")
    for name in known.keys() - drawn.keys():
        raise ValueError(f"{where} has no exercise '{name}', but there is a file of mistakes for it.")
    for name, each in ((name, each) for name, cases in drawn.items() for each in cases):
        if isinstance(each, Case) and not each.answers:
            raise ValueError(f"{where}: the case '{each.name}' of '{name}' has no answer. Use Case.of.")


def _names_of_laws(
    assignment: Assignment, laws: Mapping[str, Any], drawn: Mapping[str, list[Item]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the names of the laws of each exercise's parts. Raises ValueError where a name is unknown."""
    chosen = assignment.course.checker.laws.chosen(laws)
    for exercise, parts in chosen.items():
        where = f"{assignment.package}.cases.LAWS[{exercise!r}]"
        if exercise not in drawn:
            raise ValueError(f"{where}: there is no exercise of that name; there are: {', '.join(drawn)}.")
        known = as_parts(drawn[exercise][0].answers[0], drawn[exercise][0].returns)
        if unknown := [part for part in parts if part not in known]:
            raise ValueError(f"{where}: its answer has no part {unknown[0]!r}; it has: {list(known)}.")
    return {
        exercise: {part: tuple(law.name for law in laws) for part, laws in parts.items()}
        for exercise, parts in chosen.items()
    }


def _completed(
    case: Item, known: Sequence[Mistake], laws: Mapping[str, tuple[str, ...]], arrays: tuple[str, ...]
) -> Item:
    """Return the case with the laws of its exercise and the answers of the known mistakes."""
    if isinstance(case, Question):
        return case
    case = dataclasses.replace(case, arrays=arrays)
    if case.advice:  # worth no marks: a mistake is not looked for there
        return case
    answers = {each.hint.name: _answers(case, each) for each in known}
    return dataclasses.replace(case, mistakes=answers, laws=laws)


def _answers(case: Case, mistake: Mistake) -> list[Any]:
    """Return the wrong parts and the answer, in every form; nothing if the mistake ends in an error."""
    args = copy.deepcopy(list(case.args.values()))
    with warnings.catch_warnings(), np.errstate(all="ignore"), judging():
        warnings.simplefilter("ignore")
        try:
            value = mistake.answer(*args, **case.kwargs)
        except (Exception, SystemExit):  # such as a component that has collapsed
            return []
        forms = {**case.forms, **case.wrong_forms}
        every = in_every_form(_in_short(unpacked(value)), case.returns, forms)
        return [[_wrong_parts(case, answer), answer] for answer in every]


def _wrong_parts(case: Case, answer: Any) -> list[str]:
    """The parts of an answer that are wrong; "" is all of it."""
    faults = find_faults(answer, case.answers, case.tolerance, case.returns)
    return sorted({fault.part for fault in faults})


def _in_short(value: Any) -> Any:
    """Arrays in single precision, which is enough to know them by, in place of lists of numbers.

    What is neither number nor list nor dictionary is a text, by which nothing is known.
    """
    if value is None:
        return None
    if isinstance(value, dict):
        return {str(key): _in_short(item) for key, item in value.items()}
    exact = as_numbers(value)
    if exact is None:  # values of several kinds
        return [_in_short(item) for item in value] if isinstance(value, list) else type(value).__name__
    with np.errstate(over="ignore", under="ignore"):
        short = exact.astype(np.float32)
    return short if np.allclose(short, exact, 1e-6, 0, equal_nan=True) else exact


def same_cases(old: Any, new: Any) -> bool:
    """Tell whether two lists of cases agree, numbers to nine digits, mistakes' answers to six."""
    if isinstance(new, np.ndarray | np.floating | float):
        close = 1e-5 if getattr(new, "dtype", None) == np.float32 else 1e-9
        return np.shape(old) == np.shape(new) and np.allclose(old, new, close, 1e-12, equal_nan=True)
    if isinstance(new, Case | Question):
        return type(old) is type(new) and same_cases(vars(old), vars(new))
    if isinstance(new, dict):
        return old.keys() == new.keys() and all(same_cases(old[key], new[key]) for key in new)
    if isinstance(new, list | tuple):
        return len(old) == len(new) and all(same_cases(a, b) for a, b in zip(old, new))
    return old == new


def _build(assignment: Assignment, seed: int, folder: Path, hidden: bool) -> list[Path]:
    """Draw the cases of an assignment into its folder; return the files that were written."""
    drawn, known = draw_cases(assignment, seed, hidden), assignment.mistakes()
    files = {folder / f"{name}.npz": name for name in drawn}
    for path in set(folder.glob("*.npz")) - files.keys():
        path.unlink()  # of an exercise that is no more
    return [path for path, name in files.items() if _save(path, known.get(name, ()), drawn[name])]


def _forget_others(course: Course, folder: Path) -> None:
    """Remove the files of assignments that are no more, and those from before each had a folder."""
    names = {each.name for each in course.assignments()}
    others = (path for path in folder.glob("*/*.npz") if path.parent.name not in names)
    for path in (*others, *folder.glob("*.npz")):
        path.unlink()


def _save(path: Path, known: Sequence[Mistake], cases: list[Item]) -> bool:
    """Write the file if it says something else; last digits differ from machine to machine."""
    hints = [each.hint for each in known]
    try:
        if load_hints(path) == hints and same_cases(load_cases(path), cases):
            return False
    except (OSError, KeyError, TypeError):  # there is none, or of an older form
        pass
    save_cases(path, cases, hints)
    return True


def _origin(assignment: Assignment, seed: int) -> str:
    """A fingerprint of the seed and of everything that the cases of an assignment are made from."""
    course = assignment.course
    exercises, own = package_folder(course.exercises), assignment.package.rpartition(".")[2]
    folders = [Path(__file__).parent, exercises, *course.world.folders().values()]
    sources = [path for folder in folders for kind in ("*.py", "*.md") for path in folder.rglob(kind)]
    others = {each.package.rpartition(".")[2] for each in course.assignments()} - {own}
    digest = hashlib.sha256(str(seed).encode())
    for path in sorted([*sources, assignment.source]):  # cards name their data's sha256
        if not (path.is_relative_to(exercises) and path.relative_to(exercises).parts[0] in others):
            digest.update(path.read_bytes())
    return digest.hexdigest()
