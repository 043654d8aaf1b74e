"""How people get `kmeans_plus_plus` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def _choose(x, draws, chance, take=lambda sums, draw: np.argmax(sums > draw * sums[-1])):
    """Choose with other chances: they are made from the squares to all chosen points, a column for each."""
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
    """Your chances are proportional to the distances. They should be proportional to the squared distances.

    K-means makes the sum of the squared distances small. A point's squared distance is what this point
    adds to that sum. So k-means++ makes the chance proportional to this number. Plain distances choose
    points near the chosen ones too often.

    Take points at 0, 1 and 3, and the first is chosen. The squared distances are 0, 1 and 9. The chances
    are 0, 0.1 and 0.9. With plain distances they are 0, 0.25 and 0.75.
    """
    return _choose(x, draws, lambda squares: np.sqrt(_nearest(squares)))


@mistake("distance from the last choice only", seen=OURS)
def _(x, draws):
    """You measure each point's distance from the last chosen point only. It should be the distance from the
    nearest of all chosen points.

    A new mean should lie where no mean is yet. The earlier choices are means too. If they are forgotten, a
    point beside one of them may have a large chance. The same point may even be chosen twice.

    Take points at 0, 4 and 10, and those at 0 and 10 are chosen, in this order. The squared distances from
    the nearest are 0, 16 and 0. From the last one only, they are 100, 36 and 0.
    """
    return _choose(x, draws, lambda squares: squares[:, -1])


@mistake("distance from the first choice only", seen=OURS)
def _(x, draws):
    """You measure all distances from the first chosen point. They should be measured again after each choice,
    from the nearest of all chosen points.

    Each choice changes which chosen point is nearest. A point that was far away may now have a mean beside
    it. Its chance must fall then, and a point that is chosen must have the chance 0.

    Take points at 0, 4 and 10, and those at 0 and 10 are chosen, in this order. The squared distances from
    the nearest are 0, 16 and 0. From the first one only, they are 0, 16 and 100.
    """
    return _choose(x, draws, lambda squares: squares[:, 0])


@mistake("distances to all chosen points added", seen=OURS)
def _(x, draws):
    """You add up a point's squared distances to all chosen points. Only the distance from the nearest chosen
    point should count.

    A point belongs to its nearest mean, and the other means do not matter for it. A sum, or an average, is
    large if a single chosen point is far away, even if another is very near. So a chosen point may be chosen
    again.

    Take points at 0, 4 and 10, and those at 0 and 10 are chosen. The squared distances from the nearest are
    0, 16 and 0. The sums are 100, 52 and 100.
    """
    return _choose(x, draws, lambda squares: squares.sum(axis=1))


@mistake("the farthest point, without a draw", seen="geomstats/geomstats#1449")
def _(x, draws):
    """After the first choice, you always take the point whose nearest chosen point is farthest away. The draw
    should decide. Each point's chance should be proportional to its squared distance.

    The farthest point is often an outlier. If the largest distance always wins, one outlier becomes a mean
    in every run. With chances, a group of many points is chosen more often than one far point.

    Take points at 0, 3 and 1, and the first is chosen. The chances are 0, 0.9 and 0.1. The point at 3 is
    likely. But the point at 1 is chosen in one run out of ten.
    """
    return _choose(x, draws, _nearest, lambda sums, draw: np.argmax(np.diff(sums, prepend=0)))


@mistake("every point with the same chance", seen=OURS)
def _(x, draws):
    """You make all choices as you make the first one, so every point has the same chance. Only the first
    choice should be like that. Later, the chance should be proportional to the squared distance.

    With equal chances, two means often start in the same group, and another group gets none. Squared
    distances make it likely that the next mean starts far from all chosen points.

    Take points at 0, 1 and 3, and the first is chosen. The chances for the next choice are 0, 0.1 and 0.9.
    Yours are 1/3 each.
    """
    return (np.asarray(draws) * len(x)).astype(int)


@mistake("sum not divided before the comparison", seen=OURS)
def _(x, draws):
    """You compare the draw with the cumulative sum of the squared distances. It should be compared with the
    cumulative sum of the chances, which ends at 1.

    A draw is a number from 0 to 1. Squared distances may be of any size. If they are large, the cumulative
    sum exceeds every draw from the first point on whose distance is not 0. Then the draw decides nothing.

    The squared distances 0, 4 and 12 have the cumulative sums 0, 4 and 16. The chances have the cumulative
    sums 0, 0.25 and 1. A draw of 0.5 chooses the third point. Compared with 0, 4 and 16, it chooses
    the second.
    """
    return _choose(x, draws, _nearest, lambda sums, draw: np.argmax(sums > draw))


@mistake("the nearest cumulative sum", seen=OURS)
def _(x, draws):
    """You take the point whose cumulative sum is closest to the draw. It should be the first point whose
    cumulative sum exceeds the draw.

    The chances divide the line from 0 to 1 into parts, one for each point. A point's part is as long as its
    chance and ends at its cumulative sum. The draw falls into one of these parts, and that point is chosen.
    The end closest to the draw may belong to another part.

    Chances 0, 0.2 and 0.8 have the cumulative sums 0, 0.2 and 1. A draw of 0.5 lies between 0.2 and 1, so it
    belongs to the third point. But 0.2 is closer to 0.5 than 1 is.
    """
    return _choose(x, draws, _nearest, lambda sums, draw: np.argmin(np.abs(sums / sums[-1] - draw)))


@mistake("the draw of the choice before", seen=OURS)
def _(x, draws):
    """For each later choice you use the draw of the choice before it. Each choice should use its own draw.

    There are K draws for K choices. The first draw is for the first choice. If the second choice uses it
    again, the two choices depend on each other. The last draw is then never used. This happens if you make
    the first choice before the loop, and the loop starts again at `draws[0]`.

    Take the draws 0.2, 0.9 and 0.4. The first choice uses 0.2, the second 0.9, and the third 0.4. In your
    function they use 0.2, 0.2 and 0.9.
    """
    return _choose(x, [draws[0], *draws[:-1]], _nearest)


@mistake("the points instead of their numbers", seen=OURS, worth=0.5)
def _(x, draws):
    """You return the coordinates of the chosen points. Return their row numbers in `data`.

    From the numbers one finds the coordinates, but not the other way round when two points are equal. The
    docstring asks for row numbers: one for each draw, so the shape is (K,). Coordinates have the shape
    (K, D).

    Take points at (5, 1), (7, 2) and (6, 8). If (6, 8) is chosen first and (5, 1) second, the answer
    is 2, 0. The coordinates (6, 8) and (5, 1) are what these two rows hold.
    """
    return np.asarray(x)[_choose(x, draws, _nearest)]
