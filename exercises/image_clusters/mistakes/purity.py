"""How people get `purity` wrong."""

import numpy as np

from checks.authors import OURS, mistake


@mistake(
    "the largest of each category", seen="rows and columns exchanged: inverse purity, a measure of its own"
)
def _(table):
    """You take the largest number of each *column*. Purity takes that of each row.

    Rows are clusters. Each cluster is given the category that most of its pictures have, and that is the
    largest number along its row, `axis=1`. Down the columns one finds for each category the cluster with
    most of it: *inverse purity*, which rewards few large clusters.

    Rows (5, 1) and (4, 0): purity is (5 + 4) / 10 = 0.9. By columns it is (5 + 1) / 10 = 0.6.
    """
    return np.max(table, axis=0).sum() / np.sum(table)


@mistake("mean of the clusters' purities", seen=OURS)
def _(table):
    """You average the purities of the clusters, with the same weight for each cluster. In the purity each
    *picture* has the same weight.

    A pure cluster of two pictures would weigh as much as a mixed one of two hundred. Add up the pictures
    that are right, in all clusters, and divide once, by all pictures. That is the mean of the clusters'
    purities weighted by their sizes.

    Rows (2, 0) and (50, 50): 52 right of 102, 0.51. The mean of 1 and 0.5 is 0.75. The small
    cluster flatters it.
    """
    return np.mean(np.max(table, axis=1) / np.sum(table, axis=1))


@mistake("the diagonal", seen="accuracy, for labels that have been matched already")
def _(table):
    """You add up the diagonal, as if cluster k were meant to be category k.

    The number of a cluster means nothing: EM numbers them as the start has them. What each cluster stands
    for is decided by what is in it, so take the largest number of each row, wherever it stands. The table
    need not even be square.

    Rows (1, 5) and (4, 0): the largest are 5 and 4, purity 0.9. The diagonal has 1 and 0.
    """
    return np.trace(table) / np.sum(table)


@mistake("in percent", seen=OURS, worth=0.5)
def _(table):
    """Your purity is in percent. The docstring asks for a share from 0 to 1.

    A share and a percentage say the same, but whoever compares 0.95 with 95 does not get what they expect.
    All shares of this notebook are from 0 to 1, and where percent are shown, the formatting makes them. The
    same holds for weights, responsibilities and the adjusted Rand index: none of them is ever multiplied by
    a hundred here.

    9 of 10 right: 0.9. `f"{0.9:.0%}"` prints it as 90%.
    """
    return 100 * np.max(table, axis=1).sum() / np.sum(table)


@mistake("how many, not which share", seen=OURS)
def _(table):
    """You return how many pictures are right. Their share of all pictures is asked for.

    A number such as 480 says nothing without the number of all: of 560 it is good, of 5000 it is poor. To
    be a share it has to be divided, once, by what the whole table sums to.

    Rows (5, 1) and (4, 0): 9 pictures are right, of 10 in the table. Purity is 9 / 10 = 0.9. For an empty
    row nothing is added to either number.
    """
    return np.max(table, axis=1).sum()


@mistake("the share that is wrong", seen=OURS, worth=0.5)
def _(table):
    """You return the share of pictures that are *not* in their cluster's largest category.

    That is the impurity, one minus the purity. Both are in use, as error and accuracy are, but a measure
    that is called purity is 1 when every cluster is pure. Yours is 0 then. Here more is better.

    Rows (5, 1) and (4, 0): 9 of 10 are right and 1 is not. Purity 0.9, impurity 0.1. With a cluster for
    every picture the purity is 1.
    """
    return 1 - np.max(table, axis=1).sum() / np.sum(table)


@mistake(
    "only the largest entry of the table", seen="numpy's default: a maximum without axis is over everything"
)
def _(table):
    """You take the one largest number of the whole table. Each cluster has a largest of its own.

    `np.max` without an axis looks at everything and returns one number. Purity takes one from each row,
    adds these up, and divides by the sum of all. So the maximum runs along the rows first, and the sum
    comes after.

    Rows (5, 1) and (4, 0): the largest of each row are 5 and 4, together 9 of 10. The largest of all is 5,
    and 5 of 10 is only half.
    """
    return np.max(table) / np.sum(table)
