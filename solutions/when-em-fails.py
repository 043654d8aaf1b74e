# %% [markdown]
# # When EM fails
#
# EM is simple and fast, but it fails easily. In this assignment you watch EM fail on data that you know.
# First you predict each failure, and then you see it. Then you write code that helps: repairs, better starts,
# and measures that say which fit you can trust.
#
# For more than twenty years, most speech recognisers used mixtures of Gaussians to score sounds. Their
# training usually kept each variance above a smallest value, which is called a **floor**.
#
# **Plan four hours.** Each heading says how many minutes its section takes. A good place to stop for the day
# is after section 5. Sections 9 to 14 have no exercises, and section 13 is optional.


# %% [markdown]
# ## How this notebook works
#
# Run the cells from top to bottom with Shift + Enter. Where a cell says `YOUR CODE HERE`, replace the line
# below these words with your code. The next cell checks your code on public cases, as often as you like. Only
# hidden cases count towards your mark.
#
# The four steps of EM keep their names: **score**, **normalise**, **count**, **re-estimate**.
# [The last cell](#Symbols) explains the symbols and the main terms.
#
# `example("bic")` returns the arguments of one case, so that you can try them yourself. A cell that is still
# running shows `[*]`: the square button ■ stops it. You can also press Esc, then I twice. On the course's
# website, choose *Kernel*, *Restart Kernel* instead.

# %%
try:
    from helpers import checking, exploring, plots
except ImportError as missing:
    raise ImportError(
        f"{missing}. This notebook needs the course's `helpers`, `checks` and `explorer`. Start it as the "
        "README says. If another file or package has one of these names: rename it, or use another kernel."
    ) from None

import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.mixture import GaussianMixture

from helpers import check, check_answer, compare_prediction, example, explore, load_earth, load_synthetic
from helpers import log_gaussians, log_sum_exp, plot_contours, plot_curves, plot_data, slide

# %% [markdown]
# ## Before you start: three questions from memory
#
# <details><summary>1. Which step of EM can change the log-likelihood, the E-step or the M-step?</summary>The
# M-step. The E-step changes no parameter.</details>
#
# <details><summary>2. A Gaussian gets narrower. What happens to its density at its own mean?</summary>The
# density there grows without limit.</details>
#
# <details><summary>3. Two fits have the same log-likelihood. Component 0 of the first fit is component 2 of
# the second fit. Is one of the fits wrong?</summary>No. The numbers of the components mean nothing.</details>

# %% [markdown]
# ## 1 A fit that works (10 min)
#
# The data are 860 pictures of the Earth. Each picture is one point: its mean red, green and blue. The code of
# EM is given here. It has one addition: after each M-step, the function `repair` may change the covariances.

# %% [markdown]
# `fit` also stores the **width** of each iteration: the smallest **eigenvalue** of all covariances. The
# eigenvalues of a covariance are the variances along the axes of its ellipse. So the width is the variance of
# the thinnest component along its thinnest direction.


# %%
def e_step(data, weights, means, covs):
    """Score and normalise: return the responsibilities and the log-likelihood."""
    joint = np.log(weights) + log_gaussians(data, means, covs)
    total = log_sum_exp(joint, axis=1)
    return np.exp(joint - total[:, None]), total.sum()


def m_step(data, resp, repair=None):
    """Count and re-estimate: return weights, means and covariances."""
    counts = resp.sum(axis=0)
    means = resp.T @ data / counts[:, None]
    centred = data - means[:, None]  # (K, N, D)
    covs = (resp.T[:, :, None] * centred).swapaxes(1, 2) @ centred / counts[:, None, None]
    return counts / len(data), means, covs if repair is None else repair(data, resp, counts, means, covs)


def fit(data, weights, means, covs, repair=None, maxiter=500, thresh=1e-4):
    """Run EM until the log-likelihood gains less than thresh, or a covariance cannot be inverted."""
    parameters, trace, widths = (np.array(weights), np.array(means), np.array(covs)), [], []
    while len(trace) <= maxiter and (len(trace) < 2 or trace[-1] - trace[-2] >= thresh):
        widths.append(np.linalg.eigvalsh(parameters[2]).min())
        try:
            resp, loglik = e_step(data, *parameters)
        except ValueError:  # a covariance that cannot be inverted, or a NaN
            break
        trace.append(loglik)
        kept, parameters = parameters, m_step(data, resp, repair)
    names = "weights", "means", "covs"
    return dict(zip(names, kept), resp=resp, loglik=trace, widths=widths, ended=len(widths) > len(trace))


def start(data, chosen):
    """Return equal weights, the chosen points as means, and for each the variances of all data."""
    K = len(chosen)
    return np.full(K, 1 / K), data[chosen], [np.diag(data.var(axis=0))] * K


# %% [markdown]
# Six random pictures are the first means. They were chosen because EM works well from this start. The next
# cell prints the log-likelihood and the width at the end.

# %%
earth = load_earth()
rgb = earth.rgb
good, bad = (np.random.default_rng(seed).choice(len(rgb), 6, replace=False) for seed in (1, 10))
healthy = fit(rgb, *start(rgb, good))
print(f"log-likelihood {healthy['loglik'][-1]:.1f}, width {healthy['widths'][-1]:.1e}")

