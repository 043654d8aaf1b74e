"""The library's EM does what the students' own does."""

import numpy as np
import pytest
from ours import COURSE

from helpers import library_EM, load_earth, load_synthetic

EM = COURSE.assignment("gaussian-mixture").reference()["EM"]


def points_and_start():
    data = load_synthetic()
    return data, data[[20, 10, 96]], [np.cov(data, rowvar=False)] * 3, [1 / 3] * 3


def pictures_and_start():
    data = load_earth(["desert", "rainforest", "grassland", "ocean"]).rgb
    return data, data[[422, 285, 532, 263]], [np.diag(data.var(axis=0))] * 4, [1 / 4] * 4


@pytest.mark.parametrize("options", [{}, {"maxiter": 1}, {"maxiter": 12}, {"thresh": 1e-2}])
@pytest.mark.parametrize("problem", [points_and_start, pictures_and_start])
def test_it_takes_the_steps_of_the_reference(problem, options):
    found, right = library_EM(*problem(), **options), EM(*problem(), **options)
    assert found.keys() == right.keys()
    assert len(found["loglik"]) == len(right["loglik"])
    for name in ("loglik", "weights", "means", "covs"):
        np.testing.assert_allclose(found[name], right[name], rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(found["resp"].sum(axis=1), 1)


def test_lists_are_fine_and_arguments_stay_as_they_are():
    arguments = [np.array(each) for each in points_and_start()]
    before = [each.copy() for each in arguments]
    found = library_EM(*arguments, maxiter=3)
    again = library_EM(*(each.tolist() for each in arguments), maxiter=3)
    np.testing.assert_array_equal(found["means"], again["means"])
    for now, then in zip(arguments, before):
        np.testing.assert_array_equal(now, then)


def test_a_floor_holds_a_component_of_equal_points():
    data = np.repeat([[0.0, 0.0], [3.0, 1.0]], 4, axis=0)
    start = data[[0, 4]], [np.eye(2)] * 2, [0.5, 0.5]
    with pytest.raises(ValueError, match="ill-defined"):
        library_EM(data, *start)
    variances = np.linalg.eigvalsh(library_EM(data, *start, floor=1e-4)["covs"])
    np.testing.assert_allclose(variances, 1e-4)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"maxiter": 0}, r"maxiter is 0, and data has shape \(100, 2\): allow 1"),
        ({"data": [[1.0, 2.0]]}, r"data has shape \(1, 2\): .* give 2 points"),
        ({"init_weights": [0.5, 0.1, 0.1]}, "weights sum to 0.7"),
        ({"init_covariances": [np.zeros((2, 2))] * 3}, "covs"),
    ],
)
def test_bad_input_gets_a_sentence(change, sentence):
    names = "data", "init_means", "init_covariances", "init_weights"
    with pytest.raises(ValueError, match=sentence):
        library_EM(**{**dict(zip(names, points_and_start())), **change})
