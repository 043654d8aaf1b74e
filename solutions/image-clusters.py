# %% [markdown]
# # Pictures, clustered by colour
#
# This notebook has several hundred pictures of the Earth. Each picture becomes three numbers: its mean
# red, its mean green and its mean blue. Can EM find the deserts and the oceans, although EM is never told
# that there are any? And how would you know that EM has found them?
#
# Programs for video use the same kind of mixture. They fit a mixture to the colours that one pixel has
# over time. With these mixtures they separate moving things from the background
# (Stauffer and Grimson, 1999).
#
# **Plan three and a half hours.** Each heading says how many minutes its section takes. A good place to
# stop for the day is after section 7. A folder of your own pictures is optional.

# %% [markdown]
# ## How this notebook works
#
# Run the cells from top to bottom. Where a cell says `YOUR CODE HERE`, replace the line below these words
# with your code. The next cell checks your code on public cases. You can run this check as often as you
# like. Your mark comes from other cases, which you do not see.
#
# **Predict** means: answer in your head before you run the next cell. Only in sections 4, 10 and 12 you also
# write your answer down.
#
# The four steps of EM keep their names: **score**, **normalise**, **count**, **re-estimate**.
# [The last cell](#Symbols) explains the symbols and the main terms.
#
# `example("purity")` returns the arguments of one case, so that you can try your function by hand.
#
# A cell that is still running shows `[*]`: the square button ■ stops it. The key I, pressed twice, stops
# it too. On the course's website, choose *Kernel*, *Restart Kernel* instead.

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
from scipy.stats import multivariate_normal
from sklearn.metrics import adjusted_rand_score

from helpers import check, check_answer, compare_prediction, example, explore, load_earth, load_images
from helpers import library_EM, log_sum_exp, loglikelihood, own_or_library, plot_contours, plot_data
from helpers import plot_loglikelihood, plot_map, plot_pictures, plot_pictures_at, plot_responsibilities
from helpers import plot_table

# %% [markdown]
# ## Before you start: three questions from memory
#
# <details><summary>1. The responsibilities of one point are (0.7, 0.2, 0.1). What is their sum? And what
# is the probability that component 0 made this point?</summary>The sum is 1. The probability is 0.7,
# under the present parameters.</details>
#
# <details><summary>2. Which number must never fall while EM runs?</summary>The log-likelihood.</details>
#
# <details><summary>3. Two starts of EM converge to different log-likelihoods. Does one of these runs have
# a bug?</summary>No. From each start, EM converges to a maximum near that start.</details>

# %% [markdown]
# ## 1 From pictures to points (20 min)
#
# Each picture shows a square of the Earth, 2 by 2 degrees, cut from NASA's *Blue Marble*. Each picture
# has a category, such as *desert*. The category depends only on the place of the square on the map, never
# on the colours. The file `data/earth.md` says what is wrong with these data.
#
# **Optional: your own pictures.** Make a folder with one sub-folder for each category. You may have at most
# twenty categories. In the next code cell, call `load_images("my-pictures")` in place of `load_earth(...)`.
# The cells that follow then use your pictures, with as many components as you have categories. Only section
# 11 always uses the Earth.
#
# The numbers in the text and in the questions are about the pictures of the Earth. So change the line
# back to `load_earth(...)` before you hand in the notebook. Your folder does not exist where the notebook
# is marked.

# %% [markdown]
# The next cell shows every tenth picture of each category. **Look**: imagine that you see only a blur of
# each picture. Which pictures would you then put into the same group?

# %%
pictures = load_earth(["desert", "rainforest", "grassland", "ocean"])
own = np.isnan(pictures.longitude).all()  # only pictures of the Earth have a place on the map
names, category = np.unique(pictures.category, return_inverse=True)
K = len(names)
print(len(pictures), "pictures:", dict(zip(names.tolist(), np.bincount(category).tolist())))
some = np.concatenate([np.flatnonzero(category == k)[:: 1 if own else 10][:10] for k in range(K)])
ax = plot_pictures(pictures.tiles[some], pictures.category[some], "Up to ten pictures of each category")

