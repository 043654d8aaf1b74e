# %% [markdown]
# # Pictures, clustered by colour
#
# Each of several hundred pictures of the Earth becomes three numbers: its mean red, green and blue. Can
# EM find the deserts and the oceans without being told that there are any? And how would you know that
# it has? Programs for video fit such a mixture to the colours of each pixel over time, to separate moving
# things from the background (Stauffer and Grimson, 1999).
#
# **Plan three and a half hours.** Each heading says how many minutes its section takes. A good place to
# stop for the day is after section 7. A folder of your own pictures is optional.

# %% [markdown]
# ## How this notebook works
#
# Run the cells from top to bottom. Where a cell says `YOUR CODE HERE`, replace the line
# below it; the check after it tries public cases, as often as you like. Marking uses others.
#
# The steps of EM keep their four names: **score**, **normalise**, **count**, **re-estimate**.
# [The last cell](#Symbols) explains the symbols and the main terms.
#
# `example("purity")` returns the arguments of a case, to try by hand. A cell that still runs shows
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
from scipy.stats import multivariate_normal
from sklearn.metrics import adjusted_rand_score

from helpers import check, check_answer, compare_prediction, example, explore, load_earth, load_images
from helpers import library_EM, log_sum_exp, loglikelihood, own_or_library, plot_contours, plot_data
from helpers import plot_loglikelihood, plot_map, plot_pictures, plot_pictures_at, plot_responsibilities
from helpers import plot_table

# %% [markdown]
# ## Before you start: three questions from memory
#
# <details><summary>1. A point's responsibilities are (0.7, 0.2, 0.1). What are their sum, and
# the probability that component 0 made the point?</summary>1, and 0.7, under the present
# parameters.</details>
#
# <details><summary>2. Which number may never fall while EM runs?</summary>The
# log-likelihood.</details>
#
# <details><summary>3. Two starts end at different log-likelihoods. Has one of them a
# bug?</summary>No. Each start climbs to a top near it.</details>

# %% [markdown]
# ## 1 From pictures to points (20 min)
#
# Each picture is a square of 2 by 2 degrees, cut from NASA's *Blue Marble*. Its category
# comes from where it lies on the map, never from its colours. The card `data/earth.md`
# says what is wrong with these data.
#
# Optional: with a folder of your own, one sub-folder a category, write
# `pictures = load_images("my-pictures")` in the next code cell. All that follows runs on it, with as many
# components as you have categories, at most twenty. The numbers in the text and the questions
# are about the Earth. So hand in the notebook with `load_earth`: your folder is not there where
# it is marked.

# %% [markdown]
# The next cell shows every tenth picture of each category. **Look**: which of them would you
# put into the same heap if you saw nothing but a blur of each?

# %%
pictures = load_earth(["desert", "rainforest", "grassland", "ocean"])
own = np.isnan(pictures.longitude).all()  # only the Earth's pictures have a place
names, category = np.unique(pictures.category, return_inverse=True)
K = len(names)
print(len(pictures), "pictures:", dict(zip(names.tolist(), np.bincount(category).tolist())))
some = np.concatenate([np.flatnonzero(category == k)[:: 1 if own else 10][:10] for k in range(K)])
ax = plot_pictures(pictures.tiles[some], pictures.category[some], "Up to ten pictures of each category")

# %% [markdown]
# **The mean colour.** A picture is an array of height × width × 3 whole numbers from 0 to
# 255. Average each channel over all pixels and divide by 255, so that 1 is as bright as can
# be. Wide pictures count like square ones: each pixel once. **3 marks.**


# %% solution="mean_rgb"
def mean_rgb(picture):
    """Return the mean red, green and blue of a picture, shape (3,), each from 0 to 1.

    picture: (H, W, 3), whole numbers from 0 to 255 (uint8).
    """
    ### BEGIN SOLUTION
    return np.asarray(picture).reshape(-1, 3).mean(axis=0) / 255
    ### END SOLUTION


