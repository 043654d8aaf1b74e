# %% [markdown]
# # Handwritten digits, and a likelihood that falls
#
# The data are seventy thousand handwritten digits, each of 784 black or white pixels. (The course's
# website uses only the first 10,000.) A published homework fits a mixture to these digits. The homework
# concludes that most of its clusters are empty. You will find out why they are empty, and repair the
# E-step of the homework. Then you let the model draw new digits.
#
# Researchers use the same model for questionnaires. It finds groups of people by their yes-or-no answers.
# The researchers call the model *latent class analysis*.
#
# **Plan three and a half hours.** Each heading says how many minutes its section takes. A good place to
# stop for the day is after section 5. Section 13 is optional.

# %% [markdown]
# ## How this notebook works
#
# Run the cells from top to bottom. Some cells contain the words `YOUR CODE HERE`: replace the line below
# these words with your code. Then run the check in the next cell as often as you like. This check uses
# public cases. Only other cases, the **hidden cases**, count for your mark. At each **Predict**, write
# your answer on paper before you run the next cell.
#
# The steps of EM keep their four names: **score**, **normalise**, **count**, **re-estimate**.
# [The last cell](#Symbols) explains the symbols and the main terms.
#
# `example("m_step")` returns the arguments of one case, so that you can try your function by hand. A cell
# that still runs shows `[*]`: the square button ■ stops it. Esc, then I twice, also stops the cell.
# On the course's website, choose *Kernel*, *Restart Kernel* instead.

# %%
try:
    from helpers import checking, exploring, plots
except ImportError as missing:
    raise ImportError(
        f"{missing}. This notebook needs the course's `helpers`, `checks` and `explorer`. Start it as the "
        "README says. If another file or package has one of these names: rename it, or use another kernel."
    ) from None

import time

import numpy as np
from sklearn.metrics import normalized_mutual_info_score

from helpers import bernoulli_loglikelihood, check, check_answer, compare_prediction, example, explore
from helpers import library_EM, load_digits, log_sum_exp, one_row_each, plot_loglikelihood, plot_pictures
from helpers import plot_table

# %% [markdown]
# ## Before you start: three questions from memory
#
# <details><summary>1. Why does <code>log_sum_exp</code> subtract the largest number before
# <code>exp</code>?</summary>Otherwise every <code>exp</code> may be rounded to 0. Then the log of their
# sum is minus infinity.</details>
#
# <details><summary>2. What is the sum of the responsibilities of one point?</summary>1.</details>
#
# <details><summary>3. The Mahalanobis distance of a point from a component is small, and the density of
# the component at this point is small, too. How can that be?</summary>The component is wide, so its
# density is spread over a large region. Therefore it is small everywhere.</details>

# %% [markdown]
# ## 1 Digits in black and white (15 min)
#
# MNIST is a well-known collection of handwritten digits. Each pixel has a grey level from 0 (paper) to 255
# (ink). A **Bernoulli variable** has only two values, 0 and 1. So we turn the levels into bits:
#
# - a level of 128 or more becomes 1: the pixel has ink, it is *on*;
# - a level below 128 becomes 0: the pixel is paper, it is *off*.
#
# The file `data/digits.md` says where the digits come from, and what is wrong with these data.

# %%
images, labels = load_digits()
X = (images >= 128).astype(float)
print(X.shape, "pixels on:", X.mean().round(3), "  never on:", np.sum(X.max(axis=0) == 0), "of 784")
ax = plot_pictures(images[:20], labels[:20], "The first twenty digits, in grey")

# %% [markdown]
# A **component** of this mixture has one number $p_d$ for each pixel $d$: the probability of ink in this
# pixel. So a component can be shown as a picture. Given the component, the pixels are independent. So
# their probabilities are multiplied. The probability of an image $x$ is
#
# $$P(x \mid p) = \prod_{d=1}^{784} p_d^{\,x_d} (1 - p_d)^{1 - x_d} .$$
#
# **Predict**: the next cell computes this product for twenty components. Each product has 784 factors
# below 1. What does the computer give for these products?

# %%
p = np.random.default_rng(0).uniform(size=(20, 784))  # twenty random components
products = np.prod(np.where(X[1] == 1, p, 1 - p), axis=1)
with np.errstate(invalid="ignore"):
    print("products:", products[:5], "...  normalised:", (products / products.sum())[:5], "...")

# %% [markdown]
# All twenty products are rounded to 0, and 0/0 is *not a number* (`nan`). So add logs instead of
# multiplying probabilities, and normalise with `log_sum_exp`:

