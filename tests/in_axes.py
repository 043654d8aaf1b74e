"""The content of a figure's axes."""

import numpy as np


def offsets(ax):
    return np.vstack([np.asarray(each.get_offsets()) for each in ax.collections if len(each.get_offsets())])


def ellipses(ax):
    """Return the two curves of each component as points: (2, number of points, 2)."""
    curves = [line.get_xydata() for line in ax.lines]
    return np.array(curves).reshape(-1, 2, *curves[0].shape)