# %% [markdown]
# ## 2 Collapse (25 min)
#
# Now six other random pictures are the first means. They were chosen because EM fails from this start. About
# one random start in sixteen fails. Nothing else is different. **Predict** how the width changes while the
# log-likelihood rises. Then run the cell.

# %%
broken = fit(rgb, *start(rgb, bad))
print("ended by an error:", broken["ended"], "  log-likelihood", round(broken["loglik"][-1], 1))
smallest = broken["resp"].sum(axis=0).argmin()
print("soft counts:", broken["resp"].sum(axis=0).round(2), "  the smallest is component", smallest)
iterations = np.arange(len(broken["widths"]))
ax = plot_curves(
    iterations[:-1], {"width": broken["widths"][:-1]}, "A collapse", ["iteration", "width"], logarithmic=True
)

# %% [markdown]
# One component keeps a single picture. The mean of this component moves onto the picture, so all its
# variances shrink. At its own mean, a Gaussian has the density $(2\pi)^{-D/2}\,|\Sigma|^{-1/2}$. When the
# determinant $|\Sigma|$ goes to 0, this density goes to infinity. The *other* components still cover the
# remaining data. So the log-likelihood has no upper limit. A computer does not get that far: soon the
# covariance can no longer be inverted, and `fit` ends.
#
# The same happens with two or three pictures. Two pictures lie on a line, and three lie in a plane, so at
# least one of the three variances is 0. It also happens with equal points: seven pictures of deep sea have
# exactly the same colour. Each of these failures is called a **collapse**.

# %% [markdown]
# **A floor.** The simplest repair is a floor for the eigenvalues. Fill in the body of `floor_eigenvalues`:
# raise every eigenvalue that is smaller than the floor to the floor, and do not change the eigenvectors. (An
# eigenvector is the direction of one axis of the ellipse.) `np.linalg.eigh` takes all K matrices together. It
# returns the eigenvalues, shape (K, D), and the eigenvectors, shape (K, D, D). The eigenvectors are the
# columns of each D × D matrix. **4 marks.**



# %% solution="floor_eigenvalues"
def floor_eigenvalues(covariances, floor):
    """Return the covariances (K, D, D) with each smaller eigenvalue raised to the floor, a number."""
    ### BEGIN SOLUTION
    values, vectors = np.linalg.eigh(covariances)
    raised = np.maximum(values, floor)
    return (vectors * raised[:, None, :]) @ np.swapaxes(vectors, 1, 2)
    ### END SOLUTION


# %% test="floor_eigenvalues"
check(floor_eigenvalues, out_of=4)

# %% [markdown]
# The next cell runs EM from both starts, with floors from small to large. The healthy fit, from section 1,
# has a width of 7 · 10⁻⁷. **Predict** which floors change the healthy fit, and how far a floor that is too
# large lowers its log-likelihood.


# %%
def floored(floor):
    """Return a repair that raises small eigenvalues to the floor."""
    return lambda data, resp, counts, means, covs: np.asarray(floor_eigenvalues(covs, floor))


for floor in (1e-10, 1e-8, 1e-6, 1e-4):
    for name, chosen in {"healthy": good, "collapsing": bad}.items():
        run = fit(rgb, *start(rgb, chosen), floored(floor))
        least = run["resp"].sum(axis=0).min()
        print(f"floor {floor:.0e}, {name:10}: {run['loglik'][-1]:7.1f}, smallest soft count {least:6.1f}")

# %% [markdown]
# EM no longer stops with an error. The small floors do not change the healthy fit. In the other fit, a
# component still keeps one picture. With a floor of 10⁻⁶ this component finds more pictures, and the healthy
# fit loses 3 in log-likelihood. With a floor of 10⁻⁴ it loses more than a thousand: the colours of ocean, ice
# and rainforest are thin clouds, and this floor allows no thin component.
#
# So you must know how thin real components are. A floor limits the log-likelihood, but does not repair the
# component. In most other collapsed runs it keeps about three pictures or fewer, also with a floor. A
# component on twenty nearly equal pictures can also be far too thin. So look at soft counts *and* widths.

# %% [markdown]
# ## 3 A prior in place of a floor (25 min)
#
# A **prior** says which covariances are plausible before you see any data. The usual prior for a covariance
# is the **inverse Wishart** distribution, with a matrix $\Psi$ and a number $\nu$. The most probable
# covariance, given the data and the prior, is called **MAP** (maximum a posteriori):
#
# $$\Sigma_k = \frac{\Psi + S_k}{\nu + N_k + D + 1}, \qquad
# S_k = \sum_n r_{nk}\, (x_n - \mu_k)(x_n - \mu_k)^\top .$$
#
# $N_k$ is `counts[k]`. $S_k$ is the **scatter** about the given means. So the prior has the same effect as
# $\nu + D + 1$ additional points with the scatter $\Psi$. A component without points gets a multiple of
# $\Psi$. The more points a component has, the less the prior matters. Fill in the body of `map_covariances`.
# **5 marks.**


# %% solution="map_covariances"
def map_covariances(data, resp, counts, means, psi, nu):
    """Return the most probable covariances (K, D, D), given the data and a prior: psi (D, D) and nu."""
    ### BEGIN SOLUTION
    covariances = []
    for k, mean in enumerate(means):
        centred = np.asarray(data) - mean
        scatter = (np.asarray(resp)[:, k, None] * centred).T @ centred
        covariances.append((psi + scatter) / (nu + counts[k] + len(mean) + 1))
    return np.array(covariances)
    ### END SOLUTION


