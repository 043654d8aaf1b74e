# %% [markdown]
# # A mixture of Gaussians, fitted by EM
#
# A hundred points lie in the plane. You will find the three groups that they came from, without being
# told which point belongs where. For this you write the EM algorithm (expectation-maximisation) yourself.
# Researchers use it, for example, to sort blood cells into types by the light that the cells scatter.
#
# **Plan three and a half hours.** Each heading says how many minutes its section takes. A good place to
# stop for the day is after section 6. Sections 11 and 12 have no marks.
#
# Four words name the steps of EM, here and in every hint: **score**, **normalise**, **count**,
# **re-estimate**. [The last cell](#Symbols) explains the symbols and the main terms.

# %% [markdown]
# ## How this notebook works
#
# Run the cells from top to bottom with Shift + Enter. Where a cell says
# `YOUR CODE HERE`, replace the line below it. The cell after it checks your work as often
# as you like, and says what is wrong. It tries public cases; marking uses others.
#
# Your functions may return arrays or lists, and may use loops or none.
#
# `example("compute_weights")` returns the arguments of a case, to try by hand. A cell that still runs shows
# `[*]`: the square button ■ stops it, and so does the key I, pressed twice. In the course's website, choose
# *Kernel*, *Restart Kernel* instead.

# %%
try:
    from helpers import checking, exploring, plots
except ImportError as missing:
    raise ImportError(
        f"{missing}. This notebook needs the course's `helpers`, `checks` and `explorer`. Start it as the "
        "README says. If another file or package has one of these names: rename it, or use another kernel."
    ) from None

import copy

import matplotlib.pyplot as plt
import numpy as np
from scipy.stats import multivariate_normal, norm

from helpers import check, check_answer, compare_prediction, example, explore, generate_mog_data
from helpers import load_synthetic, log_sum_exp, loglikelihood, plot_contours, plot_curves, plot_data
from helpers import plot_loglikelihood, plot_responsibilities, slide

# %% [markdown]
# ## Before you start: three questions from memory
#
# Answer each in your head, then open it.
#
# <details><summary>1. Two boxes are equally likely. You see a ball that is four times as
# likely in box A. How likely is box A now?</summary>4/5, by Bayes' rule: 4 to 1, then
# normalised.</details>
#
# <details><summary>2. Must a density stay below 1?</summary>No, only its integral is 1. A
# narrow Gaussian is high.</details>
#
# <details><summary>3. What is the weighted mean of 2 and 8 with weights 3 and 1?</summary>
# (3 · 2 + 1 · 8) / 4 = 3.5: divide by the sum of the weights.</details>

# %% [markdown]
# ## 1 Points with a hidden story (10 min)
#
# A mixture makes each point in two moves. It chooses one of several Gaussians, the *components*, by their
# *mixing weights*. Then it draws the point from this component. We see the points, never the
# choice. There are N points with D coordinates each, and K components: here N = 100, D = 2 and K = 3.

# %%
true_means = [[5, 0], [1, 1], [0, 5]]
true_covs = [[[0.5, 0], [0, 0.5]], [[0.92, 0.38], [0.38, 0.91]], [[0.5, 0], [0, 0.5]]]
ax = plot_data(generate_mog_data(100, true_means, true_covs, [0.25, 0.5, 0.25], seed=7), "A fresh draw")

# %% [markdown]
# Change the seed and run the cell again: other points, the same three groups.
#
# This assignment was first published with `[[1, 0.7], [0, 0.7]]` for the middle group.
# Look at that matrix. **Predict**: can it be the covariance of anything?

# %%
published = [true_covs[0], [[1, 0.7], [0, 0.7]], true_covs[2]]
try:
    generate_mog_data(100, true_means, published, [0.25, 0.5, 0.25], seed=7)
except ValueError as error:
    print(error)

# %% [markdown]
# The covariance of *x* with *y* is that of *y* with *x*, so the two corners must agree.
# The old random generator only warned, and drew from another, symmetric matrix.
#
# Everybody must use the same points, so they come as a file.

# %% [markdown]
# **Look before you fit.** How many groups do you see, and which share of the points has
# each? Look, write your guess into the cell, and run it again.

# %%
data = load_synthetic()
predicted_shares = None  # your guess, three numbers in [ ], the largest first
ax = plot_data(data, "The hundred points")

