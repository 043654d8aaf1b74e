"""Every bad input gets one sentence that says what is wrong, and where."""

import numpy as np
import pytest

from helpers import loglikelihood, plot_contours, plot_data, plot_loglikelihood, plot_responsibilities
from helpers.datasets import generate_mog_data
from helpers.validate import as_covariances, as_weights

GOOD = {
    "data": [[0.0, 1], [2, 3], [4, 5]],
    "weights": [0.4, 0.6],
    "means": [[0.0, 0], [1, 1]],
    "covs": [np.eye(2), 2 * np.eye(2)],
}

BAD = {
    "no points": ({"data": []}, r"^data is empty"),
    "one flat list": ({"data": [1.0, 2, 3]}, r"^data has shape \(3,\).*\(N, D\).*data\[:, None\]"),
    "rows of unequal length": ({"data": [[1, 2], [3]]}, "^data cannot be read"),
    "words": ({"data": [["a", "b"]]}, "^data cannot be read"),
    "a NaN in the data": ({"data": [[0, 1], [2, np.nan], [4, 5]]}, r"^data is not finite at \[1, 1\]"),
    "an infinity in the means": ({"means": [[0, np.inf], [1, 1]]}, r"^means is not finite at \[0, 1\]"),
    "weights that sum to 3": ({"weights": [1, 2]}, "^weights sum to 3, not to 1"),
    "a negative weight": ({"weights": [-0.5, 1.5]}, r"^weights\[0\] is -0.5"),
    "a table of weights": ({"weights": np.full((2, 2), 0.25)}, r"^weights has shape \(2, 2\)"),
    "no weights": ({"weights": []}, "^weights is empty"),
    "three weights for two means": ({"weights": [0.2, 0.3, 0.5]}, "3 weights but 2 means"),
    "means of another dimension": ({"means": [[0.0], [1]]}, "^means has 1 columns, but the points have 2"),
    "means in a flat list": ({"means": [0.0, 1]}, r"^means has shape \(2,\)"),
    "one covariance for two": ({"covs": [np.eye(2)]}, r"^covs has shape \(1, 2, 2\).*\(2, 2, 2\)"),
    "variances for covariances": ({"covs": [[1, 1], [1, 1]]}, r"^covs has shape \(2, 2\).*\(K, D, D\)"),
    "the published matrix": (
        {"covs": [np.eye(2), [[1, 0.7], [0, 0.7]]]},
        r"^covs\[1\] is not symmetric.*entry \[0, 1\] is 0.7 and entry \[1, 0\] is 0\.",
    ),
    "a matrix with a negative eigenvalue": (
        {"covs": [np.eye(2), [[1, 2], [2, 1]]]},
        r"^covs\[1\] is not positive definite.*-1\.$",
    ),
    "a singular matrix": ({"covs": [np.zeros((2, 2)), np.eye(2)]}, r"^covs\[0\] is not positive definite"),
    "more components than points": (
        {"data": [[0.0, 1]]},
        "^there are 2 components but only 1 points: K may not be greater than N",
    ),
}


# A run of EM that goes on can tell more than one that stops, so these only give a warning, in the same words.
WARNED = ("weights that sum to 3", "the published matrix")
REFUSED = {name: each for name, each in BAD.items() if name not in WARNED}


@pytest.mark.parametrize("name", WARNED)
def test_loglikelihood_warns_about_these_and_goes_on(name):
    change, words = BAD[name]
    with pytest.warns(UserWarning, match=words):
        assert np.isfinite(loglikelihood(**(GOOD | change)))
    key, value = next(iter(change.items()))
    with pytest.raises(ValueError, match=words):
        {"weights": as_weights, "covs": as_covariances}[key](value)


@pytest.mark.parametrize(("change", "words"), REFUSED.values(), ids=REFUSED)
def test_loglikelihood_refuses(change, words):
    with pytest.raises(ValueError, match=words) as caught:
        loglikelihood(**(GOOD | change))
    assert "\n" not in str(caught.value)


def test_loglikelihood_accepts_good_input():
    assert np.isfinite(loglikelihood(**GOOD))


PLOTS = {name: each for name, each in BAD.items() if "weight" not in name}


@pytest.mark.parametrize(("change", "words"), PLOTS.values(), ids=PLOTS)
def test_plot_contours_refuses(change, words):
    given = GOOD | change
    with pytest.raises(ValueError, match=words):
        plot_contours(given["data"], given["means"], given["covs"], "bad")


@pytest.mark.parametrize(
    ("resp", "words"),
    [
        ([[1.0, 0], [0, 1]], r"^resp has shape \(2, 2\).*\(3, K\)"),
        ([[1.0, 0], [0.5, 0.6], [0, 1]], "^row 1 of resp sums to 1.1"),
        ([[1.0, 0], [-0.5, 1.5], [0, 1]], r"negative number at \[1, 0\]"),
        ([[1.0, 0], [np.nan, 1], [0, 1]], r"^resp is not finite at \[1, 0\]"),
        (np.full((3, 4), 0.25), "4 components but only 3 points"),
    ],
)
def test_plot_responsibilities_refuses(resp, words):
    with pytest.raises(ValueError, match=words):
        plot_responsibilities(GOOD["data"], resp)


@pytest.mark.parametrize("dims", [(0, 2), (0,), (-1, 0)])
def test_plots_refuse_axes_that_are_not_there(dims):
    with pytest.raises(ValueError, match="^dims is .* axes 0 to 1"):
        plot_data(GOOD["data"], dims=dims)


@pytest.mark.parametrize(("loglik", "start"), [([], 0), ([1.0, 2.0], 2), ([1.0, np.nan], 0)])
def test_plot_loglikelihood_refuses(loglik, start):
    with pytest.raises(ValueError, match="^loglik has shape"):
        plot_loglikelihood(loglik, start=start)


@pytest.mark.parametrize("num_data", [0, -3, 2.5])
def test_generate_refuses_a_bad_number_of_points(num_data):
    with pytest.raises(ValueError, match="^num_data is"):
        generate_mog_data(num_data, GOOD["means"], GOOD["covs"], GOOD["weights"], seed=1)


def test_generate_refuses_the_published_matrix():
    with pytest.raises(ValueError, match="not symmetric"):
        generate_mog_data(5, GOOD["means"], [np.eye(2), [[1, 0.7], [0, 0.7]]], GOOD["weights"], seed=1)