# %% test="mean_rgb"
check(mean_rgb, out_of=3)

# %% [markdown]
# `pictures.rgb` holds these numbers for all pictures, N × 3. From here on a picture is a
# point in a cube. **Predict**: which two categories will lie closest together?

# %%
ax = plot_pictures_at(pictures, dims=(0, 2), title="Each picture at its red and its blue")

# %% [markdown]
# The ocean's points lie almost on a line, and not by nature: that blue was computed from the
# depth of the sea. A Gaussian has no trouble with a thin cloud. One that expects round
# clouds, as k-means does, would have.

# %% [markdown]
# ## 2 Where to start (20 min)
#
# The start of the published assignment: some pictures, drawn at random, are the means. Every
# component gets the same *diagonal* covariance, with the variance of each colour over all
# the data. The weights are equal. Divide the variances by N or by N − 1, as you like.
# **5 marks.**


# %% solution="initialise"
def initialise(data, chosen):
    """Return the start of EM: means (K, D), covariances (K, D, D), weights (K,).

    data: (N, D). chosen: the numbers of the K points that are the means.
    """
    ### BEGIN SOLUTION
    data = np.asarray(data)
    spread = np.diag(data.var(axis=0))
    return data[chosen], np.array([spread] * len(chosen)), np.full(len(chosen), 1 / len(chosen))
    ### END SOLUTION


# %% test="initialise"
check(initialise, out_of=5)

# %% [markdown]
# Four pictures, once drawn at random, are everybody's start: two of the sea, two of
# grassland. **Predict**: can EM find four categories from means in only two of them?

# %%
chosen = [422, 285, 532, 263]
if own:
    chosen = np.random.default_rng(1).choice(len(pictures), K, replace=False).tolist()
start_means, start_covs, start_weights = initialise(pictures.rgb, chosen)
ax = plot_pictures(pictures.tiles[chosen], pictures.category[chosen], "The means at the start")

# %% [markdown]
# ## 3 Your own EM (5 min)
#
# You have written EM in `gaussian-mixture`. Let it run here, too: copy your six functions, from
# `compute_responsibilities` to `EM`, into the next cell, in place of its last line.
#
# If your EM is not ready, leave that line as it is. `library_EM` is the EM of scikit-learn, a library
# that many people use and test. It takes the same arguments and returns the same dictionary.

# %%
# Your six functions, in place of the next line:
EM = library_EM

# %% [markdown]
# ## 4 Does it converge? (10 min)
#
# `own_or_library` compares your EM with scikit-learn's, from this start. If yours ends elsewhere, stops
# with an error, or is slow, scikit-learn's runs from here on. So everybody gets the numbers of this text.
# (With your own pictures scikit-learn's always runs. It adds a small `floor` to each variance, because a
# component may hold few pictures, or only grey ones.)
#
# **Predict**: how many iterations will it take? A hundred points in the plane took 30. Write
# your number in place of `None`, then run; it stays in the notebook beside what came out.

# %%
predicted_iterations = None  # your guess, a number
floor = 1e-4 if own else 0.0
wide = {"floor": floor} if own else {}
run_EM = own_or_library(library_EM if own else EM, pictures.rgb, start_means, start_covs, start_weights)
results = run_EM(pictures.rgb, start_means, start_covs, start_weights, **wide)
print(compare_prediction(predicted_iterations, len(results["loglik"]) - 1))
print(len(results["loglik"]) - 1, "iterations, log-likelihood", round(results["loglik"][-1], 2))

# %% [markdown]
# **Checkpoint**: 129 to 131 iterations, log-likelihood 4233.46. If your own EM was not used, this is why: a
# function of yours is not correct (`check(EM, out_of=10)` tells you more), it is slow, or it adds a small
# number to the variances. (One component here is so thin that its variance in one direction is 7 · 10⁻⁷.)
#
# The whole curve hides what happened, so it is drawn again from the third iteration on. How often does
# it level off?

