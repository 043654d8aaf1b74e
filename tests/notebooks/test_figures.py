"""The figures of the reference notebooks, by the content of their axes, because nbval cannot see pictures."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from in_axes import ellipses, offsets
from matplotlib.collections import PathCollection
from ours import COURSE
from PIL import Image

from exercises.image_clusters.questions import CATEGORIES, SEVEN, START
from explorer.scene import from_frame, from_means
from helpers import load_synthetic


def run_and_collect(name):
    """Run a source's cells; return its names, and the axes that each cell draws, by title."""
    namespace, drawn = {}, {}
    plt.close("all")
    for cell in COURSE.assignment(name).cells().cells:
        if cell.cell_type == "code":
            exec(compile(kept(cell.source), name, "exec"), namespace)
            axes = [ax for number in plt.get_fignums() for ax in plt.figure(number).axes]
            drawn.update({ax.get_title(): ax for ax in axes})
            plt.close("all")
    return namespace, drawn


def kept(source):
    """Change a cell so that its last line keeps the explorer, which a notebook shows."""
    return re.sub(r"^explore\(", "explorer_shown = explore(", source, flags=re.M)


@pytest.fixture(scope="module")
def gaussian_mixture():
    return run_and_collect("gaussian-mixture")


@pytest.fixture(scope="module")
def image_clusters():
    return run_and_collect("image-clusters")


@pytest.fixture(scope="module")
def bernoulli_digits():
    return run_and_collect("bernoulli-digits")


def centres(ax):
    single = [
        each for each in ax.collections if isinstance(each, PathCollection) and len(each.get_offsets()) == 1
    ]
    return np.array([each.get_offsets()[0] for each in single])


def test_each_figure_is_drawn(gaussian_mixture):
    assert list(gaussian_mixture[1]) == [
        "A new sample",
        "The hundred points",
        "Groups given: the means (crosses) are easy",
        "Components given: the groups are easy",
        "The start",
        "At convergence",
        "Responsibilities in the first E-step",
        "Responsibilities at convergence",
        "Log-likelihood",
        "From the third iteration on",
        "The bound of an E-step at 0",
        "The third start: a lower maximum",
    ]


@pytest.mark.parametrize(
    "title", ["The hundred points", "The start", "At convergence", "The third start: a lower maximum"]
)
def test_the_hundred_points_are_all_there(gaussian_mixture, title):
    np.testing.assert_allclose(offsets(gaussian_mixture[1][title])[:100], load_synthetic())


def test_contours_are_those_of_the_iteration_in_the_title(gaussian_mixture):
    names, drawn = gaussian_mixture
    start = [names[f"start_{each}"] for each in ("means", "covs", "weights")]
    midway = names["EM"](names["data"], *start, maxiter=12)
    shown = {
        names["start_means"].tobytes(): drawn["The start"],
        midway["means"].tobytes(): names["show_iteration"](12),  # the iteration that the slider shows there
        names["results"]["means"].tobytes(): drawn["At convergence"],
    }
    plt.close("all")
    for means, ax in shown.items():
        np.testing.assert_array_equal(centres(ax).ravel(), np.frombuffer(means))
        assert len(ellipses(ax)) == 3


def test_what_the_text_says_of_iteration_12_is_true(gaussian_mixture):
    """Each component has a group. 0 and 1 also have points of the middle group, which is component 2's."""
    names, _ = gaussian_mixture
    start = [names[f"start_{each}"] for each in ("means", "covs", "weights")]
    midway, end = names["EM"](names["data"], *start, maxiter=12), names["results"]
    middle, near = end["resp"].argmax(axis=1) == 2, np.abs(end["means"][2] - [1, 1]).max()
    assert near < 0.5
    assert (midway["resp"].argmax(axis=1) == end["resp"].argmax(axis=1)).mean() > 0.8
    early, late = (run["resp"][middle].sum(axis=0) for run in (midway, end))
    assert (early[:2] > late[:2] + 2).all()


def test_two_figures_show_why_em_alternates(gaussian_mixture):
    names, drawn = gaussian_mixture
    groups, components = (drawn[t] for t in list(drawn) if "given: the " in t)
    crosses = np.column_stack(groups.lines[-1].get_data())
    np.testing.assert_allclose(crosses, [np.mean(group, axis=0) for group in names["groups"]])
    assert [len(each.get_offsets()) for each in groups.collections if len(each.get_offsets())] == [33] * 3
    np.testing.assert_allclose(centres(components), names["true_means"])


