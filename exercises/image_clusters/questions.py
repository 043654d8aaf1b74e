"""Questions of `image-clusters`: about the Earth in data/, from the start that the notebook gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.authors import Question, choice, number, own_result
from helpers.library import library_EM
from helpers.pictures import load_earth

Reference = dict[str, Callable[..., Any]]

CATEGORIES = ["desert", "rainforest", "grassland", "ocean"]
START = [422, 285, 532, 263]  # the four pictures that the assignment starts from
SEVEN = [6, 12, 34, 36, 70, 106, 118]  # of which five are the top five of component 1


def questions(reference: Reference, hidden: bool) -> dict[str, list[Question]]:
    """Return the questions by name."""
    rgb = load_earth(CATEGORIES).rgb
    run = library_EM(rgb, *reference["initialise"](rgb, START))
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
    means, covs = (own_result("library_EM", rgb, *start, at=(key,)) for key in ("means", "covs"))
    scores = own_result("compute_scores", rgb, means, covs)
    cluster, score = (own_result("assign", scores, at=(place,)) for place in range(2))
    return {"cluster": cluster, "score": score, "picture": np.arange(len(rgb))}


def _spread_category(reference: Reference, hidden: bool) -> Question:
    """The category that is spread over three components, one of which holds nothing else."""
    earth = load_earth()
    names, category = np.unique(earth.category, return_inverse=True)
    chosen = np.random.default_rng(1).choice(len(earth), 6, replace=False)
    run = library_EM(earth.rgb, *reference["initialise"](earth.rgb, chosen))
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
