"""Draw pictures for README.md and INSTRUCTORS.md: EM in three moments, a check in JupyterLab, maps, digits.

Run from the course's folder: python .github/pictures/draw.py
"""

import shutil
import sys
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import linear_sum_assignment

from exercises.image_clusters.questions import CATEGORIES, START
from grading.course import find_course
from helpers import (
    library_EM,
    load_digits,
    load_earth,
    load_synthetic,
    plot_contours,
    plot_map,
    plot_pictures,
    plot_responsibilities,
)

COURSE = find_course()
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tests"))

from lab import chromium, jupyterlab, open_notebook, run_cell, serving, type_into_cell

SETTINGS = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
}
DIVIDED_BY_N = """def compute_covariances(data, resp, counts, means):
    covariances = []
    for k in range(len(means)):
        d = data - means[k]
        covariances.append((resp[:, [k]] * d).T @ d / len(data))
    return covariances"""


def draw_em() -> None:
    """Responsibilities and contours in the first E-step, after 12 iterations and at the end."""
    data, em = load_synthetic(), COURSE.assignment("gaussian-mixture").reference()["EM"]
    start = data[[20, 10, 96]], np.array([np.cov(data, rowvar=False)] * 3), np.full(3, 1 / 3)
    figure, axes = plt.subplots(1, 3, figsize=(12.6, 4.2), layout="constrained")
    for ax, iterations in zip(axes, (1, 12, 30)):
        run = em(data, *start, maxiter=iterations)
        plot_contours(data, run["means"], run["covs"], ax=ax)
        ax.collections[0].remove()  # the grey points: the coloured ones follow
        plot_responsibilities(
            data, run["resp"], f"After {iterations} iterations"[: -1 if iterations == 1 else None], ax=ax
        )
        ax.get_legend().remove()
    figure.savefig(HERE / "em.png", dpi=80)


def draw_earth() -> None:
    """The map of the true categories, and of the clusters that the reference finds."""
    names = COURSE.assignment("image-clusters").reference()
    pictures = load_earth(CATEGORIES)
    run = library_EM(pictures.rgb, *names["initialise"](pictures.rgb, START))
    clusters, _ = names["assign"](names["compute_scores"](pictures.rgb, run["means"], run["covs"]))
    categories, category = np.unique(pictures.category, return_inverse=True)
    table = np.array([np.bincount(category[clusters == k], minlength=4) for k in range(4)])
    columns = linear_sum_assignment(table, maximize=True)[1]
    figure, axes = plt.subplots(2, 1, figsize=(8.4, 8.6), layout="constrained")
    plot_map(pictures, np.argsort(columns)[category], "The true categories", categories[columns], ax=axes[0])
    plot_map(pictures, clusters, "The clusters that EM found by colour alone", ax=axes[1])
    figure.savefig(HERE / "earth.png", dpi=80)


def draw_digits() -> None:
    """Ten digits, erased and finished by the reference after 20 iterations on all images."""
    names = COURSE.assignment("bernoulli-digits").reference()
    images, labels = load_digits()
    bits = (images >= 128).astype(np.uint8)
    mixture = names["random_start"](20, 784, 0)
    for _ in range(20):
        mixture = names["fast_step"](bits, *mixture)
    some = bits[[np.flatnonzero(labels == d)[3] for d in range(10)]].astype(float)
    upper = np.arange(784) < 392
    finished = np.array([names["complete"](x, upper, *mixture) for x in some])
    ax = plot_pictures(np.concatenate([some, some * upper, finished]))
    ax.figure.savefig(HERE / "digits.png", dpi=80)


def draw_check() -> None:
    """A covariance divided by N, and what the check says of the second try."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        shutil.copytree(COURSE.assignment("gaussian-mixture").release.parent, Path(folder) / "work")
        with serving(
            jupyterlab(Path(folder) / "work"), Path(folder), Path(folder) / "home", SETTINGS
        ) as address:
            page = browser.new_page(viewport={"width": 1150, "height": 1000})
            open_notebook(page, address, "gaussian-mixture.ipynb")
            run_cell(page, "import numpy as np")
            for source in (DIVIDED_BY_N, DIVIDED_BY_N.replace("len(data)", "data.shape[0]")):
                type_into_cell(page, "def compute_covariances", source)
                run_cell(page, "def compute_covariances")
                run_cell(page, "check(compute_covariances")
            page.wait_for_selector(".jp-OutputArea-output:has-text('Hint 2 of 3')")
            page.locator(
                ".jp-MarkdownCell", has_text="Re-estimate the covariances"
            ).first.scroll_into_view_if_needed()
            page.screenshot(path=HERE / "check.png", clip={"x": 285, "y": 275, "width": 830, "height": 685})


if __name__ == "__main__":
    draw_em()
    draw_check()
    draw_earth()
    draw_digits()