# %%
logs = (X[1] * np.log(p) + (1 - X[1]) * np.log(1 - p)).sum(axis=1)
shares = np.exp(logs - log_sum_exp(logs))
print("logs:", logs[:5].round(1), "...  normalised: max", shares.max().round(4), "sum", shares.sum().round(6))

# %% [markdown]
# From here on, all tables hold logs:
#
# - `log_p`, shape (K, 784): the logs of the probabilities of ink;
# - `log_mix`, shape (K,), (K, 1) or (1, K): the logs of the mixing weights;
# - `log_resp`, shape (N, K): the logs of the responsibilities.
#
# Optional: your functions may use tables of K × N for the responsibilities. Then let the function `my_way`
# in the next cell return `table.T`, which exchanges rows and columns. After that, the cells that we wrote
# use K × N, too.


# %%
def my_way(table):
    """Turn a table of responsibilities, N x K, into the form that your functions use."""
    return table


# %% [markdown]
# ## 2 The M-step: count and re-estimate (30 min)
#
# We begin with the easier half of EM. The responsibilities $r_{nk}$ are given.
#
# - **Count**: the soft count $N_k = \sum_n r_{nk}$ says how many images component k has. One image
#   may count partly for several components.
# - **Re-estimate** $p_{kd}$: the share of these $N_k$ images that have ink in pixel $d$. The value of this
#   pixel in image n is $x_{nd}$.
# - **Re-estimate** the mixing weight $\pi_k$: the share of all $N$ images that component k has.
#
# Both shares are **smoothed**: a small number $\alpha$ is added to each count.
#
# $$p_{kd} = \frac{\alpha + \sum_n r_{nk} x_{nd}}{2 \alpha + N_k}, \qquad
# \pi_k = \frac{\alpha + N_k}{K \alpha + N} .$$
#
# Why $2\alpha$? A pixel has two outcomes, ink and paper, and each outcome gets one $\alpha$. Why
# $K\alpha$? There are K components, and each component gets one $\alpha$.
#
# Fill in the body of `m_step`. It returns the *logs* of $p_{kd}$ and $\pi_k$. **8 marks.**


# %% solution="m_step"
def m_step(X, log_resp, alpha=1e-8):
    """Return (log_p, log_mix): log ink probabilities (K, D), log mixing weights (K,).

    X: (N, D) of 0 and 1. log_resp: logs of the responsibilities, (N, K), or (K, N) as `my_way` says.
    """
    ### BEGIN SOLUTION
    resp = np.exp(one_row_each(log_resp, len(X)))
    counts = resp.sum(axis=0)
    log_p = np.log(alpha + resp.T @ X) - np.log(2 * alpha + counts)[:, None]
    log_mix = np.log(alpha + counts)
    return log_p, log_mix - log_sum_exp(log_mix)
    ### END SOLUTION


# %% test="m_step"
check(m_step, out_of=8)

# %% [markdown]
# Try `m_step` on a case whose answer you can check by eye. Let the labels be the responsibilities: an
# image has the responsibility 1 for its own digit, and 0 for all others. **Predict**: what will the ten
# components look like?

# %%
with np.errstate(divide="ignore"):  # log 0 is minus infinity
    log_known = my_way(np.log(np.eye(10)[labels]))
digit_log_p, _ = m_step(X, log_known)
ax = plot_pictures(np.exp(digit_log_p), range(10), "Each digit's probability of ink")

# %% [markdown]
# **Why smooth?** Without $\alpha$ in the formulas, a pixel that is off in all images of a digit gets the
# probability 0 of ink. **Predict**: how many of the ten digits have such pixels? And what is the
# probability of an image that has ink in one of them?

# %%
with np.errstate(divide="ignore", invalid="ignore"):
    raw_log_p, raw_log_mix = m_step(X, log_known, alpha=0)
    print("pixels never on, by digit:", np.sum(np.isneginf(raw_log_p), axis=1))
    print("0 times log 0:", 0 * raw_log_p.min())

# %% [markdown]
# Every digit has more than two hundred pixels that are never on. An image with ink in such a pixel has the
# probability 0, so the log is minus infinity.
#
# If such a pixel is *off* in an image, the harm is even greater. The pixel contributes 0 · log 0, which is
# *not a number*. Then the result for every image is not a number. With $\alpha > 0$, a spot of ink in such
# a pixel is only very unlikely.

# %% [markdown]
# ## 3 The published E-step (25 min)
#
# Now review the homework. The next cell has the E-step of the homework, in code that we rewrote. Compare
# the code with the correct formula:
#
# $$r_{nk} = \frac{\pi_k\,P(x_n \mid p_k)}{\sum_j \pi_j\,P(x_n \mid p_j)}$$
#
# Write down which fault you suspect before you run anything.


