"""Files that must not be lost: renamed beside their place, or replaced whole."""

from __future__ import annotations

import os
from pathlib import Path


def keep_aside(path: Path, word: str) -> Path:
    """Rename x.txt to x.<word>1.txt, or the first number that is free; return where it is now."""
    names = (path.with_suffix(f".{word}{n}{path.suffix}") for n in range(1, 10_000))
    return path.rename(next(name for name in names if not name.exists()))


def replace_file(path: Path, text: str) -> Path:
    """Write a file beside its place and move it there: it is never half written. Return where it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8", errors="replace", newline="")
    os.replace(part, path)
    return path
