# %% [markdown]
# # A mixture of Gaussians, fitted by EM
#
# A hundred points lie in the plane. They come from three groups. You will find these groups, although
# nobody tells you which point belongs to which group. For this you write the EM algorithm
# (expectation-maximisation) yourself. Researchers use EM, for example, to sort blood cells into types by
# the light that the cells scatter.
#
# **Plan three and a half hours.** Each heading says how many minutes its section takes. A good place to
# stop for the day is after section 6. Sections 11 and 12 have no marks.
#
# Four words name the steps of EM, here and in every hint: **score**, **normalise**, **count**,
# **re-estimate**. [The last cell](#Symbols) explains the symbols and the main terms.

# %% [markdown]
# ## How this notebook works
#
# Run the cells from top to bottom with Shift + Enter. Some cells have the comment `YOUR CODE HERE`.
# Replace the line below this comment with your code. The next cell checks your code. Run the check as
# often as you like: it tells you what is wrong. The check uses public cases. Your mark comes from other
# cases, the **hidden cases**.
#
# **Predict** means: choose an answer before you run the next cell. If that cell has a line for your
# answer, write the answer there. Predictions have no marks.
#
# Your functions may return arrays or lists. They may use loops, but they do not need to.
#
# `example("compute_weights")` returns the arguments of one public case. With them you can try your
# function by hand. A cell that is still running shows `[*]`: the square button ■ stops it. You can also
# press Esc, then I twice. On the course's website, choose *Kernel*, *Restart Kernel* instead.

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
# Answer each question in your head. Then click on it to see the answer.
#
# <details><summary>1. Somebody chooses box A or box B; both are equally likely. You see a ball from the
# chosen box. In box A such a ball is four times as likely as in box B. How likely is box A
# now?</summary>4/5, by Bayes' rule: the ratio of A to B is 4 to 1. Normalise it: 4 / (4 + 1).</details>
#
# <details><summary>2. Must a density stay below 1?</summary>No. Only its integral must be 1. A narrow
# Gaussian has a high density near its mean.</details>
#
# <details><summary>3. What is the weighted mean of 2 and 8 with weights 3 and 1?</summary> (3 · 2 + 1 · 8)
# / 4 = 3.5. Divide by the sum of the weights.</details>

# %% [markdown]
# ## 1 How a mixture makes points (10 min)
#
# A **mixture** makes each point in two steps. First it chooses one of several Gaussians, the
# **components**. The probability of choosing a component is its **mixing weight**. Then the mixture draws
# the point from the chosen component. We see the points, but we never see the choice.
#
# There are N points with D coordinates each, and there are K components. Here N = 100, D = 2 and K = 3.

# %%
true_means = [[5, 0], [1, 1], [0, 5]]
true_covs = [[[0.5, 0], [0, 0.5]], [[0.92, 0.38], [0.38, 0.91]], [[0.5, 0], [0, 0.5]]]
ax = plot_data(generate_mog_data(100, true_means, true_covs, [0.25, 0.5, 0.25], seed=7), "A new sample")

# %% [markdown]
# Change `seed` and run the cell again. You get other points from the same three groups.
#
# This assignment was first published with the covariance `[[1, 0.7], [0, 0.7]]` for the middle group. Look
# at that matrix. **Predict**: can it be the covariance of anything?

# %%
published = [true_covs[0], [[1, 0.7], [0, 0.7]], true_covs[2]]
try:
    generate_mog_data(100, true_means, published, [0.25, 0.5, 0.25], seed=7)
except ValueError as error:
    print(error)

# %% [markdown]
# The covariance of *x* with *y* equals that of *y* with *x*. So the two entries off the diagonal must be
# equal. NumPy's old random generator only printed a warning. Then it used a symmetric matrix.  Everybody
# must use the same points, so the points come in a file.

# %% [markdown]
# **Look at the points first.** How many groups do you see? Which share of the points is in each group? Run
# the next cell and look at the points. Write the shares in place of `None`, and run the cell again.

# %%
data = load_synthetic()
predicted_shares = None  # your guess: three numbers in [ ], the largest first
ax = plot_data(data, "The hundred points")