# %% test="map_covariances"
check(map_covariances, out_of=5)

# %% [markdown]
# In the next cell, $\Psi$ is a thousandth of the covariance of all pictures, and $\nu = 5$. The function
# `prior` calls your `map_covariances` after each M-step. **Predict**: does the log-likelihood still rise in
# every iteration?


# %%
def prior(data, resp, counts, means, covs):
    """Return the most probable covariances under a weak prior: a repair."""
    return np.asarray(map_covariances(data, resp, counts, means, 1e-3 * np.cov(data, rowvar=False), 5))


run = fit(rgb, *start(rgb, bad), prior)
print(f"the bad start: {run['loglik'][-1]:.1f}, smallest soft count {run['resp'].sum(axis=0).min():.1f}")
ended = healthy["weights"], healthy["means"], healthy["covs"]
run = fit(rgb, *ended, prior, maxiter=20, thresh=-np.inf)
print("from the end of the healthy fit:", np.round(run["loglik"][:4], 2), "to", round(run["loglik"][-1], 2))

# %% [markdown]
# From the bad start, the component finds more pictures with the prior, as it did with the floor of 10⁻⁶. From
# other starts, a component may still keep one picture, or no picture. But the prior gives each component a
# smallest possible width. This smallest width follows from $\Psi$, $\nu$ and $N_k$.
#
# The second run starts EM with the prior where the healthy fit ended. Here the log-likelihood *falls*. With a
# prior, each iteration raises another sum: the log-likelihood plus the log of the prior. (With a floor, the
# log-likelihood never falls: the raised eigenvalues are the best that the floor allows.)
#
# For a healthy component the prior changes little. The prior counts like nine points, and the component has
# many more. The prior says that each component is a small copy of the whole cloud of pictures. For a
# component with a very different shape, the prior does harm.
#
# **Questions.** Write `True` or `False` for each statement in the next cell. Each answer is worth one mark.
# **2 marks.**
#
# - Of two runs, the run with the higher log-likelihood is the better model.
# - Even with a prior, the log-likelihood never falls.

# %% solution="quiz-collapse"
higher_is_better = never_falls_with_a_prior = None  # until you answer below
### BEGIN SOLUTION
higher_is_better, never_falls_with_a_prior = False, False
### END SOLUTION

# %% test="quiz-collapse"
check_answer("quiz-collapse", higher_is_better, never_falls_with_a_prior, out_of=2)

# %% [markdown]
# ## 4 Underflow (20 min)
#
# The mean log density of *new* points says how well a mixture predicts. A new point may lie far from every
# mean. Then its density under every component is smaller than the smallest number that a computer keeps. Such
# a density is rounded to 0: this is called **underflow**. The log of 0 is minus infinity, so one such point
# would make the mean minus infinity.
#
# Fill in the body of `heldout_loglik`: compute this mean so that it stays finite.
# `log_gaussians(data, means, covariances)` returns the log densities of the components, shape (N, K).
# `log_sum_exp(table, axis=1)` takes logs, adds the numbers themselves within each row, and returns the log of
# each sum. **4 marks.**


# %% solution="heldout_loglik"
def heldout_loglik(data, weights, means, covariances):
    """Return the mean log density of the points (N, D) under a mixture: one finite number."""
    ### BEGIN SOLUTION
    joint = np.log(weights) + log_gaussians(data, means, covariances)
    return log_sum_exp(joint, axis=1).mean()
    ### END SOLUTION


# %% test="heldout_loglik"
check(heldout_loglik, out_of=4)

# %% [markdown]
# Logs do not help where a covariance itself has lost digits. In the next cell, one eigenvalue is 10⁻ᵖ, and
# the other is 1. The ellipse is turned by 30 degrees, so every entry of the matrix is rounded. **Predict**
# from which p on the smallest eigenvalue is lost.

# %%
turn = np.array([[np.sqrt(3), -1], [1, np.sqrt(3)]]) / 2
for p in (4, 8, 12, 16, 20):
    thin = turn @ np.diag([1, 10.0**-p]) @ turn.T
    print(f"p = {p:2}: smallest eigenvalue {np.linalg.eigvalsh(thin)[0]:+.3e}")

# %% [markdown]
# At p = 16 the smallest eigenvalue is wrong by a tenth. At p = 20 it is lost: rounding errors are about
# 10⁻¹⁶. The covariance is nearly **singular**: one eigenvalue is almost 0. Logs repair small densities, but
# not such a covariance. A floor or a prior repairs it.

# %% [markdown]
# ## 5 Where to start (40 min)
#
# The start decides which maximum EM finds. **k-means++** (Arthur and Vassilvitskii, 2007) is a way to choose
# first means that are far apart. The first mean is a random data point. Each later mean is also a random data
# point. The probability of a point is then proportional to its *squared distance from the nearest point
# chosen so far*.
#
# The random numbers come as an argument, `draws`, so that the function can be checked. `draws[0]` chooses
# point number `int(draws[0] * N)`. For each later draw, compute the probabilities anew: divide the squared
# distances by their sum. Then take their cumulative sum. Choose the first point at which the cumulative
# sum is greater than the draw. Fill in the body of `kmeans_plus_plus`. **5 marks.**


