"""What a release is made from: files that git has, as they were committed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

# A release writes these itself.
WRITTEN = ("pyproject.toml", "CHANGELOG.md")
# A new file here is part of the course, and git must know it.
SHIPPED = ("checks/", "data/", "explorer/", "helpers/", "notebooks/", "release/")
# In this order students work through them; what is not named here comes after.
ORDER = ("gaussian-mixture", "image-clusters", "bernoulli-digits", "when-em-fails")


def assignments(root: Path) -> list[str]:
    """Return the names of all assignments, in the order of the course."""
    names = sorted(path.stem for path in (root / "solutions").glob("*.py"))
    return sorted(names, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))


def tracked(root: Path) -> list[str]:
    """Return the names of all files that git has, with slashes, in order."""
    return sorted(filter(None, _git(root, "ls-files", "-z").split("\0")))


def subjects(root: Path) -> list[str]:
    """Return the first lines of the commits since the last tag of a version, the newest first."""
    tag = _git(root, "describe", "--tags", "--abbrev=0", "--match", "v*", fails=True).strip()
    return _git(root, "log", "--format=%s", "--no-merges", f"{tag}..HEAD" if tag else "HEAD").splitlines()


def require_committed(root: Path) -> None:
    """Raise ValueError if a file that would go out is not as git has it."""
    lines = filter(None, _git(root, "status", "--porcelain", "-z", "--no-renames").split("\0"))
    changed = [line[3:] for line in lines if _counts(line)]
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise ValueError(
            f"A release holds only what git has. Not committed: {', '.join(changed[:3])}{more}. "
            "Commit them, or put them away with `git stash -u`."
        )


def require_untouched(root: Path, assignments: Iterable[str]) -> None:
    """Raise ValueError if somebody worked in a notebook that would go out."""
    from grading.build.notebooks import is_untouched  # which loads nbgrader: not before it is needed

    for name in assignments:
        path = root / "notebooks" / name / f"{name}.ipynb"
        if not is_untouched(path):
            raise ValueError(
                f"notebooks/{name}/{name}.ipynb was changed after it was built. "
                "Run `make build`: it keeps your copy under another name, and builds the notebook again."
            )


def _counts(line: str) -> bool:
    """Tell whether a line of `git status` stands in the way of a release."""
    kind, name = line[:2], line[3:]
    return name.startswith(SHIPPED) if kind == "??" else name not in WRITTEN


def _git(root: Path, *words: str, fails: bool = False) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError:
        raise ValueError("git is needed to make a release: install it first.") from None
    if done.returncode and not fails:
        raise ValueError(
            f"A release is made in a clone of the repository, with git. git says: {done.stderr.strip()}"
        )
    return "" if done.returncode else done.stdout