# %%
def published_e_step(X, log_p, log_mix):
    """Return the logs of the responsibilities, as the homework computes them."""
    log_q = np.log1p(-np.exp(log_p))
    scores = X @ (log_p - log_q).T + log_q.sum(axis=1)  # x log p + (1 - x) log q, summed
    return my_way(np.ravel(log_mix) + scores - log_sum_exp(scores, axis=1)[:, None])


# %% [markdown]
# We use the settings of the homework: 500 images, 20 components, and 20 iterations from a random start.
# The function `fit` runs EM and records the log-likelihood after each iteration. With `track=False`, it
# records only the first and the last log-likelihood, and prints a dot for each iteration.


# %%
def fit(X, start, e_step, iterations=20, track=True):
    """Run EM with this E-step. Return log_p, log_mix and the list of log-likelihoods."""
    log_p, log_mix = start
    loglik = [bernoulli_loglikelihood(X, log_p, log_mix)]
    for n in range(iterations):
        log_p, log_mix = map(np.asarray, m_step(X, e_step(X, log_p, log_mix)))
        log_mix = log_mix - log_sum_exp(log_mix)  # sum to 1, even if the responsibilities do not
        if track or n == iterations - 1:
            loglik.append(bernoulli_loglikelihood(X, log_p, log_mix))
        if not track:
            print(".", end="\n" if n == iterations - 1 else "", flush=True)
    return log_p, log_mix, loglik


def random_start(K, D, seed):
    """Return (log_p, log_mix): logs of K random rows, each of length 1, and of equal weights."""
    rows = np.random.default_rng(seed).uniform(size=(K, D))
    return np.log(rows / np.linalg.norm(rows, axis=1, keepdims=True)), np.full(K, -np.log(K))


# %% [markdown]
# The start is that of the homework, too: rows of random numbers, each divided by the square root of its
# sum of squares. Any numbers between 0 and 1 would do. **Predict** the shape of the log-likelihood curve.
# EM promises that this curve has a certain property.

# %%
few = np.random.default_rng(0).choice(len(X), 500, replace=False)
start = random_start(20, 784, seed=0)
bad_p, bad_mix, bad_loglik = fit(X[few], start, published_e_step)
ax = plot_loglikelihood(bad_loglik, "The published E-step: log-likelihood")
ax = plot_loglikelihood(bad_loglik, "The published E-step, from the third iteration on", start=3)

# %% [markdown]
# The log-likelihood falls in many iterations. This is not chance: if the log-likelihood falls, the E-step
# or the M-step is wrong.
#
# The next cell answers two questions. What do the responsibilities of one image sum to? How many
# components still have the largest responsibility for at least one image?

# %%
bad_resp = np.exp(one_row_each(published_e_step(X[few], bad_p, bad_mix), 500))
sums, own = bad_resp.sum(axis=1), np.bincount(bad_resp.argmax(axis=1), minlength=20)
print(f"sums of responsibilities: from {sums.min():.1e} to {sums.max():.2f}")
print("falls:", np.sum(np.diff(bad_loglik) < 0), "of 20;  components without an image:", np.sum(own == 0))

# %% [markdown]
# **Questions.** What is wrong with the published E-step? In the next cell, write `"a"`, `"b"`, `"c"` or
# `"d"` as `fault`. Then decide about two statements: write `True` or `False` for each. **3 marks.**
#
# - a: the scores lack the term for pixels that are off;
# - b: the E-step normalises over the images instead of the components;
# - c: the E-step divides by the sum of the scores without their mixing weights;
# - d: the logs of the weights should be subtracted, not added.
#
# First statement: if all weights are equal, each responsibility from this E-step is the correct one times
# the same number. Second statement: a better choice of the random rows would repair the E-step.

# %% solution="quiz-fault"
fault = first_statement = second_statement = None  # until you answer below
### BEGIN SOLUTION
fault, first_statement, second_statement = "c", True, False
### END SOLUTION

# %% test="quiz-fault"
check_answer("quiz-fault", fault, first_statement, second_statement, out_of=3)

# %% [markdown]
# ## 4 Repaired (25 min)
#
# Now write the correct E-step: **score** and **normalise**. Fill in the body of `e_step`. You may begin
# from the published code or from nothing.
#
# Use logs in every line. Do not take `exp` of the score of a whole image. Even a responsibility of 10⁻⁵⁰⁰
# has an ordinary log, so do not add a small number inside a log. **8 marks.**