# %% solution="kmeans_plus_plus"
def kmeans_plus_plus(data, draws):
    """Return the row numbers of the points in data (N, D) that the draws (K,) choose, in this order."""
    ### BEGIN SOLUTION
    data = np.asarray(data)
    chosen = [int(draws[0] * len(data))]
    for draw in draws[1:]:
        squares = ((data[:, None] - data[chosen]) ** 2).sum(axis=2).min(axis=1)
        reached = np.cumsum(squares) / squares.sum()
        chosen.append(int(np.argmax(reached > draw)))
    return np.array(chosen)
    ### END SOLUTION


# %% test="kmeans_plus_plus"
check(kmeans_plus_plus, out_of=5)

# %% [markdown]
# **Restarts.** A common method runs EM from many starts and keeps the run with the highest log-likelihood.
# The log-likelihood of a collapsed run has no upper limit, so a collapsed run must not count. Fill in the
# body of `best_of`, which chooses the run.
#
# `logliks` holds the final log-likelihood of each run. It may be NaN (*not a number*). `widths` holds the
# smallest eigenvalue of each run. A run counts if its log-likelihood is finite and its width is not below
# `floor`. Runs are numbered from 0. If no run counts, return -1. **3 marks.**


# %% solution="best_of"
def best_of(logliks, widths, floor):
    """Return the number of the best run that counts, or -1. logliks, widths: (R,). floor: a number."""
    ### BEGIN SOLUTION
    logliks, widths = np.asarray(logliks), np.asarray(widths)
    sound = np.isfinite(logliks) & (widths >= floor)
    return int(np.argmax(np.where(sound, logliks, -np.inf))) if sound.any() else -1
    ### END SOLUTION


# %% test="best_of"
check(best_of, out_of=3)

# %% [markdown]
# **How many starts are enough?** The next cell runs EM from 50 random starts and 50 k-means++ starts (a few
# seconds). The cell after it shows how good the best of n starts is on average. **Predict** which kind is
# better for n = 1 and for n = 20.


# %%
def random_start(rng):
    return rng.choice(len(rgb), 6, replace=False)


def spread_start(rng):
    return np.asarray(kmeans_plus_plus(rgb, rng.random(6)))


ends = {}
for name, choose in {"random": random_start, "k-means++": spread_start}.items():
    runs = [fit(rgb, *start(rgb, choose(np.random.default_rng(s))), floored(1e-8)) for s in range(50)]
    ends[name] = logliks, widths = np.array([[run["loglik"][-1], run["widths"][-1]] for run in runs]).T
    top, thin = logliks[best_of(logliks, widths, 1.1e-8)], sum(widths < 1.1e-8)
    print(f"{name:9} collapsed {thin:2} of 50, best {top:.1f}, reached by {sum(abs(logliks - top) < 0.1):2}")

# %%
counts = np.arange(1, 31)
curves = {}
for name, found in ends.items():
    sound = np.sort(np.where(found[1] < 1.1e-8, found[0].min(), found[0]))
    # With the probability (i / 50)^n, the best of n starts is one of the i worst of the 50.
    chance = np.diff((np.arange(51) / 50) ** counts[:, None], axis=1)
    curves[name] = chance @ sound
ax = plot_curves(counts, curves, "The best of n starts, on average", ["starts", "log-likelihood"])

# %% [markdown]
# With one start, k-means++ is better than a random start, on average. With many starts, the best of the
# random starts is better. One in five random starts reaches the highest maximum, but only one in fifty starts
# of k-means++. So the kind of start that is better on average may find the highest maximum less often. This
# is true at least for these data and this K.
#
# For random starts, the curve is almost flat after 15 starts. So plan 15 starts or more. For other data, look
# at such a curve again.


# %% [markdown]
# The next cell shows two starts after which some components are useless. In the first start, all means are
# equal. In the second start, one mean lies far away from all pictures. **Predict** the weights after EM from
# equal means. **Predict** the soft count of the far component after EM.


# %%
weights, means, covs = start(rgb, good)
equal = fit(rgb, weights, [rgb.mean(axis=0)] * 6, covs)
print("equal means:", len(equal["loglik"]) - 1, "iterations, weights", equal["weights"].round(3))
joint = np.log(weights) + log_gaussians(rgb, np.vstack([means[:5], [[40, 40, 40]]]), covs)
shares = np.exp(joint - log_sum_exp(joint, axis=1)[:, None])
print("soft counts with a far mean:", shares.sum(axis=0).round(1))
lost = log_sum_exp(joint, axis=1).argmin()
print("the picture that is explained worst:", lost, earth.category[lost])

# %% [markdown]
# Equal components get equal responsibilities, so they always stay equal: a start must break this
# *symmetry*. The responsibilities of the far component are so small that they became 0. Such a component is
# called **dead**. Its soft count is 0, so its new mean would be 0/0.

# %% [markdown]
# To revive a dead component, move its mean to the picture that the mixture explains worst. This is the
# picture with the smallest density. Give the component a new covariance and a new weight, as at a start.
#
# This is a good place to stop for the day.

# %% [markdown]
# ## 6 Which components are partners? (15 min)
#
# Two fits may number the same components differently. To compare the fits, find a partner for each component.
# A pair is a mean of the first fit and a mean of the second fit. Use each partner once, and make the sum of
# the squared distances over all pairs as small as possible.
#
# `linear_sum_assignment(table)` takes a table of costs, here the squared distances. It chooses the entries
# with the smallest sum, one in each row and one in each column. It returns the row numbers and the column
# numbers of these entries. Fill in the body of `match_components`. **3 marks.**


