"""What the notebooks call: likelihoods, data, plots and checks."""

from helpers.checks import check, check_answer
from helpers.datasets import generate_mog_data, load_synthetic
from helpers.figures import describe, slide
from helpers.likelihood import log_gaussians, log_sum_exp, loglikelihood
from helpers.plots import plot_contours, plot_data, plot_loglikelihood, plot_responsibilities

__all__ = [
    "check",
    "check_answer",
    "describe",
    "generate_mog_data",
    "load_synthetic",
    "log_gaussians",
    "log_sum_exp",
    "loglikelihood",
    "plot_contours",
    "plot_data",
    "plot_loglikelihood",
    "plot_responsibilities",
    "slide",
]