# %% [markdown]
# ## 2 How good is a guess? The log-likelihood (15 min)
#
# The **parameters** are the weights, means and covariances. A guess of the parameters gives each point a
# **density**. This is a sum over the components: weight times Gaussian density at the point. The
# **log-likelihood** is the sum over all points of the log of this density. With a better guess the data
# are less surprising, so the log-likelihood is higher. To **fit** a mixture to points means: to find
# parameters with a high log-likelihood.

# %%
truth = loglikelihood(data, [0.25, 0.5, 0.25], true_means, true_covs)
shifted = loglikelihood(data, [0.25, 0.5, 0.25], np.array(true_means) + 1, true_covs)
print(f"true means: {truth:.1f}   all means moved by 1: {shifted:.1f}")

# %% [markdown]
# Why logs? The next cell takes two components, and a point that is 85 standard deviations away from both.
# It prints the point's density under each component. Then it divides each density by the sum of both: this
# is the component's **share** of the point. **Predict** what the cell prints.

# %%
far = np.array([multivariate_normal.pdf([85, 0], mean) for mean in ([0, 0], [0, 1])])
with np.errstate(invalid="ignore"):
    print("densities:", far, "  shares:", far / far.sum())

# %% [markdown]
# Both densities are smaller than the smallest positive number that a computer can store. So both became 0,
# and 0/0 is `nan`, *not a number*. But their logs are ordinary numbers, so work with logs. `log_sum_exp`
# just subtracts the largest log before `exp`, and adds it back at the end.

# %%
log_far = np.array([multivariate_normal.logpdf([85, 0], mean) for mean in ([0, 0], [0, 1])])
print("logs:", log_far, "  shares:", np.exp(log_far - log_sum_exp(log_far)))

# %% [markdown]
# ## 3 Why EM alternates (25 min)
#
# There are two questions. Which component made each point? And where are the components? Each question is
# easy if you know the answer to the other question. The next figure shows both cases:
#
# - **Left**: the group of each point is given. Then the mean of a component is the mean of its points.
# - **Right**: the components are given. For each component, take its weight times its density at a point.
#   The point most likely comes from the component with the highest result.

# %%
pairs = enumerate(zip(true_means, true_covs))
groups = [generate_mog_data(33, [mu], [cov], [1], seed=k) for k, (mu, cov) in pairs]
some, given = np.concatenate(groups), np.eye(3)[np.repeat([0, 1, 2], 33)]
left, right = plt.subplots(1, 2, figsize=(10, 4), dpi=80, layout="constrained")[1]
ax = plot_responsibilities(some, given, "Groups given: the means (crosses) are easy", ax=left)
ax.plot(*np.transpose([np.mean(group, axis=0) for group in groups]), "kx", markersize=13, markeredgewidth=3)
ax = plot_contours(some, true_means, true_covs, "Components given: the groups are easy", ax=right)

# %% [markdown]
# But you know neither the groups nor the components. So EM begins with a guess of the components. Then it
# alternates between two steps:
#
# - The **expectation step** (E-step) treats the components as known. It finds the probability that each
#   component made each point.
# - The **maximisation step** (M-step) treats these probabilities as known. It finds better components.

# %% [markdown]
# One E-step and the M-step after it are one **iteration**. Section 8 explains why EM works even if the
# first guess is wrong.

# %% [markdown]
# The rest of this section is one iteration by hand, with five points and two components. There is no code
# to write. Read, run, and explain each table to yourself.

# %% [markdown]
# **Score** is the first half of the E-step. The score of a component for a point is log weight plus log
# density. The table of scores has a row for each point and a column for each component, so it is N × K.
#
# > **What is `[:, None]`?** `line` holds the five points and has shape (5,). `line[:, None]` has shape (5,
# > 1): it is a column. NumPy combines this column with the row `mean`, shape (2,), into a 5 × 2 table. The
# > entry [n, k] of the table belongs to point n and component k.

# %%
line = np.array([-2.0, -1.0, 0.0, 2.0, 3.0])
weight, mean, sigma = np.array([0.5, 0.5]), np.array([-1.0, 2.0]), np.array([1.0, 1.0])
scores = np.log(weight) + norm.logpdf(line[:, None], mean, sigma)
print(scores.round(2))

# %% [markdown]
# **Normalise** is the second half of the E-step. It turns each row into shares that sum to 1: the
# **responsibilities**. A responsibility is the probability that the component made the point, given the
# point. For which of the five points are you the least certain which component made it?

