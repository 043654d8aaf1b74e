"""Draw the cases of all functions and questions of the assignment `image-clusters`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from checks.authors import Case, Drawn, Question
from exercises.image_clusters.questions import questions
from exercises.pieces.draw import draw_covariance, draw_mixture
from exercises.pieces.sized import Args, absolute, in_units, largest, line, wider
from helpers.checking import CHECKER

Reference = dict[str, Callable[..., Any]]

COVARIANCES = ("covariances symmetric", "covariances positive definite")
LAWS = CHECKER.laws.chosen({"initialise": {"covariances": COVARIANCES, "weights": ("weights sum to 1",)}})


def common(reference: Reference, rng: Generator, hidden: bool) -> dict[str, list[Question]]:
    """Return the questions, once for all submissions: their answers need runs of EM, which take long."""
    return questions(reference, hidden)


def cases(reference: Reference, rng: Generator, hidden: bool, common: dict[str, list[Question]]) -> Drawn:
    """Return the function that draws the cases of each exercise, and the cases of each question.

    common: the result of the function `common`.
    """
    return {
        "mean_rgb": _mean_rgb,
        "initialise": _initialise,
        "compute_scores": _scores,
        "assign": _assign,
        "get_top_images": _top_images,
        "mahalanobis": _mahalanobis,
        "purity": _purity,
        **common,
    }


def _mean_rgb(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "a square picture": (0, 256, 6, 6),
        "a wide picture": (0, 256, 4, int(rng.integers(9, 14))),
        "a bright picture": (200, 256, int(rng.integers(9, 13)), 8),
        "a dark picture": (0, 9, 7, int(rng.integers(3, 6))),
    }
    for name, size in recipes.items():
        picture = _until_rounding_shows(lambda: _picture(rng, *size), reference["mean_rgb"])  # noqa: B023
        tolerance = absolute(reference["mean_rgb"](picture))
        yield Case.of(reference, "mean_rgb", name, {"picture": picture}, tolerance=tolerance)


def _picture(rng: Generator, low: int, high: int, height: int, width: int) -> Any:
    """Draw a picture whose mean red differs from its mean blue, so an exchange of the two shows."""
    while True:
        fractions = rng.integers(low, high, (height, width, 3)) * rng.uniform(0.5, 1, 3)
        picture = fractions.astype(np.uint8)
        if picture[..., 0].sum() != picture[..., 2].sum():
            return picture


def _until_rounding_shows(draw: Callable[[], Any], answer: Callable[[Any], Any]) -> Any:
    """Draw until the answer, rounded to five decimals, is clearly different from the exact answer."""
    while True:
        drawn = draw()
        right = np.asarray(answer(drawn))
        if largest(right - right.round(5)) > 3.5e-6:
            return drawn


def _initialise(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"two in the plane": (2, 2, 0), "four in space": (4, 3, 2), "far from the origin": (3, 3, 10)}
    for name, (num_components, num_dims, shift) in recipes.items():
        count = int(rng.integers(12, 20))
        data = draw_mixture(rng, num_components, num_dims, count, shift=shift).data
        size = 1.0 if num_components == 2 else rng.uniform(2, 6)  # the largest variance
        data *= np.sqrt(size / data.var(axis=0).max())
        chosen = num_components + rng.choice(len(data) - num_components, num_components, replace=False)
        means, covariances, weights = reference["initialise"](data, chosen)
        unbiased = covariances * count / (count - 1)
        answers = [(means, each, weights) for each in (covariances, unbiased)]
        args, returns = {"data": data, "chosen": chosen}, ("means", "covariances", "weights")
        yield Case.of(reference, "initialise", name, args, answers=answers, returns=returns)


def _scores(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "two components on a line": (2, 1, int(rng.integers(6, 9))),
        "three components in the plane": (3, 2, int(rng.integers(8, 12))),
        "narrow components in space": (4, 3, int(rng.integers(9, 14))),
    }
    right = reference["compute_scores"]
    for name, recipe in recipes.items():
        drawn = draw_mixture(rng, *recipe)
        args = {"data": drawn.data, "means": drawn.means, "covariances": drawn.covariances}
        if "narrow" in name:
            ridge = line(lambda args: right(**args), _with_a_ridge(right), args)
            unit = (3e-9 / ridge) ** (1 / 2)
        else:
            size = 1.0 if recipe[1] == 1 else rng.uniform(2, 4)  # the largest density
            unit = (largest(right(**args)) / size) ** (1 / recipe[1])
        yield Case.of(reference, "compute_scores", name, in_units(args, unit))


def _with_a_ridge(right: Callable[..., Any]) -> Callable[[Args, float], Any]:
    """Return a function that answers as `right` does, with a small number added to each variance."""
    name = inspect.getfullargspec(right).args[-1]
    return lambda args, ridge: right(**{**args, name: wider(args[name], ridge)})


def _assign(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"two components": (2, 1), "four components": (4, 3), "large densities": (3, 4000)}
    for name, (num_components, scale) in recipes.items():
        scores = _with_every_winner(rng, num_components)
        if name == "four components":  # the best score of a point may also be small
            scores[::2] *= 10 ** rng.uniform(-4, -2, (len(scores[::2]), 1))
        scores *= scale / scores.max()
        answers = None  # then the answer of the reference counts
        if name == "two components":  # both have the same score for one point, and either is its best
            scores[-1] = scores[-1].max()
            clusters, best = reference["assign"](scores)
            answers = [(np.append(clusters[:-1], k), best) for k in range(2)]
        returns = ("clusters", "scores")
        yield Case.of(reference, "assign", name, {"scores": scores}, answers=answers, returns=returns)


def _with_every_winner(rng: Generator, num_components: int) -> Any:
    """Draw scores in which each component is the best component of at least one point."""
    while True:
        scores = rng.gamma(0.7, size=(int(rng.integers(6, 12)), num_components))
        if len(set(scores.argmax(axis=1))) == num_components:
            return scores


def _top_images(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "the top five": (30, 3, 0, None, 500.0),
        "the top two": (int(rng.integers(14, 20)), 2, 1, 2, 0.2),
        "fewer than `k` in the cluster": (12, 4, 2, None, 500.0),
        "an empty cluster": (8, 2, 2, 3, 500.0),
    }
    for name, (count, num_clusters, cluster, k, scale) in recipes.items():
        columns, answers = _in_any_order(rng, count, num_clusters, cluster, k or 5, scale)
        args = {"assignments": columns, "cluster": cluster} | ({} if k is None else {"k": k})
        yield Case.of(reference, "get_top_images", name, args, answers=answers)


def _in_any_order(
    rng: Generator, count: int, num_clusters: int, cluster: int, k: int, scale: float
) -> tuple[dict[str, Any], list[Any]]:
    """Draw a table and all correct answers. The first pictures of the cluster are not the best pictures."""
    while True:
        # Each cluster has members. The numbers of the pictures differ from the numbers of the rows.
        columns = {
            "cluster": rng.permutation(np.arange(count) % num_clusters),
            "score": rng.gamma(2.0, scale, count),
            "picture": rng.choice(500, count, replace=False),
        }
        answers = _with_a_tie(rng, columns, cluster, k)
        if scale < 1:  # all are below 1, so as whole numbers they are all 0
            columns["score"] /= 1.05 * columns["score"].max()
        elif _meet_as_whole(columns["score"]):
            continue
        members = columns["picture"][columns["cluster"] == cluster]
        if len(members) < 3 or all((members[:k] != answer).any() for answer in answers):
            return columns, answers


def _meet_as_whole(scores: NDArray[np.float64]) -> bool:
    """Tell whether different scores become equal as whole numbers, so that their order is lost."""
    return len(np.unique(scores)) > len(np.unique(scores.astype(int)))


def _with_a_tie(rng: Generator, columns: dict[str, Any], cluster: int, k: int) -> list[Any]:
    """Give two of a cluster's best pictures the same score, and return all correct answers.

    A picture of another cluster gets this score, too. If k is 2, the second and the third picture tie.
    Pictures of other clusters get the highest scores of all.
    """
    score, others = columns["score"], np.flatnonzero(columns["cluster"] != cluster)
    members = np.flatnonzero(columns["cluster"] == cluster)
    ranked = members[np.argsort(-score[members])]
    score[rng.choice(others, min(6, len(others)), replace=False)] += score.max()
    if len(ranked) < 2:
        return [columns["picture"][ranked]]
    at = k - 1 if k == 2 else int(rng.integers(min(k, len(ranked)) - 1))
    score[[ranked[at + 1], rng.choice(others)]] = score[ranked[at]]
    exchanged = ranked.copy()
    exchanged[[at, at + 1]] = ranked[[at + 1, at]]
    return [columns["picture"][order[:k]] for order in (ranked, exchanged)]


def _mahalanobis(reference: Reference, rng: Generator) -> Iterator[Case]:
    right = reference["mahalanobis"]
    for name, num_dims in {"a line": 1, "a plane": 2, "space": 3}.items():
        mean, covariance = rng.normal(size=num_dims), draw_covariance(rng, num_dims)
        delta = rng.choice([-1, 1], num_dims) * rng.uniform(0.7, 2, num_dims)
        args = {"point": mean + delta, "mean": mean, "covariance": covariance}
        ridge = line(lambda args: right(**args), _with_a_ridge(right), args)
        # In the plane, the line (see pieces/sized.py) is lowest. There, rounding to five decimals is marked
        # as wrong.
        decides = name == "a plane"
        args = in_units(args, (3e-6 / ridge * (1 if decides else rng.uniform(3, 30))) ** (1 / 2))
        distance = rng.integers(1100, 1400) / 1e3 + 4.44e-5 if decides else rng.uniform(1.6, 4)
        args["point"] = args["mean"] + (args["point"] - args["mean"]) * distance / right(**args)
        yield Case.of(reference, "mahalanobis", f"in {name}", args)


def _purity(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"as many clusters as categories": (3, 3), "more clusters": (6, 3), "fewer clusters": (2, 5)}
    for name, shape in recipes.items():
        table = _until_rounding_shows(lambda: _uneven(rng, shape), reference["purity"])  # noqa: B023
        tolerance = absolute(reference["purity"](table))
        yield Case.of(reference, "purity", name, {"table": table}, tolerance=tolerance)


def _uneven(rng: Generator, shape: tuple[int, int]) -> Any:
    """Draw counts whose purity differs from that of the columns and from the mean of the rows' purities."""
    while True:
        table = _table(rng, shape)
        largest_of_each, sizes = table.max(axis=1), table.sum(axis=1)
        mean = np.mean(largest_of_each[sizes > 0] / sizes[sizes > 0])
        clear = abs(mean - largest_of_each.sum() / sizes.sum()) > 0.001
        if clear and table.max(axis=0).sum() != largest_of_each.sum():
            return table


def _table(rng: Generator, shape: tuple[int, int]) -> Any:
    """Draw counts. Two clusters have the same largest category, so a matching gives another number."""
    table = rng.integers(0, 12, shape) * rng.integers(1, 4, (shape[0], 1))
    table[:2, 1] = table[:2].max(axis=1) + rng.integers(3, 30, 2)
    if len(table) > 3:
        table[1, 1] = table[0, 1] = table[:2, 1].max()  # two equal maxima: both count
        table[-1] = 0  # a cluster without a picture
    return table
