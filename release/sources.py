"""The source of a release: a copy of the files that git has, as they were committed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

# A release writes these files at its end.
WRITTEN = ("pyproject.toml", "CHANGELOG.md")
# A new file in these folders is part of the course, so it must be committed.
SHIPPED = ("checks/", "data/", "explorer/", "helpers/", "notebooks/", "release/")


# The order in which students work through the assignments. Other assignments come after these.
ORDER = ("gaussian-mixture", "image-clusters", "bernoulli-digits", "when-em-fails")


def assignments(root: Path) -> list[str]:
    """Return the names of all assignments, in the order of the course."""
    sources = (root / "solutions").glob("*.py")
    names = sorted(path.stem for path in sources if "." not in path.stem)
    return sorted(names, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))


def copy(root: Path, folder: Path, changed: Mapping[str, str]) -> Path:
    """Copy every file that git has into the folder, with these texts changed, and return the folder.

    So a release cannot contain a file that git does not have. And the course itself is not changed before the
    release is made.
    """
    for name in filter(None, _git(root, "ls-files", "-z").split("\0")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(changed[name].encode() if name in changed else (root / name).read_bytes())
    return folder


def names(folder: Path) -> list[str]:
    """Return the names of all files in the folder, with slashes, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def require_committed(root: Path) -> None:
    """Raise ValueError if this is not a clone, or if a file of the release is not committed."""
    if Path(_git(root, "rev-parse", "--show-toplevel").strip()) != root:
        raise ValueError(
            f"{root} is inside another repository. A release is made in a clone of the course itself."
        )
    lines = filter(None, _git(root, "status", "--porcelain", "-z", "--no-renames").split("\0"))
    changed = [line[3:] for line in lines if _counts(line)]
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise ValueError(
            f"A release contains only committed files. Not committed: {', '.join(changed[:3])}{more}. "
            "Commit these files, or set them aside with `git stash -u`."
        )


def require_new(root: Path, version: str) -> None:
    """Raise ValueError if the tag of the version is at another commit."""
    tagged = _git(root, "tag", "--list", f"v{version}", "--format=%(*objectname)%(objectname)").strip()
    if tagged and not tagged.startswith(_git(root, "rev-parse", "HEAD").strip()):
        raise ValueError(f"The tag v{version} is at another commit: choose a higher version.")


def require_untouched(root: Path, chosen: Iterable[str]) -> None:
    """Raise ValueError if a notebook of the release is missing, or if somebody has worked in it."""
    from grading.build import notebooks  # imported late, because it loads nbgrader

    notebooks.require_untouched(root, chosen)


def _counts(line: str) -> bool:
    """Tell whether the file in a line of `git status` prevents a release."""
    kind, name = line[:2], line[3:]
    return name.startswith(SHIPPED) if kind == "??" else name not in WRITTEN


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError:
        raise ValueError("git is needed to make a release: install it first.") from None
    if done.returncode:
        raise ValueError(f"A release is made in a clone of the course, with git. {done.stderr.strip()}")
    return done.stdout