# %% [markdown]
# **The mean colour.** A picture is an array of height × width × 3 whole numbers from 0 to 255. The last
# axis has three **channels**: red, green and blue.
#
# Fill in the body of `mean_rgb`. Average each channel over all pixels and divide the average by 255. Then
# 1 is the brightest possible value. Every pixel counts once, also in a picture that is wider than high.
# **3 marks.**


# %% solution="mean_rgb"
def mean_rgb(picture):
    """Return the mean red, green and blue of a picture, shape (3,), each number from 0 to 1.

    picture: (H, W, 3), whole numbers from 0 to 255 (uint8).
    """
    ### BEGIN SOLUTION
    return np.asarray(picture).reshape(-1, 3).mean(axis=0) / 255
    ### END SOLUTION


# %% test="mean_rgb"
check(mean_rgb, out_of=3)

# %% [markdown]
# `pictures.rgb` holds the mean colours of all pictures, N × 3. From here on, each picture is a point in a
# cube. Its coordinates are its mean red, green and blue. **Predict**: which two categories will lie
# closest together?

# %%
ax = plot_pictures_at(pictures, dims=(0, 2), title="Each picture at its red and its blue")

# %% [markdown]
# The points of the ocean lie almost on a line. The real sea does not look like this: the maker of the map
# computed the blue of the sea from its depth. A Gaussian can fit such a thin cloud without trouble. A method
# that expects round clouds, such as k-means, would have trouble with it.

# %% [markdown]
# ## 2 Where to start (20 min)
#
# EM needs a start: means, covariances and weights. We use the start of the published assignment that this
# notebook follows:
#
# - The **means** are some of the pictures, drawn at random.
# - The **covariances** are all the same *diagonal* matrix. Its diagonal holds the variance of each colour
#   over all the data.
# - The **weights** are equal.
#
# Fill in the body of `initialise`. You may divide the variances by N or by N − 1. **5 marks.**


# %% solution="initialise"
def initialise(data, chosen):
    """Return the start of EM: means (K, D), covariances (K, D, D), weights (K,).

    data: (N, D). chosen: the K points that become the means, as row numbers of data.
    """
    ### BEGIN SOLUTION
    data = np.asarray(data)
    spread = np.diag(data.var(axis=0))
    return data[chosen], np.array([spread] * len(chosen)), np.full(len(chosen), 1 / len(chosen))
    ### END SOLUTION


# %% test="initialise"
check(initialise, out_of=5)

# %% [markdown]
# Four pictures were once drawn at random. Everybody uses these four as the means at the start. Two of
# them show the ocean, and two show grassland. **Predict**: the four means lie in only two categories. Can
# EM still find all four categories?

# %%
chosen = [422, 285, 532, 263]
if own:
    chosen = np.random.default_rng(1).choice(len(pictures), K, replace=False).tolist()
start_means, start_covs, start_weights = initialise(pictures.rgb, chosen)
ax = plot_pictures(pictures.tiles[chosen], pictures.category[chosen], "The means at the start")

# %% [markdown]
# ## 3 Your own EM (5 min)
#
# You have written EM in `gaussian-mixture`. Use your EM here, too. Copy your six functions, from
# `compute_responsibilities` to `EM`, into the next cell. They replace the line `EM = library_EM`.
#
# If your EM is not ready, keep the line `EM = library_EM`. `library_EM` is the EM of scikit-learn, a library
# that many people use and test. It takes the same arguments as your `EM`, and returns a dictionary with
# the same keys.

# %%
# Replace the next line with your six functions:
EM = library_EM

# %% [markdown]
# ## 4 Does it converge? (10 min)
#
# `own_or_library` runs your EM and scikit-learn's EM from this start and compares the results. Your EM
# may converge to another result, stop with an error, or be slow. In these cases, scikit-learn's EM is
# used from here on. So everybody gets the numbers that this text gives.
#
# With your own pictures, scikit-learn's EM is always used. It then adds a small number, `floor`, to each
# variance. A component may hold only a few pictures, or only grey pictures. Without `floor`, its
# covariance might then have no inverse.