# %% solution="match_components"
def match_components(means, others):
    """Return order (K,): others[order[k]] is the partner of means[k]. means, others: (K, D)."""
    ### BEGIN SOLUTION
    squares = ((np.asarray(means)[:, None] - np.asarray(others)) ** 2).sum(axis=2)
    return linear_sum_assignment(squares)[1]
    ### END SOLUTION


# %% test="match_components"
check(match_components, out_of=3)

# %% [markdown]
# The next cell fits the hundred points of `gaussian-mixture`, from two starts. It compares the means of the
# two fits, coordinate by coordinate. **Predict** the largest difference, before and after the matching.

# %%
points = load_synthetic()
wide = [np.cov(points, rowvar=False)] * 3
known_start = [1 / 3] * 3, points[[20, 10, 96]], np.array(wide)
first, second = fit(points, *known_start), fit(points, [1 / 3] * 3, points[[63, 51, 83]], wide)
order = match_components(first["means"], second["means"])
print("the partners of 0, 1 and 2:", order)
for name, chosen in {"unmatched": [0, 1, 2], "matched": order}.items():
    print(f"{name:9} largest difference {np.abs(first['means'] - second['means'][chosen]).max():.6f}")

# %% [markdown]
# ## 7 How many components? (30 min)
#
# If you add components, the highest log-likelihood cannot become lower. So the log-likelihood alone cannot
# choose the number of components. The **Bayesian information criterion** (BIC)
# adds a penalty for each free parameter: $-2\log L + p \log N$, and **lower is better**. Here $\log L$ is the
# log-likelihood of all $N$ points, and $p$ is the number of free parameters. All logs are natural.
#
# The parameters are the weights, the means and the covariances. The covariances are **full**: no entry is
# fixed to 0. A symmetric D × D matrix has D (D + 1) / 2 free numbers. The weights sum to 1, so the last
# weight is not free. Fill in the body of `bic`. **3 marks.**


# %% solution="bic"
def bic(loglik, num_points, num_dims, num_components):
    """Return the BIC of a mixture of Gaussians with full covariances: lower is better."""
    ### BEGIN SOLUTION
    K, D = num_components, num_dims
    free = (K - 1) + K * D + K * D * (D + 1) // 2
    return free * np.log(num_points) - 2 * loglik
    ### END SOLUTION


# %% test="bic"
check(bic, out_of=3)

# %% [markdown]
# The other way to choose is **cross-validation**. Divide the data into five parts, which are called
# **folds**. Fit the mixture to four folds, and compute the mean log density of the fifth fold, which is
# **held out**. Do this five times, so that each fold is held out once.
#
# The next cell computes both BIC and cross-validation with half of the pictures (every second one), in
# about ten seconds. Pictures of equal colour stay in the same fold. A run in which a component has fewer
# than 4 pictures does not count: in place of the widths, the cell gives `best_of` the smallest soft
# counts. **Predict**: do BIC and the held-out data choose the same number of components?


# %%
def fitted(data, K, starts):
    """Return the parameters of the best run from some random starts, with a floor of 1e-6."""
    draws = [np.random.default_rng(seed).choice(len(data), K, replace=False) for seed in range(starts)]
    runs = [fit(data, *start(data, chosen), floored(1e-6), thresh=1e-2) for chosen in draws]
    fewest = [run["resp"].sum(axis=0).min() for run in runs]
    best = best_of([run["loglik"][-1] for run in runs], fewest, 4)
    assert best >= 0, "no run counts: use more starts"
    return tuple(runs[best][name] for name in ("weights", "means", "covs"))


def heldout(data, K, fold):
    """Return the mean log density of each fold, under the fit to the other four folds."""
    return [heldout_loglik(data[fold == i], *fitted(data[fold != i], K, 4)) for i in range(5)]


half, numbers = rgb[::2], [2, 4, 6, 8, 10, 12, 14]
colours, colour = np.unique(half, axis=0, return_inverse=True)
fold = (np.random.default_rng(0).permutation(len(colours)) % 5)[colour]
logliks = [len(half) * heldout_loglik(half, *fitted(half, K, 12)) for K in numbers]
criteria = [bic(loglik, len(half), 3, K) for loglik, K in zip(logliks, numbers)]
folds = np.array([heldout(half, K, fold) for K in numbers])
tested, error = folds.mean(axis=1), folds.std(axis=1, ddof=1).mean() / np.sqrt(5)
_, (left, right) = plt.subplots(1, 2, figsize=(10, 4), dpi=80, layout="constrained")
ax = plot_curves(numbers, {"BIC": criteria}, "BIC, lower is better", ["components", "BIC"], ax=left)
ax = plot_curves(
    numbers, {"held out": tested}, "Held out, higher is better", ["components", "log density"], ax=right
)
print("BIC chooses", numbers[np.argmin(criteria)], "  held-out data choose", numbers[np.argmax(tested)])
print("BIC:", np.round(criteria), "\nheld out:", tested.round(2), f"standard error {error:.2f}")

