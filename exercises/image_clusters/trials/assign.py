"""Small inputs for hints on `assign`, the simplest first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


@trial("one picture with the scores 1 and 3")
def _() -> Args:
    """Component 1 has the better score, and this score is 3.

    The first result is the number of a component, and the second result is the score itself. Components are
    numbered from 0.
    """
    return {"scores": np.array([[1.0, 3]])}


@trial("two pictures, with the scores (5, 2) and (1, 4)")
def _() -> Args:
    """The first picture belongs to component 0 with the score 5. The second picture belongs to component 1
    with the score 4.

    Each row is one picture, and each row has its own answer. So search for the largest score along each
    row.
    """
    return {"scores": np.array([[5.0, 2], [1, 4]])}


@trial("one picture with the scores 1, 9 and 5")
def _() -> Args:
    """Component 1 has the best score, and this score is 9.

    Compare each score with the best score so far. If the score is better, it becomes the best score so far.
    """
    return {"scores": np.array([[1.0, 9, 5]])}


@trial("one picture with the scores 2, 1 and 3")
def _() -> Args:
    """Component 2 has the best score, 3. The score 3 is better than the 2. The 1 between them changes
    nothing.

    Compare each score with the best score so far, not with the score just before it.
    """
    return {"scores": np.array([[2.0, 1, 3]])}


@trial("three pictures, with the scores (1, 2, 3, 4), (9, 8, 7, 6) and (1, 5, 2, 3)")
def _() -> Args:
    """The best components are 3, 0 and 1, with the scores 4, 9 and 5.

    The best score may be in any column, also in the last column. Go through all columns of a row, and start
    again from the beginning for each row.
    """
    return {"scores": np.array([[1.0, 2, 3, 4], [9, 8, 7, 6], [1, 5, 2, 3]])}


@trial("one picture with the scores 0.002, 0.005 and 0.001")
def _() -> Args:
    """The best component is 1, although all scores are small.

    Compare the scores with each other, not with a fixed number. Do not round the scores.
    """
    return {"scores": np.array([[0.002, 0.005, 0.001]])}
