"""Files that must not be lost: renamed beside their place, never overwritten."""

from __future__ import annotations

from pathlib import Path


def keep_aside(path: Path, word: str) -> Path:
    """Rename x.txt to x.<word>1.txt, or the first number that is free; return where it is now."""
    names = (path.with_suffix(f".{word}{n}{path.suffix}") for n in range(1, 10_000))
    return path.rename(next(name for name in names if not name.exists()))