# %% [markdown]
# ## 2 How good is a guess? The log-likelihood (15 min)
#
# A guess of the *parameters*, which are weights, means and covariances, gives each point a density: the
# sum over the components of weight times Gaussian. The *log-likelihood* adds the logs of these over all
# points. A better guess makes the data less surprising, so the number is higher.

# %%
truth = loglikelihood(data, [0.25, 0.5, 0.25], true_means, true_covs)
shifted = loglikelihood(data, [0.25, 0.5, 0.25], np.array(true_means) + 1, true_covs)
print(f"true means: {truth:.1f}   all means moved by 1: {shifted:.1f}")

# %% [markdown]
# Why logs? **Predict** what the next cell prints: the densities of one point, 85 standard
# deviations away from either of two components, and its share of each.

# %%
far = np.array([multivariate_normal.pdf([85, 0], mean) for mean in ([0, 0], [0, 1])])
with np.errstate(invalid="ignore"):
    print("densities:", far, "  shares:", far / far.sum())

# %% [markdown]
# Both densities are smaller than the smallest number a computer keeps, so both became 0,
# and 0/0 is *not a number*. The logs are ordinary numbers. So stay with logs, and
# subtract the largest log before `exp`, and add it again at the end. That is all that `log_sum_exp` does.

# %%
log_far = np.array([multivariate_normal.logpdf([85, 0], mean) for mean in ([0, 0], [0, 1])])
print("logs:", log_far, "  shares:", np.exp(log_far - log_sum_exp(log_far)))

# %% [markdown]
# ## 3 Why EM alternates (25 min)
#
# There are two questions. Which component made each point? And where are the components? Each question
# is easy once the other is answered. The next figure shows both:
#
# - **Left**: the group of each point is given. Then the mean of a component is the mean of its points.
# - **Right**: the components are given. Then each point most likely comes from the component with the
#   highest weight times density at that point.

# %%
pairs = enumerate(zip(true_means, true_covs))
groups = [generate_mog_data(33, [mu], [cov], [1], seed=k) for k, (mu, cov) in pairs]
some, given = np.concatenate(groups), np.eye(3)[np.repeat([0, 1, 2], 33)]
left, right = plt.subplots(1, 2, figsize=(10, 4), dpi=80, layout="constrained")[1]
ax = plot_responsibilities(some, given, "Groups given: the means (crosses) are easy", ax=left)
ax.plot(*np.transpose([np.mean(group, axis=0) for group in groups]), "kx", markersize=13, markeredgewidth=3)
ax = plot_contours(some, true_means, true_covs, "Components given: the groups are easy", ax=right)

# %% [markdown]
# But you know neither the groups nor the components. So EM begins with a guess of the components, and
# alternates:
#
# - The **expectation step** (E-step) takes the components as known. It finds the probability that each
#   component made each point.
# - The **maximisation step** (M-step) takes these probabilities as known. It finds better components.
#
# An E-step and then an M-step are one *iteration*. Section 8 explains why this works even if the first
# guess is wrong. The rest of this section is one iteration by hand, on five points and two components. You
# have nothing to write: read, run, and explain each table to yourself.

# %% [markdown]
# **Score**, the first half of the E-step. For each point and component: log weight plus log density.
# Points go down, components go across, so the table is N × K.
#
# > **What is `[:, None]`?** `line` has shape (5,), and `line[:, None]` has shape (5, 1): a column.
# > NumPy combines this column with the row `mean`, shape (2,), into a 5 × 2 table. Its entry [n, k]
# > belongs to point n and component k.

# %%
line = np.array([-2.0, -1.0, 0.0, 2.0, 3.0])
weight, mean, sigma = np.array([0.5, 0.5]), np.array([-1.0, 2.0]), np.array([1.0, 1.0])
scores = np.log(weight) + norm.logpdf(line[:, None], mean, sigma)
print(scores.round(2))

# %% [markdown]
# **Normalise**, the second half of the E-step. Each row becomes shares that sum to 1. They are the
# *responsibilities*: the probability that the component made the point, given the point. For which of
# the five points is the component the least certain?

# %%
line_resp = np.exp(scores - log_sum_exp(scores, axis=1)[:, None])
print(line_resp.round(3))

# %% [markdown]
# **Count**, the first half of the M-step. A column's sum is the *soft count*: how many points the
# component holds, in parts. Together they hold all five.

# %%
line_counts = line_resp.sum(axis=0)
print(line_counts.round(3), " together", line_counts.sum().round(3))

