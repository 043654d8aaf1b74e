"""How people get `match_components` wrong."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from checks.authors import OURS, mistake


def _squares(means, others):
    return ((np.asarray(means)[:, None] - np.asarray(others)) ** 2).sum(axis=2)


@mistake("one partner used twice", seen=OURS)
def _(means, others):
    """For each mean you take the nearest component of the other fit, so two means get the same partner. Use
    each partner once. Make the sum of all squared distances as small as possible.

    The result says, for each component of `means`, which row of `others` is its partner. So each number of a
    row must occur once. If two components of `means` share a partner, some component of `others` has no
    partner. So you cannot choose a partner for each component separately. Sometimes a component must take a
    partner that is not the nearest.

    `means` holds (0, 0) and (6, 0), and `others` holds (2, 0) and (11, 0). `others[0]` is nearest to both
    means. The order 0, 1 pairs `means[0]` with `others[0]`, and `means[1]` with `others[1]`. Its sum is 4 +
    25 = 29. The order 1, 0 has the sum 121 + 16 = 137. So the answer is 0, 1.
    """
    return _squares(means, others).argmin(axis=1)


@mistake("each takes the nearest free partner, in turn", seen=OURS)
def _(means, others):
    """You give the components their partners in turn: each component takes the nearest partner that is still
    free. Choose all partners together. Make the sum of all squared distances as small as possible.

    A component may take the partner that a later component needs. Then the later component gets a partner
    that is far away. Your result also depends on the order of the components, although this order means
    nothing. So compare sums over all pairs, not single distances. A function of SciPy finds the smallest sum
    without trying every order.

    `means` holds (5, 0) and (0, 0), and `others` holds (2, 0) and (11, 0). The nearest partner of `means[0]`
    is `others[0]`. If `means[0]` takes it, the sum is 9 + 121 = 130. If `means[0]` takes `others[1]`, the sum
    is 36 + 4 = 40. So the answer is 1, 0.
    """
    squares, order = _squares(means, others), []
    for row in squares:
        order.append(int(np.argmin(row)))
        squares[:, order[-1]] = np.inf
    return np.array(order)


@mistake("the nearest pair first", seen=OURS)
def _(means, others):
    """You choose the nearest of all pairs first, and then the nearest pair among the rest. Choose all pairs
    together. Make the sum of their squared distances as small as possible.

    A very near pair may leave only far partners for the other components. Distances are squared, so one far
    pair costs more than several pairs with medium distances. Your function never changes a pair that it has
    chosen. So it often finds the best order, but not always.

    `means` holds (0, 0) and (5, 0), and `others` holds (4, 0) and (10, 0). The nearest pair is (5, 0) with
    (4, 0). Then only (0, 0) with (10, 0) is left, and the sum is 1 + 100 = 101. The order 0, 1 pairs (0, 0)
    with (4, 0), and (5, 0) with (10, 0). Its sum is 16 + 25 = 41. So the answer is 0, 1.
    """
    squares, order = _squares(means, others), np.zeros(len(means), dtype=int)
    for _ in order:
        k, partner = np.unravel_index(np.argmin(squares), squares.shape)
        order[k] = partner
        squares[k], squares[:, partner] = np.inf, np.inf
    return order


@mistake("the partners the other way round", seen=OURS)
def _(means, others):
    """Your result lists a partner in `means` for each component of `others`. List a partner in `others` for
    each component of `means`.

    Both lists describe the same pairs, but the two lists are different: one list is the inverse of the other.
    For two components both lists are equal, so a small test does not show the mistake. In your table of
    squared distances, use a row for each of the `means`, and a column for each of the `others`. Then the
    partner of component k is the column that belongs to row k.

    `means[0]` belongs to `others[2]`, `means[1]` belongs to `others[0]`, and `means[2]` belongs to
    `others[1]`. For the means 0, 1 and 2, the partners are 2, 0, 1. This is the answer. For the others 0, 1
    and 2, the partners are 1, 2, 0.
    """
    return linear_sum_assignment(_squares(others, means))[1]


@mistake("distances not squared", seen=OURS)
def _(means, others):
    """You make the sum of the distances as small as possible. Make the sum of the *squared* distances as
    small as possible.

    In a sum of squares, a far pair counts much more: a distance of 8 counts 64. So the two sums can prefer
    different orders. The smallest sum of distances may contain a far pair, if the remaining pairs are near.
    The smallest sum of squares avoids far pairs. `np.linalg.norm` and `cdist` return distances without
    squares, unless you ask for squares.

    The first order has the distances 5 and 5, the second order has 8 and 1. The distances sum to 5 + 5 = 10
    and to 8 + 1 = 9, so the second order looks better. The squares sum to 25 + 25 = 50 and to 64 + 1 = 65. So
    the first order is correct.
    """
    return linear_sum_assignment(np.sqrt(_squares(means, others)))[1]


@mistake("the largest sum", seen=OURS)
def _(means, others):
    """Your order makes the sum of the squared distances as large as possible. Make this sum as small as
    possible, so that partners are near each other.

    `linear_sum_assignment` makes a sum of costs as small as possible. A squared distance is a cost: it is 0
    for two equal means, and it grows with the distance. With a minus sign or with `maximize=True`, you get
    the largest sum instead. A minus sign and `maximize=True` are only for similarities, which are large when
    means are near each other.

    `means` holds (0, 0) and (8, 0), and `others` holds (7, 0) and (2, 0). The order 0, 1 pairs `means[0]`
    with `others[0]`, and `means[1]` with `others[1]`. Its sum is 49 + 36 = 85. The order 1, 0 has the sum 4 +
    1 = 5. This is the smaller sum, so the answer is 1, 0.
    """
    return linear_sum_assignment(_squares(means, others), maximize=True)[1]


@mistake("sorted by the first coordinate", seen=OURS)
def _(means, others):
    """You use only the first coordinate: you pair the smallest with the smallest, and so on. Use all
    coordinates in the squared distances. Make the sum of these squared distances as small as possible.

    Two components can have nearly the same first coordinate, but very different second coordinates. Then a
    small random difference decides which component comes first, and the pairs are wrong. Two means are near
    each other only if all D coordinates are near. If you sort both fits, the answer is always correct only in
    one dimension.

    `means` holds (2, 1) and (3, 7), and `others` holds (2, 8) and (3, 0). By the first coordinate, (2, 1)
    gets (2, 8), and (3, 7) gets (3, 0). The squared distances are 49 and 49, and 49 + 49 = 98. With the order
    1, 0 the sum is 2 + 2 = 4. So the answer is 1, 0.
    """
    ranks = np.argsort(np.argsort(np.asarray(means)[:, 0]))
    return np.argsort(np.asarray(others)[:, 0])[ranks]


@mistake("own numbers instead of the partners'", seen=OURS)
def _(means, others):
    """You return 0, 1, 2 and so on, whatever the means are. These are the numbers of the components in
    `means`. Return the numbers of their partners in `others`.

    `linear_sum_assignment` returns two arrays. The first array has the row numbers of the table, always in
    increasing order. The second array has the column number that belongs to each row, and this column is the
    partner. EM numbers the components as the start does. So equal numbers in two fits mean nothing.

    `means` holds (0, 0), (10, 0) and (20, 0), and `others` holds (20, 1), (0, 1) and (10, 1). `means[0]` is
    near `others[1]`, `means[1]` is near `others[2]`, and `means[2]` is near `others[0]`. So the answer is 1,
    2, 0.
    """
    return linear_sum_assignment(_squares(means, others))[0]


@mistake("rows and columns both returned", seen=OURS, worth=0.5)
def _(means, others):
    """You return both arrays of `linear_sum_assignment`. Return only the numbers of the partners: one number
    for each component.

    The first array has the row numbers of the table, 0 to K - 1. You know these numbers already. The second
    array has the column number of each row. If the rows belong to `means`, this column number is the number
    of the partner. The docstring says: the shape is (K,). With this shape, `others[order]` is the other fit
    in the order of `means`. With both arrays, `others[order]` has another shape.

    For three components the two arrays may be 0, 1, 2 and 2, 0, 1. So the partner of component 0 is 2, the
    partner of component 1 is 0, and the partner of component 2 is 1. The answer is 2, 0, 1.
    """
    return np.array(linear_sum_assignment(_squares(means, others)))


@mistake("means instead of numbers", seen=OURS, worth=0.5)
def _(means, others):
    """You return the means of the partners. Return the number of each partner: its row in `others`.

    With the numbers, you can reorder everything in the other fit: its weights, its means, its covariances,
    and the columns of its responsibilities. With the means alone, you must first search for their numbers.
    The docstring says: the shape is (K,), one number for each component. Your result has D numbers for each
    component.

    `means` holds (0, 0) and (10, 0), and `others` holds (9, 1) and (1, 1). The partner of (0, 0) is (1, 1),
    which has the number 1. The partner of (10, 0) is (9, 1), which has the number 0. So the answer is 1, 0.
    """
    return np.asarray(others)[linear_sum_assignment(_squares(means, others))[1]]
