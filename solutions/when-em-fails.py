# %% [markdown]
# # When EM fails
#
# EM is fast, simple, and easy to fool. In this assignment you watch it fail, on data that you know.
# You predict each failure, see it, and write what helps: repairs, better starts, and measures that
# say which fit to trust. For more than twenty years most speech recognisers scored sounds by mixtures of
# Gaussians. Their training usually kept each variance above a smallest value, a *floor*.
#
# **Plan four hours.** Each heading says how many minutes its section takes. A good place to stop for the
# day is after section 5. Sections 9 to 14 have nothing to write, and section 13 is optional.


# %% [markdown]
# ## How this notebook works
#
# Run the cells from top to bottom with Shift + Enter. Where a cell says `YOUR CODE HERE`, replace
# the line below it. The next cell checks your code on public cases, as often as you like. Hidden
# cases decide the mark.
#
# The steps of EM keep their four names: **score**, **normalise**, **count**, **re-estimate**.
# [The last cell](#Symbols) explains the symbols and the main terms.
#
# `example("bic")` returns the arguments of a case, to try by hand. A cell that still runs shows
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

import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.mixture import GaussianMixture

from helpers import check, check_answer, compare_prediction, example, explore, load_earth, load_synthetic
from helpers import log_gaussians, log_sum_exp, plot_contours, plot_curves, plot_data, slide

# %% [markdown]
# ## Before you start: three questions from memory
#
# <details><summary>1. Which step of EM can change the log-likelihood, the E-step or the
# M-step?</summary>The M-step. The E-step changes no parameter.</details>
#
# <details><summary>2. A Gaussian gets narrower. What happens to its density at its own mean?</summary>It
# grows, without limit.</details>
#
# <details><summary>3. Two fits have the same log-likelihood, and component 0 of the one is component 2 of
# the other. Is one of them wrong?</summary>No. The numbers of the components mean nothing.</details>

# %% [markdown]
# ## 1 A fit that works (10 min)
#
# The data are the 860 pictures of the Earth, each by its mean red, green and blue. EM is given
# here. It has one addition: `repair` is a function that may change the covariances after each
# M-step.

# %% [markdown]
# `fit` also keeps the *width* in each iteration: the smallest eigenvalue of all covariances. It
# is the variance of the thinnest component along its thinnest direction.


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
    """Run EM until the gain is smaller than thresh, or until a covariance cannot be inverted."""
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
    """Return equal weights, the chosen points as means, and the variances of all data."""
    K = len(chosen)
    return np.full(K, 1 / K), data[chosen], [np.diag(data.var(axis=0))] * K


# %% [markdown]
# Six random pictures are the means, chosen because this start works well. Its log-likelihood and
# width at the end:

# %%
earth = load_earth()
rgb = earth.rgb
good, bad = (np.random.default_rng(seed).choice(len(rgb), 6, replace=False) for seed in (1, 10))
healthy = fit(rgb, *start(rgb, good))
print(f"log-likelihood {healthy['loglik'][-1]:.1f}, width {healthy['widths'][-1]:.1e}")

# %% [markdown]
# ## 2 Collapse (25 min)
#
# Now six other random pictures, chosen because they fail: about one random start in sixteen does. Nothing
# else is different. **Predict** what the width does while the log-likelihood rises. Then run.

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
# One component keeps a single picture. Its mean moves onto this picture, so all its variances shrink.
# At its own mean a Gaussian has the density $(2\pi)^{-D/2}\,|\Sigma|^{-1/2}$. When the determinant
# goes to 0, this goes to infinity, while the *other* components still cover the rest of the data. So
# the log-likelihood has no upper limit. A computer does not get so far: the covariance can no longer
# be inverted, and `fit` ends.
#
# Two or three pictures do the same. They lie on a line or in a plane, so at least one of the three variances
# is 0. So do equal points: seven of the pictures, of deep sea, have exactly the same colour. All of this
# is called a *collapse*.

# %% [markdown]
# **A floor.** The simplest repair: raise every eigenvalue below a floor to the floor, and leave the
# eigenvectors as they are. `np.linalg.eigh` takes all K matrices at once. It returns the eigenvalues,
# (K, D), and the eigenvectors as columns, (K, D, D). **4 marks.**