# %%
line_resp = np.exp(scores - log_sum_exp(scores, axis=1)[:, None])
print(line_resp.round(3))

# %% [markdown]
# **Count** is the first half of the M-step. The sum of a column is the **soft count** of the component. It
# says how many points the component holds, and it also counts parts of points. Together the two components
# hold all five points.

# %%
line_counts = line_resp.sum(axis=0)
print(line_counts.round(3), " together", line_counts.sum().round(3))

# %% [markdown]
# **Re-estimate** is the second half of the M-step.
#
# - The new weight is the soft count divided by the number of points.
# - The new mean is the weighted mean of the points. The weights are the responsibilities.
# - The new variance is the weighted mean of the squared distances from the *new* mean. Divide by the soft
#   count, not by five. Otherwise a component with few points would look too narrow.

# %%
new_weight = line_counts / line_counts.sum()
new_mean = line_resp.T @ line / line_counts
new_variance = (line_resp * (line[:, None] - new_mean) ** 2).sum(axis=0) / line_counts
print(f"weights {new_weight.round(3)}  means {new_mean.round(3)}  variances {new_variance.round(3)}")

# %% [markdown]
# Did this iteration help? The next cell prints the difference of the log-likelihoods. **Predict** the sign
# of this difference.
#
# In the code, the variances become 1 × 1 matrices, because `loglikelihood` takes points of any dimension.

# %%
before = loglikelihood(line[:, None], weight, mean[:, None], np.ones((2, 1, 1)))
after = loglikelihood(line[:, None], new_weight, new_mean[:, None], new_variance[:, None, None])
print(f"before {before:.3f}, after {after:.3f}, difference {after - before:+.3f}")

# %% [markdown]
# ## 4 The E-step: score and normalise (20 min)
#
# Now it is your turn, for points with any number of dimensions. The parameters are given. Find the
# responsibilities:
#
# $$r_{nk} = \frac{\pi_k\,\mathcal N(x_n \mid \mu_k, \Sigma_k)}
# {\sum_j \pi_j\,\mathcal N(x_n \mid \mu_j, \Sigma_j)}$$
#
# Here $x_n$ is point n, and $\mathcal N$ is the density of a Gaussian. $\pi_k$, $\mu_k$ and $\Sigma_k$ are
# the weight, mean and covariance of component k. The sum over j is over all components.
#
# `multivariate_normal.logpdf(data, mean, cov)` gives the log density of all points under one component.
# Densities without logs are also accepted here. The assignment `bernoulli-digits` needs logs. Fill in the
# body of `compute_responsibilities`. **6 marks.**


# %% solution="compute_responsibilities"
def compute_responsibilities(data, weights, means, covariances):
    """Return the responsibility of each component for each point, shape (N, K).

    data: (N, D) points. weights: (K,). means: (K, D). covariances: (K, D, D).
    """
    # Score: the log weight plus the log density, for each point and each component, (N, K).
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
# Now the responsibilities are given. Then there is a formula for the best parameters. First **count**: the
# soft count of component k is the sum of column k, $N_k = \sum_n r_{nk}$. Fill in the body of
# `compute_soft_counts`. **2 marks.**


# %% solution="compute_soft_counts"
def compute_soft_counts(resp):
    """Return the soft count of each component, shape (K,). resp: (N, K)."""
    ### BEGIN SOLUTION
    return np.asarray(resp).sum(axis=0)
    ### END SOLUTION


# %% test="compute_soft_counts"
check(compute_soft_counts, out_of=2)

# %% [markdown]
# **Re-estimate the weights**: $\pi_k = N_k / N$. The function gets only the soft counts. How do you get N
# from the soft counts? Fill in the body of `compute_weights`. **2 marks.**


# %% solution="compute_weights"
def compute_weights(counts):
    """Return the mixing weights, shape (K,). counts: (K,) soft counts."""
    ### BEGIN SOLUTION
    return np.asarray(counts) / np.sum(counts)
    ### END SOLUTION


# %% test="compute_weights"
check(compute_weights, out_of=2)

# %% [markdown]
# **Re-estimate the means**: each new mean is a weighted mean of all points. The weights are the
# responsibilities:
#
# $$\mu_k = \frac{1}{N_k} \sum_n r_{nk}\, x_n .$$
#
# Fill in the body of `compute_means`. **4 marks.**


