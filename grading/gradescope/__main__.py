"""The program of Gradescope's container: `python -m grading.gradescope FOLDER [--check]`.

run_autograder starts it for each submission. setup.sh starts it with --check, which checks the container.
"""

from __future__ import annotations

import sys
from pathlib import Path

from grading.gradescope.container import check_container, mark_container


def main(folder: str, check: bool) -> int:
    """Mark the submission in the folder, or check the container; return the exit code."""
    if not check:
        mark_container(Path(folder))
        return 0
    try:
        print(f"The reference notebook has full marks. Submissions run {check_container(Path(folder))}.")
    except (OSError, RuntimeError, ValueError) as error:
        print(f"Stopped: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--check" in sys.argv[2:]))
