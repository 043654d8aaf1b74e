"""What the notebooks call: likelihoods, data, pictures, plots and checks."""

from helpers.checks import check, check_answer, compare_prediction, example
from helpers.datasets import generate_mog_data, load_digits, load_synthetic
from helpers.explorer import explore
from helpers.figures import describe, slide
from helpers.galleries import plot_map, plot_pictures, plot_pictures_at, plot_table
from helpers.likelihood import (
    bernoulli_loglikelihood,
    log_bernoullis,
    log_gaussians,
    log_sum_exp,
    loglikelihood,
)
from helpers.pictures import Pictures, load_earth, load_images
from helpers.plots import plot_contours, plot_data, plot_loglikelihood, plot_responsibilities
from helpers.validate import one_row_each

__all__ = [
    "Pictures",
    "bernoulli_loglikelihood",
    "check",
    "check_answer",
    "compare_prediction",
    "describe",
    "example",
    "explore",
    "generate_mog_data",
    "load_digits",
    "load_earth",
    "load_images",
    "load_synthetic",
    "log_bernoullis",
    "log_gaussians",
    "log_sum_exp",
    "loglikelihood",
    "one_row_each",
    "plot_contours",
    "plot_data",
    "plot_loglikelihood",
    "plot_map",
    "plot_pictures",
    "plot_pictures_at",
    "plot_responsibilities",
    "plot_table",
    "slide",
]
