"""Small inputs for hints on `get_top_images`, the simplest first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _top(cluster: int, k: int, *rows: tuple[int, float, int]) -> Args:
    clusters, scores, pictures = zip(*rows)
    columns = {"cluster": np.array(clusters), "score": np.array(scores), "picture": np.array(pictures)}
    return {"assignments": columns, "cluster": cluster, "k": k}


@trial("a cluster that holds one picture, number 7")
def _() -> Args:
    """The answer has one number, 7.

    Return the entry of `assignments["picture"]`, not the number of the row that holds this entry.
    """
    return _top(0, 5, (0, 0.5, 7))


@trial("a cluster that holds picture 7 with score 1 and picture 9 with score 3")
def _() -> Args:
    """The best picture comes first, so the answer is 9, 7.

    Sort by the score, with the highest score first. `argsort` puts the lowest score first.
    """
    return _top(0, 5, (0, 1.0, 7), (0, 3.0, 9))


@trial("two pictures of cluster 0, and one picture of cluster 1 with the highest score of all")
def _() -> Args:
    """For cluster 0 the answer is 9, 7. Picture 8 is in cluster 1, so it does not count.

    First choose the rows of the cluster, then sort only these rows. A position among the chosen rows is not
    a row number of the whole table.
    """
    return _top(0, 5, (0, 1.0, 7), (1, 9.0, 8), (0, 3.0, 9))


@trial("three pictures of one cluster, with `k=2`")
def _() -> Args:
    """The answer has two numbers, for the pictures with the two highest scores: 4, then 9.

    First sort, then take the first `k` pictures.
    """
    return _top(1, 2, (1, 1.0, 7), (1, 3.0, 9), (1, 8.0, 4))


@trial("four pictures with the numbers 40, 10, 30 and 20")
def _() -> Args:
    """The scores of these pictures are 1, 4, 2 and 3. So the answer is 10, 20, 30, 40.

    The numbers of the pictures are not the numbers of the rows. So look up the pictures in
    `assignments["picture"]`.
    """
    return _top(0, 4, (0, 1.0, 40), (0, 4.0, 10), (0, 2.0, 30), (0, 3.0, 20))


@trial("two pictures with the scores 0.2 and 0.7")
def _() -> Args:
    """Picture 6 has the score 0.2, and picture 5 has the score 0.7. So the answer is 5, 6.

    Compare the scores as they are. If you cut them off to whole numbers, both scores are 0.
    """
    return _top(0, 5, (0, 0.2, 6), (0, 0.7, 5))


@trial("three pictures, of which two have the same score")
def _() -> tuple[Args, list[Any]]:
    """The answer has all three numbers. The two pictures with the same score may come in either order.

    A dictionary with the scores as keys keeps only one picture for each score.
    """
    return _top(0, 5, (0, 2.0, 6), (0, 3.0, 5), (0, 2.0, 9)), [np.array([5, 6, 9]), np.array([5, 9, 6])]


@trial("a cluster that holds fewer than `k` pictures")
def _() -> Args:
    """Cluster 1 has two pictures and `k` is 5. The answer has these two pictures, and nothing else.

    Do not add other pictures or zeros.
    """
    return _top(1, 5, (0, 5.0, 7), (1, 1.0, 3), (1, 2.0, 6), (0, 4.0, 2))


@trial("a cluster that holds no picture")
def _() -> Args:
    """The answer is empty.

    A list without entries is a correct answer here. Does your function stop with an error, or does it
    return None?
    """
    return _top(2, 5, (0, 5.0, 7), (1, 1.0, 3))
