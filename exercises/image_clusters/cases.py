"""Cases of the assignment `image-clusters`, for every function and question in it.

The questions are about the Earth as it is in data/, from the start that the notebook gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.random import Generator

from checks.authors import Case, Question, choice, number, own_result
from exercises.pieces.draw import draw_covariance, draw_mixture
from helpers.checking import CHECKER
from helpers.pictures import load_earth

Reference = dict[str, Callable[..., Any]]

COVARIANCES = ("covariances symmetric", "covariances positive definite")
LAWS = CHECKER.laws.chosen({"initialise": {"covariances": COVARIANCES, "weights": ("weights sum to 1",)}})
CATEGORIES = ["desert", "rainforest", "grassland", "ocean"]
START = [422, 285, 532, 263]  # the four pictures that the assignment starts from
SEVEN = [6, 12, 34, 36, 70, 106, 118]  # of which five are the top five of component 1


def cases(reference: Reference, rng: Generator, hidden: bool) -> dict[str, list[Case | Question]]:
    """Return the cases of every exercise, by name, drawn from `rng`."""
    return {
        "mean_rgb": list(_mean_rgb(reference, rng)),
        "initialise": list(_initialise(reference, rng)),
        "compute_scores": list(_scores(reference, rng)),
        "assign": list(_assign(reference, rng)),
        "get_top_images": list(_top_images(reference, rng)),
        "mahalanobis": list(_mahalanobis(reference, rng)),
        "purity": list(_purity(reference, rng)),
        **_questions(reference, hidden),
    }


def _mean_rgb(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "a square picture": (0, 256, 6, 6),
        "a wide picture": (0, 256, 4, int(rng.integers(9, 14))),
        "a bright picture": (200, 256, int(rng.integers(20, 30)), 24),
        "a dark picture": (0, 9, 7, int(rng.integers(3, 6))),
    }
    for name, (low, high, *size) in recipes.items():
        tint = rng.uniform(0.5, 1, 3)
        picture = (rng.integers(low, high, (*size, 3)) * tint).astype(np.uint8)
        yield Case.of(reference, "mean_rgb", name, {"picture": picture})


def _initialise(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"two in the plane": (2, 2, 0), "four in space": (4, 3, 2), "far from the origin": (3, 3, 30)}
    for name, (num_components, num_dims, shift) in recipes.items():
        count = int(rng.integers(12, 20))
        data = draw_mixture(rng, num_components, num_dims, count, rng.uniform(0.3, 0.6), shift).data
        chosen = rng.choice(len(data), num_components, replace=False)
        means, covariances, weights = reference["initialise"](data, chosen)
        unbiased = covariances * count / (count - 1)
        answers = [(means, each, weights) for each in (covariances, unbiased)]
        args, returns = {"data": data, "chosen": chosen}, ("means", "covariances", "weights")
        yield Case.of(reference, "initialise", name, args, answers=answers, returns=returns)


def _scores(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "two components on a line": (2, 1, int(rng.integers(6, 9)), 1.0),
        "three components in the plane": (3, 2, int(rng.integers(8, 12)), 1.0),
        "narrow components in space": (4, 3, int(rng.integers(9, 14)), rng.uniform(0.05, 0.1)),
    }
    for name, recipe in recipes.items():
        drawn = draw_mixture(rng, *recipe)
        args = {"data": drawn.data, "means": drawn.means, "covariances": drawn.covariances}
        yield Case.of(reference, "compute_scores", name, args)


def _assign(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"two components": (2, 1), "four components": (4, 1), "large densities": (3, 4000)}
    for name, (num_components, scale) in recipes.items():
        scores = scale * rng.gamma(0.7, size=(int(rng.integers(6, 12)), num_components))
        yield Case.of(reference, "assign", name, {"scores": scores}, returns=("clusters", "scores"))


def _top_images(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "the top five": (30, 3, 0, None),
        "the top two": (int(rng.integers(14, 20)), 2, 1, 2),
        "fewer than `k` in the cluster": (9, 4, 2, None),
        "an empty cluster": (8, 2, 2, 3),
    }
    for name, (count, num_clusters, cluster, k) in recipes.items():
        # Each cluster has members, and the numbers of the pictures are not those of the rows.
        columns = {
            "cluster": rng.permutation(np.arange(count) % num_clusters),
            "score": rng.gamma(2.0, 500.0, count),
            "picture": rng.choice(500, count, replace=False),
        }
        args = {"assignments": columns, "cluster": cluster} | ({} if k is None else {"k": k})
        yield Case.of(reference, "get_top_images", name, args)


def _mahalanobis(reference: Reference, rng: Generator) -> Iterator[Case]:
    for name, (num_dims, scale) in {"a line": (1, 1), "a plane": (2, 0.3), "space": (3, 4)}.items():
        mean, covariance = scale * rng.normal(size=num_dims), scale**2 * draw_covariance(rng, num_dims)
        point = mean + scale * rng.choice([-1, 1], num_dims) * rng.uniform(0.7, 2, num_dims)
        args = {"point": point, "mean": mean, "covariance": covariance}
        yield Case.of(reference, "mahalanobis", f"in {name}", args)


def _purity(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"as many clusters as categories": (3, 3), "more clusters": (6, 3), "fewer clusters": (2, 5)}
    for name, shape in recipes.items():
        # Two clusters share their largest category: a matching would give another number.
        table = rng.integers(0, 12, shape) * rng.integers(1, 4, (shape[0], 1))
        table[:2, 1] = table[:2].max(axis=1) + rng.integers(3, 30, 2)
        yield Case.of(reference, "purity", name, {"table": table})


def _questions(reference: Reference, hidden: bool) -> dict[str, list[Question]]:
    rgb = load_earth(CATEGORIES).rgb
    run = reference["EM"](rgb, *reference["initialise"](rgb, START))
    clusters, scores = reference["assign"](reference["compute_scores"](rgb, run["means"], run["covs"]))
    columns = {"cluster": clusters, "score": scores, "picture": np.arange(len(rgb))}
    top = reference["get_top_images"](columns, 1).tolist()
    smaller, larger = sorted(set(SEVEN) - set(top))
    inside = {n: "that picture is among the top five of component 1" for n in top}
    one_off = {clusters[0] + 1: "components are numbered from 0: yours is counted from 1"}
    # The same pictures in another order: all that a function gives for each of them must move along.
    own = [_own_clusters(rgb, START), _own_clusters(rgb[::-1], [len(rgb) - 1 - n for n in START])]

    def not_in_own_top(at: int) -> Any:
        return tuple(own_result("get_top_images", each, 1, left_of=SEVEN, count=2, at=(at,)) for each in own)

    return {
        "quiz-pictures": [
            number(
                "the cluster of picture 0",
                clusters[0],
                hidden,
                one_off,
                own=tuple({**each["cluster"], "at": [0, 0]} for each in own),
            ),
            number(
                "the smaller number",
                smaller,
                hidden,
                inside | {larger: "that is the larger of the two"},
                own=not_in_own_top(0),
            ),
            number(
                "the larger number",
                larger,
                hidden,
                inside | {smaller: "that is the smaller of the two"},
                own=not_in_own_top(1),
            ),
        ],
        "quiz-spread": [_spread_category(reference, hidden)],
    }


def _own_clusters(rgb: np.ndarray, chosen: list[int]) -> dict[str, Any]:
    """The table `assignments` of the notebook, made by the student's own functions."""
    start = [own_result("initialise", rgb, chosen, at=(place,)) for place in range(3)]
    means, covs = (own_result("EM", rgb, *start, at=(key,)) for key in ("means", "covs"))
    scores = own_result("compute_scores", rgb, means, covs)
    cluster, score = (own_result("assign", scores, at=(place,)) for place in range(2))
    return {"cluster": cluster, "score": score, "picture": np.arange(len(rgb))}


def _spread_category(reference: Reference, hidden: bool) -> Question:
    """The category that is spread over three components, one of which holds nothing else."""
    earth = load_earth()
    names, category = np.unique(earth.category, return_inverse=True)
    chosen = np.random.default_rng(1).choice(len(earth), 6, replace=False)
    run = reference["EM"](earth.rgb, *reference["initialise"](earth.rgb, chosen))
    found = run["resp"].argmax(axis=1)
    table = np.array([np.bincount(category[found == k], minlength=6) for k in range(6)])
    spread, alone = (table > 0).sum(axis=0), (table[(table > 0).sum(axis=1) == 1] > 0).any(axis=0)
    (answer,) = names[(spread == 3) & alone]
    reasons = {name: _not_this(name, *each) for name, *each in zip(names.tolist(), spread, alone)}
    return choice("the category", str(answer), reasons, hidden)


def _not_this(name: str, spread: int, alone: bool) -> str:
    """Why this is not the category that is asked for."""
    where = "a single component" if spread == 1 else f"{spread} components"
    return f"{name} has pictures in {where}" + (
        ", and shares all of them" if spread == 3 and not alone else ""
    )
