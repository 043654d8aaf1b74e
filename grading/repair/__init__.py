"""From whatever was handed in to a notebook with the instructor's cells in their places.

read.py reads the file, match.py finds which cell is which, rebuild.py makes the notebook that is
marked, and says what was repaired. whole.py does all three.

decode.py, parse.py, scripts.py and stand_ins.py are parts of read.py. earlier.py knows the cells of
earlier releases. merge.py, twice.py and marks.py settle which of two versions counts. names.py and
files.py read what code defines. homes.py finds answers in other cells, and attempted.py those that nobody
has begun. layout.py, order.py and given.py say what runs where. elsewhere.py, prose.py and fenced.py find
text that no question has claimed, and beside.py shows it. commented.py shows what stands in HTML
comments. pictures.py and shrink.py put the pictures in that written answers name.

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
