# %% [markdown]
# # Straight lines

# %%
import numpy as np
from line_helpers import check, check_answer

# %% [markdown]
# Fit a line to points by least squares. **3 marks**


# %% solution="fit_line"
def fit_line(x, y):
    """Return (intercept, slope) of the line with the smallest sum of squared residuals."""
    ### BEGIN SOLUTION
    centred = x - np.mean(x)
    slope = centred @ (y - np.mean(y)) / (centred @ centred)
    return np.array([np.mean(y) - slope * np.mean(x), slope])
    ### END SOLUTION


# %% test="fit_line"
check(fit_line, out_of=3)

# %% [markdown]
# How far do points lie from the line? **2 marks**


# %% solution="residual_spread"
def residual_spread(x, y, line):
    """Return the residuals' spread: the root of their sum of squares over n - 2."""
    ### BEGIN SOLUTION
    residuals = np.asarray(y) - line[0] - line[1] * np.asarray(x)
    return np.sqrt(residuals @ residuals / (len(x) - 2))
    ### END SOLUTION


# %% test="residual_spread"
check(residual_spread, out_of=2)

# %% [markdown]
# Which slope has the line through (0, 1), (1, 3) and (2, 5)? **1 mark**

# %% solution="quiz-slope"
slope = None
### BEGIN SOLUTION
slope = 2.0
### END SOLUTION

# %% test="quiz-slope"
check_answer("quiz-slope", slope, out_of=1)
