"""How people get `kmeans_step` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def _labels(x, m, distance=lambda differences: (differences**2).sum(axis=2)):
    return distance(np.asarray(x)[:, None] - np.asarray(m)).argmin(axis=1)


def _means(x, m, labels, centre=lambda own, old: own.mean(axis=0)):
    """Compute the new means with another centre, from a component's points and its old mean."""
    new = np.array(m, dtype=float)
    for k in np.unique(labels):
        new[k] = centre(np.asarray(x)[labels == k], new[k])
    return new


@mistake("the results in the wrong order", seen=OURS, worth=0.5)
def _(x, m):
    """You return the new means first and the labels second. The labels should come first.

    The code that calls the function unpacks two results and gives them names by their order. If the order
    is another one, the labels are used as means, and the next step stops or computes nonsense. The
    docstring has the order: labels (N,), then means (K, D).

    Take points at 0, 2 and 9, and means at 3 and 8. The first result is 0, 0, 1, one label for each point.
    The second is 1 and 9, one mean for each component.
    """
    return _means(x, m, _labels(x, m)), _labels(x, m)


@mistake("the farthest mean", seen=OURS)
def _(x, m):
    """You give each point to the mean with the largest distance. It should belong to the mean with the
    smallest distance.

    A component's mean should stand for the points around it. K-means makes the sum of the squared distances
    smaller with each step. With the farthest mean, this sum may grow. `argmax` is for scores, where more is
    better. For distances, less is better.

    Take a point at 2, and means at 3 and 8. The squared distances are 1 and 36. So the label is 0.
    """
    labels = _labels(x, m, lambda differences: -(differences**2).sum(axis=2))
    return labels, _means(x, m, labels)


@mistake("labels counted from 1", seen="ddavid/fsoco#30; irllabs/ml-lib#4: labels one too high", worth=0.5)
def _(x, m):
    """Your labels count the components from 1. They should count from 0.

    A label is the number of a row in `means`, and the rows of an array begin with number 0. With labels from
    1, `means[label]` gives every point the mean of another component. For the last component it stops with
    an error.

    Take points at 0, 2 and 9, and means at 3 and 8. The nearest means are the first, the first and the
    second. So the labels are 0, 0, 1, and not 1, 1, 2.
    """
    return _labels(x, m) + 1, _means(x, m, _labels(x, m))


@mistake("sums that are not divided", seen=OURS)
def _(x, m):
    """Your new means are sums of points. Each sum should be divided by the number of points of its component.

    A sum grows with every point, and a mean does not. The mean of a component lies among its points. A sum
    of many points usually lies far outside, and at the next step hardly any point is near it.

    Take a component with points at 4, 5 and 9. The sum is 18, and there are 3 points. So the new mean is 6,
    between 4 and 9. The sum 18 is larger than all of the points.
    """
    labels = _labels(x, m)
    return labels, _means(x, m, labels, lambda own, old: own.sum(axis=0))


@mistake("divided by N", seen=OURS)
def _(x, m):
    """You divide each component's sum by the number of all points. It should be divided by the number of
    points that belong to this component.

    A mean is divided by as many points as were added. The points of the other components are not in the sum.
    Divided by N, each new mean moves towards the origin. Small components move the most.

    Take points at 4, 6 and 20, and the first two belong to component 0. Its new mean is 10 / 2 = 5. Divided
    by all 3 points, it would be 3.3, to the left of both.
    """
    labels = _labels(x, m)
    return labels, _means(x, m, labels, lambda own, old: own.sum(axis=0) / len(x))


@mistake("one mean over all coordinates", seen="numpy's default: a mean without axis is over everything")
def _(x, m):
    """All coordinates of a new mean are the same number in your answer. Each coordinate should have a mean of
    its own.

    `np.mean` without an axis averages all numbers of an array, over its rows and its columns. A new mean has
    D coordinates. Each one is an average over the component's points, which are the rows.

    Take a component with points at (0, 10) and (2, 14). Its first coordinates average to 1, the second ones
    to 12. So the new mean is (1, 12). The average of all four numbers is 6.5.
    """
    labels = _labels(x, m)
    return labels, _means(x, m, labels, lambda own, old: own.mean())


@mistake("differences that are not squared", seen=OURS)
def _(x, m):
    """You add up the differences between point and mean as they are. Each difference should be squared before
    the sum.

    Without the square, differences may be negative, and they cancel. The smallest sum is then the most
    negative one. It belongs to the mean whose coordinates have the largest sum, whichever the point is.
    So all points get the same label.

    Take a point at (1, 1), and means at (1, 2) and (6, 7). The sums of the squares are 1 and 61: the first
    mean is nearest. The plain sums are -1 and -11, and -11 is the smaller one.
    """
    labels = _labels(x, m, lambda differences: differences.sum(axis=2))
    return labels, _means(x, m, labels)


@mistake("absolute differences instead of squares", seen=OURS)
def _(x, m):
    """You add up the absolute differences. *Nearest* means the ordinary (Euclidean) distance, which adds up
    the squares of the differences.

    The two distances do not always agree which mean is nearest. The new mean of a component is the place
    with the smallest sum of *squared* distances. So the labels have to use squares as well, or a step of
    k-means may make that sum larger.

    Take a point at (0, 0), and means at (3, 3) and (0, 5). The squares sum to 18 and 25: the first is
    nearest. The absolute differences sum to 6 and 5: the second is.
    """
    labels = _labels(x, m, lambda differences: np.abs(differences).sum(axis=2))
    return labels, _means(x, m, labels)


@mistake("labels from the new means", seen=OURS)
def _(x, m):
    """You return labels that were computed again, from the new means. They should be computed from the means
    that the function was given.

    One step has two parts: first the labels, from the old means, then the new means, from these labels. To
    compute labels once more is the first part of the next step. Labels and means then do not fit together:
    the new means are no longer the means of the labelled points.

    Take points at 0, 3 and 11, and means at 0 and 5. The labels are 0, 1, 1, and the new means are 0 and 7.
    From these, the point at 3 would get label 0.
    """
    new = _means(x, m, _labels(x, m))
    return _labels(x, new), new


@mistake(
    "the old mean counted as a point", seen="rust-ml/linfa#105 does so, against components without points"
)
def _(x, m):
    """You average a component's points together with its old mean. Only the points should count.

    The old mean decided which points belong to the component. It is no point of the data. If it is counted,
    the new mean stops on its way to the middle of the points. Then it does not make the sum of their squared
    distances as small as possible.

    Take a component with points at 4 and 8, and its old mean at 3. The new mean is 12 / 2 = 6. With the old
    mean in the average, it would be 15 / 3 = 5.
    """
    labels = _labels(x, m)
    return labels, _means(x, m, labels, lambda own, old: (own.sum(axis=0) + old) / (len(own) + 1))


@mistake("NaN for a component without points", seen="EdoardoBotta/RQ-VAE-Recommender#27; koraykv/unsup#1")
def _(x, m):
    """Your new mean is NaN where a component has no points. Such a component should keep its mean.

    A mean of no points is 0 divided by 0, which is NaN. Every distance from a NaN is NaN too. At the next
    step, `argmin` takes a NaN for the smallest distance. Then all points get the label of this component,
    and all the other components lose their points.

    Take points at 0 and 4, and means at 1 and 100. Both points belong to component 0, and its new mean is 2.
    Component 1 has no points, so its mean stays at 100.
    """
    labels = _labels(x, m)
    new = _means(x, m, labels)
    new[np.setdiff1d(np.arange(len(m)), labels)] = np.nan
    return labels, new
