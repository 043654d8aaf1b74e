"""Speed, side by side with peers in one run, as ratios. `make bench` runs everything here."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # two threads on small products only add noise