# %% solution="e_step"
def e_step(X, log_p, log_mix):
    """Return the logs of the responsibilities, (N, K) or (K, N).

    X: (N, D) of 0 and 1. log_p: (K, D). log_mix: (K,), or what your m_step returns.
    """
    ### BEGIN SOLUTION
    log_q = np.log(-np.expm1(log_p))
    scores = X @ (log_p - log_q).T + (log_q.sum(axis=1) + np.ravel(log_mix))
    return scores - log_sum_exp(scores, axis=1)[:, None]
    ### END SOLUTION


# %% test="e_step"
check(e_step, out_of=8)

# %% [markdown]
# The next cell runs EM on the same images, from the same start, with your E-step. **Predict** three
# numbers:
#
# - the sum of an image's responsibilities;
# - the number of iterations in which the log-likelihood falls (write it in place of `None`);
# - the number of components without an image.

# %%
predicted_falls = None  # in how many of the 20 iterations it falls
log_p, log_mix, loglik = fit(X[few], start, e_step)
resp = np.exp(one_row_each(e_step(X[few], log_p, log_mix), 500))
ax = plot_loglikelihood(loglik, "Repaired: log-likelihood from the third iteration on", start=3)
print(f"sums of responsibilities: from {resp.sum(axis=1).min():.6f} to {resp.sum(axis=1).max():.6f}")
own = np.bincount(resp.argmax(axis=1), minlength=20)
print("falls:", np.sum(np.diff(loglik) < 0), "of 20;  components without an image:", np.sum(own == 0))
print(compare_prediction(predicted_falls, np.sum(np.diff(loglik) < 0)))

# %% [markdown]
# Think of an image that fits only component k. Its correct responsibility for this component is 1. The
# published E-step gives a responsibility of only $\pi_k$. So in each iteration, the soft count of a
# component is multiplied by the weight of this component. Small weights become smaller. So these
# components lose their images.
#
# The homework says of its result: "Most clusters have zero numbers". Now you know why.

# %% [markdown]
# ## 5 What did it find? (25 min)
#
# The next figure shows each component as a picture. The number at each picture is the mixing weight of the
# component.

# %%
weights = [f"{weight:.2f}" for weight in np.exp(np.ravel(log_mix))]
ax = plot_pictures(np.exp(log_p), weights, "Twenty components from five hundred images")

# %% [markdown]
# Which digits are in a component? To count them, give each image to the component with the largest
# responsibility. Fill in the body of `assign_labels`. Compare logs, because for some images the products
# of the probabilities are all rounded to 0. **3 marks.**


# %% solution="assign_labels"
def assign_labels(X, log_p, log_mix):
    """Return (N,): for each image, the number of the component with the largest responsibility."""
    ### BEGIN SOLUTION
    return one_row_each(e_step(X, log_p, log_mix), len(X)).argmax(axis=1)
    ### END SOLUTION


# %% test="assign_labels"
check(assign_labels, out_of=3)

# %% [markdown]
# Next, fill in the body of `cluster_table`. The table has a row for each component and a column for each
# digit from 0 to 9. Each entry counts the images of this digit in this component. A component without an
# image has a row of zeros. **4 marks.**


# %% solution="cluster_table"
def cluster_table(clusters, labels, num_clusters):
    """Return the (K, 10) table of counts. clusters: (N,), from 0 to K - 1. labels: (N,), from 0 to 9."""
    ### BEGIN SOLUTION
    counts = np.zeros((num_clusters, 10), dtype=int)
    np.add.at(counts, (clusters, labels), 1)
    return counts
    ### END SOLUTION


# %% test="cluster_table"
check(cluster_table, out_of=4)

# %% [markdown]
# The homework learns the components from 500 images, and then labels all images with them. The next cell
# does the same. **Predict**: which digits will be in one component together?

# %%
table = np.asarray(cluster_table(np.ravel(assign_labels(X, log_p, log_mix)), labels, 20))
print(table)
names = [f"component {k}" for k in range(20)]
ax = plot_table(table, names, range(10), "Components learned from 500 images, counted on all images")

# %% [markdown]
# The table shows three things.
#
# - A few rows hold almost only one digit.
# - Several digits have more than one row: one row for each way of writing the digit.
# - Many rows mix digits. Some of these digits look alike. For others, 500 images were too few to separate
#   them.
#
# More images should help.
#
# This is a good place to stop for the day.

# %% [markdown]
# ## 6 All images (15 min)
#
# The next cell runs twenty iterations on all images. It takes a quarter of a minute or more. On the
# website, it takes about a minute.

