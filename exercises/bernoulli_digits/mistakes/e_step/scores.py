"""How people get `e_step` wrong: the scores themselves, and what is done to them."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.bernoulli import joint, linear, off, rows
from exercises.pieces.gaussian import hard
from helpers import log_bernoullis


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


@mistake("logs undone", seen=OURS, worth=0.5)
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