# %%
ax = plot_loglikelihood(results["loglik"])
third = min(3, len(results["loglik"]) - 1)
ax = plot_loglikelihood(results["loglik"], "From the third iteration on", start=third)
gains = np.diff(results["loglik"])
plateau = int(np.argmax(gains < 0.01))
print(f"first gain below 0.01: iteration {plateau + 1}; largest after that: {gains[plateau:].max():.2f}")

# %% [markdown]
# Twice. From iteration 10 to 80 hardly anything is gained, and then it climbs again. With
# `thresh=0.01` we should have stopped on the plateau and never known.

# %% [markdown]
# ## 5 Who belongs to whom, on the way (10 min)
#
# Three colours cannot be drawn on paper, so there are three planes, each hiding one. A
# point's colour mixes its components' colours by responsibility; its shape is that of the
# largest. First, what *no* knowledge looks like: random responsibilities.


# %%
COLOURS = ["red", "green", "blue"]


def in_three_planes(resp, moment):
    axes = plt.subplots(1, 3, figsize=(12, 3.8), dpi=80, layout="constrained")[1]
    for ax, dims, plane in zip(axes, [(0, 2), (0, 1), (1, 2)], ["R-B", "R-G", "G-B"]):
        title = f"{moment}, {plane}"
        plot_responsibilities(pictures.rgb, resp, title, dims, COLOURS, ax=ax)


in_three_planes(np.random.default_rng(1).dirichlet(np.ones(K), len(pictures)), "Random")

# %% [markdown]
# **Predict**: after *one* iteration, which pictures will already belong clearly to one component? And
# which after twenty?

# %%
first = run_EM(pictures.rgb, start_means, start_covs, start_weights, maxiter=1, **wide)
in_three_planes(first["resp"], "After 1 iteration")
middle = run_EM(pictures.rgb, start_means, start_covs, start_weights, maxiter=20, **wide)
in_three_planes(middle["resp"], "After 20 iterations")

# %% [markdown]
# After one, only the bright desert; all that is dark is shared. After twenty the sea and the rainforest
# have components of their own, too. The pictures of grassland are divided between two. At convergence:

# %%
in_three_planes(results["resp"], "At convergence")
moved = np.sum(middle["resp"].argmax(axis=1) != results["resp"].argmax(axis=1))
print(f"pictures that changed their component after iteration 20: {moved} of {len(pictures)}")

# %% [markdown]
# ## 6 Scores, and a hard assignment (25 min)
#
# To sort the pictures into heaps, ask of each: under which component does it *score* best?
# The score here is the density, as `multivariate_normal.pdf` gives it, without the weight.
# A density in a small cube may well be in the thousands. **5 marks.**


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
# From the table of scores, N × K, take for each picture the component with the best score,
# and that score. **3 marks.**


# %% solution="assign"
def assign(scores):
    """Return the best component of each point, (N,), and its score there, (N,)."""
    ### BEGIN SOLUTION
    return np.argmax(scores, axis=1), np.max(scores, axis=1)
    ### END SOLUTION


# %% test="assign"
check(assign, out_of=3)

# %% [markdown]
# Now for all pictures. The table `assignments` has one entry a picture in each column. Is
# the component with the best score always the one with the largest responsibility? The score leaves out
# the weights. **Predict**, then run.

# %%
scores = np.asarray(compute_scores(pictures.rgb, results["means"], results["covs"]))
clusters, best = map(np.asarray, assign(scores))
assignments = {"cluster": clusters, "score": best, "picture": np.arange(len(pictures))}
print("pictures where the two disagree:", np.sum(clusters != results["resp"].argmax(axis=1)))
print("the first picture:", pictures.category[0], "  its scores:", scores[0].round(3))

# %% [markdown]
# None here: the densities differ far more than the weights. With overlapping components of
# very unequal weight, score and responsibility could disagree. Keep the first picture's scores in mind for a
# question further down.