# %% solution="floor_eigenvalues"
def floor_eigenvalues(covariances, floor):
    """Return the covariances (K, D, D) with each eigenvalue below the floor, a number, raised to it."""
    ### BEGIN SOLUTION
    values, vectors = np.linalg.eigh(covariances)
    raised = np.maximum(values, floor)
    return (vectors * raised[:, None, :]) @ np.swapaxes(vectors, 1, 2)
    ### END SOLUTION


# %% test="floor_eigenvalues"
check(floor_eigenvalues, out_of=4)

# %% [markdown]
# Now both starts, with floors from small to large. The healthy fit has a width of 7 · 10⁻⁷.
# **Predict** which floors change it, and what a floor that is too large costs.


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
# EM no longer stops. With the small floors the healthy fit does not change, and the other still
# keeps a component on one picture. With a floor of 10⁻⁶ this component finds more pictures, and the healthy
# fit loses 3. A floor of 10⁻⁴ costs it more than a thousand: the colours of the ocean, the ice and the
# rainforest are thin clouds, and now nothing may be thin.
#
# So you must know how thin real components are. And a floor only limits the log-likelihood: from most
# other starts that collapse, the component stays on about three pictures or fewer. A component on twenty
# nearly equal pictures can be far too thin as well. So look at soft counts *and* widths.

# %% [markdown]
# ## 3 A prior in place of a floor (25 min)
#
# A *prior* says before any data which covariances are plausible. The usual one is the **inverse
# Wishart**: a matrix $\Psi$ and a number $\nu$. It counts like $\nu + D + 1$ more points whose outer
# products about the mean sum to $\Psi$. The most probable covariance given the data (MAP, maximum a
# posteriori) is
#
# $$\Sigma_k = \frac{\Psi + S_k}{\nu + N_k + D + 1}, \qquad
# S_k = \sum_n r_{nk}\, (x_n - \mu_k)(x_n - \mu_k)^\top .$$
#
# $N_k$ is `counts[k]`, and $S_k$ is the *scatter* about the given means. A component without points
# gets a multiple of $\Psi$. The more points it has, the less the prior matters. **5 marks.**


# %% solution="map_covariances"
def map_covariances(data, resp, counts, means, psi, nu):
    """Return the most probable covariances, (K, D, D), under the prior with psi, (D, D), and nu."""
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
# Take $\Psi$ as a small part of the covariance of all pictures, and $\nu = 5$. **Predict**: does
# the log-likelihood still rise in every iteration?


# %%
def prior(data, resp, counts, means, covs):
    """A repair: the most probable covariances."""
    return np.asarray(map_covariances(data, resp, counts, means, 1e-3 * np.cov(data, rowvar=False), 5))


run = fit(rgb, *start(rgb, bad), prior)
print(f"the bad start: {run['loglik'][-1]:.1f}, smallest soft count {run['resp'].sum(axis=0).min():.1f}")
ended = healthy["weights"], healthy["means"], healthy["covs"]
run = fit(rgb, *ended, prior, maxiter=20, thresh=-np.inf)
print("from the end of the healthy fit:", np.round(run["loglik"][:4], 2), "to", round(run["loglik"][-1], 2))

# %% [markdown]
# From this start the component finds more pictures with the prior, too. From other starts it may still keep
# one picture, or none. No width can be smaller than a number that follows from $\Psi$, $\nu$ and $N_k$.
#
# But when EM with the prior begins at the end of the healthy fit, the log-likelihood *falls*. Each iteration
# now raises another sum: the log-likelihood plus the log of the prior. (With a floor it never falls: the
# raised eigenvalues are the best that the floor allows.)
#
# The prior costs a healthy component little, because it counts for nine points among many. It says
# that each component is a small copy of the whole cloud. Where that is far from true, it does harm.
#
# **Questions**, `True` or `False`, each worth a mark. **2 marks.**
#
# - Of two runs, the one with the higher log-likelihood is the better model.
# - With a prior, the log-likelihood still never falls.

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
# The mean log density of *new* points says how well a mixture predicts. A new point may lie far
# from every mean. There every density is smaller than the smallest number that a computer keeps,
# and the log of 0 is minus infinity: this is called *underflow*. One such point would make the mean minus
# infinity.
#
# Write the mean so that it stays finite. `log_gaussians(data, means, covariances)` gives the (N,
# K) log densities, and `log_sum_exp(table, axis=1)` adds within each row. **4 marks.**


