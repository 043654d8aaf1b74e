"""The course in a browser tab: a folder of a static JupyterLite site that asks no other host for anything.

`build` makes the folder. `python -m release.lite FOLDER --wheel W --downloads D` makes only this folder.
"""

from release.lite.making import build

__all__ = ["build"]