def test_the_bound_touches_once_and_is_never_above_the_loglikelihood(gaussian_mixture):
    names, drawn = gaussian_mixture
    loglik, bound = (line.get_ydata() for line in drawn["The bound of an E-step at 0"].lines)
    gap = loglik - bound
    assert names["grid"][gap < 1e-9] == pytest.approx([0])
    assert gap.min() > -1e-12
    top = bound.argmax()
    assert loglik[top] >= bound[top] > bound[np.abs(names["grid"]).argmin()] + 0.1
    np.testing.assert_allclose(names["grid"][top], _m_step_of(names), atol=0.03)


def _m_step_of(names):
    """Return the mean of component 1 after an M-step with the responsibilities that define the bound."""
    resp = np.exp(names["log_fixed"])[:, 1]
    return resp @ names["line"] / resp.sum()


def test_responsibilities_are_those_of_the_iteration_in_the_title(gaussian_mixture):
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


def test_what_the_text_of_gaussian_mixture_says_is_true(gaussian_mixture):
    """These are claims of the text that no cell computes."""
    names, _ = gaussian_mixture
    gains = np.diff(names["results"]["loglik"])
    assert (gains[2:8] < 1).all()  # this is a plateau, on which thresh=1 stops ...
    assert gains[8:].max() > 5  # ... before the log-likelihood rises again
    share = names["results"]["resp"].max(axis=1)
    assert (share < 0.9).sum() == 1
    np.testing.assert_allclose(names["data"][24], [3.90, 0.92], atol=0.005)
    np.testing.assert_allclose(names["results"]["resp"][24], [0, 0.889, 0.111], atol=5e-4)
    assert names["results"]["loglik"][-1] > names["truth"]
    assert names["run"]["loglik"][-1] < names["results"]["loglik"][-1] - 30
    widths = [np.linalg.eigvalsh(cov)[0] for cov in names["run"]["covs"]]
    assert min(widths) < 0.01  # the narrow component


def test_what_the_explorer_of_the_bad_start_shows_is_what_the_text_promises(gaussian_mixture):
    """It reaches the same bad end with the student's functions. The M-step moves it; one drag repairs it."""
    names, _ = gaussian_mixture
    shown = names["explorer_shown"]
    assert shown.scenes[0]["told"].startswith("E-step: your compute_responsibilities. M-step: your compute")
    assert not shown.history.broken
    assert shown.history.loglik == pytest.approx(names["run"]["loglik"], abs=1e-6)
    assert shown.outcome == "M"
    assert shown.ask["choices"] == ["E", "M", "E and M"]
    means = shown.scenes_now[0].start.means.copy()
    for place in ([5, 0], [4.5, 0.5], [5.5, 0.3]):
        means[1] = place
        mended = from_means(shown.scenes_now[0], means).runs[-1]
        assert mended.loglik[-1] == pytest.approx(names["results"]["loglik"][-1], abs=0.001)


MOMENTS = {
    "Random": None,
    "After 1 iteration": "first",
    "After 20 iterations": "middle",
    "At convergence": "results",
}
PLANES = {"R-B": (0, 2), "R-G": (0, 1), "G-B": (1, 2)}


def test_image_clusters_draws_each_figure(image_clusters):
    assert list(image_clusters[1]) == [
        "Up to ten pictures of each category",
        "Each picture at its red and its blue",
        "The means at the start",
        "Log-likelihood",
        "From the third iteration on",
        *(f"{moment}, {plane}" for moment in MOMENTS for plane in PLANES),
        *(f"The top five of component {k}" for k in range(4)),
        "Seven pictures, five of them in the top five",
        "One picture as a cross",
        "Pictures by component and category",
        "The true categories",
        "The clusters that EM found",
        "Twenty starts, 4 components",
        "Six components",
        "Six components, six categories",
    ]