# %% solution="heldout_loglik"
def heldout_loglik(data, weights, means, covariances):
    """Return the mean log density of the points (N, D) under a mixture: one number, always finite."""
    ### BEGIN SOLUTION
    joint = np.log(weights) + log_gaussians(data, means, covariances)
    return log_sum_exp(joint, axis=1).mean()
    ### END SOLUTION


# %% test="heldout_loglik"
check(heldout_loglik, out_of=4)

# %% [markdown]
# Logs cannot help where a covariance itself has lost digits. In the next cell one eigenvalue is 10⁻ᵖ and
# the other is 1. The matrix is turned by 30 degrees, so every entry is rounded. **Predict** from which p
# on its smallest eigenvalue is lost.

# %%
turn = np.array([[np.sqrt(3), -1], [1, np.sqrt(3)]]) / 2
for p in (4, 8, 12, 16, 20):
    thin = turn @ np.diag([1, 10.0**-p]) @ turn.T
    print(f"p = {p:2}: smallest eigenvalue {np.linalg.eigvalsh(thin)[0]:+.3e}")

# %% [markdown]
# At p = 16 the number is already wrong by a tenth, and at 20 it is lost.
# (10⁻¹⁶ is about the size of the rounding.) Logs repair densities. They do not repair a covariance that
# is nearly *singular*. A floor or a prior does.

# %% [markdown]
# ## 5 Where to start (40 min)
#
# The start decides to which maximum EM climbs. **k-means++** (Arthur and Vassilvitskii, 2007) spreads
# the first means: the first is a random point, and each later one is a random point again, but
# far points have a better chance. A point's chance is proportional to its *squared distance from
# the nearest point chosen so far*.
#
# To make it checkable, the random numbers come as an argument. `draws[0]` chooses point number
# `int(draws[0] * N)`. Each later draw chooses the first point at which the cumulative sum of the
# chances, which ends at 1, is greater than the draw. **5 marks.**


# %% solution="kmeans_plus_plus"
def kmeans_plus_plus(data, draws):
    """Return the row numbers of the points (N, D) that k-means++ chooses by the draws (K,), in order."""
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
# **Restarts.** One runs EM from many starts and keeps the run with the highest log-likelihood. A
# collapsed run has no upper limit, so it must not count. Write the choice.
#
# `logliks` holds the final log-likelihood of each run, perhaps NaN. `widths` holds the smallest
# eigenvalue of each run. A run counts if its log-likelihood is finite and its width is not below
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
# **How many starts are enough?** The next cell runs 50 random starts and 50 of k-means++, in a few
# seconds. Then it asks: of n starts, how good is the best one on average? **Predict** which kind of
# start wins, with 1 start and with 20.


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
    # The best of n draws is among the worst i of 50 with chance (i / 50)^n.
    chance = np.diff((np.arange(51) / 50) ** counts[:, None], axis=1)
    curves[name] = chance @ sound
ax = plot_curves(counts, curves, "The best of n starts, on average", ["starts", "log-likelihood"])

# %% [markdown]
# On average, one start of k-means++ is better than one random start. The best of many is better with
# random starts: one in five of them reaches the highest maximum, of k-means++ one in fifty. So a start
# that is good on average need not be the one that finds the best, at least for these data and this K.
#
# For random starts the curve is almost flat after 15. So plan 15 or more, and look at such a curve
# again for other data.


# %% [markdown]
# Two starts that keep a component from its work. In the first all means are equal. In the second, one
# mean lies far away. **Predict** both results.


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
# Equal components get equal shares, so they stay equal for ever: a start must break the *symmetry*. The
# far component's shares are so small that they became 0: it is *dead*, and its new mean would be 0/0.

# %% [markdown]
# To revive a dead component, move its mean to the picture that the mixture explains worst, and start its
# covariance and weight anew.
#
# This is a good place to stop for the day.

# %% [markdown]
# ## 6 Whose component is whose? (15 min)
#
# Two fits number their components differently. To compare them, find the partner of each
# component: the pairs whose squared distances have the smallest sum, each partner used once.
# `linear_sum_assignment(table)` returns rows and columns of the cheapest assignment. **3 marks.**


