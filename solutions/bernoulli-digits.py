# %% [markdown]
# # Handwritten digits, and a likelihood that falls
#
# Seventy thousand digits (on the course's website the first 10,000), 784 pixels each, black or white. A
# published homework fits a mixture to them and concludes that most of its clusters are empty. You will
# find out why, repair its E-step, and then let the model draw. Researchers use the same model to find
# groups of people by their yes-or-no answers to a questionnaire. They call it *latent class analysis*.
#
# **Plan three and a half hours.** Each heading says how many minutes its section takes. A good place to
# stop for the day is after section 5. Section 13 is optional.

# %% [markdown]
# ## How this notebook works
#
# Run the cells from top to bottom. Where a cell says `YOUR CODE HERE`, replace the line
# below it; the check after it tries public cases, as often as you like. Marking uses others.
#
# The steps of EM keep their four names: **score**, **normalise**, **count**, **re-estimate**.
# [The last cell](#Symbols) explains the symbols and the main terms.
#
# `example("m_step")` returns the arguments of a case, to try by hand. A cell that still runs shows
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

import time

import numpy as np
from sklearn.metrics import normalized_mutual_info_score

from helpers import bernoulli_loglikelihood, check, check_answer, compare_prediction, example, explore
from helpers import library_EM, load_digits, log_sum_exp, one_row_each, plot_loglikelihood, plot_pictures
from helpers import plot_table

# %% [markdown]
# ## Before you start: three questions from memory
#
# <details><summary>1. Why must <code>log_sum_exp</code> take out the largest number
# first?</summary>Otherwise every <code>exp</code> may be rounded to 0, and the log of their sum
# is minus infinity.</details>
#
# <details><summary>2. What do the responsibilities of one point sum to?</summary>1.</details>
#
# <details><summary>3. Mahalanobis distance small, density small: how can that be?</summary>
# The component is wide: its density is spread thin.</details>

# %% [markdown]
# ## 1 Digits in black and white (15 min)
#
# MNIST, a well-known collection of digits, holds grey levels from 0, paper, to 255, ink. A Bernoulli
# variable is 0 or 1, so we cut at 128. The card `data/digits.md` says where the digits come from, and
# what is wrong with them.

# %%
images, labels = load_digits()
X = (images >= 128).astype(float)
print(X.shape, "pixels on:", X.mean().round(3), "  never on:", np.sum(X.max(axis=0) == 0), "of 784")
ax = plot_pictures(images[:20], labels[:20], "The first twenty digits, in grey")

# %% [markdown]
# A component is nothing but a probability of ink for each pixel, so it is a picture itself.
# Given the component, pixels are independent:
#
# $$P(x \mid p) = \prod_{d=1}^{784} p_d^{\,x_d} (1 - p_d)^{1 - x_d} .$$
#
# **Predict**: what does the product of 784 numbers below 1 come to on a computer?

# %%
p = np.random.default_rng(0).uniform(size=(20, 784))  # twenty components that know nothing
products = np.prod(np.where(X[1] == 1, p, 1 - p), axis=1)
with np.errstate(invalid="ignore"):
    print("products:", products[:5], "...  shares:", (products / products.sum())[:5], "...")

# %% [markdown]
# All twenty are rounded to 0, and 0/0 is no number. Add logs instead, and normalise with
# `log_sum_exp`:

# %%
logs = (X[1] * np.log(p) + (1 - X[1]) * np.log(1 - p)).sum(axis=1)
shares = np.exp(logs - log_sum_exp(logs))
print("logs:", logs[:5].round(1), "...  largest share:", shares.max().round(4), "sum:", shares.sum().round(6))

# %% [markdown]
# From here on everything stays in logs: `log_p` (K × 784), `log_mix` for the mixing weights (shape (K,),
# (K, 1) or (1, K)), and `log_resp` for the responsibilities (N × K).
#
# Optional: if your functions use K × N, return `table.T` in `my_way`. The given cells then use K × N, too.