# %% [markdown]
# **Predict**: how many iterations will EM need until it converges? In `gaussian-mixture`, EM needed 30
# for a hundred points in the plane. In the next cell, write your number in place of `None`. Your
# prediction stays in the notebook, beside the result.

# %%
predicted_iterations = None  # your prediction, a number
floor = 1e-4 if own else 0.0
wide = {"floor": floor} if own else {}
run_EM = own_or_library(library_EM if own else EM, pictures.rgb, start_means, start_covs, start_weights)
results = run_EM(pictures.rgb, start_means, start_covs, start_weights, **wide)
print(compare_prediction(predicted_iterations, len(results["loglik"]) - 1))
print(len(results["loglik"]) - 1, "iterations, log-likelihood", round(results["loglik"][-1], 2))

# %% [markdown]
# **Checkpoint**: EM needs 129 to 131 iterations, and the log-likelihood is 4233.46. If your own EM was
# not used, there are three possible reasons:
#
# - One of your functions is not correct. `check(EM, out_of=10)` tells you more.
# - Your EM is slow.
# - Your EM adds a small number to the variances. This changes the result, because one component is very
#   thin: its variance in one direction is 7 · 10⁻⁷.

# %% [markdown]
# The next cell draws the log-likelihood at each iteration. In the whole curve, the large gains at the
# start hide the later gains. So the cell draws the curve again from the third iteration on. **Look**: how
# often does this second curve become flat?

# %%
ax = plot_loglikelihood(results["loglik"])
third = min(3, len(results["loglik"]) - 1)
ax = plot_loglikelihood(results["loglik"], "From the third iteration on", start=third)
gains = np.diff(results["loglik"])
plateau = int(np.argmax(gains < 0.01))
print(f"first gain below 0.01: iteration {plateau + 1}; largest after that: {gains[plateau:].max():.2f}")

# %% [markdown]
# The curve becomes flat twice. From iteration 10 to 80, the log-likelihood gains hardly anything. This
# part is a **plateau**. Then the log-likelihood rises again. The second flat part is the convergence.
# With `thresh=0.01`, EM would have stopped on the plateau, and we would not know about the second rise.

# %% [markdown]
# ## 5 How the responsibilities change (10 min)
#
# A picture has three coordinates, but a drawing has only two. So each figure has three parts, and each
# part leaves out one of red, green and blue. Each component has a drawing colour. The *colour* of a point
# mixes these drawing colours, in the proportions of the responsibilities. The *shape* of a point shows
# the component with the largest responsibility.
#
# The first figure shows random responsibilities. This is how responsibilities look without *any*
# knowledge.


# %%
COLOURS = ["red", "green", "blue"]


def in_three_planes(resp, moment):
    axes = plt.subplots(1, 3, figsize=(12, 3.8), dpi=80, layout="constrained")[1]
    for ax, dims, plane in zip(axes, [(0, 2), (0, 1), (1, 2)], ["R-B", "R-G", "G-B"]):
        title = f"{moment}, {plane}"
        plot_responsibilities(pictures.rgb, resp, title, dims, COLOURS, ax=ax)


in_three_planes(np.random.default_rng(1).dirichlet(np.ones(K), len(pictures)), "Random")

# %% [markdown]
# **Predict**: which pictures will already belong clearly to one component after *one* iteration? And
# which pictures after twenty iterations?

# %%
first = run_EM(pictures.rgb, start_means, start_covs, start_weights, maxiter=1, **wide)
in_three_planes(first["resp"], "After 1 iteration")
middle = run_EM(pictures.rgb, start_means, start_covs, start_weights, maxiter=20, **wide)
in_three_planes(middle["resp"], "After 20 iterations")

# %% [markdown]
# After one iteration, only bright pictures of the desert belong clearly to one component. All dark
# pictures are shared between components. After twenty iterations, the ocean and the rainforest have their
# own components, too. The pictures of grassland are divided between two components. Then comes
# convergence:

# %%
in_three_planes(results["resp"], "At convergence")
moved = np.sum(middle["resp"].argmax(axis=1) != results["resp"].argmax(axis=1))
print(f"pictures that changed their component after iteration 20: {moved} of {len(pictures)}")

# %% [markdown]
# ## 6 Scores, and a hard assignment (25 min)
#
# To sort the pictures into groups, we find for each picture the component with the highest **score**.
# Here the score is the density of the picture under the component, without the weight.
# `multivariate_normal.pdf` returns this density.

# %% [markdown]
# Fill in the body of `compute_scores`. A density may be larger than 1. Here all pictures lie in a small
# cube, so a density may well be in the thousands. **5 marks.**


# %% solution="compute_scores"
def compute_scores(data, means, covariances):
    """Return the density of each point under each Gaussian, shape (N, K), without weights."""
    ### BEGIN SOLUTION
    pairs = zip(means, covariances)
    return np.column_stack([multivariate_normal.pdf(data, *pair) for pair in pairs])
    ### END SOLUTION


# %% test="compute_scores"
check(compute_scores, out_of=5)

# %% [markdown]
# In a **hard assignment**, each picture belongs to one component only. Fill in the body of `assign`. It
# takes the table of scores, N × K. For each picture, it returns the component with the highest score, and
# that score. **3 marks.**


# %% solution="assign"
def assign(scores):
    """Return the component with the highest score for each point, (N,), and that score, (N,)."""
    ### BEGIN SOLUTION
    return np.argmax(scores, axis=1), np.max(scores, axis=1)
    ### END SOLUTION


# %% test="assign"
check(assign, out_of=3)

# %% [markdown]
# The pictures that are assigned to one component form a **cluster**. The cluster has the number of its
# component. The next cell assigns all pictures. The table `assignments` then has three columns:
# `cluster`, `score` and `picture`. Each column has one entry for each picture.
#
# **Predict**: is the component with the highest score always the component with the largest
# responsibility? Remember that the score leaves out the weights.

# %%
scores = np.asarray(compute_scores(pictures.rgb, results["means"], results["covs"]))
clusters, best = map(np.asarray, assign(scores))
assignments = {"cluster": clusters, "score": best, "picture": np.arange(len(pictures))}
print("pictures where score and responsibility disagree:", np.sum(clusters != results["resp"].argmax(axis=1)))
print("the first picture:", pictures.category[0], "  its scores:", scores[0].round(3))

# %% [markdown]
# For every picture, score and responsibility choose the same component, because the densities differ far
# more than the weights. If components overlap and have very unequal weights, the two choices could
# differ. Remember the scores of the first picture: section 7 has a question about them.

# %% [markdown]
# ## 7 What is in each cluster? (25 min)
#
# The best way to know a cluster is to look at its best members. Fill in the body of `get_top_images`,
# which finds these members. It returns the entries of `assignments["picture"]` that belong to the `k`
# highest scores in one cluster, the highest first.
#
# If a cluster holds fewer than `k` pictures, return all of them. Pictures with the same score may come in
# any order. **5 marks.**


# %% solution="get_top_images"
def get_top_images(assignments, cluster, k=5):
    """Return the numbers of the k pictures with the highest scores in a cluster, the highest first.

    assignments: a dictionary of columns: 'cluster', 'score' and 'picture', each (N,).
    """
    ### BEGIN SOLUTION
    table = {name: np.asarray(column) for name, column in assignments.items()}
    members = np.flatnonzero(table["cluster"] == cluster)
    order = np.argsort(-table["score"][members])[:k]
    return table["picture"][members[order]]
    ### END SOLUTION


# %% test="get_top_images"
check(get_top_images, out_of=5)

# %% [markdown]
# The next cell shows the top five pictures of each component, twenty in all. **Predict**: will a
# component's top five include pictures from two categories?

# %%
for k in np.unique(clusters):
    top = get_top_images(assignments, k)
    ax = plot_pictures(pictures.tiles[top], pictures.category[top], f"The top five of component {k}")

# %% [markdown]
# The top five look very good. But they are the pictures with the highest scores in their cluster. The
# other pictures of the cluster may look worse, and we have not seen them.

