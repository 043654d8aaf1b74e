"""The formgrader's page of one submission, with our part of it: the rubric beside a written answer.

nbgrader_config.py names what is here. The page is nbgrader's: formgrade/index.html.j2 extends it.
Formulas are MathML, made here: no script comes from elsewhere, and the page works without the network.
filters.py has what the page asks for.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

OURS = Path(__file__).resolve().parent
NBGRADERS = Path(importlib.util.find_spec("nbgrader").origin).parent  # not imported: every command reads this
TEMPLATES = [str(OURS), str(NBGRADERS / "server_extensions" / "formgrader" / "templates")]
