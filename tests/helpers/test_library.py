"""The library's EM takes the same steps as the EM that students write."""

import numpy as np
import pytest
from ours import COURSE

from helpers import library, library_EM, load_earth, load_synthetic, own_or_library

EM = COURSE.assignment("gaussian-mixture").reference()["EM"]


def points_and_start():
    data = load_synthetic()
    return data, data[[20, 10, 96]], [np.cov(data, rowvar=False)] * 3, [1 / 3] * 3


def pictures_and_start():
    data = load_earth(["desert", "rainforest", "grassland", "ocean"]).rgb
    return data, data[[422, 285, 532, 263]], [np.diag(data.var(axis=0))] * 4, [1 / 4] * 4


@pytest.mark.parametrize("options", [{}, {"maxiter": 1}, {"maxiter": 12}, {"thresh": 1e-2}])
@pytest.mark.parametrize("problem", [points_and_start, pictures_and_start])
def test_library_em_takes_the_steps_of_the_reference(problem, options):
    found, right = library_EM(*problem(), **options), EM(*problem(), **options)
    assert found.keys() == right.keys()
    assert len(found["loglik"]) == len(right["loglik"])
    for name in ("loglik", "weights", "means", "covs"):
        np.testing.assert_allclose(found[name], right[name], rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(found["resp"].sum(axis=1), 1)


def test_lists_are_accepted_and_arguments_are_not_changed():
    arguments = [np.array(each) for each in points_and_start()]
    before = [each.copy() for each in arguments]
    found = library_EM(*arguments, maxiter=3)
    again = library_EM(*(each.tolist() for each in arguments), maxiter=3)
    np.testing.assert_array_equal(found["means"], again["means"])
    for now, then in zip(arguments, before):
        np.testing.assert_array_equal(now, then)


def test_with_a_floor_a_component_of_equal_points_is_possible():
    data = np.repeat([[0.0, 0.0], [3.0, 1.0]], 4, axis=0)
    start = data[[0, 4]], [np.eye(2)] * 2, [0.5, 0.5]
    with pytest.raises(ValueError, match="a component has collapsed: .* Try another start, or a floor."):
        library_EM(data, *start)
    variances = np.linalg.eigvalsh(library_EM(data, *start, floor=1e-4)["covs"])
    np.testing.assert_allclose(variances, 1e-4)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"maxiter": 0}, r"maxiter is 0, floor is 0.0 and data has shape \(100, 2\): allow 1"),
        ({"floor": -0.1}, "floor is -0.1 .* a floor of 0 or more"),
        ({"data": [[1.0, 2.0]]}, r"data has shape \(1, 2\): .* give 2 points"),
        ({"init_weights": [0.5, 0.1, 0.1]}, "weights sum to 0.7"),
        ({"init_covariances": [np.zeros((2, 2))] * 3}, "covs"),
    ],
)
def test_bad_input_gets_a_sentence(change, sentence):
    names = "data", "init_means", "init_covariances", "init_weights"
    with pytest.raises(ValueError, match=sentence):
        library_EM(**{**dict(zip(names, points_and_start())), **change})


def test_a_floor_also_widens_the_start():
    data = np.column_stack([np.arange(6.0), np.zeros(6)])
    flat = [np.diag(data.var(axis=0))] * 2
    found = library_EM(data, data[[0, 5]], flat, [0.5, 0.5], floor=1e-4)
    assert np.linalg.eigvalsh(found["covs"]).min() == pytest.approx(1e-4)


def test_weights_may_differ_from_sum_1_by_rounding():
    data, means, covs, weights = points_and_start()
    rounded = np.float32(weights)
    np.testing.assert_allclose(
        library_EM(data, means, covs, rounded)["means"], library_EM(data, means, covs, weights)["means"]
    )


def overwriting(data, means, covs, weights, **options):
    found = EM(data.copy(), means.copy(), covs.copy(), weights.copy(), **options)
    for each in (data, means, covs, weights):
        each[:] = 0
    return found


def in_other_forms(data, *start, **options):
    found = EM(data, *start, **options)
    lists = {name: np.asarray(each).tolist() for name, each in found.items()}
    extra = {"start": start[:2], "resp": None, "loglik": (each for each in found["loglik"])}
    return lists | extra | {"weights": np.reshape(found["weights"], (1, -1))}


@pytest.mark.parametrize("own", [EM, overwriting, in_other_forms], ids=lambda own: own.__name__)
def test_a_correct_em_is_used_whatever_its_form(own, capsys):
    problem = points_and_start()
    run = own_or_library(own, *problem)
    assert capsys.readouterr().out == "Your EM agrees with library_EM. It runs.\n"
    found, right = run(*problem), library_EM(*problem)
    for name, each in found.items():
        assert isinstance(each, np.ndarray)
        np.testing.assert_allclose(each, right[name], atol=1e-6)
    np.testing.assert_array_equal(problem[0], load_synthetic())


def reversed_order(*args, **options):
    return {name: np.array(each)[::-1] if name != "loglik" else each for name, each in EM(*args).items()}


def with_a_ridge(*args, **options):
    return library_EM(*args, **options, floor=0.1)


def no_numbers(*args, **options):
    return {name: np.full(np.shape(each), np.nan) for name, each in EM(*args, **options).items()}


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (
            reversed_order,
            "Your EM ends with other means than library_EM, or with the same means in another order.",
        ),
        (with_a_ridge, "Your EM ends at -"),
        (no_numbers, "Your EM stops with an error, ValueError: "),
        (lambda *args, **options: None, "Your EM stops with an error, TypeError: "),
        (lambda data, means, covs, weights: 1 / 0, "Your EM stops with an error, ZeroDivisionError: "),
    ],
)
def test_a_wrong_em_is_not_used_and_the_reason_is_printed(own, said, capsys):
    problem = points_and_start()
    run = own_or_library(own, *problem)
    printed = capsys.readouterr().out
    assert printed.startswith(said)
    assert printed.endswith(" So library_EM runs from here on.\n")
    np.testing.assert_allclose(run(*problem)["means"], library_EM(*problem)["means"])


def test_a_slow_em_is_not_used(monkeypatch, capsys):
    monkeypatch.setattr(library, "PATIENCE", 0.0)
    own_or_library(EM, *points_and_start())
    assert "seconds, and many fits follow. So library_EM runs" in capsys.readouterr().out


def test_the_library_is_not_compared_with_itself(capsys):
    assert own_or_library(library_EM, [[0.0]], None, None, None).__name__ == "run"
    assert capsys.readouterr().out == "library_EM runs.\n"