# %%
all_start = random_start(20, 784, seed=0)
log_p, log_mix, loglik = fit(X, all_start, e_step, track=False)
clusters = np.ravel(assign_labels(X, log_p, log_mix))
table = np.asarray(cluster_table(clusters, labels, 20))
captions = [f"{row.argmax()}: {row.max() / max(row.sum(), 1):.0%}" for row in table]
ax = plot_pictures(np.exp(log_p), captions, "Twenty components, each with its commonest digit")

ax = plot_table(table, names, range(10), "Components learned from all images, counted on all images")

# %% [markdown]
# The components are cleaner now. But 4, 7 and 9 are still mixed, and so are 3, 5 and 8. The digits 4, 7
# and 9 share upright strokes, and 3, 5 and 8 share curves. So they have most of their ink in common. To a
# model of single pixels, these digits look like variations of one thing.
#
# The next cell defines two measures of agreement between components and digits.
#
# - **Purity**: give each component its commonest digit. The purity is the share of images for which this
#   digit is correct.
# - **Normalised mutual information** (NMI): how much does the component tell about the digit? The NMI goes
#   from 0 (nothing) to 1 (everything).


# %%
def agreement(log_p, log_mix):
    """Return purity and normalised mutual information over all images."""
    clusters = np.ravel(assign_labels(X, log_p, log_mix))
    table = np.asarray(cluster_table(clusters, labels, len(log_p)))
    return table.max(axis=1).sum() / len(labels), normalized_mutual_info_score(labels, clusters)


# %% [markdown]
# Would these measures have shown the published fault? In the next cell, each E-step learns from 500
# images, with three different seeds, and then labels all images. **Predict** which column of the output
# shows the fault: purity, NMI, falls, or the last log-likelihood.

# %%
for seed in range(3):
    chosen = np.random.default_rng(seed).choice(len(X), 500, replace=False)
    for name, step in {"published": published_e_step, "repaired": e_step}.items():
        p_found, mix_found, trace = fit(X[chosen], random_start(20, 784, seed), step)
        good = "purity {:.3f}  NMI {:.3f}".format(*agreement(p_found, mix_found))
        falls = np.sum(np.diff(trace) < 0)
        print(f"seed {seed}, {name:9}  {good}  falls {falls:2}  last log-likelihood {trace[-1]:.0f}")

# %% [markdown]
# Purity and NMI hardly show the fault. For some seeds, both are even higher with the faulty E-step. With
# the faulty E-step, a few components get all images. But these few components still sort the digits about
# as well. A *law* of EM shows the fault immediately.
#
# So test the laws before you look at results: each row of responsibilities sums to 1, and the
# log-likelihood never falls. The next cell compares both E-steps on all images. It takes as long as the
# first cell of this section.

# %%
bad = fit(X, all_start, published_e_step, track=False)
for name, (p_found, mix_found, trace) in {"published": bad, "repaired": (log_p, log_mix, loglik)}.items():
    good = "purity {:.3f}  NMI {:.3f}".format(*agreement(p_found, mix_found))
    print(f"all images, {name:9}  {good}  log-likelihood {trace[-1]:.0f}")

# %% [markdown]
# The purities of the published and of the correct E-step are nearly equal. But the log-likelihood of the
# published E-step is much lower: by 395,000 with all 70,000 images, or by 62,000 with the website's 10,000
# images.

# %% [markdown]
# ## 7 Soft or hard? (10 min)
#
# An image has 784 pixels. How sure is the model which component the image belongs to? **Predict**: what
# share of the images has a responsibility above 0.99 for one component? Write a number from 0 to 1 in
# place of `None`.

# %%
resp = np.exp(one_row_each(e_step(X, log_p, log_mix), len(X)))
sure, right = resp.max(axis=1), table.argmax(axis=1)[clusters] == labels
predicted_share = None  # a number from 0 to 1
print(compare_prediction(predicted_share, round(np.mean(sure > 0.99), 2)))
print(f"above 0.99: {np.mean(sure > 0.99):.1%}, of these correct: {right[sure > 0.99].mean():.1%}")
doubtful = np.argsort(sure)[:10]
captions = ["/".join(str(k) for k in np.argsort(-resp[n])[:2]) for n in doubtful]
ax = plot_pictures(X[doubtful], captions, "The ten least certain images, with their two likeliest components")

# %% [markdown]
# For nine in ten images, the model is sure of the component: one responsibility is above 0.99. The model
# treats 784 pixels as 784 independent pieces of evidence. But neighbouring pixels in a stroke only repeat
# each other. That is why the model is so sure.
#
# But the model can be sure of the component although the digit is wrong. Give each of these images the
# commonest digit of its component. This digit is correct for hardly three in four of these images.

