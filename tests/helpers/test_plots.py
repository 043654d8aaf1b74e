"""Figures contain what they should. nbval cannot see a picture, so these tests look into the axes."""

from base64 import b64decode
from io import BytesIO
from itertools import product

import matplotlib.pyplot as plt
import numpy as np
import pytest
from colour_vision import DEFICIENCIES
from in_axes import ellipses, offsets
from matplotlib.colors import to_rgb
from PIL import Image

from explorer.wording import in_words
from helpers import describe, figures, load_synthetic, plot_contours, plot_data, plot_loglikelihood
from helpers.figures import PALETTE, alt_text, as_html, colour, marker, mixed_colours
from helpers.plots import plot_curves, plot_responsibilities

DATA = load_synthetic()
MEANS = [[0.0, 5], [5, 0.3], [1.2, 0.9]]
COVS = [np.eye(2) * 0.3, np.eye(2) * 0.5, [[0.9, 0.3], [0.3, 0.7]]]
RESP = np.random.default_rng(1).dirichlet([0.3] * 3, 100)


@pytest.fixture(autouse=True)
def _no_figure_stays_open():
    yield
    plt.close("all")


def test_scatter_holds_all_points_and_fits_their_range():
    ax = plot_data(1000 * DATA, "Far from -2 to 7")
    np.testing.assert_allclose(offsets(ax), 1000 * DATA)
    for (low, high), column in zip((ax.get_xlim(), ax.get_ylim()), 1000 * DATA.T):
        assert low < column.min()
        assert column.max() < high
        assert high - low < 1.5 * np.ptp(column)


def test_all_points_in_one_place_can_be_drawn():
    ax = plot_data([[3.0, 3.0]] * 4)
    assert ax.get_xlim()[0] < 3 < ax.get_xlim()[1]


def test_contours_are_one_and_two_sigma_away():
    ax = plot_contours(DATA, MEANS, COVS, "Final")
    assert len(ellipses(ax)) == 3
    for drawn, mean, cov in zip(ellipses(ax), MEANS, COVS):
        for level, curve in zip((1, 2), drawn):
            delta = curve - mean
            distance = np.sqrt(np.einsum("ni,ij,nj->n", delta, np.linalg.inv(cov), delta))
            np.testing.assert_allclose(distance, level)
            np.testing.assert_allclose(curve[0], curve[-1])  # the curve is closed


def test_contours_mark_each_mean_with_colour_and_shape():
    ax = plot_contours(DATA, MEANS, COVS, "Final")
    legend = ax.get_legend().legend_handles
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [f"component {k}" for k in range(3)]
    assert [to_rgb(each.get_facecolor()[0]) for each in legend] == [to_rgb(colour(k)) for k in range(3)]
    assert len({each.get_paths()[0].vertices.tobytes() for each in legend}) == 3
    assert ax.get_title() == "Final"


@pytest.mark.parametrize("K", [1, 2, 7, 12])
def test_any_number_of_components(K):
    rng = np.random.default_rng(K)
    ax = plot_contours(DATA, DATA[:K], [np.eye(2) * 0.4] * K, "")
    assert len(ax.get_legend().get_texts()) == K
    assert len(plot_responsibilities(DATA, rng.dirichlet(np.ones(K), 100)).get_legend().get_texts()) == K


def test_a_component_too_small_to_draw_is_still_marked():
    ax = plot_contours(DATA, MEANS, [np.eye(2) * 1e-12] * 3, "Collapsed")
    assert len(ax.get_legend().get_texts()) == 3


def test_more_dimensions_are_shown_two_at_a_time():
    rng = np.random.default_rng(3)
    data, cov = rng.normal(size=(30, 3)), np.diag([1.0, 4.0, 9.0])
    ax = plot_contours(data, [[0, 0, 0]], [cov], "Marginal", dims=(2, 0))
    assert ellipses(ax)[0][0][:, 1].max() == pytest.approx(1, abs=0.02)
    ax = plot_responsibilities(data, np.full((30, 2), 0.5), dims=(2, 1), labels=["red", "green", "blue"])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("blue", "green")
    np.testing.assert_allclose(np.sort(offsets(ax)[:, 0]), np.sort(data[:, 2]))


def test_responsibilities_mix_the_colours_and_choose_the_shape():
    ax = plot_responsibilities(DATA, RESP)
    drawn = [each for each in ax.collections if len(each.get_offsets()) > 0]
    for k, points in enumerate(drawn):
        mine = RESP.argmax(axis=1) == k
        np.testing.assert_allclose(points.get_offsets(), DATA[mine])
        np.testing.assert_allclose(points.get_facecolor()[:, :3], mixed_colours(RESP)[mine])
    assert len({each.get_paths()[0].vertices.tobytes() for each in drawn}) == 3


def test_mixed_colours_are_pure_where_a_point_belongs_to_one_component():
    np.testing.assert_allclose(mixed_colours(np.eye(3)), [to_rgb(colour(k)) for k in range(3)])
    half = mixed_colours(np.array([[0.5, 0.5, 0]]))
    np.testing.assert_allclose(half[0], np.mean([to_rgb(colour(0)), to_rgb(colour(1))], axis=0))


