"""Frames and runs are described in words, and a still figure can be drawn."""

import numpy as np
import pytest
from em_steps import BITS, DATA, SPOILED, drawn, explored, unwritten

from helpers import explore, figures


def test_every_frame_is_described_in_words():
    frames = explored().scenes[0]["runs"][0]["frames"]
    assert frames[0]["words"].startswith("start: log-likelihood -541.1; each component holds 33 %")
    assert frames[2]["words"].startswith("iteration 1, after M: log-likelihood -373.4, up 167.7; component 2")
    assert frames[2]["words"].endswith("holds the most, 44 % of the points.")
    assert "touched by the bound, which is up 5.9" in frames[3]["words"]
    assert len({frame["words"] for frame in frames}) > 0.8 * len(frames)


def test_the_words_name_points_or_digits():
    frames = explore(BITS, init=3, maxiter=1, gallery=False).scenes[0]["runs"][0]["frames"]
    assert frames[1]["words"].endswith("% of the digits.")


def test_the_alt_text_names_broken_laws():
    alt = explored(e_step=SPOILED["rows"][0]).still()["text/plain"]
    assert "Laws that were broken: rows of resp sum to 1." in alt


@pytest.mark.parametrize(
    "options",
    [
        {"e_step": SPOILED["rows"][0]},
        {"e_step": SPOILED["shapes"][0]},
        {"m_step": SPOILED["finite"][1]},
        {"m_step": SPOILED["covariances"][1]},
        {"m_step": unwritten},
        {"maxiter": 0},
    ],
)
def test_the_still_figure_can_be_drawn_of_every_run(options):
    left, right = drawn(explored(**options)).axes
    assert left.get_title()
    assert len(right.lines[0].get_xdata()) >= 1


def test_the_still_figure_of_digits_shows_the_components():
    left, _ = drawn(explore(BITS, init=3, gallery=False)).axes
    assert len(left.images) == 3


def test_twenty_components_have_words_different_marks_and_small_tables():
    bits = (np.random.default_rng(0).uniform(size=(500, 784)) < 0.3).astype(float)
    for shown, left in [
        (explore(DATA, init=20, maxiter=5, gallery=False), "texts"),
        (explore(bits, init=20, maxiter=5, gallery=False), "images"),
    ]:
        still = drawn(shown)
        assert len(getattr(still.axes[0], left)) == 20  # each component has a name at its mean, or an image
        assert still.axes[0].get_legend() is None
        assert "with 20 components" in figures.alt_text(still)
        assert len(figures.alt_text(still).split()) < 130
        words = [frame["words"] for frame in shown.scenes[0]["runs"][0]["frames"]]
        assert all("component" in each for each in words)
        assert sum(map(len, shown.arrays.values())) < 2_000_000
    marks = {(figures.colour(k), figures.marker(k)) for k in range(20)}
    assert len(marks) == 20


def test_a_component_that_collapsed_can_be_drawn():
    shown = explore([[0, 0], [0, 1], [5, 5], [6, 5], [7, 7]], init=2, gallery=False)
    assert np.linalg.det(shown.history.sound.params.covariances).min() < 1e-12
    assert len(drawn(shown).axes) == 2
