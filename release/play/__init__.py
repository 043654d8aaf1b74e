"""Play with EM: the explorer on a static page, without a kernel.

`python -m release.play FOLDER` writes it.
"""

from release.play.building import build

__all__ = ["build"]
