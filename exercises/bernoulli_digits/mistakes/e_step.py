"""How people get `e_step` wrong, the E-step of a Bernoulli mixture in the log domain."""

import numpy as np
from scipy.special import logsumexp

from checks.authors import OURS, mistake
from exercises.pieces.bernoulli import joint, linear, off, rows
from exercises.pieces.gaussian import hard
from helpers import log_bernoullis


@mistake("divided without the weights", seen="the published homework that this assignment is about")
def _(X, log_p, log_mix):
    """You divide by the sum of the scores without their weights: the published fault itself.

    What is subtracted must be the log of the sum of just those numbers that are to become shares. Here the
    weight is in the numerator and not in the divisor, so the shares of an image do not sum to 1, and a
    component that is ahead gets more from each round to the next. The others starve.

    Probabilities 0.2 and 0.4, weights 0.75 and 0.25: the products are 0.15 and 0.10. Divided by 0.2 + 0.4
    they are together 0.42; divided by 0.25 they are 1.
    """
    return np.ravel(log_mix) + rows(log_bernoullis(X, log_p))


@mistake(
    "mixing weights forgotten", seen="choucavalier/mnist-em-bmm-gmm: predict sums exp of the supports alone"
)
def _(X, log_p, log_mix):
    """Your scores are the pixels' alone: the mixing weights take no part.

    An image may come from a component that fits it, or from one that makes most of the images; Bayes' rule
    multiplies the two, and in logs the log weight is added to each component's score before normalising.
    With equal weights nothing shows, so the first iteration looks right. Later ones drift.

    Probabilities 0.2 and 0.4, weights 0.75 and 0.25: shares 0.6 and 0.4. Without the weights 1/3 and 2/3.
    """
    return rows(log_bernoullis(X, log_p))


@mistake("weights not in logs", seen="rlouf/blog-benchmark-rwmetropolis#2")
def _(X, log_p, log_mix):
    """You add the weights themselves to the log scores. Their logs are what belongs there.

    `log_mix` holds logs already. If you `exp` it first and then add, a weight between 0 and 1 acts like a
    factor between 1 and 2.7, so rare and frequent components hardly differ. In the log domain every factor
    enters as its log, and none as itself.

    Weights 0.9 and 0.1 with equal scores should give the shares 0.9 and 0.1. Adding 0.9 and 0.1 gives the
    ratio `exp(0.8)`, so 0.69 and 0.31.
    """
    return rows(log_bernoullis(X, log_p) + np.exp(np.ravel(log_mix)))


@mistake("weights subtracted", seen="a choice of this notebook's own quiz")
def _(X, log_p, log_mix):
    """You subtract the logs of the weights: frequent components are held back, rare ones favoured.

    To subtract a log is to divide. Bayes' rule multiplies by the weight, so its log is added. What is
    subtracted is the log of the *sum* over all components, when the row is normalised, and that is the same
    number for all of them.

    Equal scores, weights 0.75 and 0.25: the shares are 0.75 and 0.25. Subtracted, they are the other way
    round, 0.25 and 0.75.
    """
    return rows(log_bernoullis(X, log_p) - np.ravel(log_mix))


@mistake("not normalised", seen="rdorado/bernoulli-mixture-model: predict returns weight times probability")
def _(X, log_p, log_mix):
    """You return the scores. They are not yet normalised.

    Log weight plus log probability says how probable the component *and* the image are together, a number
    like -200. The responsibility is the component's share of that, given the image: subtract from each row
    the log of its sum. `log_sum_exp` with `axis=1` gives one such number an image.

    Scores -200 and -201: `log_sum_exp` is -199.69. What remains is -0.31 and -1.31, and `exp` of these is
    0.73 and 0.27, together 1.
    """
    return joint(X, log_p, log_mix)


@mistake("normalised over the images", seen="a choice of this notebook's own quiz; probml/pmtk3#47 is alike")
def _(X, log_p, log_mix):
    """You normalise over the images: your columns sum to 1, and it is the rows that have to.

    A responsibility answers a question about one image: which component made it? So the shares of one image
    are a whole. A column belongs to a component; what it sums to is the soft count, and may be anything. In
    an N x K table images go down, and `axis=1` runs along a row.

    For the rows (1, 3) and (2, 2) the row sums are 4 and 4, so the shares are (0.25, 0.75) and (0.5, 0.5).
    """
    table = joint(X, log_p, log_mix)
    return table - logsumexp(table, axis=0)


@mistake("normalised over the whole table", seen="a log_sum_exp without axis is over everything")
def _(X, log_p, log_mix):
    """You subtract one number from the whole table, so that all shares of all images together sum to 1.

    `log_sum_exp` without an axis sums over every entry. Each image is a whole of its own and needs its own
    divisor: N numbers, one a row, standing in a column so that they meet the right row. With one number for
    all, every image becomes a small part of the likeliest one.

    For the rows (1, 3) and (2, 2) the sums are 4 and 4. The total, 8, would make the first row (0.125,
    0.375), which is one half in all.
    """
    table = joint(X, log_p, log_mix)
    return table - logsumexp(table)