# %% [markdown]
# BIC chooses 10 components, and held-out data choose 14. For BIC, each further free parameter must raise the
# log-likelihood by at least ½ log N, here 3. For held-out data, a smaller gain is enough. From 10 components
# on, the held-out results differ by no more than the **standard error**. The standard error says how far such
# a mean may differ from the true value by chance. So with other folds another number may be best, and 14 is
# the largest number that was tried. Neither choice is 6, the number of categories: a category need not be one
# Gaussian.
#
# With three starts in place of twelve, BIC would choose 8. So too short a search changes the answer.
#
# **Questions.** Write both answers in the next cell. **2 marks.**
#
# - A mixture of Gaussians has 6 components in 3 dimensions, with full covariances. How many free parameters
#   does the mixture have?
# - `True` or `False`: *the number of components with the lowest BIC always predicts new data best*.

# %% solution="quiz-parameters"
free_parameters = lowest_predicts_best = None  # until you answer below
### BEGIN SOLUTION
free_parameters, lowest_predicts_best = 59, False
### END SOLUTION

# %% test="quiz-parameters"
check_answer("quiz-parameters", free_parameters, lowest_predicts_best, out_of=2)

# %% [markdown]
# What do new data say about a collapsed component? The next cell fits every second picture. Then it adds a
# component on one picture, or on the colour that seven pictures share. **Predict**: how does this change the
# mean log density of fitted pictures and of new pictures?


# %%
train, test = rgb[::2], rgb[1::2]
sound, share = fitted(train, 6, 4), 1 / len(train)
colours, copies = np.unique(train, axis=0, return_counts=True)
print(f"no collapse:     fitted {heldout_loglik(train, *sound):.4f}, new {heldout_loglik(test, *sound):.4f}")
for name, colour in {"one picture": train[0], "seven pictures": colours[copies.argmax()]}.items():
    weights, means = np.append((1 - share) * sound[0], share), np.vstack([sound[1], colour])
    more = weights, means, np.append(sound[2], [1e-30 * np.eye(3)], axis=0)
    print(f"{name:15}: fitted {heldout_loglik(train, *more):.4f}, new {heldout_loglik(test, *more):.4f}")

# %% [markdown]
# The component on one picture raises the mean log density of the fitted pictures. A smaller variance raises
# it more. New pictures gain nothing. But the component on the seven pictures helps new pictures, too: some of
# the seven are new. Therefore equal colours stayed in one fold.

# %% [markdown]
# ## 8 k-means is a limit of EM (20 min)
#
# In **k-means**, each point belongs to its nearest mean only, and each mean moves to the average of its
# points. Fill in the body of `kmeans_step`, which makes one such step. The label of a point is the number of
# its component, counted from 0. If a component gets no points, its mean stays where it is. **3 marks.**


