"""`python -m release VERSION [PART ...]`: write dist/ anew, all of it or these parts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from release import archives, changelog, sources, versions
from release.parts import PARTS, Release

ROOT = Path(__file__).resolve().parents[1]


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what the command line asks for."""
    known = sources.assignments(ROOT)
    parser = argparse.ArgumentParser(prog="python -m release", description=__doc__)
    parser.add_argument("version", help="the number of this release, such as 1.2.0")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one or more of {', '.join(PARTS)}")
    parser.add_argument(
        "--assignments",
        nargs="+",
        choices=known,
        default=known,
        metavar="NAME",
        help="hand out only these (default: all)",
    )
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="the folder to write (dist/)")
    parser.add_argument(
        "--downloads", type=Path, default=ROOT / ".downloads", help="the folder for downloaded files"
    )
    asked = parser.parse_args(words)
    if unknown := [part for part in asked.parts if part not in PARTS]:
        parser.error(f"'{unknown[0]}' is not a part of a release: choose from {', '.join(PARTS)}.")
    return asked


def begun(asked: argparse.Namespace) -> Release:
    """Write the version and the changelog's entry, and return the release that is to be made.

    Raises ValueError, with nothing written, where it cannot be made.
    """
    version = versions.checked(ROOT / "pyproject.toml", asked.version)
    chosen = tuple(name for name in sources.assignments(ROOT) if name in asked.assignments)
    sources.require_committed(ROOT)
    sources.require_untouched(ROOT, chosen)
    day = changelog.write(ROOT / "CHANGELOG.md", version, sources.subjects(ROOT))
    versions.write(ROOT / "pyproject.toml", version)
    return Release(ROOT, asked.dist, asked.downloads, version, day, chosen)


def main(words: Sequence[str] | None = None) -> int:
    """Make the release that is asked for, and print what each part weighs."""
    asked = arguments(words)
    try:
        release = begun(asked)
        made = [path for part in asked.parts or PARTS for path in PARTS[part](release)]
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(archives.weights(made, asked.dist.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
