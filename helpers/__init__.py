"""The functions that the notebooks call: likelihoods, data, pictures, plots, checks and the explorer.

Each module is loaded when one of its functions is first used. So a notebook that only checks answers does not
wait for matplotlib.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "checking": ["check", "check_answer", "compare_prediction", "example"],
        "datasets": ["generate_mog_data", "load_digits", "load_synthetic"],
        "exploring": ["explore"],
        "figures": ["describe"],
        "galleries": ["plot_map", "plot_pictures", "plot_pictures_at", "plot_table"],
        "likelihood": [
            "bernoulli_loglikelihood",
            "log_bernoullis",
            "log_gaussians",
            "log_sum_exp",
            "loglikelihood",
        ],
        "library": ["library_EM", "own_or_library"],
        "pictures": ["Pictures", "load_earth", "load_images"],
        "plots": ["plot_contours", "plot_curves", "plot_data", "plot_loglikelihood", "plot_responsibilities"],
        "slider": ["slide"],
        "validate": ["one_row_each"],
    },
)
