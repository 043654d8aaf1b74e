"""Correct answers to the exercises of `when-em-fails` on starts and on whole fits, in several styles."""

import itertools
import math

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from answers.registry import Answers, adder, registrar

RIGHT: Answers = {}
add, right = adder(RIGHT), registrar(RIGHT)


@right("kmeans_plus_plus", "loops and lists")
def _(data, draws):
    chosen = [int(draws[0] * len(data))]
    for draw in draws[1:]:
        squares = [min(sum((a - b) ** 2 for a, b in zip(x, data[c])) for c in chosen) for x in data]
        total, reached = sum(squares), 0.0
        for n, square in enumerate(squares):
            reached += square / total
            if reached > draw:
                break
        chosen.append(n)
    return chosen


@right("kmeans_plus_plus", "a running minimum, searchsorted")
def _(data, draws):
    numbers = np.zeros(len(draws), dtype=int)
    numbers[0] = np.floor(draws[0] * len(data))
    nearest = np.full(len(data), np.inf)
    for k in range(1, len(draws)):
        nearest = np.minimum(nearest, np.sum((data - data[numbers[k - 1]]) ** 2, axis=1))
        numbers[k] = np.searchsorted(np.cumsum(nearest), draws[k] * nearest.sum(), side="right")
    return numbers


@right("kmeans_plus_plus", "cdist, and a count of the sums")
def _(data, draws):
    chosen = np.array([int(draws[0] * len(data))])
    for draw in draws[1:]:
        squares = cdist(data, data[chosen], "sqeuclidean").min(axis=1)
        chosen = np.append(chosen, np.count_nonzero(np.cumsum(squares / squares.sum()) <= draw))
    return chosen


@right("kmeans_plus_plus", "einsum, the whole table first")
def _(data, draws):
    differences = data[:, None, :] - data[None, :, :]
    table = np.einsum("nmd,nmd->nm", differences, differences)
    chosen = [int(len(data) * draws[0])]
    while len(chosen) < len(draws):
        chances = table[:, chosen].min(axis=1) / table[:, chosen].min(axis=1).sum()
        chosen.append(np.flatnonzero(chances.cumsum() > draws[len(chosen)])[0])
    return np.array(chosen)


@right("kmeans_plus_plus", "norms squared again, accumulate")
def _(data, draws):
    chosen = [int(draws[0] * len(data))]
    for draw in draws[1:]:
        away = [min(np.linalg.norm(x - data[c]) for c in chosen) ** 2 for x in data]
        sums = list(itertools.accumulate(away))
        chosen.append(next(n for n, reached in enumerate(sums) if reached > draw * sums[-1]))
    return chosen


@right("best_of", "a loop that remembers the best")
def _(logliks, widths, floor):
    best, top = -1, -math.inf
    for r, (loglik, width) in enumerate(zip(logliks, widths)):
        if math.isnan(loglik) or width < floor:
            continue
        if loglik > top:
            best, top = r, loglik
    return best


@right("best_of", "NaN for the collapsed, nanargmax")
def _(logliks, widths, floor):
    kept = np.array(logliks, dtype=float)
    kept[np.asarray(widths) < floor] = np.nan
    if np.isnan(kept).all():
        return -1
    return np.nanargmax(kept)


@right("best_of", "the numbers of those left")
def _(logliks, widths, floor):
    logliks = np.asarray(logliks)
    left = np.flatnonzero(~np.isnan(logliks) & ~(np.asarray(widths) < floor))
    return left[logliks[left].argmax()] if left.size else -1


@right("best_of", "sorted, the best first")
def _(logliks, widths, floor):
    for r in np.argsort(logliks)[::-1]:
        if not np.isnan(logliks[r]) and widths[r] >= floor:
            return int(r)
    return -1


add(
    "best_of",
    max_with_a_key=lambda logliks, widths, floor: max(
        (r for r in range(len(logliks)) if logliks[r] == logliks[r] and widths[r] >= floor),
        key=lambda r: logliks[r],
        default=-1,
    ),
    pairs=lambda logliks, widths, floor: max(
        [(ll, r) for r, (ll, w) in enumerate(zip(logliks, widths)) if w >= floor and not np.isnan(ll)],
        default=(0.0, -1),
    )[1],
)