# %% solution="compute_means"
def compute_means(data, resp, counts):
    """Return the means, shape (K, D). data: (N, D). resp: (N, K). counts: (K,)."""
    ### BEGIN SOLUTION
    return np.asarray(resp).T @ np.asarray(data) / np.asarray(counts)[:, None]
    ### END SOLUTION


# %% test="compute_means"
check(compute_means, out_of=4)

# %% [markdown]
# **Re-estimate the covariances**: each new covariance is a weighted mean of outer products. The **outer
# product** of a vector with itself is the D × D matrix of all products of its coordinates. Use the *new*
# means:
#
# $$\Sigma_k = \frac{1}{N_k} \sum_n r_{nk}\, (x_n - \mu_k)(x_n - \mu_k)^\top .$$
#
# `np.outer` makes one outer product. A matrix product makes all of them together. You may add a small
# number to the diagonals. A number up to 10⁻⁶ is accepted, a larger number is not. Fill in the body of
# `compute_covariances`. **6 marks.**


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
# EM repeats the two steps. After each iteration it appends the new log-likelihood to `loglik`. The
# **gain** of an iteration is the new log-likelihood minus the one before. EM stops as soon as the last
# gain is smaller than `thresh`. Then EM has **converged**. The line with `for` is given. Fill in the body
# of the loop: write one iteration, and the stop. **10 marks.**


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
# Everybody uses the same start. Three of the points, once drawn at random, are the means. Each covariance
# is the covariance of all the data. The weights are equal. The figure shows two curves for each component:
# the solid curve is one standard deviation (sigma) from the mean, the dashed curve is two.

# %%
start_means = data[[20, 10, 96]]
start_covs = [np.cov(data, rowvar=False)] * 3
start_weights = [1 / 3] * 3
ax = plot_contours(data, start_means, start_covs, "The start")

# %% [markdown]
# **Predict**: after how many iterations is the gain smaller than 0.0001? And will the covariances shrink
# or grow? Write the number of iterations in place of `None`, then run.
#
# `EM` gets copies of the start. So a function that overwrites its arguments cannot change the start for
# later cells.

# %%
predicted_iterations = None  # your guess: a number
results = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)))
iterations = len(results["loglik"]) - 1
print(f"Iteration {iterations - 1} was the last (the first is 0): {iterations} iterations.")
print(compare_prediction(predicted_iterations, iterations))

# %% [markdown]
# **Checkpoint.** The first line must say that iteration 29 was the last. Iterations are counted from 0, so
# these are 30 iterations. If your number is different, one of your functions is not correct yet, even if
# the pictures look good.
#
# The next figure shows the three components at convergence.

# %%
ax = plot_contours(data, results["means"], results["covs"], "At convergence")

# %% [markdown]
# How did EM get there? **Predict** where the components are after 12 iterations. Which component has found
# its group? Which component still reaches into another group? Then run the cell and drag the slider to 12.
# *Your* `EM` computes each picture.

# %% tags=["nbval-ignore-output"]
def show_iteration(n):
    run = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)), n)
    return plot_contours(data, run["means"], run["covs"], f"After iteration {n}")


slide(show_iteration, 1, 30)

# %% [markdown]
# After 12 iterations each component has a group. But the ellipses of component 0 still reach far down into
# the middle group. The ellipses of component 1 still reach into the middle group from the right.

# %% [markdown]
# **Soft assignments.** The next figure shows the responsibilities as colours. The colour of each point is
# a mixture of the components' colours, in the proportion of their shares. The marker has the shape of the
# component with the largest share. In the first E-step most points are shared:

# %%
first = EM(data, *copy.deepcopy((start_means, start_covs, start_weights)), 1)
ax = plot_responsibilities(data, first["resp"], "Responsibilities in the first E-step")

# %% [markdown]
# **Predict** how many points are still shared by two components at convergence. In the next figure, these
# points have a colour between the colours of the two components.

# %%
ax = plot_responsibilities(data, results["resp"], "Responsibilities at convergence")