# %% [markdown]
# ## 8 Let it draw (5 min)
#
# A mixture can make new images. First draw a component at random, with the mixing weights as
# probabilities. Then draw each pixel at random, with the component's probability of ink for this pixel.
# **Predict**: what does handwriting have that these drawings will lack?

# %%
rng = np.random.default_rng(4)
drawn_from = rng.choice(20, size=10, p=np.exp(np.ravel(log_mix)))
drawings = (rng.uniform(size=(10, 784)) < np.exp(log_p[drawn_from])).astype(float)
ax = plot_pictures(drawings, drawn_from, "Ten images drawn from the mixture, each with its component")

# %% [markdown]
# The drawings have the shape of digits, but their strokes are ragged. Each pixel is drawn alone, without a
# look at its neighbours. The reason is that the pixels of the model are independent.

# %% [markdown]
# ## 9 Finish what was erased (20 min)
#
# The lower half of an image is lost. The upper half still says which components may have made the image.
# Complete the image in two steps.
#
# 1. Compute the responsibilities $r_k$ of the image, *given only the seen pixels*. Call `e_step` with
#    these pixels of the image and of the components. (`e_step` takes a table of images, so give it a table
#    of one row.)
# 2. For each erased pixel $d$, compute the mean of $p_{kd}$ over the components, weighted by these
#    responsibilities: $\sum_k r_k\, p_{kd}$.
#
# Fill in the body of `complete`. **4 marks.**


# %% solution="complete"
def complete(x, seen, log_p, log_mix):
    """Return (D,): seen pixels as in x, for erased pixels the probability of ink given the seen pixels.

    x: (D,) of 0 and 1. seen: (D,), True where a pixel is seen, False where it is erased.
    """
    ### BEGIN SOLUTION
    log_resp = e_step(x[None, seen], log_p[:, seen], log_mix)
    expected = np.exp(np.ravel(log_resp)) @ np.exp(log_p)
    return np.where(seen, x, expected)
    ### END SOLUTION


# %% test="complete"
check(complete, out_of=4)

# %% [markdown]
# **Predict**: the next cell erases the lower halves of ten digits and completes them. Think of the 7, of
# which only the upper half is left. Which other digits could it have been?

# %%
upper = np.arange(784) < 14 * 28
some = [np.flatnonzero(labels == d)[3] for d in range(10)]
finished = np.array([complete(x, upper, log_p, log_mix) for x in X[some]])
rows = np.concatenate([X[some], X[some] * upper, finished])
captions = [*range(10), *["erased"] * 10, *["completed"] * 10]
ax = plot_pictures(rows, captions, "Ten digits: whole, half erased, and completed")

# %% [markdown]
# In some places the completed half is grey. There, several components are still possible. The completed
# half is not a guess at one digit. It is an average over all components that fit, weighted by how well
# each of them fits.

# %% [markdown]
# ## 10 Grey instead of black and white (5 min)
#
# The homework ran the same formulas on grey levels from 0 to 1. But a level of 0.4 is neither 0 nor 1. So
# the "likelihood" is not the probability of anything, but a so-called **quasi-likelihood**. **Predict**:
# does grey make the clusters worse?

# %%
part = slice(0, 10_000)
grey = images[part] / 255
for name, data in {"black and white": X[part], "grey": grey}.items():
    p_found, mix_found, trace = fit(data, random_start(20, 784, seed=1), e_step, track=False)
    good = "purity {:.3f}  NMI {:.3f}".format(*agreement(p_found, mix_found))
    print(f"{name:15}  {good}  log-likelihood {trace[-1]:.0f}")

# %% [markdown]
# Grey levels do not make the clusters worse. Here they even give clusters that agree a little better with
# the digits. Do not compare the two log-likelihoods: they are about different data, and one is not about
# probabilities at all. If you use grey levels, tell your readers.

# %% [markdown]
# ## 11 EM you can hold (10 min)
#
# The next cell opens the explorer. It runs EM with twenty components and *your* functions `e_step` and
# `m_step`. It uses only the first 4,000 digits, because all images would take too long.
#
# **Predict**: answer the explorer's question, then press play. After that, choose a digit and erase some
# of its pixels. Which components are still possible?


# %% tags=["nbval-ignore-output"]
def nearly_done(run):
    climbed = np.subtract(run.loglik, run.loglik[0]) / (run.loglik[-1] - run.loglik[0])
    return f"iteration {np.argmax(climbed > 0.95)}"


