"""Measurements: speed and memory compared with other packages, and how reliable checks and marks are.

`make bench`, `make mutants` and `make stock` run the measurements, and write the results into the documents.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for small products, a second thread only adds noise

# Answers, submissions and invented classes belong to the tests; tests/ is next to this package.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