@mistake("divided by the sum of the logs", seen="hmmlearn/hmmlearn#4: logs and probabilities mixed")
def _(X, log_p, log_mix):
    """You divide the log scores by their sum. In logs, to divide is to subtract.

    Logs are negative, and less negative is more likely. Their quotients turn that round: the worst
    component gets the largest number. The log of a share is the log score *minus* the log of the sum, and
    the sum is taken of the `exp`s; `log_sum_exp` does that safely.

    Scores -1 and -3: divided by -4 they are 0.25 and 0.75. In truth the first is `exp(2)`, seven times, as
    likely, so the logs of the shares are -0.13 and -2.13.
    """
    table = joint(X, log_p, log_mix)
    return table / table.sum(axis=1, keepdims=True)


@mistake("only pixels that are on", seen="a choice of this notebook's own quiz")
def _(X, log_p, log_mix):
    """Your scores look only at the pixels with ink.

    Paper tells as much as ink. A component that expects ink in a pixel has to pay for paper there: each
    pixel contributes log p if it is on and log (1 - p) if it is off. Without the second part a component
    that is black everywhere would explain every image best.

    p = (0.9, 0.9) and the image (1, 0): 0.9 · 0.1 = 0.09. With the pixels that are on alone it would be
    0.9, ten times too much.
    """
    return rows(X @ np.transpose(log_p) + np.ravel(log_mix))


@mistake("only pixels that are off", seen=OURS)
def _(X, log_p, log_mix):
    """Your scores look only at the pixels without ink.

    Each pixel contributes: log p where there is ink, log (1 - p) where there is paper. You have the second
    part alone, so a component that expects no ink anywhere explains every image best, whatever is drawn on
    it. Add the part for the pixels that are on.

    p = (0.1, 0.1) and the image (1, 0): 0.1 · 0.9 = 0.09. With the pixels that are off alone it would be
    0.9.
    """
    return rows((1 - X) @ off(log_p).T + np.ravel(log_mix))


@mistake("ink and paper exchanged", seen=OURS)
def _(X, log_p, log_mix):
    """Your scores use p where there is paper and 1 - p where there is ink.

    `log_p` is the log of the probability of ink. An image that has ink just where a component expects it
    should score highest there; in yours it scores lowest, as if it were its own negative. Check which of
    the two terms stands with X and which with 1 - X.

    p = (0.9, 0.1), image (1, 0): 0.9 · 0.9 = 0.81. Exchanged it is 0.1 · 0.1 = 0.01.
    """
    return rows((1 - X) @ np.transpose(log_p) + X @ off(log_p).T + np.ravel(log_mix))


@mistake("log of one minus the log", seen=OURS)
def _(X, log_p, log_mix):
    """For the pixels that are off you use log (1 - log p). It must be log (1 - p).

    `log_p` holds logs. Taking it for the probability makes 1 - log p, which is larger than 1, so the log is
    positive, and no probability has a positive log. Undo the log first. `log1p(-exp(log_p))` does it
    without losing digits where p is small.

    p = 0.1: log p is -2.30, log (1 - p) is log 0.9 = -0.11. With the log in its place it is log 3.30 =
    1.19.
    """
    return rows(X @ np.transpose(log_p) + (1 - X) @ np.log1p(-np.asarray(log_p)).T + np.ravel(log_mix))


@mistake("logs undone", seen=OURS)
def _(X, log_p, log_mix):
    """You return the responsibilities themselves. Here their logs are asked for.

    The name says it, `log_resp`, and the M-step that comes next will `exp` them. With 784 pixels a share
    may be as small as 10 to the power of -50; its log, -115, is an ordinary number, and nothing is rounded
    away. So stay in logs up to the last line.

    Shares 0.6 and 0.4 have the logs -0.51 and -0.92. No log of a share is above 0: if yours are, one `exp`
    is too many.
    """
    return np.exp(rows(joint(X, log_p, log_mix)))


@mistake(
    "products of raw probabilities", seen="16 of 31 public Bernoulli mixtures; choucavalier/mnist-em-bmm-gmm"
)
def _(X, log_p, log_mix):
    """You multiply the pixels' probabilities. With 784 of them the product is rounded to 0.

    The smallest number that a computer keeps is about 10 to the power of -308. A product of 784
    probabilities is smaller, so every component becomes 0, and 0/0 is no number. With four pixels all is
    well, which is why the small cases pass. Add logs instead of multiplying, and normalise with
    `log_sum_exp`.

    0.3 to the power of 784 is 10 to the power of -410: rounded to 0. Its log is -944, and that is kept.
    """
    with np.errstate(divide="ignore"):
        return np.log(linear(X, log_p, log_mix))