question = "After which of 30 iterations has the log-likelihood made 95 % of its rise?"
choices = ["iteration 2", "iteration 10", "iteration 20"]
first = X[:4000]
explore(first, init=all_start, ask=question, choices=choices, happened=nearly_done, maxiter=30, gallery=False)

# %% [markdown]
# ## 12 In your own words (15 min)
#
# The homework was handed in and published, and its pictures look like digits. In the next cell, write
# three to five sentences to its author. A person reads your answer. **4 marks**, one for each of these
# points:
#
# - what the E-step does wrong, in terms of responsibilities;
# - why this fault makes some components lose their images;
# - why the pictures and the purity did not show the fault, with numbers from this notebook;
# - which two laws of EM would have shown the fault on the first day.

# %% [markdown] manual="in-your-own-words" points=4
# Your E-step divides by the sum of the scores without the mixing weights, so the responsibilities of an
# image do not sum to 1. In each iteration they are multiplied by the weights: a component that is ahead
# gets more images and so more weight, and the others lose images. With your settings, 11 of 20 components
# end without an image, but the pictures that are left still look like digits. The purity does not show the
# fault either: on all images it is 0.700, against 0.701 after the repair. Two laws of EM show the fault
# immediately: rows of responsibilities sum to 1, and the log-likelihood never falls, but yours falls in 14
# of 20 iterations.

# %% [markdown]
# ## 13 From half a minute to a tenth of a second (optional, 25 min)
#
# The homework's M-step makes a table of N × K × D numbers. With all 70,000 images, these are 70,000 × 20 ×
# 784 numbers of 8 bytes. That is 8.8 GB, and the homework makes such a table more than once. Our E-step
# and our M-step each need only one matrix multiplication, and no such table.

# %%
small, begin = X[:1000], time.perf_counter()
log_resp = one_row_each(e_step(small, log_p, log_mix), 1000)
tables = np.exp(log_resp)[:, :, None] * small[:, None, :]  # N x K x D, here 125 MB
by_table, by_product = tables.sum(axis=0), np.exp(log_resp).T @ small
per_image = (time.perf_counter() - begin) / 1000
print("both ways give the same sums:", np.allclose(by_table, by_product))
del tables

# %% [markdown]
# Three more ideas make an iteration faster.
#
# - **Bytes**: a pixel of 0 or 1 fits into one byte instead of eight.
# - **Blocks**: we convert only one block of images at a time to floating-point numbers. A block is small
#   enough for the processor's cache.
# - **Single precision**: the numbers need half the bytes, and the processor computes twice as fast.
#
# But single precision has a problem. The smallest ordinary number in single precision is about 10⁻³⁸. Some
# responsibilities are even smaller; such numbers are called **subnormal**. On many processors, arithmetic
# with subnormal numbers takes a hundred times as long. There, single precision is slower than double
# precision. Other processors do not become slower. A responsibility below 10⁻¹² changes nothing that can be
# seen. So the argument `floor` makes such a responsibility 0, and the M-step is fast on every processor.


# %%
def fast_step(bits, log_p, log_mix, alpha=1e-8, floor=1e-12, size=1024):
    """Return log_p and log_mix after one iteration. bits: (N, D), 0 and 1 as uint8."""
    log_q = np.log1p(-np.exp(log_p))
    odds, bias = np.float32(log_p - log_q).T, np.float32(log_q.sum(axis=1) + np.ravel(log_mix))
    ink, counts = np.zeros(log_p.shape), np.zeros(len(log_p))
    for begin in range(0, len(bits), size):
        block = bits[begin : begin + size].astype(np.float32)
        scores = block @ odds + bias
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        shares[shares < floor] = 0
        ink += shares.T @ block
        counts += shares.sum(axis=0)
    ink = np.minimum(ink, counts[:, None])  # rounding must not make a probability exceed 1
    weights = counts + alpha
    return np.log((ink + alpha) / (counts + 2 * alpha)[:, None]), np.log(weights / weights.sum())


# %% [markdown]
# **Predict** the order of four times, longest first:
#
# - the homework's table (scaled up from a thousand images);
# - products in double precision;
# - blocks in single precision, with subnormal numbers;
# - the same blocks without subnormal numbers.
#
# Times differ from machine to machine, so this notebook shows only yours.

# %% tags=["nbval-ignore-output", "no-stored-output"]
bits, seconds = (images >= 128).astype(np.uint8), {"table": per_image * len(X)}
for name, floor in {"double": None, "single, subnormals": 0, "single, flushed": 1e-12}.items():
    begin = time.perf_counter()
    if floor is None:
        double = m_step(X, e_step(X, log_p, log_mix))
    else:
        single = fast_step(bits, log_p, log_mix, floor=floor)
    seconds[name] = time.perf_counter() - begin
