"""How people get `e_step` wrong: the weights, and how scores are normalised."""

import numpy as np
from scipy.special import logsumexp

from checks.authors import mistake
from exercises.pieces.bernoulli import joint, rows
from helpers import log_bernoullis


@mistake("divided without the weights", seen="the published homework that this assignment is about")
def _(X, log_p, log_mix):
    """Your divisor has no mixing weights in it: this is the fault of the published E-step. Divide by the
    sum of weight times probability.

    The responsibilities of an image sum to 1 only if the divisor is the sum of all numerators. In your
    code, the weight is in the numerator, but not in the divisor. So a component that is ahead gets more in
    each iteration. The other components lose their images.

    Two components give an image the probabilities 0.2 and 0.4, and their weights are 0.75 and 0.25. The
    products are 0.2 · 0.75 = 0.15 and 0.4 · 0.25 = 0.10. Divided by their sum 0.25, they sum to 1. Divided
    by 0.2 + 0.4 = 0.6, they sum to only 0.42.
    """
    return np.ravel(log_mix) + rows(log_bernoullis(X, log_p))


@mistake(
    "mixing weights forgotten", seen="choucavalier/mnist-em-bmm-gmm: predict sums exp of the supports alone"
)
def _(X, log_p, log_mix):
    """Your scores use only the pixels. Add the log of the mixing weight to the score of each component.

    Two things make a component likely: it fits the image, and it makes many of the images. Bayes' rule
    multiplies the two, so in logs you add them. Add the log weight before you normalise. With equal weights
    this mistake does not show, so the first iteration looks correct. Later iterations are wrong.

    Two components give an image the probabilities 0.2 and 0.4, and their weights are 0.75 and 0.25. The
    products are 0.15 and 0.10, so the responsibilities are 0.6 and 0.4. Without the weights they would be
    1/3 and 2/3.
    """
    return rows(log_bernoullis(X, log_p))


@mistake("weights not in logs", seen="rlouf/blog-benchmark-rwmetropolis#2")
def _(X, log_p, log_mix):
    """You add the mixing weights themselves to the log scores. Add the logs of the weights.

    `log_mix` already holds logs, so add it as it is. Perhaps your code takes `exp` of `log_mix` before it
    adds. Then a weight between 0 and 1 acts like a factor between 1 and 2.7. So frequent and rare
    components hardly differ. In logs, every factor must be replaced by its log.

    Two components fit an image equally well, and their weights are 0.9 and 0.1. So the responsibilities
    should be 0.9 and 0.1. If you add 0.9 and 0.1 to the scores, the ratio of the responsibilities is
    `exp(0.8)`, about 2.23. Then they are 0.69 and 0.31.
    """
    return rows(log_bernoullis(X, log_p) + np.exp(np.ravel(log_mix)))


@mistake("weights subtracted", seen="a choice of this notebook's own quiz")
def _(X, log_p, log_mix):
    """You subtract the logs of the weights. So frequent components become less likely, and rare components
    become more likely. Add the logs instead.

    Subtracting a log means dividing. Bayes' rule multiplies the probability of the image by the weight, so
    the log of the weight is added. You do subtract a log later, when you normalise a row: the log of the
    *sum* over all components. This log is the same number for all components of an image.

    Two components fit an image equally well, and their weights are 0.75 and 0.25. So the responsibilities
    are 0.75 and 0.25. With subtracted logs they would be 0.25 and 0.75.
    """
    return rows(log_bernoullis(X, log_p) - np.ravel(log_mix))


@mistake("not normalised", seen="rdorado/bernoulli-mixture-model: predict returns weight times probability")
def _(X, log_p, log_mix):
    """You return the scores. Normalise each row before you return it.

    A score is log weight plus log probability. It says how probable the component *and* the image are
    together, and it is a number like -200. The responsibility is the probability of the component alone,
    given the image. So subtract from each row of scores the `log_sum_exp` of this row. `log_sum_exp` with
    `axis=1` gives one such number for each image.

    An image has the scores -200 and -201 for two components. Their `log_sum_exp` is -199.69. The
    differences are -0.31 and -1.31, and their `exp` are 0.73 and 0.27. These responsibilities sum to 1.
    """
    return joint(X, log_p, log_mix)


@mistake("normalised over the images", seen="a choice of this notebook's own quiz; probml/pmtk3#47 is alike")
def _(X, log_p, log_mix):
    """You normalise over the images, so in your table the columns of responsibilities sum to 1. The rows
    have to sum to 1.

    Responsibilities answer a question about one image: which component made it? So the responsibilities of
    one image sum to 1. A column belongs to one component. Its sum is the soft count, which need not be 1.
    In an N × K table, each row is an image, and `axis=1` adds along a row.

    For two images, weight times probability is (0.1, 0.3) and (0.2, 0.2). The sums of the rows are 0.4 and
    0.4. So the responsibilities are (0.25, 0.75) and (0.5, 0.5).
    """
    table = joint(X, log_p, log_mix)
    return table - logsumexp(table, axis=0)


@mistake("normalised over the whole table", seen="a log_sum_exp without axis is over everything")
def _(X, log_p, log_mix):
    """You subtract one number from the whole table, so the responsibilities of all images together sum to
    1. Subtract from each row its own number.

    `log_sum_exp` without an axis adds up all entries of the table. But each image must be normalised alone.
    So there are N numbers, one for each row. Give them the shape (N, 1), so that each number is subtracted
    from its own row. With one number for all, only the likeliest image has large responsibilities.

    For two images, weight times probability is (0.1, 0.3) and (0.2, 0.2). The sums of the rows are 0.4 and
    0.4. Divided by the total 0.8, the first row would be (0.125, 0.375), with the sum 0.5.
    """
    table = joint(X, log_p, log_mix)
    return table - logsumexp(table)


@mistake("divided by the sum of the logs", seen="hmmlearn/hmmlearn#4: logs and probabilities mixed")
def _(X, log_p, log_mix):
    """You divide the log scores by their sum. Subtract instead, because in logs a division becomes a
    subtraction.

    Scores are negative, and a score nearer to 0 is more likely. Division by their negative sum reverses the
    order, so the worst component gets the largest number. The log of a responsibility is the score *minus*
    a log. This is the log of the sum of `exp(score)` over all components. `log_sum_exp` computes it safely.

    An image has the scores -1 and -3 for two components. Divided by their sum -4, they are 0.25 and 0.75.
    But in truth the first component is `exp(2)` times as likely, about seven times. So the logs of the
    responsibilities are -0.13 and -2.13.
    """
    table = joint(X, log_p, log_mix)
    return table / table.sum(axis=1, keepdims=True)