@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_planes_hold_all_pictures_and_the_shares_of_their_iteration(image_clusters, moment, plane):
    names, drawn = image_clusters
    ax, dims = drawn[f"{moment}, {plane}"], PLANES[plane]
    expected = names["pictures"].rgb[:, dims]
    found = offsets(ax)
    np.testing.assert_allclose(np.sort(found[: len(expected)], axis=0), np.sort(expected, axis=0))
    assert [ax.get_xlabel()[0].upper(), ax.get_ylabel()[0].upper()] == plane.split("-")
    if MOMENTS[moment]:
        groups = [len(each.get_offsets()) for each in ax.collections]
        held = np.bincount(names[MOMENTS[moment]]["resp"].argmax(axis=1), minlength=4)
        assert [n for n in groups if n] == [n for n in held if n]


def test_the_right_pictures_are_shown(image_clusters):
    names, drawn = image_clusters
    tiles = names["pictures"].tiles / 255
    shown = {"The means at the start": names["chosen"]}
    for k in range(4):
        shown[f"The top five of component {k}"] = names["get_top_images"](names["assignments"], k)
    for title, chosen in shown.items():
        for image, n in zip(drawn[title].images, chosen, strict=True):
            np.testing.assert_allclose(image.get_array(), tiles[n])


def test_the_maps_show_categories_and_clusters(image_clusters):
    names, drawn = image_clusters
    for title, groups in {"The true categories": "matched", "The clusters that EM found": "clusters"}.items():
        marks = [len(each.get_offsets()) for each in drawn[title].collections]
        assert marks == np.bincount(names[groups]).tolist()
    legend = [text.get_text() for text in drawn["The true categories"].get_legend().get_texts()]
    assert legend == ["rainforest", "desert", "ocean", "grassland"]


def test_the_scatters_of_twenty_starts(image_clusters):
    names, drawn = image_clusters
    for title, ends in {"Twenty starts, 4 components": "ends", "Six components": "six_ends"}.items():
        np.testing.assert_allclose(offsets(drawn[title]), names[ends])
        assert drawn[title].get_ylabel() == "adjusted Rand index"


def test_questions_are_marked_for_the_start_and_the_pictures_of_the_notebook(image_clusters):
    names, _ = image_clusters
    assert names["chosen"] == START
    assert names["seven"] == SEVEN
    assert set(names["names"]) == set(CATEGORIES)


def test_what_the_text_of_image_clusters_says_is_true(image_clusters):
    names, _ = image_clusters
    pictures, clusters, results = names["pictures"], names["clusters"], names["results"]
    assert len(results["loglik"]) - 1 == 130
    assert results["loglik"][-1] == pytest.approx(4233.46, abs=0.005)
    assert names["gains"][10:80].max() < 0.3  # almost nothing is gained ...
    assert names["gains"][80:].max() > 5  # ... and then it rises again
    sure = {each: names[each]["resp"].max(axis=1) > 0.9 for each in ("first", "middle")}
    assert set(pictures.category[sure["first"]]) == {"desert"}
    for owned in ("ocean", "rainforest"):
        assert sure["middle"][pictures.category == owned].mean() > 0.9
    grass = names["middle"]["resp"][pictures.category == "grassland"].argmax(axis=1)
    assert np.sort(np.bincount(grass, minlength=4))[-2] > 50  # many are between two clusters
    assert (clusters == results["resp"].argmax(axis=1)).all()
    assert pictures.category[names["chosen"]].tolist() == ["ocean", "grassland", "ocean", "grassland"]
    np.testing.assert_array_equal(
        np.random.default_rng(1).choice(560, 4, replace=False), names["chosen"]
    )  # these were drawn at random once


def test_what_the_text_says_of_single_pictures_is_true(image_clusters):
    names, _ = image_clusters
    pictures, clusters = names["pictures"], names["clusters"]
    assert pictures.category[160] == "rainforest"
    assert np.argmin(names["ruler"]) == 0
    assert (round(names["widths"][0]), np.argmin(names["widths"])) == (12, 3)
    assert names["widths"][3] < 2
    australia = (pictures.longitude > 120) & (pictures.latitude < -20) & (pictures.category == "desert")
    assert (clusters[australia] == 3).all()
    strayed = (pictures.category == "rainforest") & (clusters == 3)
    assert (pictures.longitude[strayed] < 0).any()
    assert (pictures.longitude[strayed] > 0).any()
    mistakes = names["matched"] != clusters
    assert np.mean(clusters[mistakes] == 3) > 0.9


