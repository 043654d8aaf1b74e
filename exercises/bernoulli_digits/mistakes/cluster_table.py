"""How people get `cluster_table` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def table(clusters, labels, num_clusters):
    counts = np.zeros((num_clusters, 10))
    np.add.at(counts, (np.asarray(clusters), np.asarray(labels)), 1)
    return counts


@mistake(
    "pairs that come twice counted once",
    seen="VanderPlas, Python Data Science Handbook: += on repeated indices",
)
def _(clusters, labels, num_clusters):
    """Your table holds only zeros and ones: a pair that comes several times is counted once.

    `counts[a, b] += 1` with arrays a and b reads all places first, adds 1, and writes them back. A place
    that is named five times is written five times, each time with the same 1. It has no memory in between.
    A loop over the images, one at a time, or `np.add.at`, does count.

    Pairs (0, 3), (0, 3), (0, 3): the place (0, 3) should hold 3. By `+=` with arrays it holds 1.
    """
    counts = np.zeros((num_clusters, 10))
    counts[clusters, labels] += 1
    return counts


@mistake("shares of all images", seen=OURS)
def _(clusters, labels, num_clusters):
    """You divide the counts by the number of images. The counts themselves are asked for.

    Shares can be computed from counts, but not the other way round: a share of 0.02 may be one image of
    fifty or fourteen hundred of seventy thousand. Later cells divide by the row, by the column or by
    everything, as they need it.

    Three images in one place, of 50: the table says 3. Divided it would say 0.06. From the table one can
    always make shares afterwards.
    """
    return table(clusters, labels, num_clusters) / len(clusters)


@mistake(
    "shares within each row", seen="Kitware/SMQTK#232 normalises a confusion matrix, along the wrong axis"
)
def _(clusters, labels, num_clusters):
    """You divide each row by its sum. The counts themselves are asked for.

    A row of shares says how pure a component is, but no longer how many images it has; a component with two
    images looks as important as one with two thousand. And a row without an image has the sum 0, by which
    nothing can be divided. Leave the counts as they are.

    The row (6, 2, 0, ...) says eight images, six of them zeros. As shares (0.75, 0.25, 0, ...) it does not
    say eight.
    """
    counts = table(clusters, labels, num_clusters)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


@mistake("empty rows left out", seen=OURS)
def _(clusters, labels, num_clusters):
    """Components without an image are missing from your table.

    `np.unique` lists only what occurs. But row k has to be component k, for every k from 0 to K - 1; if one
    is left out, all later rows move up and stand for the wrong component. That a component is empty is also
    worth seeing: in this notebook it is the fault that gives the published homework away. Make a table of
    zeros first, then count into it.

    Clusters 0, 2, 2 of three: the rows are one image, none, two images. Without the empty one, component 2
    would stand in row 1.
    """
    counts = table(clusters, labels, num_clusters)
    return counts[counts.sum(axis=1) > 0]


@mistake("missing digits left out", seen=OURS)
def _(clusters, labels, num_clusters):
    """Your table has columns only for the digits that occur.

    Ten columns are asked for, one for each digit from 0 to 9, so that column d is digit d. With few images
    some digit may be missing, and if its column is left out, all others move to the left and count for the
    wrong digit. `np.unique` and `max(labels) + 1` depend on the data; ten does not.

    Labels 0, 3, 3: the row is (1, 0, 0, 2, 0, 0, 0, 0, 0, 0). Without the digits that are missing it would
    be (1, 2).
    """
    return table(clusters, labels, num_clusters)[:, np.unique(labels)]


@mistake("the commonest digit only", seen=OURS)
def _(clusters, labels, num_clusters):
    """You return one digit for each component. The whole table of counts is asked for.

    The commonest digit is what one reads *from* the table, later. How many images stand behind it, and
    which other digits are mixed in, is in the other columns, and that is what the next figures show.

    The row (6, 2, 0, ...) has the commonest digit 0, with 6 of its 8 images. The digit alone would not say
    that it is one in four wrong.
    """
    return table(clusters, labels, num_clusters).argmax(axis=1)


@mistake("digits moved by one", seen="ddavid/fsoco#30: labels from one in a format from zero")
def _(clusters, labels, num_clusters):
    """Your counts stand one column too far: those of digit 0 under digit 1.

    Column d is digit d, and both begin with 0. Adding 1 to the labels, as if the digits were numbered from
    1, moves every column, and the nines have to go somewhere else. The labels can be used as places just as
    they are.

    Labels 0, 0, 9: the row is (2, 0, 0, 0, 0, 0, 0, 0, 0, 1). Moved by one it would be (1, 2, 0, ...).
    """
    return np.roll(table(clusters, labels, num_clusters), 1, axis=1)


@mistake("the last image left out", seen=OURS)
def _(clusters, labels, num_clusters):
    """One image is missing from your table: the last.

    `range(len(labels) - 1)` ends before the last image: `range(5)` is 0, 1, 2, 3, 4, already without 5. The
    table's entries should sum to the number of images, and in yours they sum to one less. That sum is the
    quickest test there is for a table of counts.

    Three images, labels 7, 7, 1: column 7 holds 2, column 1 holds 1, together 3. If your sum is two, look
    at the loop's end.
    """
    return table(clusters[:-1], labels[:-1], num_clusters)


@mistake("counted in bytes", seen="numpy's uint8, in which the labels come; it holds 0 to 255")
def _(clusters, labels, num_clusters):
    """Your table has numbers of one byte. A count above 255 begins again at 0.

    The labels come as `uint8`, because a digit needs no more. Counts are larger: a component may hold
    thousands of images of one digit. A table made with `dtype=np.uint8`, or with the kind of number that
    `labels` has, wraps around without a word. Few images do not show it. Make the table of ordinary
    integers.

    300 images of one digit: the table should say 300. In a byte it says 300 - 256 = 44. `np.zeros((K, 10),
    dtype=int)` holds every count that can occur here.
    """
    return table(clusters, labels, num_clusters).astype(np.uint8)