# %% [markdown]
# **Re-estimate**, the second half of the M-step. The new weight is the soft count divided by the number
# of points. The new mean is the mean of the points, each weighted by its responsibility. The new variance
# is the weighted mean of the squared distances from the *new* mean. Divide by the soft count, not by five:
# otherwise a component with few points would look narrow.

# %%
new_weight = line_counts / line_counts.sum()
new_mean = line_resp.T @ line / line_counts
new_variance = (line_resp * (line[:, None] - new_mean) ** 2).sum(axis=0) / line_counts
print(f"weights {new_weight.round(3)}  means {new_mean.round(3)}  variances {new_variance.round(3)}")

# %% [markdown]
# Was it worth it? **Predict** the sign of the difference, then run. The variances become
# 1 × 1 matrices, because `loglikelihood` takes points of any dimension.

# %%
before = loglikelihood(line[:, None], weight, mean[:, None], np.ones((2, 1, 1)))
after = loglikelihood(line[:, None], new_weight, new_mean[:, None], new_variance[:, None, None])
print(f"before {before:.3f}, after {after:.3f}, difference {after - before:+.3f}")

# %% [markdown]
# ## 4 The E-step: score and normalise (20 min)
#
# Now it is your turn, in any number of dimensions. Given the parameters, find the
# responsibilities:
#
# $$r_{nk} = \frac{\pi_k\,\mathcal N(x_n \mid \mu_k, \Sigma_k)}
# {\sum_j \pi_j\,\mathcal N(x_n \mid \mu_j, \Sigma_j)}$$
#
# Here $\pi_k$, $\mu_k$ and $\Sigma_k$ are weight, mean and covariance of component k, and $\mathcal N$ is the
# density of a Gaussian.
#
# `multivariate_normal.logpdf(data, mean, cov)` gives the log density of all points under
# one component. Plain densities are accepted here, too; the assignment `bernoulli-digits`
# needs logs. **6 marks.**


# %% solution="compute_responsibilities"
def compute_responsibilities(data, weights, means, covariances):
    """Return the responsibility of each component for each point, shape (N, K).

    data: (N, D) points. weights: (K,). means: (K, D). covariances: (K, D, D).
    """
    # Score: the log weight plus the log density, for each point and component, (N, K).
    # Normalise: each row becomes shares that sum to 1.
    ### BEGIN SOLUTION
    components = zip(weights, means, covariances)
    scores = [np.log(pi) + multivariate_normal.logpdf(data, mu, cov) for pi, mu, cov in components]
    scores = np.column_stack(scores)
    return np.exp(scores - log_sum_exp(scores, axis=1)[:, None])
    ### END SOLUTION


# %% test="compute_responsibilities"
check(compute_responsibilities, out_of=6)

# %% [markdown]
# ## 5 The M-step: count and re-estimate (35 min)
#
# Given the responsibilities, the best parameters have a formula. First **count**: the soft
# count of component k is the sum of its column, $N_k = \sum_n r_{nk}$. **2 marks.**


# %% solution="compute_soft_counts"
def compute_soft_counts(resp):
    """Return the soft count of each component, shape (K,). resp: (N, K)."""
    ### BEGIN SOLUTION
    return np.asarray(resp).sum(axis=0)
    ### END SOLUTION


# %% test="compute_soft_counts"
check(compute_soft_counts, out_of=2)

# %% [markdown]
# **Re-estimate the weights**: $\pi_k = N_k / N$. The function gets nothing but the counts.
# How do you get N from them? **2 marks.**


# %% solution="compute_weights"
def compute_weights(counts):
    """Return the mixing weights, shape (K,). counts: (K,) soft counts."""
    ### BEGIN SOLUTION
    return np.asarray(counts) / np.sum(counts)
    ### END SOLUTION


# %% test="compute_weights"
check(compute_weights, out_of=2)

# %% [markdown]
# **Re-estimate the means**: each is the mean of all points, weighted by responsibility,
#
# $$\mu_k = \frac{1}{N_k} \sum_n r_{nk}\, x_n .$$
#
# **4 marks.**


# %% solution="compute_means"
def compute_means(data, resp, counts):
    """Return the means, shape (K, D). data: (N, D). resp: (N, K). counts: (K,)."""
    ### BEGIN SOLUTION
    return np.asarray(resp).T @ np.asarray(data) / np.asarray(counts)[:, None]
    ### END SOLUTION


# %% test="compute_means"
check(compute_means, out_of=4)

