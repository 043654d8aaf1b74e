"""What is measured: speed and memory beside peers, and how well checks and marks hold.

`make bench`, `make mutants` and `make stock` run it, and write what they find into the documents.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # two threads on small products only add noise

# Answers, submissions and made-up classes are the tests' own; they lie beside this package.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
