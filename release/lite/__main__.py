"""`python -m release.lite FOLDER --wheel W --downloads D` makes the site's folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from release.lite.making import build


def main() -> None:
    """Read the command line and make the folder."""
    parser = argparse.ArgumentParser(prog="python -m release.lite", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder to make; its earlier content is removed")
    parser.add_argument("--wheel", type=Path, required=True, help="the course's wheel, the student's side")
    parser.add_argument("--downloads", type=Path, required=True, help="a folder that keeps fetched files")
    parser.add_argument(
        "--pyodide", metavar="ADDRESS", help="fetch compiled wheels from this address of a Pyodide release"
    )
    asked = parser.parse_args()
    build(asked.folder, asked.wheel, asked.downloads, address=asked.pyodide)


if __name__ == "__main__":
    main()