# %% [markdown]
# **Re-estimate the covariances**: the weighted mean of outer products, with the *new*
# means,
#
# $$\Sigma_k = \frac{1}{N_k} \sum_n r_{nk}\, (x_n - \mu_k)(x_n - \mu_k)^\top .$$
#
# `np.outer` makes one such product; a matrix product makes them all at once. Some add a small
# number to the diagonals. Up to 10⁻⁶ is accepted, more is not. **6 marks.**


# %% solution="compute_covariances"
def compute_covariances(data, resp, counts, means):
    """Return the covariances, shape (K, D, D).

    data: (N, D). resp: (N, K). counts: (K,). means: (K, D), already re-estimated.
    """
    ### BEGIN SOLUTION
    covariances = []
    for k, mean in enumerate(means):
        centred = np.asarray(data) - mean
        weighted = np.asarray(resp)[:, k, None] * centred
        covariances.append(weighted.T @ centred / counts[k])
    return np.array(covariances)
    ### END SOLUTION


# %% test="compute_covariances"
check(compute_covariances, out_of=6)

# %% [markdown]
# ## 6 The loop (25 min)
#
# EM repeats the two steps. After each iteration it appends the new log-likelihood to `loglik`. It stops as
# soon as the last gain is smaller than `thresh`: it has *converged*. The line with `for` is given. Write one
# iteration, and the stop. **10 marks.**