# %% [markdown]
# **Questions.** To which cluster is the first picture, number 0, assigned? Set `first_cluster` to the
# cluster's number.
#
# Five of the seven pictures in the next cell are the top five of component 1. Which two are *not*? Set
# `smaller` and `larger` to the numbers of these two.
#
# Components are numbered from 0. **3 marks.**

# %% solution="quiz-pictures"
seven = [6, 12, 34, 36, 70, 106, 118]
if not own:
    ax = plot_pictures(pictures.tiles[seven], seven, "Seven pictures, five of them in the top five")
first_cluster = smaller = larger = None  # until you answer below
### BEGIN SOLUTION
if not own:  # the numbers belong to the pictures of the Earth
    first_cluster = clusters[0]
    smaller, larger = sorted(set(seven) - set(get_top_images(assignments, 1)))
### END SOLUTION

# %% test="quiz-pictures"
check_answer("quiz-pictures", first_cluster, smaller, larger, out_of=3)

# %% [markdown]
# This is a good place to stop for the day.

# %% [markdown]
# ## 8 How far is a picture from a component? (20 min)
#
# The **ordinary distance** is the distance that a ruler measures. The **Mahalanobis distance** uses
# the ellipse of the component: every point on the ellipse at one standard deviation has the distance 1. Take
# a Gaussian with the mean $\mu$ and the covariance $\Sigma$. The Mahalanobis distance of a point $x$ from
# this Gaussian is
#
# $$d = \sqrt{(x - \mu)^\top\, \Sigma^{-1} (x - \mu)} .$$
#
# If $\Sigma$ is the identity matrix $I$, the two distances are equal. In a direction in which the
# component is wide, the same step adds less to the Mahalanobis distance.
#
# Fill in the body of `mahalanobis`. **3 marks.**


# %% solution="mahalanobis"
def mahalanobis(point, mean, covariance):
    """Return the Mahalanobis distance of a point (D,) from a Gaussian, one number."""
    ### BEGIN SOLUTION
    delta = np.subtract(point, mean)
    return np.sqrt(delta @ np.linalg.solve(covariance, delta))
    ### END SOLUTION


# %% test="mahalanobis"
check(mahalanobis, out_of=3)

# %% [markdown]
# Picture 160 is rainforest with clearings (places without trees). It is darker than the desert, and less
# green than the other pictures of rainforest. In the next figure, a cross marks this picture. **Predict**:
# which component's mean is nearest by ordinary distance? Which component's ellipses reach the cross?