# %% [markdown]
# ## 8 Can the log-likelihood fall? (25 min)
#
# Over the iterations of EM, is the log-likelihood `"increasing"`, `"decreasing"` or `"neither"`? Its curve
# may have a **plateau** and still be called increasing. A plateau is a series of iterations in which the
# log-likelihood hardly changes. First **predict**, then draw the curve, then answer.
#
# The first step is so large that it hides the rest. So the cell draws the curve a second time, from the
# third iteration on.

# %%
ax = plot_loglikelihood(results["loglik"])
ax = plot_loglikelihood(results["loglik"], "From the third iteration on", start=3)

# %% [markdown]
# EM may still gain much after a plateau. What would EM have done with `thresh=1`?
#
# Write your answers into the next cell. For the question about the curve, write one of the three words, in
# quotes. For each of these two statements, write `True` or `False`. **3 marks.**
#
# - After an iteration that gains less than 1, no later iteration gains more than 1.
# - With `maxiter=12`, `loglik` would be the first thirteen numbers of this `loglik`.

# %% solution="quiz-loglik"
loglik_course = small_gains_stay_small = twelve_begin_alike = None  # until you answer below
### BEGIN SOLUTION
loglik_course = "increasing"
small_gains_stay_small, twelve_begin_alike = False, True
### END SOLUTION

# %% test="quiz-loglik"
check_answer("quiz-loglik", loglik_course, small_gains_stay_small, twelve_begin_alike, out_of=3)

# %% [markdown]
# **Why does the log-likelihood never fall?** Keep the responsibilities of one E-step fixed. Then
#
# $$\sum_n \sum_k r_{nk} \log \frac{\pi_k\,\mathcal N(x_n \mid \mu_k, \Sigma_k)}{r_{nk}}$$
#
# is a **lower bound**: for all parameters, it is never larger than the log-likelihood. At the parameters
# of that E-step, the bound and the log-likelihood are equal. We say: there the bound *touches* the
# log-likelihood.

# %% [markdown]
# This is why. Take one point, and the fraction $\pi_k\,\mathcal N / r_{nk}$ for each component. The mean
# of these fractions, with weights $r_{nk}$, is the density of the point. The log of a mean is never
# smaller than the mean of the logs: this is **Jensen's inequality**. So the log-likelihood is never
# smaller than the bound. Directly after an E-step, the fraction is the same for all components. Then the
# log-likelihood and the bound are equal.

# %% [markdown]
# With fixed $r_{nk}$ the bound is, up to a constant, the log-likelihood of points whose groups are known.
# One thing is different: here a point may be in several groups, in parts. So counting and re-estimating,
# as in section 3, gives the maximum of the bound.
#
# The next figure shows the bound and the log-likelihood for the five points of section 3. Only the mean of
# component 1 varies. The E-step used the mean 0 for it. **Predict**: to which mean will the M-step go?

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
# The M-step goes to the bound's maximum. There the bound is at least as high as where it touched the
# log-likelihood. The log-likelihood is at least as high as the bound. So the log-likelihood cannot have
# fallen. The next E-step makes a new bound, which touches at the new mean.

# %% [markdown]
# ## 9 Read the result (10 min)
#
# Read three numbers from `results`, and write them into the next cell, with three decimals or more. Python
# counts from 0, so the first component is number 0 in the figures. **3 marks**, one for each of these
# numbers:
#
# - the **weight** of the *first* component;
# - the *first* coordinate of the **mean** of the *second* component;
# - the number *off the diagonal* in the **covariance** of the *third* component. The sign of this number
#   says which way the ellipse leans: compare it with the figure.

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
# The hundred points were made with known parameters. These true parameters are nearly the same as those in
# section 2. **Predict**: is the log-likelihood of EM's result above or below the log-likelihood of the
# true parameters? Write your answer in place of `None`.

# %%
predicted_side = None  # "above" or "below", with the quotes
print(f"true parameters: {truth:.2f}   EM: {results['loglik'][-1]:.2f}")
print(compare_prediction(predicted_side, "above" if results["loglik"][-1] > truth else "below"))
found_shares = np.sort(results["weights"])[::-1].round(2)
print("The shares, largest first:", compare_prediction(predicted_shares, found_shares))

# %% [markdown]
# The log-likelihood of EM's result is above. The hundred points have chance patterns, and EM fits these
# patterns too. So EM's result fits the points better than the rule that made them. A high log-likelihood
# on the points that were fitted does not prove that the model is true.