# %% solution="match_components"
def match_components(means, others):
    """Return order (K,): the partner of means[k] is others[order[k]]. means, others: (K, D)."""
    ### BEGIN SOLUTION
    squares = ((np.asarray(means)[:, None] - np.asarray(others)) ** 2).sum(axis=2)
    return linear_sum_assignment(squares)[1]
    ### END SOLUTION


# %% test="match_components"
check(match_components, out_of=3)

# %% [markdown]
# The hundred points of the first assignment, from two starts. **Predict**: how far apart are the
# means, before and after the matching?

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
# With more components (and a floor) the best log-likelihood cannot fall, so it cannot choose. The *Bayesian
# information criterion* charges for each free parameter: $-2\log L + p \log N$, and **lower is
# better**. Here log L is the log-likelihood of all N points together, and log is the natural log.
#
# The parameters are weights, means and full covariances. A symmetric D × D matrix has D (D + 1) / 2
# free numbers. The weights sum to 1, so the last one is not free. **3 marks.**


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
# The other way is **cross-validation**: fit four fifths, ask for the mean log density of the last fifth,
# five times in turn. The next cell does both, with every second picture, in some ten seconds. Pictures of
# equal colour stay in the same fifth. A run in which a component has fewer than 4 pictures does not count:
# `best_of` gets the smallest soft counts in place of the widths. **Predict**: do the two agree?


# %%
def fitted(data, K, starts):
    """Return the parameters of the best fit from some random starts, with a floor of 1e-6."""
    draws = [np.random.default_rng(seed).choice(len(data), K, replace=False) for seed in range(starts)]
    runs = [fit(data, *start(data, chosen), floored(1e-6), thresh=1e-2) for chosen in draws]
    fewest = [run["resp"].sum(axis=0).min() for run in runs]
    best = best_of([run["loglik"][-1] for run in runs], fewest, 4)
    assert best >= 0, "no run counts: allow more starts"
    return tuple(runs[best][name] for name in ("weights", "means", "covs"))


def heldout(data, K, fold):
    """Return the mean log density of each fold under a fit of the others."""
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
# BIC chooses 10, held-out data 14. In log-likelihood, BIC charges ½ log N for each free parameter, here
# 3. Held-out data charge less. From 10 on they differ by no more than the *standard error*, which says how
# far such a mean may be off by chance. So with other folds another number may win, and 14 is the largest
# that was tried. Neither choice is 6: a category need not be one Gaussian.
#
# With three starts in place of twelve, BIC would choose 8: too short a search changes the answer.
#
# **Questions.** A mixture of Gaussians has 6 components in 3 dimensions, with full covariances.
# How many free parameters does it have? And a statement, `True` or `False`: *the number of
# components with the lowest BIC always predicts new data best*. **2 marks.**

# %% solution="quiz-parameters"
free_parameters = lowest_predicts_best = None  # until you answer below
### BEGIN SOLUTION
free_parameters, lowest_predicts_best = 59, False
### END SOLUTION

# %% test="quiz-parameters"
check_answer("quiz-parameters", free_parameters, lowest_predicts_best, out_of=2)

# %% [markdown]
# What do new data say about a collapsed component? We fit every second picture, and add a component on
# one picture, or on the colour that seven tiles share. **Predict** what each does to the mean log density
# of the fitted pictures, and of the others.


# %%
train, test = rgb[::2], rgb[1::2]
sound, share = fitted(train, 6, 4), 1 / len(train)
colours, copies = np.unique(train, axis=0, return_counts=True)
print(f"no collapse:     fitted {heldout_loglik(train, *sound):.4f}, new {heldout_loglik(test, *sound):.4f}")
for name, colour in {"one picture": train[0], "the seven tiles": colours[copies.argmax()]}.items():
    weights, means = np.append((1 - share) * sound[0], share), np.vstack([sound[1], colour])
    more = weights, means, np.append(sound[2], [1e-30 * np.eye(3)], axis=0)
    print(f"{name:15}: fitted {heldout_loglik(train, *more):.4f}, new {heldout_loglik(test, *more):.4f}")

# %% [markdown]
# A collapse onto one picture raises what was fitted, and more so with a smaller variance. New pictures gain
# nothing. But some of the seven
# equal tiles are among the new pictures. So held-out data praise this collapse, too. That is why equal
# colours stayed in the same fifth before.