# %%
def my_way(table):
    """Turn a table of responsibilities, N x K, into the form that your functions use."""
    return table


# %% [markdown]
# ## 2 The M-step: count and re-estimate (30 min)
#
# The easy half first. Given the responsibilities, **count**: $N_k = \sum_n r_{nk}$ images in
# component k. **Re-estimate**: of these, the share with ink in pixel d. Both are smoothed a
# little by $\alpha$:
#
# $$p_{kd} = \frac{\alpha + \sum_n r_{nk} x_{nd}}{2 \alpha + N_k}, \qquad
# \pi_k = \frac{\alpha + N_k}{K \alpha + N} .$$
#
# Why $2\alpha$? Ink and paper get one $\alpha$ each. Why $K\alpha$? Each of the K
# components gets one. Return the logs. **8 marks.**


# %% solution="m_step"
def m_step(X, log_resp, alpha=1e-8):
    """Return (log_p, log_mix): log ink probabilities (K, D), log mixing weights (K,).

    X: (N, D) of 0 and 1. log_resp: logs of the responsibilities, (N, K), or (K, N) if you like.
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
# Try it where the answer can be seen: let the labels be the responsibilities, all or nothing.
# **Predict**: what will the ten components look like?

# %%
with np.errstate(divide="ignore"):  # the log of no share at all
    log_known = my_way(np.log(np.eye(10)[labels]))
digit_log_p, _ = m_step(X, log_known)
ax = plot_pictures(np.exp(digit_log_p), range(10), "Each digit's probability of ink")

# %% [markdown]
# **Why smooth?** Without it a pixel that was never on has probability 0. **Predict**: how many
# of the ten digits have such pixels? And what is the probability of an image that has ink there?

# %%
with np.errstate(divide="ignore", invalid="ignore"):
    raw_log_p, raw_log_mix = m_step(X, log_known, alpha=0)
    print("pixels never on, by digit:", np.sum(np.isneginf(raw_log_p), axis=1))
    print("0 times log 0:", 0 * raw_log_p.min())

# %% [markdown]
# Every digit has over two hundred, and one speck there makes an image impossible: log 0 is
# minus infinity. Worse, a pixel that is off *there* contributes 0 · log 0, which is no number, and
# spoils every image. With $\alpha > 0$ a speck is only very unlikely.

# %% [markdown]
# ## 3 The published E-step (25 min)
#
# Now the homework. Here is its E-step, rewritten by us, and you are its reviewer. Read it against
#
# $$r_{nk} = \frac{\pi_k\,P(x_n \mid p_k)}{\sum_j \pi_j\,P(x_n \mid p_j)}$$
#
# and write down what you suspect before you run anything.


# %%
def published_e_step(X, log_p, log_mix):
    """Return the logs of the responsibilities, as the homework has them."""
    log_q = np.log1p(-np.exp(log_p))
    scores = X @ (log_p - log_q).T + log_q.sum(axis=1)  # x log p + (1 - x) log q, summed
    return my_way(np.ravel(log_mix) + scores - log_sum_exp(scores, axis=1)[:, None])


# %% [markdown]
# The homework's setting: 500 images, 20 components, 20 iterations from a random start. `fit` notes the
# log-likelihood after each iteration. With `track=False` it notes only those of the start and of the end,
# and prints a dot for each iteration.


# %%
def fit(X, start, e_step, iterations=20, track=True):
    """Run EM with this E-step; return log_p, log_mix and the log-likelihoods."""
    log_p, log_mix = start
    loglik = [bernoulli_loglikelihood(X, log_p, log_mix)]
    for n in range(iterations):
        log_p, log_mix = map(np.asarray, m_step(X, e_step(X, log_p, log_mix)))
        log_mix = log_mix - log_sum_exp(log_mix)  # also if the shares of an image do not sum to 1
        if track or n == iterations - 1:
            loglik.append(bernoulli_loglikelihood(X, log_p, log_mix))
        if not track:
            print(".", end="\n" if n == iterations - 1 else "", flush=True)
    return log_p, log_mix, loglik


def random_start(K, D, seed):
    """Return (log_p, log_mix): rows of random numbers of length 1, equal weights."""
    rows = np.random.default_rng(seed).uniform(size=(K, D))
    return np.log(rows / np.linalg.norm(rows, axis=1, keepdims=True)), np.full(K, -np.log(K))


# %% [markdown]
# The start, too, is the homework's: random rows, divided by their length. Any numbers between 0
# and 1 would do. **Predict** the course of the curve. EM promises one thing about it.

# %%
few = np.random.default_rng(0).choice(len(X), 500, replace=False)
start = random_start(20, 784, seed=0)
bad_p, bad_mix, bad_loglik = fit(X[few], start, published_e_step)
ax = plot_loglikelihood(bad_loglik, "The published E-step: log-likelihood")
ax = plot_loglikelihood(bad_loglik, "The published E-step, from the third iteration on", start=3)

# %% [markdown]
# It falls in many iterations. That is not bad luck: where the log-likelihood falls, the E-step or the
# M-step is wrong. Now look at the shares: what do those of one image sum to? And how many components still
# have the largest share of at least one image?

# %%
bad_resp = np.exp(one_row_each(published_e_step(X[few], bad_p, bad_mix), 500))
sums, own = bad_resp.sum(axis=1), np.bincount(bad_resp.argmax(axis=1), minlength=20)
print(f"shares of an image sum to {sums.min():.1e} at least, {sums.max():.2f} at most")
print("falls:", np.sum(np.diff(bad_loglik) < 0), "of 20;  components without an image:", np.sum(own == 0))

# %% [markdown]
# **Questions.** What is wrong with that E-step? Answer `"a"`, `"b"`, `"c"` or `"d"`. And two
# statements, `True` or `False`. **3 marks.**
#
# - a: the scores lack the term for pixels that are off;
# - b: it normalises over the images instead of the components;
# - c: it divides by the sum of the scores without their mixing weights;
# - d: the logs of the weights should be subtracted, not added.
#
# First statement: if all weights are equal, each of its shares is the correct one times the same number.
# Second statement: a better choice of the random rows would repair the E-step.

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
# **Score** and **normalise**, this time rightly, in logs all the way. Do not take
# `exp` of a whole image's score. A share of 10⁻⁵⁰⁰ has a log, so do not add a small number inside a log.
# Begin from the published code or from nothing. **8 marks.**


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
# The same images, the same start, the same M-step. **Predict** the three numbers of above:
# sums, falls, components without an image.

# %%
predicted_falls = None  # in how many of the 20 steps it will fall
log_p, log_mix, loglik = fit(X[few], start, e_step)
resp = np.exp(one_row_each(e_step(X[few], log_p, log_mix), 500))
ax = plot_loglikelihood(loglik, "Repaired: log-likelihood from the third iteration on", start=3)
print(f"shares of an image sum to {resp.sum(axis=1).min():.6f} to {resp.sum(axis=1).max():.6f}")
own = np.bincount(resp.argmax(axis=1), minlength=20)
print("falls:", np.sum(np.diff(loglik) < 0), "of 20;  components without an image:", np.sum(own == 0))
print(compare_prediction(predicted_falls, np.sum(np.diff(loglik) < 0)))

# %% [markdown]
# Think of an image that fits only component k. Its correct share in k is 1. The published share is only
# $\pi_k$. So in each iteration the count of a component is multiplied by its own weight: small weights
# become smaller, and these components starve. "Most clusters have zero numbers", says the homework of its
# result. Now you know why.

# %% [markdown]
# ## 5 What did it find? (25 min)
#
# Each component is a picture. The number is its mixing weight.

# %%
weights = [f"{weight:.2f}" for weight in np.exp(np.ravel(log_mix))]
ax = plot_pictures(np.exp(log_p), weights, "Twenty components from five hundred images")

# %% [markdown]
# To count what is in them, give each image to the component with the largest responsibility.
# Compare logs: of some images every product is rounded to 0. **3 marks.**


# %% solution="assign_labels"
def assign_labels(X, log_p, log_mix):
    """Return for each image the number of its likeliest component, (N,)."""
    ### BEGIN SOLUTION
    return one_row_each(e_step(X, log_p, log_mix), len(X)).argmax(axis=1)
    ### END SOLUTION


# %% test="assign_labels"
check(assign_labels, out_of=3)

# %% [markdown]
# And the table: one row a component, one column for each digit from 0 to 9, and in it how many
# images of that digit the component has. A component without an image has a row of zeros.
# **4 marks.**


# %% solution="cluster_table"
def cluster_table(clusters, labels, num_clusters):
    """Return the (K, 10) table of counts. clusters: (N,) from 0 to K - 1. labels: (N,) digits."""
    ### BEGIN SOLUTION
    counts = np.zeros((num_clusters, 10), dtype=int)
    np.add.at(counts, (clusters, labels), 1)
    return counts
    ### END SOLUTION


# %% test="cluster_table"
check(cluster_table, out_of=4)

# %% [markdown]
# As the homework does: the components that were learned from 500 images label all images. **Predict**: which
# digits will share a component?

# %%
table = np.asarray(cluster_table(np.ravel(assign_labels(X, log_p, log_mix)), labels, 20))
print(table)
names = [f"component {k}" for k in range(20)]
ax = plot_table(table, names, range(10), "Learned from 500, counted on all")

# %% [markdown]
# The table says three things. A few rows are nearly one digit; several digits have more than
# one row, a row for each way of writing them; and many rows mix digits that look alike or that
# 500 images were too few to part. More images should help.
#
# This is a good place to stop for the day.

# %% [markdown]
# ## 6 All images (15 min)
#
# The next cell takes a quarter of a minute or more: twenty iterations on all images. On the website it
# takes about a minute.

# %%
all_start = random_start(20, 784, seed=0)
log_p, log_mix, loglik = fit(X, all_start, e_step, track=False)
clusters = np.ravel(assign_labels(X, log_p, log_mix))
table = np.asarray(cluster_table(clusters, labels, 20))
captions = [f"{row.argmax()}: {row.max() / max(row.sum(), 1):.0%}" for row in table]
ax = plot_pictures(np.exp(log_p), captions, "Twenty components, each with its commonest digit")

ax = plot_table(table, names, range(10), "Learned from all, counted on all")

# %% [markdown]
# Cleaner. Still 4, 7 and 9 mingle, and 3, 5 and 8: in upright strokes and in curves they share
# most of their ink. To a model of single pixels they are variations of one thing.
#
# **Two measures of agreement.** *Purity*: give each component its commonest digit; which share
# of the images is then right? *Normalised mutual information* (NMI): how much does the
# component tell about the digit, from 0, nothing, to 1, all?


# %%
def agreement(log_p, log_mix):
    """Return purity and normalised mutual information over all images."""
    clusters = np.ravel(assign_labels(X, log_p, log_mix))
    table = np.asarray(cluster_table(clusters, labels, len(log_p)))
    return table.max(axis=1).sum() / len(labels), normalized_mutual_info_score(labels, clusters)


# %% [markdown]
# Would these numbers have found the published fault? Both E-steps learn from 500 images, with
# three different seeds, and label all images. **Predict** which column gives it away.

# %%
for seed in range(3):
    chosen = np.random.default_rng(seed).choice(len(X), 500, replace=False)
    for name, step in {"published": published_e_step, "repaired": e_step}.items():
        p_found, mix_found, trace = fit(X[chosen], random_start(20, 784, seed), step)
        good = "purity {:.3f}  NMI {:.3f}".format(*agreement(p_found, mix_found))
        falls = np.sum(np.diff(trace) < 0)
        print(f"seed {seed}, {name:9}  {good}  falls in {falls:2} steps  end {trace[-1]:.0f}")

# %% [markdown]
# Purity and NMI hardly notice: for some of the seeds they even prefer the fault. A few
# components that win everything still sort digits about as well. A *law* of EM notices at once. So
# test what must hold, rows that sum to 1 and a likelihood that never falls, before you look at
# results. Now with all images. This takes as long as the first cell of this section.

# %%
bad = fit(X, all_start, published_e_step, track=False)
for name, (p_found, mix_found, trace) in {"published": bad, "repaired": (log_p, log_mix, loglik)}.items():
    good = "purity {:.3f}  NMI {:.3f}".format(*agreement(p_found, mix_found))
    print(f"all images, {name:9}  {good}  log-likelihood {trace[-1]:.0f}")

# %% [markdown]
# The purity nearly agrees. The log-likelihood is much worse: with 70,000 images by 395,000, with the
# website's 10,000 by 62,000.

# %% [markdown]
# ## 7 Soft or hard? (10 min)
#
# How sure is the model of the component of an image with 784 pixels? **Predict**: what share of the
# images has a component with a responsibility above 0.99?

# %%
resp = np.exp(one_row_each(e_step(X, log_p, log_mix), len(X)))
sure, right = resp.max(axis=1), table.argmax(axis=1)[clusters] == labels
predicted_share = None  # a share from 0 to 1
print(compare_prediction(predicted_share, round(np.mean(sure > 0.99), 2)))
print(f"above 0.99: {np.mean(sure > 0.99):.1%}, with the commonest digit: {right[sure > 0.99].mean():.1%}")
doubtful = np.argsort(sure)[:10]
captions = ["/".join(str(k) for k in np.argsort(-resp[n])[:2]) for n in doubtful]
ax = plot_pictures(X[doubtful], captions, "The ten most shared images, and their two likeliest components")

# %% [markdown]
# Nine in ten are certain. The model believes that 784 pixels are 784 independent witnesses, but
# neighbours in a stroke only repeat each other. So it is sure of the component. But the
# component's commonest digit is the right one for hardly three in four of these images.

# %% [markdown]
# ## 8 Let it draw (5 min)
#
# A mixture can make new images. Choose a component by the weights, then each pixel by its
# probability. **Predict**: what will the drawings lack that handwriting has?

# %%
rng = np.random.default_rng(4)
drawn_from = rng.choice(20, size=10, p=np.exp(np.ravel(log_mix)))
drawings = (rng.uniform(size=(10, 784)) < np.exp(log_p[drawn_from])).astype(float)
ax = plot_pictures(drawings, drawn_from, "Ten drawings of the mixture, and the component of each")

# %% [markdown]
# The shape is there, the stroke is frayed: pixels are drawn one by one, without looking at their
# neighbours. That is the independence again.

# %% [markdown]
# ## 9 Finish what was erased (20 min)
#
# The lower half of a digit is lost. The upper half still tells about the component: its
# responsibilities *given the seen pixels alone*, from `e_step` on these pixels. (`e_step` takes a table of
# images: give it one row.) For each erased pixel, return the mean of the components' $p_{kd}$, weighted by
# these responsibilities: $\sum_k r_k\, p_{kd}$. **4 marks.**


# %% solution="complete"
def complete(x, seen, log_p, log_mix):
    """Return (D,): x where it was seen, elsewhere the probability of ink given what was seen.

    x: (D,) of 0 and 1. seen: (D,) of True and False.
    """
    ### BEGIN SOLUTION
    log_resp = e_step(x[None, seen], log_p[:, seen], log_mix)
    expected = np.exp(np.ravel(log_resp)) @ np.exp(log_p)
    return np.where(seen, x, expected)
    ### END SOLUTION


# %% test="complete"
check(complete, out_of=4)

# %% [markdown]
# **Predict**: a 7 whose lower half is gone. What else could it have been?

# %%
upper = np.arange(784) < 14 * 28
some = [np.flatnonzero(labels == d)[3] for d in range(10)]
finished = np.array([complete(x, upper, log_p, log_mix) for x in X[some]])
rows = np.concatenate([X[some], X[some] * upper, finished])
captions = [*range(10), *["erased"] * 10, *["finished"] * 10]
ax = plot_pictures(rows, captions, "Ten digits, erased and finished")

# %% [markdown]
# Where the finished half is grey, several components were still in the running. It is not a
# guess at one digit but an average over all that fit, weighed by how well.

# %% [markdown]
# ## 10 Grey instead of black and white (5 min)
#
# The published homework put grey levels from 0 to 1 into the same formulas. They run. But a
# level of 0.4 is neither 0 nor 1, so the "likelihood" is not the probability of anything: a
# *quasi-likelihood*. **Predict**: does that spoil the clusters?

# %%
part = slice(0, 10_000)
grey = images[part] / 255
for name, data in {"black and white": X[part], "grey": grey}.items():
    p_found, mix_found, trace = fit(data, random_start(20, 784, seed=1), e_step, track=False)
    good = "purity {:.3f}  NMI {:.3f}".format(*agreement(p_found, mix_found))
    print(f"{name:15}  {good}  log-likelihood {trace[-1]:.0f}")

# %% [markdown]
# The clusters do not suffer; here they even agree a little better. But the two log-likelihoods
# must not be compared: they are about different data, and one of them is not about
# probabilities at all. If you use grey, say so.

# %% [markdown]
# ## 11 EM you can hold (10 min)
#
# Once more twenty components, driven by *your* `e_step` and `m_step`: on the first 4,000
# digits, since all images would keep you waiting. **Predict**, then play. Then choose a
# digit, erase some of its pixels, and see which components stay in the running.


# %% tags=["nbval-ignore-output"]
def nearly_done(run):
    climbed = np.subtract(run.loglik, run.loglik[0]) / (run.loglik[-1] - run.loglik[0])
    return f"iteration {np.argmax(climbed > 0.95)}"


question = "After which of thirty iterations are 95 % of the climb done?"
choices = ["iteration 2", "iteration 10", "iteration 20"]
first = X[:4000]
explore(first, init=all_start, ask=question, choices=choices, happened=nearly_done, maxiter=30, gallery=False)

# %% [markdown]
# ## 12 In your own words (15 min)
#
# The homework was handed in, published, and its pictures look like digits. Write three to five
# sentences to its author. **4 marks**, read by a person, one for each of:
#
# - what the E-step does wrong, in terms of responsibilities;
# - why that starves components;
# - why the pictures and the purity did not show it, with numbers from above;
# - which two laws of EM would have shown it on the first day.

# %% [markdown] manual="in-your-own-words" points=4
# Your E-step divides by the sum of the scores without the mixing weights, so an image's
# responsibilities do not sum to 1. What remains is multiplied by the weights each time: a component
# that is ahead gets more images, so more weight, and the others starve; with your settings 11 of 20
# end without an image. The pictures that are left still look like digits, and on all images the
# purity is 0.700, against 0.701 when repaired. But the rows' sums, and a log-likelihood that falls
# in 14 of 20 steps, show it at once: rows must sum to 1, and EM never makes the likelihood fall.

# %% [markdown]
# ## 13 From half a minute to a tenth of a second (optional, 25 min)
#
# The homework's M-step makes a table of N × K × D numbers. For all 70,000 images that is
# 70,000 × 20 × 784 of 8 bytes: 8.8 GB, more than once. The form above needs one matrix *product*
# each way, and no such table.

# %%
small, begin = X[:1000], time.perf_counter()
log_resp = one_row_each(e_step(small, log_p, log_mix), 1000)
tables = np.exp(log_resp)[:, :, None] * small[:, None, :]  # N x K x D, here 125 MB
by_table, by_product = tables.sum(axis=0), np.exp(log_resp).T @ small
per_image = (time.perf_counter() - begin) / 1000
print("the same sums:", np.allclose(by_table, by_product))
del tables

# %% [markdown]
# Three more ideas. *Bytes*: a pixel of 0 or 1 fits into one byte instead of eight. *Blocks*:
# only one block of images at a time is turned into numbers, small enough for the processor's
# cache. *Single precision*: half the bytes, twice the speed.
#
# But not so fast: some responsibilities are below the smallest ordinary number in single
# precision, 10⁻³⁸. On many processors arithmetic with such *subnormal* numbers takes a hundred
# times as long, and single precision loses; on others nothing is lost. A share below 10⁻¹²
# changes nothing that can be seen, so `floor` makes it 0, and the step is fast everywhere.


# %%
def fast_step(bits, log_p, log_mix, alpha=1e-8, floor=1e-12, size=1024):
    """Return log_p, log_mix after one iteration. bits: (N, D) uint8 of 0 and 1."""
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
# **Predict** the order of these four: the homework's table (scaled up from the thousand images
# above), products in double precision, and blocks in single precision, with subnormals and
# without. Times differ from machine to machine, so yours are seen only here.

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
    print(f"{name:20} {each:6.2f} s, {each / seconds['single, flushed']:6.1f} times the last")

# %% [markdown]
# `docs/measurements.md` has a table of such ratios, measured with care. Two things remain to be shown: that
# the fast step is the same step, and that there are subnormal shares at all.

# %%
difference = np.abs(np.exp(single[0]) - np.exp(double[0])).max()
print("ink probabilities agree to 0.0001:", bool(difference < 1e-4))
print(f"shares between 0 and the smallest ordinary float32: {np.mean((resp > 1e-45) & (resp < 1e-38)):.0%}")
print(f"the images in MB: {X.nbytes / 1e6:.0f} in double precision, {bits.nbytes / 1e6:.0f} as bytes")

# %% [markdown]
# **Gaussians in blocks.** Blocks work for a mixture of Gaussians, too. Of each block only three sums are
# kept: the soft counts, and the weighted sums of `d` and of `d dᵀ`, where `d` is a point minus the *old*
# mean. They are all that the M-step needs. Sums of the points themselves would be worse: where the data
# are far from 0, the covariance would be a small difference of large numbers, and lose digits.
#
# `white` is `d` in units of the component's own width. The mean moves by `shift`. The new covariance is
# the weighted mean of `d dᵀ`, minus the outer product of `shift` with itself.


# %%
def score(columns, weight, mean, covariance):
    """Return log weight + log density of n points, (n,); columns: (D, n), one column a point."""
    factor = np.linalg.cholesky(covariance)
    white = np.linalg.inv(factor) @ (columns - np.reshape(mean, (-1, 1)))
    log_scale = len(mean) / 2 * np.log(2 * np.pi) + np.log(np.diag(factor)).sum()
    return np.log(weight) - log_scale - 0.5 * np.einsum("dn,dn->n", white, white)


def gather(block, weights, means, covariances):
    """Score and normalise a block (n, D); return counts (K,), moments, and its log-likelihood."""
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
    """Return the parameters after one iteration, and the log-likelihood before it."""
    blocks = [data[i : i + size] for i in range(0, len(data), size)]
    parts = zip(*(gather(block, weights, means, covariances) for block in blocks))
    counts, first, second, loglik = (sum(part) for part in parts)
    shift = first / counts[:, None]
    covariances = second / counts[:, None, None] - shift[:, :, None] * shift[:, None, :]
    return counts / len(data), means + shift, covariances, loglik


# %% [markdown]
# One iteration on 100,000 points, beside one of scikit-learn's. **Predict**: do the new means agree?

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
# - Sums of logs instead of products, and `log_sum_exp` to normalise.
# - A little smoothing: what was never seen is unlikely, not impossible.
# - Test laws before results: rows that sum to 1, a likelihood that never falls.
# - A mixture of independent pixels is sure of itself, and wrong about strokes.
#
# Save the notebook (Ctrl + S): the saved file is what you hand in.

# %% [markdown] include="symbols.md"