# %% solution="kmeans_step"
def kmeans_step(data, means):
    """Return the labels (N,) from the given means (K, D), and then the new means (K, D)."""
    ### BEGIN SOLUTION
    data, means = np.asarray(data), np.array(means, dtype=float)
    labels = ((data[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    for k in np.unique(labels):
        means[k] = data[labels == k].mean(axis=0)
    return labels, means
    ### END SOLUTION


# %% test="kmeans_step"
check(kmeans_step, out_of=3)

# %% [markdown]
# Compare k-means with EM. Here EM has equal weights, and its covariances are fixed to $\sigma^2 I$. So only
# the means move. **Predict**: how small must $\sigma$ be until k-means and EM take the same steps?

# %%
for sigma in (1, 0.3, 0.1, 0.03, 0.01):
    hard, soft, apart = points[[20, 10, 96]], points[[20, 10, 96]], []
    for _ in range(8):
        hard = np.asarray(kmeans_step(points, hard)[1])
        soft = m_step(points, e_step(points, [1 / 3] * 3, soft, [sigma**2 * np.eye(2)] * 3)[0])[1]
        apart.append(np.abs(hard - soft).max())
    print(f"sigma {sigma:4}: the means differ in eight steps by at most {max(apart):.5f}")

# %% [markdown]
# When $\sigma$ goes to 0, the nearest mean gets the responsibility 1, and all other means get 0. Then the
# E-step assigns points as k-means does. So k-means is EM with equal, round and very narrow components.

# %% [markdown]
# ## 9 Slow plateaus (10 min)
#
# On a **plateau**, the log-likelihood hardly rises for many iterations. The data are the four categories of
# `image-clusters`, with the start of that notebook. **Predict** at which iteration EM stops with
# `thresh=0.01`.
#
# **Over-relaxation** is one way to go faster. Compute the step of EM, and go `eta` times as far in the same
# direction. If this long step would lower the log-likelihood, take the plain step of EM instead. The plain
# step then costs a second E-step. You do not have to write this: the next cell has the code.


# %%
def relaxed(data, weights, means, covs, eta, maxiter=500, thresh=1e-4):
    """Run EM with steps that are eta times as long, and return all log-likelihoods."""
    now = np.array(weights), np.array(means), np.array(covs)
    resp, loglik = e_step(data, *now)
    trace = [loglik]
    while len(trace) <= maxiter and (len(trace) < 2 or trace[-1] - trace[-2] >= thresh):
        plain = m_step(data, resp)
        longer = tuple(old + eta * (new - old) for old, new in zip(now, plain))
        sound = longer[0].min() > 0 and np.linalg.eigvalsh(longer[2]).min() > 0
        now, (resp, loglik) = longer, e_step(data, *longer) if sound else (None, -np.inf)
        if loglik <= trace[-1]:
            now, (resp, loglik) = plain, e_step(data, *plain)
        trace.append(loglik)
    return trace


four = load_earth(["desert", "rainforest", "grassland", "ocean"]).rgb
begin = start(four, [422, 285, 532, 263])
early = fit(four, *begin, thresh=0.01)["loglik"]
traces = {f"eta {eta}": relaxed(four, *begin, eta) for eta in (1, 1.8, 4)}
print(f"thresh 0.01: {len(early) - 1} iterations, {early[-1]:.2f}")
for name, trace in traces.items():
    print(f"{name}: {len(trace) - 1} iterations, {trace[-1]:.2f}")
longest = max(map(len, traces.values()))
padded = {name: np.append(t, [np.nan] * (longest - len(t))) for name, t in traces.items()}
late = {name: trace[9::3] for name, trace in padded.items()}
axes = ["iteration", "log-likelihood"]
ax = plot_curves(np.arange(longest)[9::3], late, "A plateau, and longer steps", axes)

# %% [markdown]
# With `thresh=0.01`, EM stops on the plateau. Its log-likelihood is then 49 lower than at the maximum. So a
# small gain does not mean that the maximum is near. On this plateau, steps that are four times as long need
# less than half of the iterations.

# %% [markdown]
# ## 10 A log-likelihood that never falls is no proof (10 min)
#
# The next cell tries two other M-steps. One computes the covariances about the *old* means. The other keeps
# only the covariances' diagonals. **Predict** for each: will the log-likelihood fall in some iteration? Will
# EM converge to another result?


# %%
def other_m_step(data, resp, old_means, kind):
    weights, means, covs = m_step(data, resp)
    old = covs + [np.outer(shift, shift) for shift in means - old_means]
    return weights, means, {"correct": covs, "old means": old, "diagonals": covs * np.eye(2)}[kind]


for kind in ("correct", "old means", "diagonals"):
    now, trace = known_start, [-np.inf, e_step(points, *known_start)[1]]
    while trace[-1] - trace[-2] >= 1e-4:
        now = other_m_step(points, e_step(points, *now)[0], now[1], kind)
        trace.append(e_step(points, *now)[1])
    print(f"{kind:9} {len(trace) - 2} iterations to {trace[-1]:.4f}, smallest gain {min(np.diff(trace)):.5f}")

# %% [markdown]
# The log-likelihood never falls here. Each of the two M-steps raises the **lower bound** (see
# `gaussian-mixture`, section 8), but not always to its maximum. With old means, EM converges to the same
# maximum: old and new means are equal at a maximum. With diagonals, it converges to a lower log-likelihood.
# (That M-step belongs to another model, in which all covariances are diagonal.)
#
# The M-step of EM *maximises* the bound. So test an M-step like this: change its result a little (*nudge*
# it), and compute the bound again. No small change may raise the bound. Such a test needs no correct answer
# to compare with. It tests only the M-step, not the E-step.

# %%
resp = e_step(points, *known_start)[0]
for kind in ("correct", "old means", "diagonals"):
    _, means, covs = other_m_step(points, resp, known_start[1], kind)
    nudged = [covs, 0.9 * covs, 1.1 * covs, covs + [[0, 0.2], [0.2, 0]], covs - [[0, 0.2], [0.2, 0]]]
    # The part of the bound that depends on the covariances:
    bound = np.array([np.sum(resp * log_gaussians(points, means, each)) for each in nudged])
    print(f"{kind:9} smaller, larger, tilted both ways: {np.round(bound[1:] - bound[0], 2)}")

# %% [markdown]
# For the correct M-step, all four changes lower the bound. For each of the other M-steps, some change raises
# the bound. Test only changes that your model allows: a model with diagonal covariances allows no tilt.

# %% [markdown]
# ## 11 The bound, drawn (5 min)
#
# Here is the lower bound of `gaussian-mixture` once more. This time you can move it. Only one parameter
# changes: the second mean of a mixture on a line. The slider sets this mean. An E-step at this mean makes a
# bound that *touches* the log-likelihood there. The M-step moves the mean to the maximum of the bound. Drag
# the slider.

# %% tags=["nbval-ignore-output"]
line, grid = np.array([-2.0, -1.0, 0.0, 2.0, 3.0, 4.5])[:, None], np.linspace(-4, 6, 81)


def scores_at(mean):
    return np.log(0.5) + log_gaussians(line, [[-1.0], [mean]], np.ones((2, 1, 1)))


def show_bound(mean):
    log_resp = scores_at(mean) - log_sum_exp(scores_at(mean), axis=1)[:, None]
    bound = [np.sum(np.exp(log_resp) * (scores_at(other) - log_resp)) for other in grid]
    curves = {"log-likelihood": [log_sum_exp(scores_at(other), axis=1).sum() for other in grid]}
    curves["lower bound"] = np.where(np.array(bound) > -55, bound, np.nan)
    return plot_curves(grid, curves, f"From {mean} to {grid[np.argmax(bound)]:.1f}", ["second mean", "log L"])


slide(show_bound, -4, 6)

# %% [markdown]
# ## 12 Against a library (5 min)
#
# `GaussianMixture` of scikit-learn is EM, too. Its `tol` is a gain *per point*, and its `reg_covar` is added
# to every variance. With the same threshold, scikit-learn does one more iteration than `fit`. So here `fit`
# runs as many iterations as scikit-learn. **Predict**: how close are the two results with scikit-learn's
# usual `reg_covar`, and how close without it?

# %%
begin = start(rgb, good)
for ridge in (1e-6, 0):
    library = GaussianMixture(6, tol=1e-4 / len(rgb), reg_covar=ridge, max_iter=500)
    start_from = {"means_init": begin[1], "precisions_init": np.linalg.inv(begin[2])}
    library.set_params(weights_init=begin[0], **start_from).fit(rgb)
    own = fit(rgb, *begin, maxiter=library.n_iter_, thresh=-np.inf)
    print(f"reg_covar {ridge:.0e}: means differ by {np.abs(library.means_ - own['means']).max():.1e}", end="")
    print(f", log-likelihood {library.score(rgb) * len(rgb):.1f}")
print(f"BIC: {library.bic(rgb):.4f} and {bic(own['loglik'][-1], len(rgb), 3, 6):.4f}")

# %% [markdown]
# Without `reg_covar`, the two fits differ by rounding only. The usual `reg_covar`, 10⁻⁶, is larger than the
# width of the healthy fit. With it, the means differ by 0.01, and the log-likelihood is 35 lower. The floor
# of 10⁻⁶ cost only 3: it changes only variances below the floor.

# %% [markdown]
# ## 13 A density is not a clustering (optional, 5 min)
#
# The points in the next cell lie on two crescents (half circles). The mixture has eight components.
# **Predict**: will one component cover one whole crescent?

# %%
angle = np.random.default_rng(5).uniform(0, np.pi, 300)
bent = np.column_stack([np.cos(angle), np.sin(angle)])
bent[150:] = [1, 0.4] - bent[150:]
bent += np.random.default_rng(6).normal(scale=0.08, size=bent.shape)
curved = fit(bent, *start(bent, np.asarray(kmeans_plus_plus(bent, np.random.default_rng(7).random(8)))))
ax = plot_contours(bent, curved["means"], curved["covs"], "Eight components on two crescents")

# %% [markdown]
# Four components share each crescent. Each component covers a piece of an arc, and no component covers a
# whole crescent. A mixture describes where points are. Whether a component is a *group* is a question about
# the world, not about the mixture.

# %% [markdown]
# ## 14 A collapse that stops (10 min)
#
# Two points lie at the same place, as in the explorer's gallery. The M-step uses *your* `floor_eigenvalues`,
# with a floor of 0.05. **Predict**, then press play. Then set the floor to `1e-12`, run the cell again, and
# play to the end.


# %% tags=["nbval-ignore-output"]
def responsibilities(*now):
    return e_step(*now)[0]


def careful(data, resp, floor=0.05):
    return m_step(data, resp, floored(floor))


def at_the_end(run):
    width = np.linalg.eigvalsh(run.frames[-1].params.covariances).min()
    return "it shrinks almost to 0" if width < 1e-9 else "it stops at the floor"


noise = np.random.default_rng(3).normal(size=(40, 2))
heaps = np.vstack([noise[:20], noise[20:] + [4, 1], [[2, 4], [2, 4]]])
begin = [1 / 3] * 3, [[0, 0], [4, 1], [2, 4]], [np.eye(2), np.eye(2), 0.4 * np.eye(2)]
question = "What happens to the component on the two equal points?"
asked = {"choices": ["it shrinks almost to 0", "it stops at the floor"], "happened": at_the_end}
explore(heaps, responsibilities, careful, begin, question, **asked, model="gaussian")

# %% [markdown]
# ## 15 In your own words (15 min)
#
# A colleague writes: "We fitted mixtures with 2 to 30 components, and took the mixture with the highest
# log-likelihood. It has 30 components, and one component is extremely sharp, so we have discovered a new kind
# of object."
#
# Answer in four to six sentences. **4 marks.** A person reads your answer, and gives one mark for each of
# these points:
#
# - why the highest log-likelihood says nothing here: name two reasons (more components, collapse), and a
#   number from this notebook;
# - how to find out whether the sharp component (the very narrow one) has collapsed;
# - one repair, and what it assumes or costs;
# - how you would choose the number of components, and why you would use several starts.

# %% [markdown] manual="in-your-own-words" points=4
# With more components, the highest log-likelihood cannot fall. And a component that shrinks onto one point
# raises it without limit. In my notebook, one collapsed component raised the mean log density of the fitted
# pictures by 0.2. New pictures gained nothing. Look at the soft count of the sharp component and at its
# smallest eigenvalue: mine had a soft count of 1.0. With a floor of 10⁻⁶ on the eigenvalues it found more
# pictures. The floor assumes that no real component is thinner, and it cost the healthy fit 3. I would choose
# the number by the log density of held-out data, beside BIC. Each number needs several starts, because only
# one random start in five reached the highest maximum.

# %% [markdown]
# ## What to take away
#
# - The likelihood of a Gaussian mixture has no upper limit. A floor limits it. A prior limits the product of
#   likelihood and prior. Both assume something, and a component may still stay on one point.
# - Logs repair small densities, but not a covariance that is nearly singular.
# - The start decides. Run EM from many starts, leave out collapsed runs, and keep the best run.
# - Match components before you compare them.
# - Held-out data say how well a mixture predicts, not what its components mean.
# - Even a wrong M-step may never lower the log-likelihood. To test an M-step, change its result a little: the
#   bound must not rise.
#
# Save the notebook (Ctrl + S): you hand in the saved file.

# %% [markdown] include="symbols.md"
