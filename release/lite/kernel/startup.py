"""Run by IPython in the browser before the first cell; it leaves no name behind."""


def _begin():
    import contextlib
    import logging
    import sys
    import warnings

    from IPython import get_ipython
    from soft_assignments_browser import Unpacker

    sys.meta_path.insert(0, Unpacker())
    # The notebook's folder comes last: a look into it takes the browser as long as an import.
    sys.path.sort(key=lambda place: place == "")
    # There are no threads here, and a progress bar needs none.
    warnings.filterwarnings("ignore", message="tqdm:disabling monitor support")
    # It says that it looks for fonts, at each start.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    # An object that has shown itself, as the explorer does, leaves no empty result below it.
    hook = get_ipython().displayhook
    finish = hook.finish_displayhook
    hook.finish_displayhook = lambda: finish() if hook.data else None
    # Students read before they run: a part of what the first cell imports is there by then.
    with contextlib.suppress(ImportError):
        from helpers import checking, exploring, plots  # noqa: F401


_begin()
del _begin
