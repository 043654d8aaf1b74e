"""The hidden cases: where they are, and the seed that they are drawn from.

Both are an instructor's own and ignored by git, so that a public repository gives no case
away. `make build` draws a seed where there is none and keeps it in grading/hidden/seed.txt;
`make term` draws another, and a new term has new cases.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from grading.files import keep_aside
from helpers.checks.cases import CaseBook

FOLDER_VARIABLE = "SOFT_ASSIGNMENTS_HIDDEN"  # the tests keep their cases apart with it


def hidden_folder() -> Path:
    """Return the folder of the hidden cases."""
    return Path(os.environ.get(FOLDER_VARIABLE) or Path(__file__).with_name("hidden"))


def hidden_seed(folder: Path) -> int:
    """Return the seed in the folder, drawn and written there the first time."""
    path = folder / "seed.txt"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{secrets.randbits(64)}\n", encoding="utf-8")
    text = path.read_text(encoding="utf-8").strip()
    if not text.isdigit():
        raise ValueError(f"{path} must hold one whole number, but holds '{text}'.")
    return int(text)


def new_term(folder: Path) -> Path | None:
    """Draw a new seed; return where the old one was kept, if there was one."""
    path = folder / "seed.txt"
    if not path.exists():
        hidden_seed(folder)
        return None
    kept = keep_aside(path, "before")
    hidden_seed(folder)
    return kept


class _HiddenCases(CaseBook):
    """Hidden cases, built where they are missing: nobody gets 0 because a step was forgotten."""

    up_to_date = False

    def __contains__(self, name: str) -> bool:
        if not (super().__contains__(name) or self.up_to_date):
            from grading.cases import build_hidden  # which needs this module

            build_hidden()
            self.up_to_date = True
        return super().__contains__(name)


hidden = _HiddenCases(hidden_folder(), hidden=True)
