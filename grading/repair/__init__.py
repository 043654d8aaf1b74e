"""Turn any submitted file into a notebook that has the instructor's cells in their places.

read.py reads the file. match.py finds the submitted cell for each of the instructor's cells. rebuild.py makes
the notebook that is marked, and says what was repaired. whole.py does all three steps.

decode.py, parse.py, scripts.py and stand_ins.py are parts of read.py. earlier.py knows the cells of
earlier releases. merge.py, twice.py and marks.py choose which of two versions counts. names.py and
files.py find the names that code defines. homes.py finds answers in other cells. attempted.py finds answers
that the student has not begun. missing.py finds answers in other files or in tests. layout.py, order.py and
given.py put each cell where it must run. elsewhere.py, prose.py and fenced.py find text that belongs to no
question. beside.py shows this text. commented.py shows the text of HTML comments. pictures.py and shrink.py
add the pictures that written answers name. remade.py makes the new cells.

Of a submission, only the text of its cells and the pictures in its written answers get into the marked
notebook: no output, no setting. Of the metadata, match.py reads only the names of cells.
"""

from grading.repair.decode import Barrier
from grading.repair.read import Submitted, Unreadable
from grading.repair.rebuild import blank, rebuild
from grading.repair.whole import repaired, unreadable

__all__ = [
    "Barrier",
    "Submitted",
    "Unreadable",
    "blank",
    "rebuild",
    "repaired",
    "unreadable",
]
