"""How people get `cluster_table` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def table(clusters, labels, num_clusters):
    counts = np.zeros((num_clusters, 10))
    np.add.at(counts, (np.asarray(clusters), np.asarray(labels)), 1)
    return counts


@mistake(
    "repeated pairs counted once",
    seen="VanderPlas, Python Data Science Handbook: += on repeated indices",
)
def _(clusters, labels, num_clusters):
    """Your table holds only zeros and ones: a pair of component and digit is counted once, even if several
    images have it. Count each image.

    `counts[a, b] += 1` with arrays a and b has three steps. It reads all the entries, adds 1 to each, and
    then writes all of them back. If the same entry occurs five times, it is written five times, each time
    with the same 1. So four images are lost. A loop over the images does count each of them, and so does
    `np.add.at`.

    Three images have the pair (0, 3). So the entry in row 0 and column 3 should be 3. With `+=` and arrays
    it is 1.
    """
    counts = np.zeros((num_clusters, 10))
    counts[clusters, labels] += 1
    return counts


@mistake("shares of all images", seen=OURS)
def _(clusters, labels, num_clusters):
    """You divide the counts by the number of images. Return the counts themselves.

    Shares can be computed from counts, but counts cannot be computed from shares. For example, the share
    0.02 may be 1 image of 50, or 1,400 images of 70,000. Other cells of the notebook need different shares.
    They divide the counts by the sum of a row, of a column or of the whole table.

    There are 50 images, and 3 of them belong to component 0 and show a 7. The entry in row 0 and column 7
    is 3. In your table it is 3 / 50 = 0.06. You can always compute 0.06 from 3 later.
    """
    return table(clusters, labels, num_clusters) / len(clusters)


@mistake(
    "shares within each row", seen="Kitware/SMQTK#232 normalises a confusion matrix, along the wrong axis"
)
def _(clusters, labels, num_clusters):
    """You divide each row by its sum. Return the counts themselves.

    A row of shares says how pure a component is, but not how many images it has. A component with two
    images then looks as important as a component with two thousand images. A row without an image has the
    sum 0, and no number can be divided by 0. So leave the counts as they are.

    The row (6, 2, 0, ...) says that the component has 8 images, and that 6 of them show the digit 0. Divided
    by 8, the row is (0.75, 0.25, 0, ...). This row no longer says that there are 8 images.
    """
    counts = table(clusters, labels, num_clusters)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


@mistake("empty rows left out", seen=OURS)
def _(clusters, labels, num_clusters):
    """Your table has no row for a component without an image. Every component needs a row.

    `np.unique` lists only numbers that occur. But row k must be component k, for every k from 0 to K - 1.
    If a row is missing, all later rows move up and belong to the wrong component. Empty components are also
    worth seeing: in this notebook, they show the fault of the published homework. First make a table of
    zeros, then count into this table.

    There are three components, and three images belong to the components 0, 2 and 2. The rows hold one
    image, no image and two images. Without the empty row, component 2 would be in row 1.
    """
    counts = table(clusters, labels, num_clusters)
    return counts[counts.sum(axis=1) > 0]


@mistake("missing digits left out", seen=OURS)
def _(clusters, labels, num_clusters):
    """Your table has columns only for the digits that occur. Make ten columns, one for each digit from 0 to
    9.

    Column d must be digit d. With few images, some digits may not occur. If the column of such a digit is
    missing, all later columns move to the left. Then they count for the wrong digit. The results of
    `np.unique` and `max(labels) + 1` depend on the data. The number ten does not.

    One component has three images with the labels 0, 3 and 3. Its row is (1, 0, 0, 2, 0, 0, 0, 0, 0, 0).
    Without columns for the missing digits, it would be (1, 2).
    """
    return table(clusters, labels, num_clusters)[:, np.unique(labels)]


@mistake("the commonest digit only", seen=OURS)
def _(clusters, labels, num_clusters):
    """You return one digit for each component. Return the whole table of counts.

    The notebook reads the commonest digit *from* the table later. The table says more than this digit. It
    says how many images of each digit the component has, so you see which other digits are mixed in.
    The notebook draws these counts.

    A component has the row (6, 2, 0, ...). Its commonest digit is 0, with 6 of the 8 images. The other 2
    images show another digit, and 2 / 8 = 0.25. So the answer 0 is wrong for one image in four. The digit 0
    alone would not tell you this.
    """
    return table(clusters, labels, num_clusters).argmax(axis=1)


@mistake("digits moved by one", seen="ddavid/fsoco#30: labels from one in a format from zero")
def _(clusters, labels, num_clusters):
    """Your counts are one column too far to the right: the images of digit 0 are counted in column 1.

    Column d is digit d, and both numbers begin with 0. Perhaps your code adds 1 to the labels, as if the
    digits were numbered from 1. Then every column moves to the right. The nines have no column there, so
    they are counted in a wrong place. Use the labels as numbers of columns, without any change.

    One component has three images with the labels 0, 0 and 9. Its row is (2, 0, 0, 0, 0, 0, 0, 0, 0, 1).
    Moved by one column, it begins with (1, 2, 0, ...).
    """
    return np.roll(table(clusters, labels, num_clusters), 1, axis=1)


@mistake("the last image left out", seen=OURS)
def _(clusters, labels, num_clusters):
    """Your table does not count the last image. Count all N images.

    Perhaps your loop runs over `range(len(labels) - 1)`, which ends before the last image. But `range(5)`
    is 0, 1, 2, 3, 4: it stops before 5 without any subtraction. The entries of the table should sum to the
    number of images. In your table the sum is one less. This sum is a quick test for every table of counts.

    A component has three images, with the labels 7, 7 and 1. In its row, column 7 holds 2 and column 1 holds
    1, with the sum 2 + 1 = 3. If your sum is 2, check where your loop ends.
    """
    return table(clusters[:-1], labels[:-1], num_clusters)


@mistake("counted in bytes", seen="numpy's uint8, in which the labels come; it holds 0 to 255")
def _(clusters, labels, num_clusters):
    """Your table holds numbers of one byte. A count above 255 begins again at 0. Use ordinary integers.

    The labels have the type `uint8`, because a digit fits into one byte. But counts are larger: a component
    may have thousands of images of one digit. If the table has the type `uint8`, or the type of `labels`,
    large counts are wrong without a warning. With few images, this mistake does not show.

    A component has 300 images of one digit. The entry should be 300. In one byte, it is 300 - 256 = 44. The
    table `np.zeros((K, 10), dtype=int)` can hold every count that occurs here.
    """
    return table(clusters, labels, num_clusters).astype(np.uint8)
