"""The commands that IPython runs in the browser before the first cell. No name remains defined after them."""


def _begin():
    import contextlib
    import logging
    import sys
    import warnings

    from IPython import get_ipython
    from soft_assignments_browser import Unpacker

    sys.meta_path.insert(0, Unpacker())
    # The notebook's folder is searched last, because a search in it takes a browser as long as an import.
    sys.path.sort(key=lambda place: place == "")
    # tqdm warns that there are no threads here, but a progress bar needs no threads.
    warnings.filterwarnings("ignore", message="tqdm:disabling monitor support")
    # Without this, matplotlib says at each start that it searches for fonts.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    # An object such as the explorer shows itself. Without this, an empty result would follow below it.
    hook = get_ipython().displayhook
    finish = hook.finish_displayhook
    hook.finish_displayhook = lambda: finish() if hook.data else None
    # Students read before they run a cell. In this time, some modules of the first cell are already imported.
    with contextlib.suppress(ImportError):
        from helpers import checking, exploring, plots  # noqa: F401


_begin()
del _begin
