"""What is in a figure's axes."""

import numpy as np
from matplotlib.contour import QuadContourSet


def offsets(ax):
    return np.vstack([np.asarray(each.get_offsets()) for each in ax.collections if len(each.get_offsets())])


def contour_sets(ax):
    return [each for each in ax.collections if isinstance(each, QuadContourSet)]