# %%
n, limits = (len(pictures) // 2, (0, 1)) if own else (160, (0, 0.4))
ax = plot_contours(pictures.rgb, results["means"], results["covs"], "One picture as a cross", (0, 1), COLOURS)
ax.plot(*pictures.rgb[n, :2], "x", color="black", markersize=14, markeredgewidth=3, zorder=4)
_ = ax.set(xlim=limits, ylim=limits)
ruler = np.linalg.norm(pictures.rgb[n] - results["means"], axis=1)
widths = [mahalanobis(pictures.rgb[n], *each) for each in zip(results["means"], results["covs"])]
print("ordinary:", ruler.round(3), " Mahalanobis:", np.round(widths, 2), "\nscore:", scores[n].round(3))

# %% [markdown]
# By ordinary distance, picture 160 is nearest to component 0, the rainforest. But component 0 is narrow:
# its Mahalanobis distance from the picture is 12. Component 3 is wide: its Mahalanobis distance is less
# than 2.
#
# The published assignment says that the Mahalanobis distance is proportional to the root of the negative
# log-likelihood. This is not quite true. The log density is $-d^2/2$, *minus* half the log of the
# determinant of the covariance, minus a constant. The constant is the same for all components, but a
# wider component has a larger determinant. So at the same distance $d$, a wider component has a lower
# density. For how many pictures does this matter? The next cell counts them.

# %%
pairs = list(zip(results["means"], results["covs"]))
nearest = [np.argmin([mahalanobis(x, *pair) for pair in pairs]) for x in pictures.rgb]
print("nearest by Mahalanobis distance, but not the highest score:", np.sum(nearest != clusters), "pictures")

# %% [markdown]
# ## 9 Against the truth (20 min)
#
# EM has never seen the categories. We have seen them, so we can count. The table in the next cell has one
# row for each component and one column for each category.
#
# The number of a component means nothing. So the cell first finds the **best matching**: each component
# gets one category, and each category is used once. The best matching gives the most pictures
# a component that is matched with the category of the picture.

# %%
table = np.array([np.bincount(category[clusters == k], minlength=K) for k in range(K)])
rows, columns = linear_sum_assignment(table, maximize=True)
print("best matching:", dict(zip(rows.tolist(), names[columns].tolist())))
ax = plot_table(table, [f"component {k}" for k in range(K)], names, "Pictures by component and category")

# %% [markdown]
# A picture is a *mistake* if it is not in the component that is matched with its category. Nearly all
# mistakes are in component 3. **Predict**: where on the Earth are these pictures? Then run the cell and
# compare the two maps.

# %%
_, (above, below) = plt.subplots(2, 1, figsize=(8.4, 8.6), dpi=70, layout="constrained")
matched = np.argsort(columns)[category]  # each category in the colour of its component
ax = plot_map(pictures, matched, "The true categories", names[columns], ax=above)
ax = plot_map(pictures, clusters, "The clusters that EM found", ax=below)

# %% [markdown]
# EM has put the red desert of Australia into component 3, "grassland". It has put the edges of the
# rainforests of the Amazon and of the Congo into component 3, too. These places have the colours of
# grassland, and EM sees only colours.

# %% [markdown]
# **How pure is a cluster?** Give each cluster the category that most of its pictures have. The **purity**
# is the share of all pictures that then have the category of their cluster. Fill in the body of `purity`.
# Its argument is the table of counts, clusters × categories. **2 marks.**


# %% solution="purity"
def purity(table):
    """Return the share of pictures that are in the largest category of their cluster, from 0 to 1.

    table: (K, C) counts, one row for each cluster, one column for each category.
    """
    ### BEGIN SOLUTION
    return np.max(table, axis=1).sum() / np.sum(table)
    ### END SOLUTION


# %% test="purity"
check(purity, out_of=2)

# %% [markdown]
# It is easy to get a high purity: with a separate cluster for every picture, the purity is 1. The
# **adjusted Rand index** compares two groupings of the pictures, such as clusters and categories. The
# index looks at all pairs of pictures. The groupings agree about a pair if the two pictures are in the
# same group in both, or in different groups in both. The index is 1 for a perfect match. It is adjusted
# so that a random grouping has about 0, whatever the number of clusters.
#
# The next cell compares three groupings with the categories: EM's clusters, the same clusters given to
# random pictures (`shuffled`), and a cluster for every picture (`alone`).

# %%
shuffled = np.random.default_rng(0).permutation(clusters)
for name, found in {"EM": clusters, "shuffled": shuffled, "alone": np.arange(len(pictures))}.items():
    counts = np.array([np.bincount(category[found == k], minlength=K) for k in np.unique(found)])
    rand = adjusted_rand_score(category, found)
    print(f"{name:9} purity {purity(counts):.3f}   adjusted Rand index {rand:.3f}")

# %% [markdown]
# ## 10 Twenty starts (15 min)
#
# The start decides to which maximum EM converges. So the next cell draws twenty starts. It takes some
# seconds. For each start it prints a dot, or a `c` if the start **collapses**: a component shrinks onto
# one or two pictures.

# %% [markdown]
# **Predict**: does the start with the highest log-likelihood also agree best with the categories?
# Agreement is measured by the adjusted Rand index. In the next cell, write `True` or `False` in place of
# `None` after `predicted_best =`.


# %%
def try_starts(data, truth, K, count=20, **options):
    """Return a row for each start that does not collapse: log-likelihood, adjusted Rand index."""
    ends = []
    for seed in range(count):
        chosen = np.random.default_rng(seed).choice(len(data), K, replace=False)
        try:
            run = run_EM(data, *initialise(data, chosen), **options)
        except (ValueError, ArithmeticError):  # a covariance that cannot be inverted
            run = {"loglik": [np.nan]}
        print("." if np.isfinite(run["loglik"][-1]) else "c", end="", flush=True)
        if np.isfinite(run["loglik"][-1]):
            ends.append((run["loglik"][-1], adjusted_rand_score(truth, run["resp"].argmax(axis=1))))
    print()
    return np.array(ends)


predicted_best = None  # True or False: the highest log-likelihood agrees best
ends = try_starts(pictures.rgb, category, K, **wide)
ax = plot_data(ends, f"Twenty starts, {K} components", labels=["log-likelihood", "adjusted Rand index"])
print("the highest log-likelihood: {:.1f}, with the agreement {:.3f}".format(*ends[ends[:, 0].argmax()]))
print(compare_prediction(predicted_best, bool(ends[:, 0].argmax() == ends[:, 1].argmax())))

# %% [markdown]
# The twenty starts lead to seven different results. The result with the highest log-likelihood also has
# the highest agreement. But look at the result with a log-likelihood near 4190. Four results have a lower
# log-likelihood than this result. Three of these four agree better with the categories than this result
# does.
#
# The log-likelihood knows nothing about the categories. It rewards a close fit. A category whose points
# form a bent cloud may be fitted better by two Gaussians than by one.

# %% [markdown]
# There is a sharper test: start EM from the truth itself. In this start, each category has one Gaussian,
# with the mean and the covariance of its pictures.

# %%
truth_resp, groups = np.eye(K)[category], [pictures.rgb[category == k] for k in range(K)]
true_means = [group.mean(axis=0) for group in groups]
true_covs = [np.cov(group, rowvar=False, bias=True) + floor * np.eye(3) for group in groups]
from_truth = run_EM(pictures.rgb, true_means, true_covs, truth_resp.mean(axis=0), **wide)
true_scores = np.asarray(compute_scores(pictures.rgb, true_means, true_covs))
at_first = np.asarray(assign(true_scores * truth_resp.mean(axis=0))[0])
for moment, found in {0: at_first, -1: from_truth["resp"].argmax(axis=1)}.items():
    agreement = adjusted_rand_score(category, found)
    print(f"log-likelihood {from_truth['loglik'][moment]:.1f}   agreement {agreement:.3f}")

# %% [markdown]
# EM moves *away* from the truth: the log-likelihood rises by 67, and the agreement falls. This is not a
# bug. The points of the categories simply do not have the form of four Gaussians. EM only looks for the
# four Gaussians that fit best.

# %% [markdown]
# ## 11 All six categories (10 min)
#
# The next cell uses all pictures of the Earth, also those of ice and of boreal forest. It runs EM with
# six components (K = 6) from twenty starts. **Predict**: which two categories will EM be unable to
# separate?

# %%
everything = load_earth()
six_names, six = np.unique(everything.category, return_inverse=True)
six_ends = try_starts(everything.rgb, six, 6)
ax = plot_data(six_ends, "Six components", labels=["log-likelihood", "adjusted Rand index"])
for end in six_ends[six_ends.argmax(axis=0)]:
    print("log-likelihood {:.1f}, agreement {:.3f}".format(*end))

# %% [markdown]
# Two of the twenty starts **collapse**: one component keeps only one picture, or two. The variances of
# this component go to 0, and the log-likelihood could rise without limit. The run ends only because the
# covariance can no longer be inverted. So the log-likelihood of such a run says nothing. The assignment
# `when-em-fails` comes back to collapse.
#
# Of the other runs, the run with the highest log-likelihood does not agree best with the categories. And
# nobody could have found the run that agrees best without knowing the categories. The next cell shows the
# run with the highest log-likelihood as a table.

# %%
six_start = np.random.default_rng(1).choice(860, 6, replace=False)
run = run_EM(everything.rgb, *initialise(everything.rgb, six_start))
found = run["resp"].argmax(axis=1)
six_table = np.array([np.bincount(six[found == k], minlength=6) for k in range(6)])
ax = plot_table(six_table, [f"component {k}" for k in range(6)], six_names, "Six components, six categories")

# %% [markdown]
# **Question.** One category is spread over three components. One of these three components holds no other
# category. Which category is spread like this? In the next cell, set `spread_category` to its name as in
# the table, in quotes. **1 mark.**

# %% solution="quiz-spread"
spread_category = None  # until you answer below
### BEGIN SOLUTION
spread_category = "boreal forest"
### END SOLUTION

# %% test="quiz-spread"
check_answer("quiz-spread", spread_category, out_of=1)

# %% [markdown]
# ## 12 EM in the explorer (10 min)
#
# The explorer runs EM on the four categories again, from the same start. The E-step now uses *your*
# `compute_scores`, multiplied by the weights. From iteration 10 to 80 the curve was flat. **Predict**:
# how many pictures change their component in these iterations? Choose an answer in the explorer, then
# press play.
#
# Then stop on the plateau. Drag the mean of component 1 by the size of a picture, and press *Run EM from
# here*. Does the second rise of the log-likelihood come sooner? If you drag the mean too far, the
# densities of some pictures become 0, and EM stops.


# %% tags=["nbval-ignore-output"]
def e_step(data, weights, means, covariances):
    joint = np.asarray(compute_scores(data, means, covariances)) * weights
    return joint / joint.sum(axis=1, keepdims=True)


def changed_hands(run):
    owners = [frame.resp.argmax(axis=1) for frame in run.frames if frame.half == "E"]
    early, late = owners[:10][-1], owners[:80][-1]  # or the last one, if EM ends sooner
    return f"{np.sum(early != late)} pictures changed their component"


start = start_weights, start_means, np.array(start_covs) + floor * np.eye(3)
drawn = {"pictures": pictures.tiles, "labels": COLOURS, "dims": (0, 2), "maxiter": 200}
drawn["model"] = "gaussian"  # also for pictures that are black or white
question = "How many pictures change their component from iteration 10 to 80?"
choices = ["none", "one or two", "dozens"]
explore(pictures.rgb, e_step, None, start, question, choices=choices, happened=changed_hands, **drawn)

# %% [markdown]
# ## 13 In your own words (15 min)
#
# A newspaper writes: "Artificial intelligence recognises deserts and rainforests from space, without
# being taught." You have done exactly this. Write three to five sentences to the editor. A person reads
# your answer. **4 marks**, one for each of these points:
#
# - what the method really saw of each picture;
# - two categories that the method cannot tell apart, with numbers from a table in this notebook;
# - that a higher likelihood does not mean more truth, with your evidence;
# - what else you would let the method see, so that it does better.

# %% [markdown] manual="in-your-own-words" points=4
# The method saw only three numbers of each picture, its mean red, green and blue, and nothing of shape or
# texture. So it cannot separate rainforest from boreal forest: one component holds 105 and 86 pictures of
# them, because both are dark green. The best fit is not the best match with the truth. When EM started
# from the true categories, the log-likelihood rose from 4244.1 to 4311.3, but the agreement fell from
# 0.935 to 0.893. With texture, with other wavelengths or with several seasons, the method could tell the
# forests apart.

# %% [markdown]
# ## What to take away
#
# - A hard assignment takes the highest score. The responsibility also uses the weights.
# - The Mahalanobis distance from a Gaussian takes its ellipse into account. The density also depends on the
#   size of the Gaussian.
# - To measure agreement, match clusters with categories, or compare pairs of pictures. Purity alone is
#   easy to raise.
# - The likelihood prefers the mixture that fits best. Only you can say whether this mixture is what you
#   mean.
# - The mean colour contains no shape, no texture and no season. No mixture of mean colours can separate
#   things of the same colour. Examples are a red desert and dry grass. In the photographs of the
#   published assignment, examples are a river and a cloudy sky.
#
# Save the notebook (Ctrl + S): the saved file is the file that you hand in.

# %% [markdown] include="symbols.md"