# %% [markdown]
# ## 8 k-means is a limit (20 min)
#
# In **k-means**, each point belongs wholly to its nearest mean, and each mean moves to the middle
# of its points. Write one step. If a component gets no points, its mean stays where it is. Labels
# are numbers of components, from 0. **3 marks.**


# %% solution="kmeans_step"
def kmeans_step(data, means):
    """Return the labels (N,), by the given means (K, D), and the new means (K, D)."""
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
# Now EM with equal weights and covariances that are fixed to $\sigma^2 I$: only the means move.
# **Predict**: how small must $\sigma$ be until both take the same steps?

# %%
for sigma in (1, 0.3, 0.1, 0.03, 0.01):
    hard, soft, apart = points[[20, 10, 96]], points[[20, 10, 96]], []
    for _ in range(8):
        hard = np.asarray(kmeans_step(points, hard)[1])
        soft = m_step(points, e_step(points, [1 / 3] * 3, soft, [sigma**2 * np.eye(2)] * 3)[0])[1]
        apart.append(np.abs(hard - soft).max())
    print(f"sigma {sigma:4}: the means differ in eight steps by at most {max(apart):.5f}")

# %% [markdown]
# When $\sigma$ goes to 0, the nearest mean takes the whole point, and the E-step becomes k-means'
# assignment. So k-means is EM with equal, round and very narrow components.

# %% [markdown]
# ## 9 Slow plateaus (10 min)
#
# The four categories of `image-clusters`, and the start used there. **Predict** at which iteration EM
# stops with `thresh=0.01`.
#
# *Over-relaxation* is one way to go faster: take the step of EM, and go further in its direction,
# `eta` times as far. If the log-likelihood would fall, take the plain step. It is shown, not
# asked.


# %%
def relaxed(data, weights, means, covs, eta, maxiter=500, thresh=1e-4):
    """Run EM with steps that are eta times as long; return the log-likelihoods."""
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
# With `thresh=0.01`, EM stops on the plateau and misses 49: a small gain does not mean that the end is
# near. On this plateau, steps that are four times as long need less than half of the iterations. But
# where a long step would lower the log-likelihood, the plain one costs a second E-step.

# %% [markdown]
# ## 10 A log-likelihood that never falls is no proof (10 min)
#
# Two other M-steps: one computes the covariances about the *old* means, one keeps only the diagonals. (The
# second is the M-step of another model, in which covariances are diagonal.) **Predict**: will the
# log-likelihood fall anywhere? Will they end elsewhere?


# %%
def other_m_step(data, resp, old_means, kind):
    weights, means, covs = m_step(data, resp)
    old = covs + [np.outer(shift, shift) for shift in means - old_means]
    return weights, means, {"right": covs, "old means": old, "diagonals": covs * np.eye(2)}[kind]


for kind in ("right", "old means", "diagonals"):
    now, trace = known_start, [-np.inf, e_step(points, *known_start)[1]]
    while trace[-1] - trace[-2] >= 1e-4:
        now = other_m_step(points, e_step(points, *now)[0], now[1], kind)
        trace.append(e_step(points, *now)[1])
    print(f"{kind:9} {len(trace) - 2} iterations to {trace[-1]:.4f}, smallest gain {min(np.diff(trace)):.5f}")

# %% [markdown]
# None falls here: each raises the **lower bound**, but not always to its maximum. With old means EM ends
# at the same maximum: there, old and new means are equal.
#
# EM's M-step *maximises* the bound. So change its result a little (*nudge* it): no small change can raise
# the bound.

# %%
resp = e_step(points, *known_start)[0]
for kind in ("right", "old means", "diagonals"):
    _, means, covs = other_m_step(points, resp, known_start[1], kind)
    nudged = [covs, 0.9 * covs, 1.1 * covs, covs + [[0, 0.2], [0.2, 0]], covs - [[0, 0.2], [0.2, 0]]]
    # The part of the bound that depends on the covariances:
    bound = np.array([np.sum(resp * log_gaussians(points, means, each)) for each in nudged])
    print(f"{kind:9} smaller, larger, tilted both ways: {np.round(bound[1:] - bound[0], 2)}")

# %% [markdown]
# For the right M-step all four changes are negative. For each of the others some change raises the bound.
# Such a test needs no right answer to compare with. It tests the M-step only, not the E-step. And change
# only what your model allows to change: a model with diagonal covariances allows no tilt.

