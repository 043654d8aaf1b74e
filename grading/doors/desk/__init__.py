"""The formgrader's page of one submission, with the rubric beside each written answer.

nbgrader_config.py names the parts in this folder. The page is nbgrader's page, which
formgrade/index.html.j2 extends. Formulas are MathML, made by the grader: so no script is loaded from
another site, and the page works without the network. filters.py has the filters that the page uses.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

OURS = Path(__file__).resolve().parent
NBGRADERS = Path(importlib.util.find_spec("nbgrader").origin).parent  # not imported: every command reads this
TEMPLATES = [str(OURS), str(NBGRADERS / "server_extensions" / "formgrader" / "templates")]
