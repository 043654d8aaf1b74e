"""How people get `kmeans_step` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def _labels(x, m, distance=lambda differences: (differences**2).sum(axis=2)):
    return distance(np.asarray(x)[:, None] - np.asarray(m)).argmin(axis=1)


def _means(x, m, labels, centre=lambda own, old: own.mean(axis=0)):
    """Compute the new means by `centre`, from the points of a component and its old mean."""
    new = np.array(m, dtype=float)
    for k in np.unique(labels):
        new[k] = centre(np.asarray(x)[labels == k], new[k])
    return new


@mistake("the results in the wrong order", seen=OURS, worth=0.5)
def _(x, m):
    """You return the new means first and the labels second. Return the labels first and the new means second.

    The code that calls `kmeans_step` takes the two results by their order. With your order, it uses the
    labels as means. Then the next step stops with an error or computes nonsense. The docstring gives the
    order: first the labels, shape (N,), then the means, shape (K, D).

    Take points at 0, 2 and 9, and means at 3 and 8. The first result is 0, 0, 1: one label for each point.
    The second result is 1 and 9: one new mean for each component.
    """
    return _means(x, m, _labels(x, m)), _labels(x, m)


@mistake("the farthest mean", seen=OURS)
def _(x, m):
    """You give each point to the mean with the largest distance. Give each point to the mean with the
    smallest distance.

    A mean should be near the points of its component. Each step of k-means makes the sum of the squared
    distances smaller. If points go to the farthest mean, this sum may grow. `argmax` finds the largest
    number, so `argmax` is for scores. For distances, use `argmin`, because a smaller distance is better.

    Take a point at 2, and means at 3 and 8. The differences are 1 and 6, so the squared distances are 1 and
    36. The first mean is nearer. So the label is 0.
    """
    labels = _labels(x, m, lambda differences: -(differences**2).sum(axis=2))
    return labels, _means(x, m, labels)


@mistake("labels counted from 1", seen="ddavid/fsoco#30; irllabs/ml-lib#4: labels one too high", worth=0.5)
def _(x, m):
    """Your labels count the components from 1. Count the components from 0.

    A label is the number of a row in `means`. The rows of an array have the numbers 0, 1, 2 and so on. With
    labels that start at 1, `means[label]` gives every point the mean of another component. For the last
    component, `means[label]` stops with an error.

    Take points at 0, 2 and 9, and means at 3 and 8. The points 0 and 2 are nearest to the first mean, and the
    point 9 is nearest to the second mean. So the labels are 0, 0, 1, and not 1, 1, 2.
    """
    return _labels(x, m) + 1, _means(x, m, _labels(x, m))


@mistake("sums that are not divided", seen=OURS)
def _(x, m):
    """Your new means are sums of points. Divide each sum by the number of points of the component.

    A sum grows with every point that is added, but a mean does not. The mean of a component lies among the
    points of this component. A sum of many points usually lies far away from all points. Then hardly any
    point is near this mean in the next step.

    Take a component with points at 4, 5 and 9. The sum is 18, and there are 3 points. So the new mean is 18 /
    3 = 6, between 4 and 9. The sum 18 is larger than all three points.
    """
    labels = _labels(x, m)
    return labels, _means(x, m, labels, lambda own, old: own.sum(axis=0))


@mistake("divided by N", seen=OURS)
def _(x, m):
    """You divide the sum of each component by N, the number of all points. Divide this sum by the number of
    points that belong to the component.

    A mean is a sum divided by the number of terms in that sum. Points of other components are not in the sum,
    so they must not be in the divisor. If you divide by N, each new mean moves towards the origin. The means
    of small components move the most.

    Take points at 4, 6 and 20. The points 4 and 6 belong to component 0, so its new mean is (4 + 6) / 2 = 5.
    If you divide by all 3 points, you get 10 / 3 = 3.33. This number is smaller than both points.
    """
    labels = _labels(x, m)
    return labels, _means(x, m, labels, lambda own, old: own.sum(axis=0) / len(x))


@mistake("one mean over all coordinates", seen="numpy's default: a mean without axis is over everything")
def _(x, m):
    """All coordinates of a new mean are the same number in your answer. Compute each coordinate separately.

    `np.mean` without `axis` averages all numbers of an array, over rows and columns together. But a new mean
    has D coordinates. Each coordinate is the average of this coordinate over the points of the component.
    These points are rows, so use `axis=0`.

    Take a component with points at (0, 10) and (2, 14). The first coordinates have the mean (0 + 2) / 2 = 1.
    The second coordinates have the mean (10 + 14) / 2 = 12. So the new mean is (1, 12). The average of all
    four numbers is 6.5.
    """
    labels = _labels(x, m)
    return labels, _means(x, m, labels, lambda own, old: own.mean())


@mistake("differences that are not squared", seen=OURS)
def _(x, m):
    """You add up the differences between a point and a mean without squares. Square each difference before
    you add.

    Differences without squares can be negative, so positive and negative differences cancel. Then the
    smallest sum is the most negative sum. It always belongs to the mean with the largest sum of coordinates,
    and the point does not matter. So all points get the same label.

    Take a point at (1, 1), and means at (1, 2) and (6, 7). The squares sum to 0 + 1 = 1 and to 25 + 36 = 61.
    So the first mean is nearest. The differences without squares sum to -1 and to -11, and -11 is the smaller
    number.
    """
    labels = _labels(x, m, lambda differences: differences.sum(axis=2))
    return labels, _means(x, m, labels)


@mistake("absolute differences instead of squares", seen=OURS)
def _(x, m):
    """You add up the absolute differences between a point and a mean. Add up the squares of the differences
    instead. *Nearest* means the ordinary (Euclidean) distance, and this distance uses squares.

    With absolute differences, another mean may be nearest. The new mean of a component makes the sum of
    *squared* distances to its points as small as possible. So the labels must use squared distances, too.
    Otherwise a step of k-means may make the sum of squared distances larger.

    Take a point at (0, 0), and means at (3, 3) and (0, 5). The squares sum to 9 + 9 = 18 and to 0 + 25 = 25.
    So the first mean is nearest. The absolute differences sum to 6 and to 5, so the second mean seems
    nearest.
    """
    labels = _labels(x, m, lambda differences: np.abs(differences).sum(axis=2))
    return labels, _means(x, m, labels)


@mistake("labels from the new means", seen=OURS)
def _(x, m):
    """You return labels that you computed from the new means. Return the labels that you computed from the
    given means.

    One step of k-means has two parts. The first part computes the labels from the given means. The second
    part computes the new means from these labels. If you compute the labels again, you start the next step.
    Then the new means are no longer the means of the labelled points.

    Take points at 0, 3 and 11, and means at 0 and 5. The labels are 0, 1, 1, and the new means are 0 and 14 /
    2 = 7. The point 3 is nearer to 0 than to 7, so labels from the new means would be 0, 0, 1.
    """
    new = _means(x, m, _labels(x, m))
    return _labels(x, new), new


@mistake(
    "the old mean counted as a point", seen="rust-ml/linfa#105 does so, against components without points"
)
def _(x, m):
    """You average the points of a component together with its old mean. Average only the points.

    The old mean only decides which points belong to the component. The old mean is not a point of the data.
    If you count the old mean, the new mean stays too near to the old mean. Then the new mean does not make
    the sum of squared distances to its points as small as possible.

    Take a component with points at 4 and 8, and with its old mean at 3. The new mean is (4 + 8) / 2 = 6. With
    the old mean in the average, the result would be (4 + 8 + 3) / 3 = 5.
    """
    labels = _labels(x, m)
    return labels, _means(x, m, labels, lambda own, old: (own.sum(axis=0) + old) / (len(own) + 1))


@mistake("NaN for a component without points", seen="EdoardoBotta/RQ-VAE-Recommender#27; koraykv/unsup#1")
def _(x, m):
    """Your new mean is NaN where a component has no points. Keep the old mean of such a component.

    The mean of no points is 0 divided by 0, which is NaN (*not a number*). The distance from any point to a
    NaN is also NaN. In the next step, `argmin` treats NaN as the smallest distance. Then all points get the
    label of this component, and the other components lose their points.

    Take points at 0 and 4, and means at 1 and 100. Both points belong to component 0, and its new mean is (0
    + 4) / 2 = 2. Component 1 has no points, so its mean stays at 100.
    """
    labels = _labels(x, m)
    new = _means(x, m, labels)
    new[np.setdiff1d(np.arange(len(m)), labels)] = np.nan
    return labels, new