for name, each in seconds.items():
    print(f"{name:20} {each:6.2f} s, {each / seconds['single, flushed']:6.1f} times the last time")

# %% [markdown]
# `docs/measurements.md` has a table of such ratios of times, measured with care. The next cell shows two
# things: that the fast step gives the same result, and that some responsibilities really are subnormal.

# %%
difference = np.abs(np.exp(single[0]) - np.exp(double[0])).max()
print("ink probabilities agree to 0.0001:", bool(difference < 1e-4))
print(f"subnormal responsibilities in single precision: {np.mean((resp > 1e-45) & (resp < 1e-38)):.0%}")
print(f"the images in MB: {X.nbytes / 1e6:.0f} in double precision, {bits.nbytes / 1e6:.0f} as bytes")

# %% [markdown]
# **Gaussians in blocks.** Blocks work for a mixture of Gaussians, too. In the code, `d` is a point minus
# the *old* mean of a component. From each block we keep only three sums for each component: the soft
# count, the weighted sum of `d`, and the weighted sum of `d dᵀ`. The M-step needs nothing else. Why `d`,
# and not the points themselves? If the data are far from 0, the covariance would then be a small
# difference of large numbers, and would lose accuracy.
#
# `white` is `d`, measured in standard deviations of the component. The mean moves by `shift`. The new
# covariance is the weighted mean of `d dᵀ`, minus the outer product of `shift` with itself.


# %%
def score(columns, weight, mean, covariance):
    """Return log weight + log density of n points, (n,); columns: (D, n), one column for each point."""
    factor = np.linalg.cholesky(covariance)
    white = np.linalg.inv(factor) @ (columns - np.reshape(mean, (-1, 1)))
    log_scale = len(mean) / 2 * np.log(2 * np.pi) + np.log(np.diag(factor)).sum()
    return np.log(weight) - log_scale - 0.5 * np.einsum("dn,dn->n", white, white)


def gather(block, weights, means, covariances):
    """Score and normalise a block, (n, D). Return its soft counts, two weighted sums, its log-likelihood."""
    columns = np.ascontiguousarray(block.T)
    scores = np.array([score(columns, *each) for each in zip(weights, means, covariances)])
    top = scores.max(axis=0)
    shares = np.exp(scores - top)
    total = shares.sum(axis=0)
    resp, moved = shares / total, [columns - np.reshape(mean, (-1, 1)) for mean in means]
    first = np.array([r @ d.T for r, d in zip(resp, moved)])
    second = np.array([(r * d) @ d.T for r, d in zip(resp, moved)])
    return resp.sum(axis=1), first, second, (top + np.log(total)).sum()


def em_step(data, weights, means, covariances, size=8192):
    """Return the parameters after one iteration, and the log-likelihood before this iteration."""
    blocks = [data[i : i + size] for i in range(0, len(data), size)]
    parts = zip(*(gather(block, weights, means, covariances) for block in blocks))
    counts, first, second, loglik = (sum(part) for part in parts)
    shift = first / counts[:, None]
    covariances = second / counts[:, None, None] - shift[:, :, None] * shift[:, None, :]
    return counts / len(data), means + shift, covariances, loglik


# %% [markdown]
# The next cell runs one iteration on 100,000 points with this code, and one iteration with scikit-learn.
# **Predict**: do the two agree on the new means?

# %%
cloud = np.random.default_rng(0).normal(size=(100_000, 3))
equal, at, round_ones = np.full(4, 1 / 4), cloud[:4], np.array([np.eye(3)] * 4)
weights, means, covariances, _ = em_step(cloud, equal, at, round_ones)
library = library_EM(cloud, at, round_ones, equal, maxiter=1)
print("the same means:", np.allclose(means, library["means"], atol=1e-10))
print("the same covariances:", np.allclose(covariances, library["covs"], atol=1e-10))

# %% [markdown]
# ## What to take away
#
# - Add logs instead of multiplying probabilities, and normalise with `log_sum_exp`.
# - Smooth a little: something that was never seen is unlikely, not impossible.
# - Test laws before results: rows of responsibilities sum to 1, and the log-likelihood never falls.
# - A mixture of independent pixels is too sure of itself, because the pixels of a stroke are not
#   independent.
#
# Save the notebook (Ctrl + S), because you hand in the saved file.

# %% [markdown] include="symbols.md"