def test_what_the_text_says_of_starts_and_true_categories_is_true(image_clusters):
    names, _ = image_clusters
    ends = np.unique(names["ends"].round(2), axis=0)
    assert len(ends) == 7
    assert ends[:, 0].argmax() == ends[:, 1].argmax()
    (near,) = ends[np.abs(ends[:, 0] - 4190) < 5]
    below = ends[ends[:, 0] < near[0]]
    assert len(below) == 4
    assert np.sum(below[:, 1] > near[1] + 0.02) == 2
    trace = names["from_truth"]["loglik"]
    assert trace[-1] - trace[0] == pytest.approx(67, abs=0.5)
    six = names["six_ends"]
    assert len(six) == 18
    assert six[:, 0].argmax() != six[:, 1].argmax()
    assert names["six_table"][1][[0, 5]].tolist() == [86, 105]


def test_what_the_explorer_of_pictures_shows_is_what_the_text_promises(image_clusters):
    """With the student's scores it is the same run. A drag on the plateau leads to the same end."""
    names, _ = image_clusters
    shown = names["explorer_shown"]
    assert (shown.scenes[0]["kind"], shown.scenes[0]["N"]) == ("pictures", 560)
    assert not shown.history.broken
    assert shown.history.loglik == pytest.approx(names["results"]["loglik"], abs=1e-6)
    assert shown.outcome == "32 pictures changed their component"
    scene, plateau = shown.scenes_now[0], 2 * 30
    means = shown.history.frames[plateau].params.means.copy()
    means[1] += [0.05, 0, 0.05]  # in the plane of red and blue, by the width of a picture
    branch = from_frame(scene, 0, plateau, means).runs[-1]
    assert branch.loglik[-1] == pytest.approx(names["results"]["loglik"][-1], abs=0.01)
    assert branch.iterations < 80  # sooner than without the drag, which takes a hundred more