# %% [markdown]
# ## 10 In your own words (15 min)
#
# A friend knows *k-means*. This method gives each point completely to one group (a *cluster*): a **hard
# assignment**. In three to five sentences, tell your friend what a responsibility is and what it is good
# for. Name one point and its responsibilities as your example. A person reads your answer. **4 marks**,
# one for each of these points:
#
# - A responsibility is the probability of a component, *given the point*, under the present parameters.
# - The responsibilities of a point sum to 1. So the point is shared, not copied.
# - The example is a real point from `data`, with its responsibilities. A hard assignment would describe
#   this point wrongly.
# - The M-step uses the responsibilities: the point pulls most on the component with the largest one.
#
# For your example, the next cell prints the points that are shared the most.

# %%
largest_share = np.max(results["resp"], axis=1)
for n in np.argsort(largest_share)[:3]:
    print(f"point {n} at {data[n].round(2)}: {np.asarray(results['resp'])[n].round(3)}")

# %% [markdown] manual="in-your-own-words" points=4
# A responsibility is the probability that a component made a point. It is computed for given weights,
# means and covariances, when we know where the point lies. The responsibilities of a point sum to 1: the
# point is divided among the components. My example is point 24, at (3.90, 0.92). Component 1 has a share
# of 0.889 of it, and component 2 has 0.111. K-means would give the point completely to one cluster, as if
# it were as certain as a point in the middle. In the M-step the point pulls on both means, on each mean by
# its share.

# %% [markdown]
# ## 11 From another start (5 min)
#
# EM converges to *a* maximum of the log-likelihood. The next cell tries three starts. **Predict** what can
# differ between the results: the log-likelihood, the numbering of the components, the number of
# iterations?

# %%
for chosen in ([20, 10, 96], [63, 51, 83], [50, 46, 75]):
    run = EM(data, data[chosen], copy.deepcopy(start_covs), [1 / 3] * 3)
    steps, final = len(run["loglik"]) - 1, run["loglik"][-1]
    print(f"{chosen}: {steps} iterations, {final:.2f}, weights {np.round(run['weights'], 3)}")
ax = plot_contours(data, run["means"], run["covs"], "The third start: a lower maximum")

# %% [markdown]
# All of these can differ. The second start finds the same mixture, but the components have other numbers.
# Nothing in the data says which component is the first. The third start ends with a log-likelihood that is
# more than 30 lower than in the other two results. More iterations would not help: EM has converged to a
# lower maximum. At this maximum one component covers two groups. Another component is a very thin ellipse
# through a few points that happen to lie on a line.
#
# No step of EM can repair that, because no step lowers the log-likelihood. So in practice people start EM
# several times and keep the best result. The assignment `when-em-fails` has more about this.

# %% [markdown]
# ## 12 EM, step by step (15 min)
#
# The **explorer** in the next cell shows the third start again, one E-step or M-step at a time. It uses
# *your* functions. **Predict** first: answer the question that the explorer asks. Then press play.
#
# After that, go back to the start. Drag the mean of component 1 into the group on the right, and let EM
# run from there. Does that help? The buttons above the picture open a gallery of seven failures. Of the
# curves under the picture, the lower one is the lower bound of section 8.


# %% tags=["nbval-ignore-output"]
def what_moved_it(run):
    pairs = zip(run.frames, run.frames[1:])
    return " and ".join(sorted({now.half for before, now in pairs if now.loglik != before.loglik}))


question = "Which step changes the log-likelihood: E, M, or both?"
bad_start = [1 / 3] * 3, data[chosen], start_covs
explore(data, init=bad_start, ask=question, choices=["E", "M", "E and M"], happened=what_moved_it)

# %% [markdown]
# ## What to take away
#
# - **Score, normalise**: the E-step finds the responsibilities. Logs keep this safe from numbers that are
#   rounded to 0.
# - **Count, re-estimate**: the M-step is weighted counting.
# - The log-likelihood never falls. If yours falls, one of the steps is wrong.
# - EM converges to *a* maximum. The start decides which maximum it is, and how the components are
#   numbered.
#
# Save the notebook (Ctrl + S). The saved file is what you hand in.

# %% [markdown] include="symbols.md"
