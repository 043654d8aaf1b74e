"""One iteration of EM and the log-likelihood: tables, a plot, and a sentence about them."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np

from benchmarks import bernoulli_step, gaussian_step, loglikelihood
from benchmarks.documents import MEASUREMENTS, Texts
from benchmarks.processes import Measured
from grading.course import find_course
from helpers.figures import PALETTE

COURSE = find_course()
ROOT = COURSE.root
PICTURE = ROOT / ".github" / "pictures" / "speed.png"
Bars = list[tuple[str, float]]  # a name, and its time as a multiple of the reference's time


def measured() -> Texts:
    """Measure everything, draw the plot, and return what the documents say."""
    bernoulli, bars = _bernoulli()
    gaussian, panels = _gaussian()
    _draw({"Bernoulli, 70,000 digits": bars, **panels})
    shown = f"![{alt_text(bars, panels)}](../.github/pictures/speed.png)"
    parts = [line(bars, panels), shown, bernoulli, gaussian, loglikelihood.table()]
    return {MEASUREMENTS: "\n\n".join(parts)}


def line(bernoulli: Bars, gaussian: Mapping[str, Bars]) -> str:
    """Return the sentence above the tables."""
    _, fast, _, table, stepmix = (ratio for _, ratio in bernoulli)
    peers = [dict(bars)["scikit-learn"] for bars in gaussian.values()]
    return (
        f"One iteration on 70,000 digits takes the M-step as it was published, with a table of N x K x D "
        f"numbers, {table:.2f} times as long as the reference, StepMix {stepmix:.2f} times and `fast_step` "
        f"{fast:.2f} times. On Gaussian mixtures scikit-learn takes {min(peers):.2f} to {max(peers):.2f} "
        f"times as long."
    )


def alt_text(bernoulli: Bars, gaussian: Mapping[str, Bars]) -> str:
    """Return a description of the plot in words."""
    panels = {"Bernoulli": bernoulli, **gaussian}
    said = [
        f"{title}: {', '.join(f'{n} {ratio:.2f}' for n, ratio in bars)}" for title, bars in panels.items()
    ]
    return f"Bar chart on a log scale of the time of one iteration (the reference = 1). {'. '.join(said)}."


def _source(name: str) -> str:
    return "\n\n".join(COURSE.assignment(name).recipe().definitions)


def _bernoulli() -> tuple[str, Bars]:
    rows = bernoulli_step.compare(_source("bernoulli-digits"))
    count = bernoulli_step.NUM_IMAGES
    whole = [(name, m.seconds * count / n, m.peak, n) for name, m, n in rows]
    base = whole[0][1]
    lines = [
        f"| {name}{_scaled(n)} | {seconds / base:.2f} | {peak:,.0f} |" for name, seconds, peak, n in whole
    ]
    for dtype in (np.float64, np.float32):
        name = f"limit: both products at the speed of a square product, {dtype.__name__}"
        lines.append(f"| {name} | {bernoulli_step.limit(dtype) / base:.2f} | |")
    head = (
        "A Bernoulli step on 70,000 x 784 pixels, K = 20\n\n"
        "| form | time (the reference = 1) | peak memory, MB |\n|---|---|---|"
    )
    bars = [(name.split(":")[0].replace("`", ""), seconds / base) for name, seconds, _, _ in whole]
    return "\n".join([head, *lines]), bars


def _scaled(count: int) -> str:
    return "" if count == bernoulli_step.NUM_IMAGES else f" (on {count:,} images, scaled up)"


def _gaussian() -> tuple[str, dict[str, Bars]]:
    lines, bars = [], {}
    for (num_points, num_dims, num_components), three in gaussian_step.compare(_source("bernoulli-digits")):
        size = f"N = {num_points:,}, D = {num_dims}, K = {num_components}"
        base = three["reference"].seconds
        lines.append(f"| {size} | " + " | ".join(_cell(m, base) for m in three.values()) + " |")
        bars[f"Gaussian, {size}"] = [(name, m.seconds / base) for name, m in three.items()]
    head = (
        "A Gaussian step: time (the reference = 1), and in brackets peak memory\n\n"
        "| | reference | fast form | scikit-learn |\n|---|---|---|---|"
    )
    return "\n".join([head, *lines]), bars


def _cell(measured: Measured, base: float) -> str:
    return f"{measured.seconds / base:.2f} ({measured.peak:,.0f} MB)"


def _draw(panels: Mapping[str, Bars]) -> None:
    heights = [len(bars) for bars in panels.values()]
    figure, axes = plt.subplots(
        len(panels), 1, figsize=(8.6, 6.4), sharex=True, height_ratios=heights, layout="constrained"
    )
    for ax, (title, bars) in zip(axes, panels.items()):
        names, ratios = zip(*bars[::-1])
        drawn = ax.barh(names, ratios, color=PALETTE[0])
        ax.bar_label(drawn, [f"{ratio:.2f}" for ratio in ratios], padding=3, fontsize=9)
        ax.axvline(1, color="#333333", linewidth=1)
        ax.set(xscale="log", xlim=(0.1, 400))
        ax.set_title(title, loc="left", fontsize=10)
    axes[-1].set_xlabel("time of one iteration, the reference's = 1 (log scale)")
    figure.savefig(PICTURE, dpi=80)
    plt.close(figure)
