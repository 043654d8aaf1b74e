"""Write the page into a folder: python -m release.play FOLDER."""

import sys
from pathlib import Path

from release.play.building import NotBundled, build


def main(words: list[str]) -> int:
    """Write the page and return the exit status."""
    if len(words) != 1:
        print("Name the folder to write: python -m release.play FOLDER", file=sys.stderr)
        return 2
    try:
        build(Path(words[0]))
    except NotBundled as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