# %% solution="EM"
def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Fit a mixture of Gaussians by EM, from the given start.

    Returns a dictionary: 'weights' (K,), 'means' (K, D), 'covs' (K, D, D), 'resp' (N, K),
    and 'loglik', the log-likelihood at the start and after each iteration.
    """
    weights, means, covariances = init_weights, init_means, init_covariances
    loglik = [loglikelihood(data, weights, means, covariances)]
    for _ in range(maxiter):
        ### BEGIN SOLUTION
        resp = compute_responsibilities(data, weights, means, covariances)
        counts = compute_soft_counts(resp)
        weights = compute_weights(counts)
        means = compute_means(data, resp, counts)
        covariances = compute_covariances(data, resp, counts, means)
        loglik.append(loglikelihood(data, weights, means, covariances))
        if loglik[-1] - loglik[-2] < thresh:
            break
        ### END SOLUTION
    return {"weights": weights, "means": means, "covs": covariances, "loglik": loglik, "resp": resp}


# %% test="EM"
check(EM, out_of=10)

# %% [markdown]
# This is a good place to stop for the day.

# %% [markdown]
# ## 7 From start to convergence (15 min)
#
# Everybody starts at the same place: three of the points, once drawn at random, are the
# means; each covariance is that of all the data; the weights are equal. In the figure the solid curve is
# one standard deviation (sigma) from the mean, the dashed one two.

# %%
start_means = data[[20, 10, 96]]
start_covs = [np.cov(data, rowvar=False)] * 3
start_weights = [1 / 3] * 3
ax = plot_contours(data, start_means, start_covs, "The start")

# %% [markdown]
# **Predict**: how many iterations until the log-likelihood gains less than 0.0001? And
# will the covariances shrink or grow? Write the number in place of `None`, then run.
#
# `EM` gets copies of the start, so that a function which overwrites its arguments cannot
# spoil the start for the cells below.

# %%
predicted_iterations = None  # your guess, a number
results = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)))
iterations = len(results["loglik"]) - 1
print(f"Iteration {iterations - 1} was the last (the first is 0): {iterations} iterations.")
print(compare_prediction(predicted_iterations, iterations))

# %% [markdown]
# **Checkpoint.** The first line must say that iteration 29 was the last. They are counted from 0, so
# these are 30. If yours says another number, one of your functions is not right yet, whatever the
# pictures say.
#
# The three components at convergence:

# %%
ax = plot_contours(data, results["means"], results["covs"], "At convergence")

# %% [markdown]
# How did EM get there? **Predict** where the components are after 12 iterations. Which of them has
# found its group, and which still reaches into another group? Then drag the slider to 12. *Your*
# `EM` computes each picture.

# %% tags=["nbval-ignore-output"]
def show_iteration(n):
    run = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)), n)
    return plot_contours(data, run["means"], run["covs"], f"After iteration {n}")


slide(show_iteration, 1, 30)

# %% [markdown]
# After 12 iterations each component has a group. But component 0 still reaches far down into the
# middle group, and component 1 still reaches into it from the right.

# %% [markdown]
# **Soft assignments.** Each point now takes the mixture of its components' colours, and
# the shape of the component with the largest share. In the first E-step most points are
# shared:

# %%
first = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)), 1)
ax = plot_responsibilities(data, first["resp"], "Responsibilities in the first E-step")

# %% [markdown]
# **Predict** how many points are still shared at the end. Look for colours between two.

# %%
ax = plot_responsibilities(data, results["resp"], "Responsibilities at convergence")

# %% [markdown]
# ## 8 Can the log-likelihood fall? (25 min)
#
# **Predict** first, then draw the curve, then answer: over the iterations of EM, is the log-likelihood
# `"increasing"`, `"decreasing"` or `"neither"`? A plateau is allowed: some iterations in which it hardly
# changes. The first step hides the rest, so the curve is drawn again from the third iteration on.

# %%
ax = plot_loglikelihood(results["loglik"])
ax = plot_loglikelihood(results["loglik"], "From the third iteration on", start=3)

# %% [markdown]
# A plateau is not the end: what would `thresh=1` have done?
#
# Your answer to the question above, one of the three words in quotes; and two statements,
# `True` or `False`. **3 marks.**
#
# - Once an iteration has gained less than 1, no later one gains more than 1.
# - With `maxiter=12`, `loglik` would be the first thirteen numbers of this one.

# %% solution="quiz-loglik"
loglik_course = small_gains_stay_small = twelve_begin_alike = None  # until you answer below
### BEGIN SOLUTION
loglik_course = "increasing"
small_gains_stay_small, twelve_begin_alike = False, True
### END SOLUTION

# %% test="quiz-loglik"
check_answer("quiz-loglik", loglik_course, small_gains_stay_small, twelve_begin_alike, out_of=3)

# %% [markdown]
# **Why does it never fall?** Keep the responsibilities of one E-step fixed. Then
#
# $$\sum_n \sum_k r_{nk} \log \frac{\pi_k\,\mathcal N(x_n \mid \mu_k, \Sigma_k)}{r_{nk}}$$
#
# is a **lower bound**: for all parameters it is at most the log-likelihood. At the parameters of that
# E-step the two are equal: there the bound *touches* the log-likelihood. (For each point, the mean of
# $\pi_k\,\mathcal N / r_{nk}$ over the components, with weights $r_{nk}$, is the point's density. The log
# of a mean is at least the mean of the logs: this is Jensen's inequality. After an E-step the fraction is
# the same for all components, so the two are equal.)
#
# With fixed $r_{nk}$ the bound is, up to a constant, the log-likelihood of points whose groups are given,
# in parts. So counting and re-estimating, as in section 3, gives its maximum.
#
# The figure shows both for the five points of section 3. Only the mean of component 1 varies, and the
# E-step used the mean 0. **Predict**: to which mean will the M-step go?

# %%
def line_scores(second_mean):
    return np.log(0.5) + norm.logpdf(line[:, None], [-1, second_mean])


grid = np.linspace(-1, 4.5, 111)
log_fixed = line_scores(0) - log_sum_exp(line_scores(0), axis=1)[:, None]
bound = [np.sum(np.exp(log_fixed) * (line_scores(mu) - log_fixed)) for mu in grid]
curves = {"log-likelihood": [log_sum_exp(line_scores(mu), axis=1).sum() for mu in grid], "lower bound": bound}
ax = plot_curves(grid, curves, "The bound of an E-step at 0", ["mean of component 1", "log-likelihood"])
print(f"the bound is highest at {grid[np.argmax(bound)]:.2f}")

# %% [markdown]
# The M-step goes to the maximum of the bound. There the bound is at least as high as where it touched,
# and the log-likelihood is at least as high as the bound. So the log-likelihood cannot have fallen. The
# next E-step makes a new bound, which touches at the new mean.

# %% [markdown]
# ## 9 Read the result (10 min)
#
# Three numbers from `results`, to three decimals or more. Python counts from 0, so the
# first component is number 0 in the figures. **3 marks**, one for each of:
#
# - the **weight** of the *first* component;
# - the *first* coordinate of the **mean** of the *second* component;
# - the number *off the diagonal* of the **covariance** of the *third*. Its sign says which
#   way the ellipse leans: compare with the picture.

# %% solution="quiz-results"
first_weight = second_mean = third_covariance = None  # until you answer below
### BEGIN SOLUTION
first_weight = results["weights"][0]
second_mean = results["means"][1][0]
third_covariance = results["covs"][2][0][1]
### END SOLUTION

# %% test="quiz-results"
check_answer("quiz-results", first_weight, second_mean, third_covariance, out_of=3)

# %% [markdown]
# One more look at `results`. These points were made with known parameters, near enough
# those of section 2. **Predict**: is EM's log-likelihood above or below that of the truth?

# %%
predicted_side = None  # "above" or "below", with the quotes
print(f"the truth: {truth:.2f}   EM: {results['loglik'][-1]:.2f}")
print(compare_prediction(predicted_side, "above" if results["loglik"][-1] > truth else "below"))
found_shares = np.sort(results["weights"])[::-1].round(2)
print("The shares, largest first:", compare_prediction(predicted_shares, found_shares))

# %% [markdown]
# Above. EM fits these hundred points, including their chance patterns, better than the rule that made
# them. A high log-likelihood on the points that were fitted does not prove that the model is true.

# %% [markdown]
# ## 10 In your own words (15 min)
#
# A friend knows *k-means*, a method that gives each point wholly to one group (a *cluster*). In three to five
# sentences, tell them what a responsibility is and what it is good for. Name one point
# and its responsibilities as your example. **4 marks**, read by a person, one for each of:
#
# - it is the probability of a component, *given the point*, under the present parameters;
# - a point's responsibilities sum to 1, so it is shared, not copied;
# - a real point from `data`, with its numbers, that such a *hard assignment* would misreport;
# - what the M-step does with it: the point pulls on each component by its share.
#
# The next cell prints the points that are shared the most, for your example.

# %%
largest_share = np.max(results["resp"], axis=1)
for n in np.argsort(largest_share)[:3]:
    print(f"point {n} at {data[n].round(2)}: {np.asarray(results['resp'])[n].round(3)}")

# %% [markdown] manual="in-your-own-words" points=4
# A responsibility is the probability that a component made a point, given where the point
# lies and given the present weights, means and covariances. A point's responsibilities sum
# to 1: it is divided among the components. Point 24, at (3.90, 0.92), belongs to component
# 1 by 0.889 and to component 2 by 0.111; k-means would give it wholly to one cluster, as if
# it were as certain as a point in the middle. In the M-step it pulls on both means, on
# each by its share.

# %% [markdown]
# ## 11 From another start (5 min)
#
# EM climbs to *a* maximum. **Predict**: if we start from other
# points, what can differ: the log-likelihood, the numbering of the components, the number
# of iterations?

# %%
for chosen in ([20, 10, 96], [63, 51, 83], [50, 46, 75]):
    run = EM(data, data[chosen], copy.deepcopy(start_covs), [1 / 3] * 3)
    steps, final = len(run["loglik"]) - 1, run["loglik"][-1]
    print(f"{chosen}: {steps} iterations, {final:.2f}, weights {np.round(run['weights'], 3)}")
ax = plot_contours(data, run["means"], run["covs"], "The third start: converged, and wrong")

# %% [markdown]
# All three can. The second start finds the same mixture under other numbers: nothing in
# the data says which component is first. The third ends more than 30 lower. More iterations would not
# help: it has converged to a lower maximum. There one component covers two groups, and another is a
# very thin ellipse through a few points that happen to lie on a line.
#
# No step can repair that, because each step only climbs. So in practice one starts EM several times
# and keeps the best. The assignment `when-em-fails` comes back to this.

# %% [markdown]
# ## 12 EM you can hold (15 min)
#
# That bad start once more, one E-step or M-step at a time, driven by *your* functions. **Predict**,
# then press play. Then go back to the start, drag the mean of component 1 into the group at
# the right, and let EM run from there: does that help? The buttons above the picture open
# a gallery of seven failures. Under the picture, the lower curve is the lower bound of section 8.


# %% tags=["nbval-ignore-output"]
def what_moved_it(run):
    pairs = zip(run.frames, run.frames[1:])
    return " and ".join(sorted({now.half for before, now in pairs if now.loglik != before.loglik}))


question = "Which half-step changes the log-likelihood: E, M, or both?"
bad_start = [1 / 3] * 3, data[chosen], start_covs
explore(data, init=bad_start, ask=question, choices=["E", "M", "E and M"], happened=what_moved_it)

# %% [markdown]
# ## What to take away
#
# - **Score, normalise**: the E-step finds responsibilities, safely in logs.
# - **Count, re-estimate**: the M-step is weighted counting.
# - The log-likelihood never falls; if yours does, a step is wrong.
# - It stops at *a* maximum. The start decides at which one, and how the components are numbered.
#
# Save the notebook (Ctrl + S): the saved file is what you hand in.

# %% [markdown] include="symbols.md"