@right("best_of", "a masked array")
def _(logliks, widths, floor):
    kept = np.ma.masked_where(np.asarray(widths) < floor, np.ma.masked_invalid(logliks))
    return -1 if kept.mask.all() else kept.argmax()


add(
    "match_components",
    cdist=lambda means, others: linear_sum_assignment(cdist(means, others, "sqeuclidean"))[1],
    cdist_squared=lambda means, others: linear_sum_assignment(cdist(means, others) ** 2)[1].tolist(),
    the_largest_dot_products=lambda means, others: linear_sum_assignment(
        np.asarray(means) @ np.asarray(others).T, maximize=True
    )[1],
    inverse_of_the_inverse=lambda means, others: np.argsort(
        linear_sum_assignment(cdist(others, means, "sqeuclidean"))[1]
    ),
)


@right("match_components", "all orders tried")
def _(means, others):
    def total(order):
        return sum((m - o) ** 2 for k, j in enumerate(order) for m, o in zip(means[k], others[j]))

    return list(min(itertools.permutations(range(len(means))), key=total))


@right("match_components", "loops and a table")
def _(means, others):
    cost = np.zeros((len(means), len(others)))
    for i in range(len(means)):
        for j in range(len(others)):
            cost[i, j] = np.linalg.norm(np.asarray(means[i]) - np.asarray(others[j])) ** 2
    rows, columns = linear_sum_assignment(cost)
    order = np.empty(len(means), dtype=int)
    order[rows] = columns
    return order


@right("match_components", "einsum")
def _(means, others):
    apart = np.asarray(means)[:, None, :] - np.asarray(others)[None, :, :]
    rows, order = linear_sum_assignment(np.einsum("kjd,kjd->kj", apart, apart))
    return [int(partner) for partner in order]


@right("kmeans_step", "loops and lists")
def _(data, means):
    groups, labels = [[] for _ in means], []
    for x in data:
        squares = [sum((a - b) ** 2 for a, b in zip(x, mean)) for mean in means]
        labels.append(squares.index(min(squares)))
        groups[labels[-1]].append(x)
    return labels, [
        [sum(column) / len(group) for column in zip(*group)] if group else list(mean)
        for group, mean in zip(groups, means)
    ]


@right("kmeans_step", "one-hot rows")
def _(data, means):
    labels = np.linalg.norm(data[:, None] - means, axis=2).argmin(axis=1)
    own = np.eye(len(means))[labels]
    counts = own.sum(axis=0)[:, None]
    return labels, np.where(counts > 0, own.T @ data / np.maximum(counts, 1), means)


@right("kmeans_step", "cdist and bincount")
def _(data, means):
    labels = np.argmin(cdist(data, means), axis=1)
    counts = np.bincount(labels, minlength=len(means))
    sums = np.array([np.bincount(labels, weights=column, minlength=len(means)) for column in data.T]).T
    new = np.array(means, dtype=float)
    new[counts > 0] = sums[counts > 0] / counts[counts > 0, None]
    return labels, new


@right("kmeans_step", "einsum, added in place")
def _(data, means):
    differences = data[:, None, :] - means[None, :, :]
    labels = np.einsum("nkd,nkd->nk", differences, differences).argmin(axis=1)
    sums, counts = np.zeros(means.shape), np.zeros(len(means))
    np.add.at(sums, labels, data)
    np.add.at(counts, labels, 1)
    return labels, [s / c if c else m for s, c, m in zip(sums, counts, means)]


@right("kmeans_step", "the square multiplied out")
def _(data, means):
    labels = ((means**2).sum(axis=1) - 2 * data @ means.T).argmin(axis=1)
    groups = [data[labels == k] for k in range(len(means))]
    return labels, np.array([np.average(g, axis=0) if len(g) else m for g, m in zip(groups, means)])
