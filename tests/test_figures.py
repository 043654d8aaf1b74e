"""The figures of the reference notebooks, by what is in their axes: nbval cannot see pictures."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import PathCollection
from test_plots import contour_sets, offsets

from grading.course import find_assignment
from helpers import load_synthetic


def run_and_collect(name):
    """Run a source's cells; return its names, and the axes that each cell draws, by title."""
    namespace, drawn = {}, {}
    for cell in find_assignment(name).cells().cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, name, "exec"), namespace)
            for number in plt.get_fignums():
                (ax,) = plt.figure(number).axes
                drawn[ax.get_title()] = ax
            plt.close("all")
    return namespace, drawn


@pytest.fixture(scope="module")
def gaussian_mixture():
    return run_and_collect("gaussian-mixture")


def centres(ax):
    single = [
        each for each in ax.collections if isinstance(each, PathCollection) and len(each.get_offsets()) == 1
    ]
    return np.array([each.get_offsets()[0] for each in single])


def test_each_figure_is_drawn(gaussian_mixture):
    assert list(gaussian_mixture[1]) == [
        "A fresh draw",
        "The hundred points",
        "The start",
        "After 12 iterations",
        "At convergence",
        "Responsibilities in the first E-step",
        "Responsibilities at convergence",
        "Log-likelihood",
        "From the third iteration on",
        "Converged, and wrong",
    ]


@pytest.mark.parametrize(
    "title", ["The hundred points", "The start", "At convergence", "Converged, and wrong"]
)
def test_the_hundred_points_are_all_there(gaussian_mixture, title):
    np.testing.assert_allclose(offsets(gaussian_mixture[1][title])[:100], load_synthetic())


@pytest.mark.parametrize(
    ("title", "means"),
    [("The start", "start_means"), ("After 12 iterations", "midway"), ("At convergence", "results")],
)
def test_contours_belong_to_their_moment(gaussian_mixture, title, means):
    names, drawn = gaussian_mixture
    right = names[means] if means == "start_means" else names[means]["means"]
    np.testing.assert_allclose(centres(drawn[title]), right)
    assert len(contour_sets(drawn[title])) == 3


def test_responsibilities_belong_to_their_moment(gaussian_mixture):
    names, drawn = gaussian_mixture
    for title, run in {"in the first E-step": "first", "at convergence": "results"}.items():
        groups = [len(c.get_offsets()) for c in drawn[f"Responsibilities {title}"].collections]
        held = np.bincount(names[run]["resp"].argmax(axis=1), minlength=3)
        assert [n for n in groups if n] == list(held)


def test_the_curves_show_the_log_likelihood(gaussian_mixture):
    names, drawn = gaussian_mixture
    whole, tail = (drawn[t].lines[0].get_ydata() for t in ("Log-likelihood", "From the third iteration on"))
    np.testing.assert_array_equal(whole, names["results"]["loglik"])
    np.testing.assert_array_equal(tail, names["results"]["loglik"][3:])


def test_what_the_text_says_is_so(gaussian_mixture):
    """Claims of the prose that no cell computes."""
    names, _ = gaussian_mixture
    gains = np.diff(names["results"]["loglik"])
    assert (gains[2:8] < 1).all()  # a plateau, on which thresh=1 stops ...
    assert gains[8:].max() > 5  # ... before the climb
    share = names["results"]["resp"].max(axis=1)
    assert (share < 0.9).sum() == 1
    np.testing.assert_allclose(names["data"][24], [3.90, 0.92], atol=0.005)
    np.testing.assert_allclose(names["results"]["resp"][24], [0, 0.889, 0.111], atol=5e-4)
    assert names["results"]["loglik"][-1] > names["truth"]
    assert names["run"]["loglik"][-1] < names["results"]["loglik"][-1] - 30
    widths = [np.linalg.eigvalsh(cov)[0] for cov in names["run"]["covs"]]
    assert min(widths) < 0.01  # the sliver
