"""Build the case files: public ones in data/checks/, hidden ones in the instructor's folder."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np

from grading.course import Assignment, assignments
from grading.hidden import hidden_folder, hidden_seed
from helpers.checks.cases import Case, load_cases, public, save_cases

PUBLIC_SEED = 20261121


def build_public() -> list[Path]:
    """Bring the public case files up to date; return those that were written."""
    return _build(PUBLIC_SEED, public.folder, hidden=False)


def build_hidden() -> list[Path]:
    """Bring the hidden case files up to date with the instructor's own seed; return those written."""
    folder = hidden_folder()
    return _build(hidden_seed(folder), folder, hidden=True)


def draw_cases(assignment: Assignment, seed: int, hidden: bool) -> dict[str, list[Case]]:
    """Return the cases of every exercise of an assignment, by the exercise's name."""
    recipe = importlib.import_module(f"grading.exercises.{assignment.name.replace('-', '_')}")
    return recipe.cases(assignment.reference(), np.random.default_rng(seed), hidden)


def same_cases(old: Any, new: Any) -> bool:
    """Tell whether two lists of cases agree, numbers to nine digits."""
    if isinstance(new, np.ndarray | float):
        return np.shape(old) == np.shape(new) and np.allclose(old, new, rtol=1e-9, atol=1e-12)
    if isinstance(new, Case):
        return same_cases(vars(old), vars(new))
    if isinstance(new, dict):
        return old.keys() == new.keys() and all(same_cases(old[key], new[key]) for key in new)
    if isinstance(new, list | tuple):
        return len(old) == len(new) and all(same_cases(a, b) for a, b in zip(old, new))
    return old == new


def _build(seed: int, folder: Path, hidden: bool) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {name: each for one in assignments() for name, each in draw_cases(one, seed, hidden).items()}
    for path in set(folder.glob("*.npz")) - {folder / f"{name}.npz" for name in drawn}:
        path.unlink()  # of an exercise that is no more
    paths = {folder / f"{name}.npz": cases for name, cases in drawn.items()}
    return [path for path, cases in paths.items() if _save(path, cases)]


def _save(path: Path, cases: list[Case]) -> bool:
    """Write the file if it says something else; last digits differ from machine to machine."""
    if path.exists() and same_cases(load_cases(path), cases):
        return False
    save_cases(path, cases)
    return True
