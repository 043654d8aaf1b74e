"""What is timed computes the right thing, and README shows what was measured. No test asserts a time."""

import re

import numpy as np
import pytest

from benchmarks.gaussian_step import fast_step as fast_gaussian
from benchmarks.processes import measure
from benchmarks.readme import README, within
from grading.course import find_assignment
from grading.exercises.draw import draw_mixture
from helpers import load_digits, loglikelihood

pytestmark = pytest.mark.instructor
IMAGES = find_assignment("image-clusters")
DIGITS = find_assignment("bernoulli-digits")


@pytest.mark.parametrize("size", [(2, 1, 50), (4, 3, 20_000), (3, 7, 900)])
def test_gaussian_steps_agree(size):
    data, *start = draw_mixture(np.random.default_rng(5), *size, shift=30)
    reference = IMAGES.reference()["em_step"](data, *start)
    for fast, right in zip(fast_gaussian(data, *start), reference):
        np.testing.assert_allclose(fast, right, rtol=1e-8, atol=1e-8)
    assert reference[3] == pytest.approx(loglikelihood(data, *start), rel=1e-12)


@pytest.mark.parametrize("size", [1, 7, 50, 8192])
def test_a_gaussian_step_does_not_depend_on_its_blocks(size):
    data, *start = draw_mixture(np.random.default_rng(5), 3, 2, 50)
    em_step = IMAGES.reference()["em_step"]
    for block, whole in zip(em_step(data, *start, size=size), em_step(data, *start)):
        np.testing.assert_allclose(block, whole, rtol=1e-10)


@pytest.mark.parametrize("floor", [0, 1e-12])
@pytest.mark.parametrize("size", [1, 300, 1024])
def test_bernoulli_steps_agree(floor, size):
    names = DIGITS.reference()
    bits = (load_digits()[0][:1500] >= 128).astype(np.uint8)
    log_p, log_mix = names["random_start"](6, 784, seed=2)
    for _ in range(4):
        right = names["m_step"](bits, names["e_step"](bits, log_p, log_mix))
        fast = names["fast_step"](bits, log_p, log_mix, floor=floor, size=size)
        np.testing.assert_allclose(np.exp(fast[0]), np.exp(right[0]), atol=1e-4)
        np.testing.assert_allclose(np.exp(fast[1]), np.exp(right[1]), atol=1e-4)
        assert fast[0].max() < 0
        log_p, log_mix = right


def test_a_contender_is_measured_in_its_own_process():
    source = "\n\n".join(IMAGES.definitions())
    held = np.ones(60_000_000)  # half a gigabyte here is not the other process's
    small = measure("benchmarks.gaussian_step:reference", 2, 1, source=source, size=[5000, 2, 2])
    large = measure("benchmarks.gaussian_step:reference", 2, 1, source=source, size=[3_000_000, 2, 2])
    assert 10 < small.peak < 250
    assert large.peak > small.peak + 48  # its points alone
    assert held.nbytes > 4e8


def test_a_contender_that_fails_is_named():
    with pytest.raises(RuntimeError, match="(?s)benchmarks.gaussian_step:nothing failed:.*nothing"):
        measure("benchmarks.gaussian_step:nothing")


def test_the_readme_shows_the_tables():
    shown = README.read_text(encoding="utf-8").partition("<!-- written by make bench -->")[2]
    for row in (
        "the reference",
        "`fast_step`",
        "N x K x D",
        "StepMix",
        "limit: ",
        "scikit-learn",
        "double loop",
    ):
        assert row in shown
    assert len(re.findall(r"^\| N = ", shown, re.M)) == 3


def test_tables_replace_older_ones_and_nothing_else():
    text = "before\n<!-- written by make bench -->\nold\n<!-- end -->\nafter\n"
    assert (
        within(text, "make bench", "new")
        == "before\n<!-- written by make bench -->\nnew\n<!-- end -->\nafter\n"
    )
    with pytest.raises(ValueError, match="README.md has lost its line"):
        within("no place", "make bench", "new")