@pytest.mark.long
def test_a_folder_of_pictures_needs_a_change_of_one_line_only(tmp_path):
    """We may not publish the photographs of the original assignment.

    Made-up ones of four categories replace them.
    """
    rng = np.random.default_rng(0)
    for tint, name in enumerate(["cloudy_sky", "rivers", "sunsets", "trees_and_forest"]):
        (tmp_path / name).mkdir()
        for n in range(140):
            base = np.roll([170, 110, 60], tint) + rng.normal(0, 25, 3)
            pixels = np.clip(base + rng.normal(0, 30, (12, 16, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(tmp_path / name / f"{n}.png")
    namespace, changed = {}, 0
    for cell in COURSE.assignment("image-clusters").cells().cells:
        if cell.cell_type == "code" and "test" not in cell.metadata:
            own, times = re.subn(
                r"^pictures = load_earth\(.*\)$",
                f"pictures = load_images({str(tmp_path)!r})",
                cell.source,
                flags=re.M,
            )
            changed += times
            exec(compile(own, "own pictures", "exec"), namespace)
            plt.close("all")
    assert changed == 1
    assert len(namespace["pictures"]) == 560


@pytest.mark.long
def test_bernoulli_digits_draws_each_figure(bernoulli_digits):
    assert list(bernoulli_digits[1]) == [
        "The first twenty digits, in grey",
        "Each digit's probability of ink",
        "The published E-step: log-likelihood",
        "The published E-step, from the third iteration on",
        "Repaired: log-likelihood from the third iteration on",
        "Twenty components from five hundred images",
        "Components learned from 500 images, counted on all images",
        "Twenty components, each with its commonest digit",
        "Components learned from all images, counted on all images",
        "The ten least certain images, with their two likeliest components",
        "Ten images drawn from the mixture, each with its component",
        "Ten digits: whole, half erased, and completed",
    ]


@pytest.mark.long
def test_curves_of_digits_fall_and_rise(bernoulli_digits):
    names, drawn = bernoulli_digits
    bad = drawn["The published E-step: log-likelihood"].lines[0].get_ydata()
    good = drawn["Repaired: log-likelihood from the third iteration on"].lines[0].get_ydata()
    np.testing.assert_array_equal(bad, names["bad_loglik"])
    assert np.sum(np.diff(bad) < 0) == 14
    assert (np.diff(good) >= 0).all()


@pytest.mark.long
def test_the_right_images_of_digits_are_shown(bernoulli_digits):
    names, drawn = bernoulli_digits

    def pixels(title):
        return np.array([image.get_array() for image in drawn[title].images]).reshape(-1, 784)

    np.testing.assert_allclose(
        pixels("Twenty components, each with its commonest digit"), np.exp(names["log_p"])
    )
    finished = pixels("Ten digits: whole, half erased, and completed")
    whole, erased, completed = finished[:10], finished[10:20], finished[20:]
    np.testing.assert_array_equal(whole, names["X"][names["some"]])
    assert erased[:, 392:].max() == 0
    np.testing.assert_array_equal(completed[:, :392], whole[:, :392])
    assert (completed[:, 392:].sum(axis=1) > 5).all()
    assert set(np.unique(pixels("Ten images drawn from the mixture, each with its component"))) == {0, 1}
    table = drawn["Components learned from all images, counted on all images"].images[0].get_array()
    assert table.sum() == 70_000
    np.testing.assert_array_equal(table, names["table"])


@pytest.mark.long
def test_what_the_explorer_of_digits_shows_is_what_the_text_promises(bernoulli_digits):
    names, _ = bernoulli_digits
    shown = names["explorer_shown"]
    assert shown.scenes[0]["told"] == "E-step: your e_step. M-step: your m_step."
    assert (shown.scenes[0]["total"], shown.scenes[0]["K"]) == (4000, 20)
    assert not shown.history.broken
    assert shown.history.iterations == 30
    assert shown.outcome == shown.ask["choices"][0] == "iteration 2"
    assert sum(map(len, shown.arrays.values())) < 3_000_000  # bytes that are sent to the browser, and saved


@pytest.mark.long
def test_what_the_text_of_bernoulli_digits_says_is_true(bernoulli_digits):
    names, _ = bernoulli_digits
    assert (names["products"] == 0).all()
    assert (np.isneginf(names["raw_log_p"]).sum(axis=1) > 200).all()
    assert np.sum(names["bad_resp"].argmax(axis=1)[:, None] == range(20), axis=0).tolist().count(0) == 11
    assert names["sums"].min() < 1e-8
    assert (names["own"] > 0).all()
    both = {"published": names["bad"], "repaired": [names[each] for each in ("log_p", "log_mix", "loglik")]}
    (bad_end, good_end) = (both[name][2][-1] for name in ("published", "repaired"))
    assert good_end - bad_end == pytest.approx(395_000, abs=1000)
    good, bad = (names["agreement"](*both[name][:2]) for name in ("repaired", "published"))
    assert np.round([bad[0], good[0]], 3).tolist() == [0.7, 0.701]
    assert good[1] == pytest.approx(bad[1], abs=0.002)
    assert 0.9 < np.mean(names["sure"] > 0.99) < 0.93
    assert 0.7 < names["right"][names["sure"] > 0.99].mean() < 0.75
    by_digit = names["table"].T
    for one, other in [(4, 9), (9, 7), (3, 8), (3, 5)]:
        mingled = (by_digit[one] > 500) & (by_digit[other] > 500)
        assert mingled.any(), (one, other)


@pytest.mark.long
def test_the_mistake_hardly_changes_purity(bernoulli_digits):
    names, _ = bernoulli_digits
    better = 0
    for seed in range(3):
        chosen = np.random.default_rng(seed).choice(70_000, 500, replace=False)
        start = names["random_start"](20, 784, seed)
        bad, good = (
            names["fit"](names["X"][chosen], start, names[step], track=True)
            for step in ("published_e_step", "e_step")
        )
        assert np.sum(np.diff(bad[2]) < 0) >= 14
        assert np.sum(np.diff(good[2]) < 0) == 0
        better += names["agreement"](*bad[:2]) > names["agreement"](*good[:2])
    assert better == 2


@pytest.mark.long
def test_clusters_do_not_need_levels_of_grey(bernoulli_digits):
    """With grey levels the clusters agree a little better, but the quasi-likelihood is another number."""
    names, _ = bernoulli_digits
    data = {"bits": names["X"][names["part"]], "grey": names["grey"]}
    fits = {
        name: names["fit"](each, names["random_start"](20, 784, 1), names["e_step"], track=False)
        for name, each in data.items()
    }
    purities = {name: names["agreement"](*fit[:2])[0] for name, fit in fits.items()}
    assert 0 < purities["grey"] - purities["bits"] < 0.06