# %% [markdown]
# ## 7 What is in each cluster? (25 min)
#
# The best way to know a cluster is to look at its best members. Write the function that
# finds them: the entries of `assignments["picture"]` for the `k` highest scores in one
# cluster, the highest first. A cluster may hold fewer than `k`. Pictures with the same score
# may come in any order. **5 marks.**


# %% solution="get_top_images"
def get_top_images(assignments, cluster, k=5):
    """Return the numbers of the k pictures with the highest score in a cluster, best first.

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
# Here they are. **Predict**: will any of the twenty have strayed in from another category?

# %%
for k in np.unique(clusters):
    top = get_top_images(assignments, k)
    ax = plot_pictures(pictures.tiles[top], pictures.category[top], f"The top five of component {k}")

# %% [markdown]
# These look very good, perhaps too good: the top five are the pictures that the component is
# surest of, and no one asked about the rest.
#
# **Questions.** To which cluster is the very first picture, number 0, assigned? And of the
# seven pictures below, with their numbers, five are the top five of component 1: which two
# are *not*? Components are numbered from 0. **3 marks.**

# %% solution="quiz-pictures"
seven = [6, 12, 34, 36, 70, 106, 118]
if not own:
    ax = plot_pictures(pictures.tiles[seven], seven, "Seven pictures, five of them in the top five")
first_cluster = smaller = larger = None  # until you answer below
### BEGIN SOLUTION
if not own:  # the numbers are the Earth's
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
# Straight as a ruler measures, or in units of the component's own width? The *Mahalanobis
# distance* of $x$ from a Gaussian is
#
# $$d = \sqrt{(x - \mu)^\top\, \Sigma^{-1} (x - \mu)} .$$
#
# With $\Sigma = I$ it is the ruler's. Along a direction in which the component is wide, the
# same step counts for less. **3 marks.**


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
# Picture 160 is rainforest with clearings: darker than the desert and less green than the other
# rainforest. **Predict**: to which component's mean is it nearest by ruler? And whose ellipses reach
# it? Then run the cell: the picture is the cross.

# %%
n, limits = (len(pictures) // 2, (0, 1)) if own else (160, (0, 0.4))
ax = plot_contours(pictures.rgb, results["means"], results["covs"], "Whose is the cross?", (0, 1), COLOURS)
ax.plot(*pictures.rgb[n, :2], "x", color="black", markersize=14, markeredgewidth=3, zorder=4)
_ = ax.set(xlim=limits, ylim=limits)
ruler = np.linalg.norm(pictures.rgb[n] - results["means"], axis=1)
widths = [mahalanobis(pictures.rgb[n], *each) for each in zip(results["means"], results["covs"])]
print("ruler:", ruler.round(3), " Mahalanobis:", np.round(widths, 2), "\nscore:", scores[n].round(3))

# %% [markdown]
# By ruler it is nearest to component 0, the rainforest. Measured in widths it is 12 away
# from that narrow component and less than 2 from the wide component 3.
#
# The published assignment says that the distance is proportional to the root of the
# negative log-likelihood. Not quite: the log density is $-d^2/2$ *minus* half the log of the
# covariance's determinant: at the same distance, a wider component has a lower density. How often does
# that matter?

# %%
pairs = list(zip(results["means"], results["covs"]))
nearest = [np.argmin([mahalanobis(x, *pair) for pair in pairs]) for x in pictures.rgb]
print("nearest by Mahalanobis, but not the best score:", np.sum(nearest != clusters), "pictures")

# %% [markdown]
# ## 9 Against the truth (20 min)
#
# EM has never seen the categories. We have, so let us count: rows are components, columns
# are categories. A component's number means nothing, so first find the matching of
# components to categories that has the most pictures on it.

# %%
table = np.array([np.bincount(category[clusters == k], minlength=K) for k in range(K)])
rows, columns = linear_sum_assignment(table, maximize=True)
print("best matching:", dict(zip(rows.tolist(), names[columns].tolist())))
ax = plot_table(table, [f"component {k}" for k in range(K)], names, "Pictures by component and category")

# %% [markdown]
# Where do the mistakes go? Nearly all to component 3. **Predict** where on Earth they are, then
# compare the two maps.

# %%
_, (above, below) = plt.subplots(2, 1, figsize=(8.4, 8.6), dpi=70, layout="constrained")
matched = np.argsort(columns)[category]  # each category in the colour of its component
ax = plot_map(pictures, matched, "The true categories", names[columns], ax=above)
ax = plot_map(pictures, clusters, "The clusters that EM found", ax=below)

# %% [markdown]
# The red desert of Australia has become "grassland", and so have the edges of the Amazon and of
# the Congo. By colour alone that is not even a mistake.
#
# **How pure is a cluster?** Give each the category that most of its pictures have; *purity*
# is the share of all pictures that are then right. It takes the table of counts, K × C, for C categories.
# **2 marks.**


# %% solution="purity"
def purity(table):
    """Return the share of pictures in the largest category of their cluster, from 0 to 1.

    table: (K, C) counts, one row a cluster, one column a category.
    """
    ### BEGIN SOLUTION
    return np.max(table, axis=1).sum() / np.sum(table)
    ### END SOLUTION


# %% test="purity"
check(purity, out_of=2)

# %% [markdown]
# Purity is easy to raise: with a cluster for every picture it is 1. The *adjusted Rand
# index* looks at pairs of pictures instead: together in both groupings, or apart in both? It is 1
# for a perfect match and about 0 for chance, whatever the number of clusters.

# %%
shuffled = np.random.default_rng(0).permutation(clusters)
for name, found in {"EM": clusters, "shuffled": shuffled, "alone": np.arange(len(pictures))}.items():
    counts = np.array([np.bincount(category[found == k], minlength=K) for k in np.unique(found)])
    rand = adjusted_rand_score(category, found)
    print(f"{name:9} purity {purity(counts):.3f}   adjusted Rand index {rand:.3f}")

# %% [markdown]
# ## 10 Twenty starts (15 min)
#
# The start decides where EM ends. So we draw twenty starts. **Predict**: does the start with the best
# log-likelihood also agree best with the categories? The cell takes some seconds. It prints a dot for
# each start, or a `c` for a start that collapses: a component shrinks onto one or two pictures.


# %%
def try_starts(data, truth, K, count=20, **options):
    """Return the (log-likelihood, adjusted Rand index) of each start that does not collapse."""
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


predicted_best = None  # True if the best likelihood agrees best, else False
ends = try_starts(pictures.rgb, category, K, **wide)
ax = plot_data(ends, f"Twenty starts, {K} components", labels=["log-likelihood", "adjusted Rand index"])
print("the highest: log-likelihood {:.1f}, agreement {:.3f}".format(*ends[ends[:, 0].argmax()]))
print(compare_prediction(predicted_best, bool(ends[:, 0].argmax() == ends[:, 1].argmax())))

# %% [markdown]
# Twenty starts, seven ends. The highest log-likelihood also has the highest agreement. But look at the
# end near 4190. Four ends have a lower log-likelihood, and three of these four agree better with the
# categories. The log-likelihood knows nothing of deserts. It rewards a close fit: two Gaussians for
# one bent category may fit better than one Gaussian for each category.
#
# The sharpest test: start EM from the truth itself, each category its own Gaussian.

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
# EM walks *away* from the truth: the log-likelihood rises by 67, and the agreement falls.
# Nothing is broken. The categories are simply not four Gaussians, and EM was only asked for
# the four Gaussians that fit best.

# %% [markdown]
# ## 11 All six categories (10 min)
#
# Now all of the Earth, with ice and boreal forest, and K = 6, from twenty starts. **Predict**: which two
# categories will EM be unable to part?

# %%
everything = load_earth()
six_names, six = np.unique(everything.category, return_inverse=True)
six_ends = try_starts(everything.rgb, six, 6)
ax = plot_data(six_ends, "Six components", labels=["log-likelihood", "adjusted Rand index"])
for end in six_ends[six_ends.argmax(axis=0)]:
    print("log-likelihood {:.1f}, agreement {:.3f}".format(*end))

# %% [markdown]
# Two starts **collapse**: a component keeps a single picture, or two. Its width goes to 0, and the
# log-likelihood could rise for ever. It ends only because the covariance can no longer be inverted. So such
# a log-likelihood says nothing.
# The assignment `when-em-fails` comes back to it.
#
# Of the others, the likeliest is not the one that agrees best, and nobody who lacks the labels
# could have picked that one. The likeliest, as a table:

# %%
six_start = np.random.default_rng(1).choice(860, 6, replace=False)
run = run_EM(everything.rgb, *initialise(everything.rgb, six_start))
found = run["resp"].argmax(axis=1)
six_table = np.array([np.bincount(six[found == k], minlength=6) for k in range(6)])
ax = plot_table(six_table, [f"component {k}" for k in range(6)], six_names, "Six components, six categories")

# %% [markdown]
# **Question.** One category is spread over three components, and one of these holds nothing
# else. Which category? Its name as in the table, in quotes. **1 mark.**

# %% solution="quiz-spread"
spread_category = None  # until you answer below
### BEGIN SOLUTION
spread_category = "boreal forest"
### END SOLUTION

# %% test="quiz-spread"
check_answer("quiz-spread", spread_category, out_of=1)

# %% [markdown]
# ## 12 EM you can hold (10 min)
#
# The four categories and their start once more. The E-step is now made of *your*
# `compute_scores`, times the weights. From iteration 10 to 80 the curve was flat. **Predict**
# what the pictures did meanwhile, then play. On the plateau, drag the mean of component 1 by
# the width of a picture, and press *Run EM from here*: does the second climb come sooner? Far out, the
# densities of some pictures become 0, and EM ends.


# %% tags=["nbval-ignore-output"]
def e_step(data, weights, means, covariances):
    joint = np.asarray(compute_scores(data, means, covariances)) * weights
    return joint / joint.sum(axis=1, keepdims=True)


def changed_hands(run):
    owners = [frame.resp.argmax(axis=1) for frame in run.frames if frame.half == "E"]
    early, late = owners[:10][-1], owners[:80][-1]  # or the last, if it ends sooner
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
# A newspaper writes: "Artificial intelligence recognises deserts and rainforests from space,
# without being taught." You have done just that. Write three to five sentences to the
# editor. **4 marks**, read by a person, one for each of:
#
# - what the method really saw of each picture;
# - two categories that it cannot tell apart, with numbers from a table above;
# - that more likelihood is not more truth, with your evidence;
# - what you would give it to see, to do better.

# %% [markdown] manual="in-your-own-words" points=4
# The method saw three numbers of each picture, its mean red, green and blue, and nothing of
# shape or texture. So it cannot part rainforest from boreal forest: one component holds 105 of the
# one and 86 of the other, because both are dark green. Nor is its best fit the most faithful:
# started from the true categories, EM raised the log-likelihood from 4244.1 to 4311.3, while
# the agreement fell from 0.935 to 0.893. With texture, with other wavelengths or with several
# seasons it would have something to tell forests apart by.

# %% [markdown]
# ## What to take away
#
# - A hard assignment takes the best score; the responsibility also knows the weights.
# - Distance from a Gaussian is measured in its own widths, and the density also in its size.
# - Agreement needs a matching, or pairs: purity alone is easily raised.
# - The likelihood prefers what fits. Whether that is what you mean, only you can say.
# - The mean colour knows no shape, no texture and no season. No mixture of mean colours can separate
#   things of the same colour: a red desert and dry grass, or, in the photographs that this assignment was
#   first made for, a river and a cloudy sky.
#
# Save the notebook (Ctrl + S): the saved file is what you hand in.

# %% [markdown] include="symbols.md"
