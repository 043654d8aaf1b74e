"""`python -m release VERSION [PART ...]`: write dist/ anew, all of it or these parts."""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from release import archives, changelog, sources, versions, wheel
from release.parts import PARTS, Release

ROOT = Path(__file__).resolve().parents[1]


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the arguments of the command line."""
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
        help="release only these assignments (default: all)",
    )
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="the folder to write (dist/)")
    parser.add_argument(
        "--downloads", type=Path, default=ROOT / ".downloads", help="the folder for downloaded files"
    )
    asked = parser.parse_args(words)
    if unknown := [part for part in asked.parts if part not in PARTS]:
        parser.error(f"'{unknown[0]}' is not a part of a release: choose from {', '.join(PARTS)}.")
    return asked


def main(words: Sequence[str] | None = None) -> int:
    """Make the release, and print the size of each part; return the exit status."""
    asked = arguments(words)
    try:
        made = release(asked)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. dist/ may be incomplete: run the command again.", file=sys.stderr)
        return 130
    print(archives.weights(made, asked.dist.parent))
    return 0


def release(asked: argparse.Namespace) -> list[Path]:
    """Write the parts, then the version and the changelog's entry; return the paths of the parts.

    Raises ValueError if a release is not possible. Then pyproject.toml and CHANGELOG.md are not changed.
    """
    pyproject, log = (ROOT / name for name in sources.WRITTEN)
    new = versions.written(pyproject.read_text(encoding="utf-8"), asked.version)
    told, day = changelog.written(log.read_text(encoding="utf-8"), asked.version, datetime.date.today())
    chosen = tuple(name for name in sources.assignments(ROOT) if name in asked.assignments)
    sources.require_committed(ROOT)
    sources.require_new(ROOT, asked.version)
    sources.require_untouched(ROOT, chosen)
    changed = {pyproject.name: new, log.name: told}
    with tempfile.TemporaryDirectory() as folder:
        copy = sources.copy(ROOT, Path(folder, "course"), changed)
        built = wheel.build(copy, Path(folder, "wheel"), day)
        plan = Release(copy, built, asked.dist, asked.downloads, asked.version, day, chosen)
        made = [path for part in asked.parts or PARTS for path in PARTS[part](plan)]
    for name, text in changed.items():
        (ROOT / name).write_text(text, encoding="utf-8")
    return made


if __name__ == "__main__":
    sys.exit(main())
