"""How people get `kmeans_plus_plus` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def _choose(x, draws, chance, take=lambda sums, draw: np.argmax(sums > draw * sums[-1])):
    """Choose points by other chances. These come from the squared distances to each chosen point."""
    x = np.asarray(x)
    chosen = [int(draws[0] * len(x))]
    for draw in draws[1:]:
        chances = chance(((x[:, None] - x[chosen]) ** 2).sum(axis=2))
        chosen.append(int(take(np.cumsum(chances), draw)))
    return np.array(chosen)


def _nearest(squares):
    return squares.min(axis=1)


@mistake(
    "distances instead of squared distances",
    seen="flann-lib/flann#152; learnml/machine-learning-specialization#30",
)
def _(x, draws):
    """Your chances are proportional to the distances. Make the chances proportional to the squared distances.

    K-means makes the sum of the squared distances small. Each point adds its own squared distance to this
    sum. So k-means++ makes the chance of a point proportional to its squared distance. With distances that
    are not squared, you choose points near the chosen points too often.

    Take points at 0, 1 and 3, and the point 0 is chosen. The squared distances are 0, 1 and 9, so the chances
    are 0, 0.1 and 0.9. The distances are 0, 1 and 3, so your chances are 0, 0.25 and 0.75.
    """
    return _choose(x, draws, lambda squares: np.sqrt(_nearest(squares)))


@mistake("distance from the last choice only", seen=OURS)
def _(x, draws):
    """You measure the distance of each point from the last chosen point only. Measure the distance from the
    nearest of all chosen points.

    Each chosen point becomes a mean. A new mean should lie far from all means that are chosen already. If you
    forget the earlier choices, a point beside one of them may get a large chance. You may even choose the
    same point twice.

    Take points at 0, 4 and 10. First the point 0 is chosen, and then the point 10. The squared distances from
    the nearest chosen point are 0, 16 and 0. The squared distances from the last choice, 10, are 100, 36 and
    0.
    """
    return _choose(x, draws, lambda squares: squares[:, -1])


@mistake("distance from the first choice only", seen=OURS)
def _(x, draws):
    """You measure all distances from the first chosen point only. After each choice, measure the distances
    again, from the nearest of all chosen points.

    Each choice adds a chosen point. For some points, this new point is now the nearest chosen point. A point
    that was far from all chosen points may now have a chosen point beside it. Then its chance must become
    small. A chosen point must have the chance 0.

    Take points at 0, 4 and 10. First the point 0 is chosen, and then the point 10. The squared distances from
    the nearest chosen point are 0, 16 and 0. The squared distances from the first choice, 0, are 0, 16 and
    100.
    """
    return _choose(x, draws, lambda squares: squares[:, 0])


@mistake("distances to all chosen points added", seen=OURS)
def _(x, draws):
    """You add up the squared distances of a point to all chosen points. Use only its squared distance to the
    nearest chosen point.

    In k-means a point belongs to its nearest mean, and the other means do not matter for it. A single far
    chosen point makes the sum large, even if another chosen point is very near. The same is true for an
    average of the distances. So your function may choose a point twice.

    Take points at 0, 4 and 10, and the points 0 and 10 are chosen. The squared distances to the nearest
    chosen point are 0, 16 and 0. Your sums are 0 + 100 = 100, 16 + 36 = 52 and 100 + 0 = 100.
    """
    return _choose(x, draws, lambda squares: squares.sum(axis=1))


@mistake("the farthest point, without a draw", seen="geomstats/geomstats#1449")
def _(x, draws):
    """After the first choice, you always take the point that is farthest from its nearest chosen point. Let
    the draw decide. The chance of each point is proportional to its squared distance.

    The farthest point is often an **outlier**, a point far away from all others. If you always take the
    farthest point, an outlier becomes a mean in every run. With chances, k-means++ chooses a point from a
    large group more often than a single far point.

    Take points at 0, 3 and 1, and the point 0 is chosen. The squared distances are 0, 9 and 1, so the chances
    are 0, 0.9 and 0.1. The point 3 is likely. But in one run out of ten, the draw chooses the point 1.
    """
    return _choose(x, draws, _nearest, lambda sums, draw: np.argmax(np.diff(sums, prepend=0)))


@mistake("every point with the same chance", seen=OURS)
def _(x, draws):
    """You make all choices like the first choice, so every point has the same chance. Only the first choice
    works like this. For each later choice, the chance of a point is proportional to its squared distance.

    With equal chances, two means often start in the same group of points. Then another group gets no mean.
    With squared distances, the next mean probably starts far from all chosen points.

    Take points at 0, 1 and 3, and the point 0 is chosen. The squared distances are 0, 1 and 9. So the chances
    for the next choice are 0, 0.1 and 0.9. Your chances are 1/3 for each point.
    """
    return (np.asarray(draws) * len(x)).astype(int)


@mistake("sum not divided before the comparison", seen=OURS)
def _(x, draws):
    """You compare the draw with the cumulative sum of the squared distances. Compare it with the cumulative
    sum of the chances, which ends at 1.

    A draw is a number between 0 and 1, but squared distances can be large. The chances are the squared
    distances divided by their sum. If the squared distances are greater than 1, they are greater than every
    draw. Then the first point whose distance is not 0 is always chosen. The draw decides nothing.

    The squared distances 0, 4 and 12 have the sum 16, so the chances are 0, 0.25 and 0.75. Their cumulative
    sums are 0, 0.25 and 1, so the draw 0.5 chooses the third point. The cumulative sums of the squared
    distances are 0, 4 and 16. With these, the draw 0.5 chooses the second point.
    """
    return _choose(x, draws, _nearest, lambda sums, draw: np.argmax(sums > draw))


@mistake("the nearest cumulative sum", seen=OURS)
def _(x, draws):
    """You take the point whose cumulative sum is nearest to the draw. Take the first point whose cumulative
    sum is greater than the draw.

    The chances divide the line from 0 to 1 into parts, one part for each point. The part of a point is as
    long as its chance, and ends at its cumulative sum. The draw lies in one of these parts, and chooses the
    point of this part. The cumulative sum nearest to the draw may be the end of another part.

    The chances 0, 0.2 and 0.8 have the cumulative sums 0, 0.2 and 1. The draw 0.5 lies between 0.2 and 1, so
    it chooses the third point. But 0.5 is nearer to 0.2 than to 1, so your function chooses the second point.
    """
    return _choose(x, draws, _nearest, lambda sums, draw: np.argmin(np.abs(sums / sums[-1] - draw)))


@mistake("the draw of the choice before", seen=OURS)
def _(x, draws):
    """For each later choice, you use the draw of the choice before. Use a new draw for each choice:
    `draws[0]` for the first choice, `draws[1]` for the second, and so on.

    There are K draws for K choices. If the second choice uses the first draw again, the two choices depend on
    each other. Also, your function never uses the last draw. This happens if you make the first choice before
    the loop, and the loop then starts at `draws[0]` again.

    Take the draws 0.2, 0.9 and 0.4. The first choice uses 0.2, the second choice uses 0.9, and the third
    choice uses 0.4. In your function the three choices use 0.2, 0.2 and 0.9.
    """
    return _choose(x, [draws[0], *draws[:-1]], _nearest)


@mistake("the points instead of their numbers", seen=OURS, worth=0.5)
def _(x, draws):
    """You return the coordinates of the chosen points. Return the row numbers of these points in `data`.

    With a row number you can look up the coordinates. But with coordinates you cannot look up the row number
    if two points are equal. The docstring says: return the row numbers, one for each draw, so the shape is
    (K,). Your coordinates have the shape (K, D).

    Take points at (5, 1), (7, 2) and (6, 8). They have the row numbers 0, 1 and 2. If (6, 8) is chosen first
    and (5, 1) second, the answer is 2, 0. Your answer would be the coordinates (6, 8) and (5, 1).
    """
    return np.asarray(x)[_choose(x, draws, _nearest)]