# %% [markdown]
# ## 11 The bound, drawn (5 min)
#
# The lower bound of `gaussian-mixture` once more, this time for you to move. One parameter is enough: the
# second mean of a mixture on a line. An E-step with the slider's mean makes a bound that *touches*
# the log-likelihood there. The M-step goes to the maximum of the bound. Drag
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
# scikit-learn's `GaussianMixture` is EM, too. Its `tol` is a gain *per point*, and `reg_covar` is
# added to every variance. With the same threshold it does one more iteration, so ours runs as many.
# **Predict**: how close do the two come with scikit-learn's usual `reg_covar`, and how close without?

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
# Without `reg_covar` the two differ by rounding only. With scikit-learn's usual 10⁻⁶, which is more than
# the healthy width, the means differ by a hundredth, and the log-likelihood is 35 lower. The floor of 10⁻⁶
# cost only 3, because it changes only variances that are smaller.

# %% [markdown]
# ## 13 A density is not a clustering (optional, 5 min)
#
# Two crescents, and a mixture of eight. **Predict**: will one component cover one crescent?

# %%
angle = np.random.default_rng(5).uniform(0, np.pi, 300)
bent = np.column_stack([np.cos(angle), np.sin(angle)])
bent[150:] = [1, 0.4] - bent[150:]
bent += np.random.default_rng(6).normal(scale=0.08, size=bent.shape)
curved = fit(bent, *start(bent, np.asarray(kmeans_plus_plus(bent, np.random.default_rng(7).random(8)))))
ax = plot_contours(bent, curved["means"], curved["covs"], "Eight components on two crescents")

# %% [markdown]
# Four components share each crescent: each covers a piece of an arc, and none is a crescent. A
# mixture describes where points are. Whether a component is a *group* is a question about the
# world.

# %% [markdown]
# ## 14 A collapse that stops (10 min)
#
# The gallery's collapse once more: two points lie at the same place. The M-step here uses *your*
# `floor_eigenvalues`, with a floor of 0.05. **Predict**, then play. Then set the floor to
# `1e-12`, run the cell again, and play it to the end.


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
question = "What does the component on the doubled point do?"
asked = {"choices": ["it shrinks almost to 0", "it stops at the floor"], "happened": at_the_end}
explore(heaps, responsibilities, careful, begin, question, **asked, model="gaussian")

# %% [markdown]
# ## 15 In your own words (15 min)
#
# A colleague writes: "We fitted mixtures with 2 to 30 components, and took the one with the
# highest log-likelihood. It has 30 components, and one of them is extremely sharp, so we have
# discovered a new kind of object." Answer in four to six sentences. **4 marks**, read by a
# person, one for each of:
#
# - why the highest log-likelihood says nothing here: more components, and collapse, with a number
#   from this notebook;
# - how to find out whether the sharp component has collapsed;
# - one repair, with what it assumes or what it costs;
# - how you would choose the number of components, and why from several starts.

# %% [markdown] manual="in-your-own-words" points=4
# With more components the best log-likelihood cannot fall, and a component that shrinks onto one point
# raises it without limit: in my notebook, one collapsed component raised the mean log density of the
# fitted pictures by 0.2, and that of new ones not at all. Look at the soft count of the sharp component
# and at its smallest eigenvalue: mine had a soft count of 1.0. With a floor of 10⁻⁶ on the eigenvalues it
# found more pictures. The floor assumes that no real component is thinner, and it cost the healthy fit 3.
# I would choose the number by the log density of held-out data, beside BIC. Each number needs several
# starts, since only one random start in five reached the highest maximum.

# %% [markdown]
# ## What to take away
#
# - The likelihood of a Gaussian mixture has no upper limit. A floor gives it one, and a prior gives one
#   to likelihood times prior. Each assumes something. A component may still stay on one point.
# - Logs repair small densities. They do not repair a covariance that is nearly singular.
# - The start decides. Run many, leave out those that collapsed, keep the best.
# - Match components before you compare them.
# - Held-out data say how well a mixture predicts. They do not say what its components mean.
# - Plain EM never lowers the log-likelihood. That it never falls proves little: nudge the M-step.
#
# Save the notebook (Ctrl + S): the saved file is what you hand in.

# %% [markdown] include="symbols.md"
