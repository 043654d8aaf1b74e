"""Questions of `image-clusters`. Their answers come from data/earth.npz and the notebook's own start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.authors import Question, choice, number, own_result
from helpers.library import library_EM
from helpers.pictures import load_earth

Reference = dict[str, Callable[..., Any]]

CATEGORIES = ["desert", "rainforest", "grassland", "ocean"]
START = [422, 285, 532, 263]  # the four pictures that are the means at the start
SEVEN = [6, 12, 34, 36, 70, 106, 118]  # the top five of component 1 are among these pictures


def questions(reference: Reference, hidden: bool) -> dict[str, list[Question]]:
    """Return the questions by name."""
    rgb = load_earth(CATEGORIES).rgb
    run = library_EM(rgb, *reference["initialise"](rgb, START))
    clusters, scores = reference["assign"](reference["compute_scores"](rgb, run["means"], run["covs"]))
    columns = {"cluster": clusters, "score": scores, "picture": np.arange(len(rgb))}
    top = reference["get_top_images"](columns, 1).tolist()
    smaller, larger = sorted(set(SEVEN) - set(top))
    inside = {n: f"picture {n} is one of the top five of component 1" for n in top}
    one_off = {clusters[0] + 1: "you counted the components from 1, but they are numbered from 0"}
    # The second table has the same pictures in reverse order. A function's results must move with them.
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
                inside | {larger: "this is the larger of the two numbers"},
                own=not_in_own_top(0),
            ),
            number(
                "the larger number",
                larger,
                hidden,
                inside | {smaller: "this is the smaller of the two numbers"},
                own=not_in_own_top(1),
            ),
        ],
        "quiz-spread": [_spread_category(reference, hidden)],
    }


def _own_clusters(rgb: np.ndarray, chosen: list[int]) -> dict[str, Any]:
    """Return the notebook's table `assignments`, made by the student's own functions."""
    start = [own_result("initialise", rgb, chosen, at=(place,)) for place in range(3)]
    means, covs = (own_result("library_EM", rgb, *start, at=(key,)) for key in ("means", "covs"))
    scores = own_result("compute_scores", rgb, means, covs)
    cluster, score = (own_result("assign", scores, at=(place,)) for place in range(2))
    return {"cluster": cluster, "score": score, "picture": np.arange(len(rgb))}


def _spread_category(reference: Reference, hidden: bool) -> Question:
    """Ask for the category in three components, one of which holds no other category."""
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
    """Say why the category `name` is not the answer."""
    where = "a single component" if spread == 1 else f"{spread} components"
    return f"{name} has pictures in {where}" + (
        ", and each of them also holds another category" if spread == 3 and not alone else ""
    )
