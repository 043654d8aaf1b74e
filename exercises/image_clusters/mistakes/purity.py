"""Common mistakes in `purity`."""

import numpy as np

from checks.authors import OURS, mistake


@mistake(
    "the largest of each category", seen="rows and columns exchanged: inverse purity, a measure of its own"
)
def _(table):
    """You take the largest number of each *column*. Take the largest number of each row.

    Each row is a cluster. A cluster gets the category that most of its pictures have. The number of these
    pictures is the largest number of its row, `axis=1`. The largest number of a column says how many pictures
    of one category are together in one cluster. With columns you compute the *inverse purity*, which rewards
    a few large clusters.

    Take two clusters, with the rows (5, 1) and (4, 0). The largest numbers of the rows are 5 and 4, so the
    purity is (5 + 4) / 10 = 0.9. By columns it would be (5 + 1) / 10 = 0.6.
    """
    return np.max(table, axis=0).sum() / np.sum(table)


@mistake("mean of the clusters' purities", seen=OURS)
def _(table):
    """You average the purities of the clusters, with the same weight for each cluster. In the purity, each
    *picture* has the same weight.

    In your average, a pure cluster of two pictures counts as much as a mixed cluster of two hundred. Add
    the largest numbers of all rows, and divide once by the number of all pictures. This is the mean of the
    clusters' purities, weighted by the sizes of the clusters.

    Take the rows (2, 0) and (50, 50). The purity is (2 + 50) / 102 = 0.51. Your average is (1 + 0.5) / 2 =
    0.75. It is too high, because the small pure cluster counts as much as the large one.
    """
    return np.mean(np.max(table, axis=1) / np.sum(table, axis=1))


@mistake("the diagonal", seen="accuracy, for labels that have been matched already")
def _(table):
    """You add the numbers on the diagonal, as if cluster k had to be category k. Take the largest number of
    each row.

    The position of a cluster in the table means nothing: it depends on the start of EM. The pictures in a
    cluster decide which category the cluster gets. So take the largest number of its row, in whatever column
    it is. The table need not even be square, because there may be more clusters than categories.

    Take the rows (1, 5) and (4, 0). The largest numbers are 5 and 4, so the purity is (5 + 4) / 10 = 0.9.
    The diagonal has 1 and 0, and would give 1 / 10 = 0.1.
    """
    return np.trace(table) / np.sum(table)


@mistake("in percent", seen=OURS, worth=0.5)
def _(table):
    """You return the purity in percent. Return a share from 0 to 1, as the docstring says.

    A share and a percentage mean the same. But a comparison of 0.95 with 95 gives a wrong result. All
    shares of this notebook go from 0 to 1. Where a percentage is shown, only the formatting makes it. The
    weights, the responsibilities and the adjusted Rand index are never multiplied by a hundred here,
    either.

    In a table of 10 pictures, 9 are in the largest category of their cluster. The purity is 9 / 10 = 0.9.
    To print it in percent, write `f"{0.9:.0%}"`. This prints 90%.
    """
    return 100 * np.max(table, axis=1).sum() / np.sum(table)


@mistake("a number of pictures, not their share", seen=OURS)
def _(table):
    """You return how many pictures are in the largest category of their cluster. Return their share of all
    pictures.

    A number such as 480 says nothing without the number of all pictures. Of 560 pictures, 480 is good. Of
    5000 pictures, 480 is poor. To get the share, divide your number once by the sum of the whole table.

    Take two clusters, with the rows (5, 1) and (4, 0). Your number is 5 + 4 = 9, and the whole table has 10
    pictures. So the purity is 9 / 10 = 0.9. A cluster without pictures adds nothing, neither to the 9 nor to
    the 10.
    """
    return np.max(table, axis=1).sum()


@mistake("one minus the purity", seen=OURS, worth=0.5)
def _(table):
    """You return the share of pictures that are *not* in the largest category of their cluster. Return the
    share of pictures that are in it.

    Your number is the impurity, which is one minus the purity. Both measures are used, like error and
    accuracy. But a measure with the name purity must be 1 if every cluster is pure. Your number is 0 in
    this case. For the purity, a higher number is better.

    Take two clusters, with the rows (5, 1) and (4, 0). The purity is (5 + 4) / 10 = 0.9, and the impurity is
    1 - 0.9 = 0.1. With a separate cluster for every picture, the purity is 1.
    """
    return 1 - np.max(table, axis=1).sum() / np.sum(table)


@mistake(
    "only the largest entry of the table", seen="numpy's default: a maximum without axis is over everything"
)
def _(table):
    """You take only the largest number of the whole table. Take the largest number of each row.

    Each row is a cluster, and each cluster has its own largest number. `np.max` without an axis searches
    the whole table and returns one number. For the purity, first take the maximum along each row. Then add
    these maxima, and divide by the sum of the whole table.

    Take two clusters, with the rows (5, 1) and (4, 0). The maxima of the rows are 5 and 4, so the purity is
    (5 + 4) / 10 = 0.9. The largest number of the whole table is 5, and 5 / 10 = 0.5 is too low.
    """
    return np.max(table) / np.sum(table)