def test_colour_and_marker_together_are_different_for_56_components():
    assert len({(colour(k), marker(k)) for k in range(56)}) == 56


@pytest.mark.parametrize("matrix", DEFICIENCIES.values(), ids=DEFICIENCIES)
def test_first_four_colours_differ_under_colour_blindness(matrix):
    linear = [
        [((c + 0.055) / 1.055) ** 2.4 if c > 0.04045 else c / 12.92 for c in to_rgb(p)] for p in PALETTE[:4]
    ]
    seen = np.clip(np.array(linear) @ np.transpose(matrix), 0, 1) ** (1 / 2.2)
    gaps = [np.linalg.norm(seen[i] - seen[j]) for i, j in product(range(4), repeat=2) if i < j]
    assert min(gaps) > 0.3


def test_loglikelihood_curve():
    ax = plot_loglikelihood([-9.0, -4, -3, -2.5, -2.4], "Rise", start=2)
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), [[2, -3], [3, -2.5], [4, -2.4]])
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == ("iteration", "log-likelihood", "Rise")


def test_plots_draw_on_the_axes_they_are_given():
    figure, (left, right) = plt.subplots(1, 2)
    assert plot_data(DATA, ax=left) is left
    assert plot_loglikelihood([1, 2], ax=right) is right
    assert plt.get_fignums() == [figure.number]
    assert alt_text(figure).count("Scatter") == 1
    assert "Curve" in alt_text(figure)


@pytest.mark.parametrize(
    ("ax", "words"),
    [
        (lambda: plot_data(DATA, "Hundred"), ["Hundred. Scatter of 100 points", "x_0 from -1.22 to 6.01"]),
        (lambda: plot_contours(DATA, MEANS, COVS, "T"), ["3 Gaussians", "component 1 at (5.00, 0.30)"]),
        (
            lambda: plot_responsibilities(DATA, np.eye(2)[[0] * 60 + [1] * 40]),
            ["60 and", "40; 0 points are shared"],
        ),
        (lambda: plot_loglikelihood([-5, -2, -3]), ["from -5.00 at iteration 0", "falling in 1 step"]),
    ],
)
def test_alt_text_says_what_is_seen(ax, words):
    text = alt_text(ax().figure)
    for each in words:
        assert each in text


def test_describe_replaces_the_text_and_escapes_it(capsys):
    ax = describe(plot_data(DATA), 'a < b & "c"')
    assert alt_text(ax.figure) == 'a < b & "c"'
    ax.figure._ipython_display_()
    assert 'a < b & "c"' in capsys.readouterr().out


def shown(figure):
    """Return the picture that a reader sees."""
    return Image.open(BytesIO(b64decode(as_html(figure).partition("base64,")[2][:-2]))).convert("L")


def test_our_figures_have_the_size_they_ask_for_and_keep_their_labels():
    figure = plot_data(DATA, "A title").figure
    canvas = figure.canvas
    picture = shown(figure)
    assert picture.size == (448, 336)
    assert figure.canvas is canvas
    edge = np.asarray(picture)
    assert min(edge[[0, -1]].min(), edge[:, [0, -1]].min()) == 255  # nothing is cut off
    assert edge[:, :20].min() < 128  # the label of an axis is there


def test_a_figure_without_a_layout_keeps_labels_outside_its_axes():
    figure, ax = plt.subplots(figsize=(3, 2), dpi=100)
    figure.subplots_adjust(left=0)
    ax.set_ylabel("outside")
    assert shown(figure).width > 300


def test_where_figures_are_not_drawn_words_are_shown_instead(monkeypatch):
    monkeypatch.setattr(figures, "drawing", False)
    assert as_html(plot_data(DATA, "Two < three").figure).startswith("<p>Two &lt; three. Scatter of 100")
    assert as_html(plt.figure()) == "<p>This figure was not drawn.</p>"


def test_values_are_put_into_words():
    assert [in_words(range(n)) for n in (1, 2, 3)] == ["0", "0 and 1", "0, 1 and 2"]


def test_curves_look_different_and_are_described_in_words():
    ax = plot_curves([1, 2, 4], {"a": [3, 1, 2], "b": [1, np.nan, 5]}, "Two", ["starts", "gain"])
    looks = {(line.get_color(), line.get_marker(), line.get_linestyle()) for line in ax.lines}
    assert len(looks) == 2
    told = "a: from 3 at 1 to 2 at 4, lowest 1 at 2, highest 3 at 1; b: from 1 at 1 to 5 at 4"
    assert alt_text(ax.figure).startswith(f"Two. gain over starts. {told}")


@pytest.mark.parametrize("values", [[1, 2], [[1, 2, 3]], [np.nan] * 3])
def test_a_curve_that_does_not_fit_is_named(values):
    with pytest.raises(ValueError, match="the curve 'a' has shape"):
        plot_curves([1, 2, 4], {"a": values})
