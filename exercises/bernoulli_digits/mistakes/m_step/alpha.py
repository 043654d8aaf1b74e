"""How people get `m_step` wrong: smoothing with alpha, and the weights."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.bernoulli import m_step


@mistake("no smoothing", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """Your probabilities and your weights are not smoothed, because your function does not use `alpha`. Add
    `alpha` to each count, as the formulas say.

    Without smoothing, a pixel that is off in all images of a component gets the probability 0. The log of 0
    is minus infinity, so an image with ink in this pixel is impossible. For an image without ink there, the
    score contains 0 times minus infinity, which is not a number. With `alpha`, a pixel that was never on is
    unlikely to be on, but not impossible.

    A component has 4 images, and none of them has ink in a pixel. With alpha = 0.5, the divisor is 4 + 2 ·
    0.5 = 5, and its probability of ink, p, is (0 + 0.5) / 5 = 0.1. Without smoothing p is 0.
    """
    return m_step(X, log_resp, 0.0)


@mistake("alpha ignored", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """You add a fixed number to the counts. Add the argument `alpha` instead.

    `alpha` is an argument, so the caller decides how much is added. A fixed number that equals the default
    value passes only in cases where the caller gives no `alpha`. With a larger `alpha`, your function adds
    too little. So write the name `alpha` in each place where the formula has it.

    A component has 4 images, and none of them has ink in a pixel. With alpha = 0.5, its probability of ink,
    p, is 0.5 / (4 + 2 · 0.5) = 0.1. With the fixed number 10⁻⁸ in your code, p is 2.5 · 10⁻⁹ for every alpha.
    """
    return m_step(X, log_resp, 1e-8)


@mistake("smoothed with D", seen="the published homework: alpha times D; jeremy9959.net/Blog/BernoulliDemo")
def _(X, log_resp, alpha=1e-8):
    """You add alpha times the number of *pixels* to the divisor of the ink probabilities. Add 2 alpha,
    because a pixel has two outcomes: it is on or off.

    Each possible outcome gets one alpha, and the divisor gets the sum of these alphas. D alphas would be
    correct if a pixel had D outcomes. Here only one alpha goes to ink, so the other D - 1 act like images
    without ink. So every probability of ink is too small. With more pixels it is even smaller.

    A component has 4 images, and 2 of them have ink in a pixel. With alpha = 1, its probability of ink, p,
    is (2 + 1) / (4 + 2) = 0.5. With D = 784 in the divisor, p is (2 + 1) / (4 + 784) = 0.004.
    """
    return m_step(X, log_resp, alpha, paper=np.shape(X)[1] - 1)


@mistake("smoothed by one alpha", seen="scikit-learn/scikit-learn#4268 is about the same constant")
def _(X, log_resp, alpha=1e-8):
    """You add one alpha to the soft count of ink, and one alpha to the divisor. The divisor needs two alphas:
    one for ink, and one for paper.

    With one alpha in the divisor, ink is smoothed, but paper is not. A pixel that is on in all images of a
    component then keeps the probability 1. So the probability of paper there is 0, and its log is minus
    infinity. Smoothing should prevent exactly this.

    All 4 images of a component have ink in a pixel. With alpha = 1, its probability of ink, p, is (4 + 1) /
    (4 + 2) = 0.83. With one alpha in the divisor, p is 5 / 5 = 1.
    """
    return m_step(X, log_resp, alpha, paper=0.0)


@mistake("weights divided by N + 2", seen="2 of 31 public Bernoulli mixtures: the wrong smoothing constants")
def _(X, log_resp, alpha=1e-8):
    """You divide the weights by N + 2. Divide the smoothed counts by their own sum.

    The 2 belongs to the pixels, because a pixel has two outcomes. A mixing weight belongs to a choice among
    K components. Each component gets one alpha, so the smoothed counts sum to N + K alpha. With any other
    divisor, the weights do not sum to 1.

    The soft counts are 3 and 1, and alpha is 0.5. The smoothed counts are 3.5 and 1.5, and they sum to 5.
    So the weights are 3.5 / 5 = 0.7 and 1.5 / 5 = 0.3. Divided by 4 + 2, the weights would sum to only 5 /
    6 = 0.83.
    """
    return m_step(X, log_resp, alpha, total=len(X) + 2)


@mistake("weights divided by N + D", seen="2 of 31 public Bernoulli mixtures: D for pi")
def _(X, log_resp, alpha=1e-8):
    """You divide the weights by N + D, as if there were one component for each pixel. Divide the smoothed
    counts by N + K alpha.

    The divisor contains everything that was added to the counts: one alpha for each of the K components.
    Then the weights sum to 1 for every alpha. The number of pixels, D, does not matter when a component is
    chosen.

    The soft counts are 3 and 1, and alpha is 0.5. The weights are 3.5 / 5 = 0.7 and 1.5 / 5 = 0.3. With D =
    784, the weights would sum to 5 / (4 + 784) = 0.006. The mixture would explain less than one percent of
    its images.
    """
    return m_step(X, log_resp, alpha, total=len(X) + np.shape(X)[1])


@mistake("weights not smoothed", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """Your mixing weights are not smoothed. A component without an image gets the weight 0, and the log of
    0 is minus infinity.

    The formula adds one alpha to each soft count. So an empty component stays possible, and can get an
    image again. The divisor is the sum of the smoothed counts: N + K alpha. With a small alpha, all other
    weights stay nearly the same.

    The soft counts are 4 and 0, and alpha is 0.5. The weights are 4.5 / 5 = 0.9 and 0.5 / 5 = 0.1. Without
    smoothing the weights are 1 and 0. Then the second component can never get an image again.
    """
    return m_step(X, log_resp, alpha, mix=0.0)


@mistake("weights over K", seen="the Gaussian exercise: weights of ten and more")
def _(X, log_resp, alpha=1e-8):
    """You divide by K, the number of components, so your weights sum to more than 1. Divide each smoothed
    count by the sum of all smoothed counts.

    A mixing weight is a share of all *images*. So the divisor says how many images were counted, with the
    smoothing: N + K alpha. K alone only says how many components there are.

    The soft counts are 3 and 1, and alpha is so small that you can leave it out here. N is 4, so the
    weights are 3 / 4 = 0.75 and 1 / 4 = 0.25. Divided by K = 2, they would be 1.5 and 0.5, with the sum 2.
    """
    return m_step(X, log_resp, alpha, total=np.shape(log_resp)[1])


@mistake("all weights equal", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """Your weights are all 1/K, as at the start. Re-estimate the weights as well.

    The soft count of a component is the sum of its responsibilities. It says how many images the component
    has, and an image may count in parts. The weight is this soft count, smoothed, as a share of all images.
    With equal weights, a rare way of writing a digit seems as frequent as the commonest way. So the rare
    component gets images that belong to other components.

    The soft counts of 40 images are 30 and 10. So the weights are 0.75 and 0.25, with the logs -0.29 and
    -1.39. For equal weights, both logs would be -0.69.
    """
    return m_step(X, log_resp, alpha, out=lambda p, pi: (np.log(p), np.full(len(pi), -np.log(len(pi)))))