@mistake("clipped to between 0.1 and 0.9", seen=OURS)
def _(X, log_p, log_mix):
    """You keep the probabilities away from 0 and 1, by so much that they change.

    A guard against log 0 is fine if it is far below everything that matters, such as 10 to the power of
    -12. At 0.1 it says that no pixel is ever surer than nine to one, and just the pixels that are nearly
    always white or black are those that tell components apart.

    p = 0.001 for a pixel that is on: the log is -6.9. Clipped to 0.1 it is -2.3, as if this had happened a
    hundred times as often.
    """
    p = np.clip(np.exp(log_p), 0.1, 0.9)
    return rows(X @ np.log(p).T + (1 - X) @ np.log(1 - p).T + np.ravel(log_mix))


@mistake("clipped on one side", seen="5 of 31 public Bernoulli mixtures; keras-team/keras#377")
def _(X, log_p, log_mix):
    """You guard one of the two logs, and not the other.

    Ink has log p, paper has log (1 - p). A small p is as likely as a p near 1, so a guard belongs on both
    sides, or on neither; and it must be far smaller than any probability that occurs. One that is on one
    side alone pushes every image towards ink, or towards paper.

    p = 0.0001, guarded to 0.1: a pixel that is on costs 2.3 instead of 9.2. For p = 0.9999 a pixel that is
    off still costs the full 9.2.
    """
    p = np.clip(np.exp(log_p), 0.1, None)
    return rows(X @ np.log(p).T + (1 - X) @ off(log_p).T + np.ravel(log_mix))


@mistake("hard instead of soft", seen="mcdickenson/em-gaussian#2, for Gaussians")
def _(X, log_p, log_mix):
    """You give each image to its likeliest component as a whole.

    With 784 pixels most shares are nearly 0 or 1, so it looks alike. But EM's promise, that the likelihood
    never falls, holds for the shares themselves. Images that are torn between two components are those that
    still move them.

    Logs of shares -0.69 and -0.69 mean one half each. Given to the first as a whole they would be 0 and
    minus infinity, and the second component would never see that image.
    """
    return np.log(hard(joint(X, log_p, log_mix)) + 1e-300)


@mistake("mean over the pixels", seen=OURS)
def _(X, log_p, log_mix):
    """Your scores are means over the pixels, not sums.

    The pixels are independent, given the component, so their probabilities multiply and their logs *add
    up*: more pixels, more evidence. A mean weighs 784 pixels like one, and the mixing weight, which is
    added once, counts 784 times as much as it should. All shares come out nearly alike.

    Two pixels, each twice as likely under the first component: together 4 to 1. The mean of the logs would
    still say 2 to 1.
    """
    return rows(log_bernoullis(X, log_p) / np.shape(X)[1] + np.ravel(log_mix))


@mistake("squared distances for log probabilities", seen="k-means' score, in place of the Bernoulli one")
def _(X, log_p, log_mix):
    """Your scores are squared distances between image and component, as in k-means.

    That would be right for a Gaussian of fixed width. A pixel that is 0 or 1 has the log probability log p
    or log (1 - p), and that is no parabola: a pixel that is nearly never on, and is on, speaks far louder
    than its distance of at most 1 can say.

    p = 0.5 against p = 0.001, pixel on: squared distances 0.25 and 1.0. Log probabilities -0.7 and -6.9:
    five hundred times as likely.
    """
    return rows(-((np.asarray(X)[:, None] - np.exp(log_p)) ** 2).sum(axis=2) + np.ravel(log_mix))


@mistake("equal shares for all", seen=OURS)
def _(X, log_p, log_mix):
    """Every share is the same, whatever the image: the scores never entered.

    Each image fits some components better than others, so its shares differ. That all are one over K means
    that the table is still as it was when it was made, or that the scores were computed and forgotten, or
    that something made all components alike.

    The log of 1/5 is -1.61. If that stands in every place, print the scores just before they are
    normalised: are they different along a row?
    """
    return np.full((len(X), len(log_p)), -np.log(len(log_p)))


@mistake("one maximum for all images", seen=OURS)
def _(X, log_p, log_mix):
    """Before `exp` you subtract one number from the whole table, or none. Each image needs its own maximum.

    Log scores of different images may lie a thousand apart: one image fits well, another fits nothing.
    Measured from the best image of all, every score of the other one is rounded to 0 by `exp`. Its sum is
    then 0, and the log of 0 is minus infinity. The largest number of each *row* must become 0: use `axis=1`
    and `keepdims=True`.

    Rows (-200, -201) and (-1300, -1302): less -200 the second row is -1100 and -1102, and both `exp` are 0.
    Less its own -1300 it is 0 and -2.
    """
    table = joint(X, log_p, log_mix)
    table = table - table.max()
    with np.errstate(divide="ignore", invalid="ignore"):
        return table - np.log(np.exp(table).sum(axis=1, keepdims=True))
