"""How people get `match_components` wrong."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from checks.authors import OURS, mistake


def _squares(means, others):
    return ((np.asarray(means)[:, None] - np.asarray(others)) ** 2).sum(axis=2)


@mistake("one partner used twice", seen=OURS)
def _(means, others):
    """You take the nearest component of the other fit each time, so one partner is used twice. Use each
    partner once, and make the sum of all squared distances as small as possible.

    The result translates the numbers of one fit into those of the other. Each number must occur once.
    Otherwise two components share a partner, and a component of the other fit is lost. So the components
    cannot be decided one by one. Sometimes a component must take a partner that is not the nearest.

    Means (0, 0) and (6, 0), others (2, 0) and (11, 0). Other 0 is the nearest to both means. The order 0, 1
    (mean 0 with other 0, mean 1 with other 1) has the sum 4 + 25 = 29. The order 1, 0 has 121 + 16 = 137. The
    answer is 0, 1.
    """
    return _squares(means, others).argmin(axis=1)


@mistake("each takes the nearest partner left", seen=OURS)
def _(means, others):
    """You go through the components in turn, and each takes the nearest partner that is still free. Choose
    all partners together, so that the sum of the squared distances is as small as possible.

    A component may take the partner that a later one needs. Then the later one gets a partner that is far
    away. Your result also depends on the order of the components, which means nothing. Compare the sums of
    whole orders, not single distances. SciPy has a function that finds the best order without trying all.

    Means (5, 0) and (0, 0), others (2, 0) and (11, 0). If mean 0 takes other 0, the sum is 9 + 121 = 130. If
    it takes other 1, the sum is 36 + 4 = 40. The answer is 1, 0.
    """
    squares, order = _squares(means, others), []
    for row in squares:
        order.append(int(np.argmin(row)))
        squares[:, order[-1]] = np.inf
    return np.array(order)


@mistake("the nearest pair first", seen=OURS)
def _(means, others):
    """You fix the nearest pair of all first, then the nearest pair of the rest. Choose all pairs together:
    the sum of their squared distances must be as small as possible.

    A very near pair may force the other components into pairs that are far apart. Distances are squared, so
    one far pair costs more than several of middling length. A pair that is fixed first is never reconsidered.
    So your method often finds the best order, but not always.

    Means (0, 0) and (5, 0), others (4, 0) and (10, 0). The nearest pair is (5, 0) with (4, 0). It leaves
    (0, 0) with (10, 0), and the sum is 1 + 100 = 101. The order 0, 1 (mean 0 with other 0, mean 1 with other
    1) has the sum 16 + 25 = 41. The answer is 0, 1.
    """
    squares, order = _squares(means, others), np.zeros(len(means), dtype=int)
    for _ in order:
        k, partner = np.unravel_index(np.argmin(squares), squares.shape)
        order[k] = partner
        squares[k], squares[:, partner] = np.inf, np.inf
    return order


@mistake("the partners the other way round", seen=OURS)
def _(means, others):
    """Your result gives for each component of `others` its partner in `means`. Return for each component of
    `means` its partner in `others`.

    Both lists describe the same pairs, but they are different lists of numbers: one is the inverse of the
    other. For two components they are the same, so a small test does not show the mistake. In a table of
    distances, let the rows belong to `means` and the columns to `others`. Then the partner of component k
    is the column that belongs to row k.

    Mean 0 belongs to other 2, mean 1 to other 0, and mean 2 to other 1. Listed by the means, the partners
    are 2, 0, 1. Listed by the others they are 1, 2, 0. The docstring asks for 2, 0, 1.
    """
    return linear_sum_assignment(_squares(others, means))[1]


@mistake("distances not squared", seen=OURS)
def _(means, others):
    """You make the sum of the distances as small as possible. Make the sum of the *squared* distances as
    small as possible.

    In a sum of squares a far pair counts much more: a distance of 8 counts 64. So the two sums can prefer
    different orders. The sum of distances accepts one far pair if other pairs become nearer. The sum of
    squares avoids the far pair. `np.linalg.norm` and `cdist` return distances that are not squared, unless
    you ask for squares.

    One order has the distances 5 and 5, the other has 8 and 1. The distances sum to 10 and to 9, so the
    second order looks better. The squares sum to 25 + 25 = 50 and to 64 + 1 = 65. So the first order is
    correct.
    """
    return linear_sum_assignment(np.sqrt(_squares(means, others)))[1]


@mistake("the largest sum", seen=OURS)
def _(means, others):
    """Your order makes the sum of the squared distances as large as possible. Make it as small as possible,
    so that partners are near each other.

    `linear_sum_assignment` makes a sum of costs as small as possible. A squared distance is a cost already:
    it is 0 for two equal means, and grows as they move apart. A minus sign or `maximize=True` turns the
    question round. They belong to similarities, which are large for means that are near each other.

    Means (0, 0) and (8, 0), others (7, 0) and (2, 0). The order 0, 1 (mean 0 with other 0, mean 1 with other
    1) has the sum 49 + 36 = 85. The order 1, 0 has the sum 4 + 1 = 5. The smaller sum is correct, so the
    answer is 1, 0.
    """
    return linear_sum_assignment(_squares(means, others), maximize=True)[1]


@mistake("sorted by the first coordinate", seen=OURS)
def _(means, others):
    """You use only the first coordinate: the smallest is paired with the smallest, and so on. Use all
    coordinates in the squared distances, and make their sum as small as possible.

    Two components can have nearly the same first coordinate and differ in the second. Then a small random
    difference decides which comes first, and the pairs are wrong. To sort both fits is correct only for
    points on a line. Two means are near each other only if all D coordinates are near.

    Means (2, 1) and (3, 7), others (2, 8) and (3, 0). The first coordinate gives the order 0, 1 (mean 0 with
    other 0, mean 1 with other 1) with the sum 49 + 49 = 98. The order 1, 0 has the sum 2 + 2 = 4. The answer
    is 1, 0.
    """
    ranks = np.argsort(np.argsort(np.asarray(means)[:, 0]))
    return np.argsort(np.asarray(others)[:, 0])[ranks]


@mistake("own numbers instead of the partners'", seen=OURS)
def _(means, others):
    """You return 0, 1, 2 and so on, whatever the means are. These are the numbers of the components in
    `means`. Return the numbers of their partners in `others`.

    `linear_sum_assignment` returns two arrays. The first has the rows of the table of distances, always in
    increasing order. The second has the column that belongs to each row, and that is the partner. EM
    numbers its components as the start does, so equal numbers in two fits mean nothing.

    Means (0, 0), (10, 0) and (20, 0), others (20, 1), (0, 1) and (10, 1). Mean 0 is near other 1, mean 1 is
    near other 2, and mean 2 is near other 0. The answer is 1, 2, 0.
    """
    return linear_sum_assignment(_squares(means, others))[0]


@mistake("rows and columns both returned", seen=OURS, worth=0.5)
def _(means, others):
    """You return both arrays of `linear_sum_assignment`. Return only the partners: one number for each
    component.

    The first array has the rows of the table of distances, 0 to K - 1, which you know already. The second
    has the column of each row. If the rows belong to `means`, the column is the number of the partner. The
    docstring asks for the shape (K,), so that `others[order]` is the other fit in the order of this one.
    With both arrays, `others[order]` does not give that.

    For three components the two arrays may be 0, 1, 2 and 2, 0, 1. So component 0 belongs to 2, component 1
    to 0, and component 2 to 1. The answer is 2, 0, 1.
    """
    return np.array(linear_sum_assignment(_squares(means, others)))


@mistake("means instead of numbers", seen=OURS, worth=0.5)
def _(means, others):
    """You return the means of the partners. Return the numbers that the partners have in `others`.

    With the numbers you can rearrange everything about the other fit: its weights, means and covariances,
    and the columns of its responsibilities. With the means alone you would have to search for their numbers
    first. The docstring asks for the shape (K,), one number for each component. Your result has D numbers
    for each.

    Means (0, 0) and (10, 0), others (9, 1) and (1, 1). The partner of (0, 0) is (1, 1), which has the
    number 1. The partner of (10, 0) is (9, 1), which has the number 0. The answer is 1, 0.
    """
    return np.asarray(others)[linear_sum_assignment(_squares(means, others))[1]]
