"""How people get `m_step` wrong, the M-step of a Bernoulli mixture with smoothing."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.bernoulli import m_step
from exercises.pieces.gaussian import hard


@mistake("no smoothing", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """Your probabilities are the raw shares: `alpha` takes no part.

    A pixel that was never on gets the probability 0, and its log is minus infinity. One speck there, and
    the image is impossible; one image without it, and 0 times minus infinity is no number. `alpha` adds a
    little ink and a little paper to every pixel: what was never seen is unlikely, not impossible.

    0 of 4 images with ink, alpha 0.5: (0 + 0.5) / (4 + 1) = 0.1. Without it the answer is 0.
    """
    return m_step(X, log_resp, 0.0)


@mistake("alpha ignored", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """You add a fixed number, and do not use `alpha`.

    `alpha` is an argument, so that the caller decides how much is added. A number written into the function
    agrees with the default and so passes where nothing else is asked for. With a larger `alpha` it adds too
    little. Use the name.

    0 of 4 images with ink: with alpha 0.5 the probability is 0.5 / 5 = 0.1. With 0.00000001 written into
    the code it stays at 0.0000000025.
    """
    return m_step(X, log_resp, 1e-8)


@mistake("smoothed by D", seen="the published homework: alpha times D; jeremy9959.net/Blog/BernoulliDemo")
def _(X, log_resp, alpha=1e-8):
    """You add alpha times the number of *pixels* to the divisor. A pixel has only two outcomes.

    Each outcome of what is counted gets one alpha, and the divisor gets their sum. A pixel is on or off, so
    it is two. D would belong to a choice among D words. Here it adds far more paper than ink, and every
    probability comes out too small, the more pixels the smaller.

    2 of 4 images with ink, alpha 1: (2 + 1) / (4 + 2) = 0.5, as it should be. With D = 784 there it is 3 /
    788, 0.004.
    """
    return m_step(X, log_resp, alpha, paper=np.shape(X)[1] - 1)


@mistake("smoothed by one alpha", seen="scikit-learn/scikit-learn#4268 is about the same constant")
def _(X, log_resp, alpha=1e-8):
    """You add one alpha to the ink and one alpha to the divisor. The divisor needs two: one for the ink,
    and one for the paper.

    With one alpha in the divisor, ink is smoothed and paper is not. A pixel that was always on then keeps
    the probability 1, and the log of 1 - 1 is minus infinity: the trouble that smoothing was to prevent
    is back, on the other side.

    4 of 4 images with ink, alpha 1: (4 + 1) / (4 + 2) = 0.83. With one alpha in the divisor it is 5 / 5 =
    1.
    """
    return m_step(X, log_resp, alpha, paper=0.0)


@mistake("plus 2 for the weights", seen="2 of 31 public Bernoulli mixtures: the wrong smoothing constants")
def _(X, log_resp, alpha=1e-8):
    """You divide the weights by N + 2. The divisor has to be what all smoothed counts sum to.

    The 2 belongs to the pixels, which have two outcomes. The weights choose among K components, and each
    gets one alpha, so all together hold N + K alpha. With any other divisor the weights do not sum to 1.

    Counts (3, 1), alpha 0.5: smoothed (3.5, 1.5), together 5, weights 0.7 and 0.3. Divided by 4 + 2 they
    would be 0.83 in all.
    """
    return m_step(X, log_resp, alpha, total=len(X) + 2)


@mistake("plus D for the weights", seen="2 of 31 public Bernoulli mixtures: D for pi")
def _(X, log_resp, alpha=1e-8):
    """You divide the weights by N + D, as if there were a component for each pixel.

    What is added to the divisor must be what was added to all counts: one alpha for each of the K
    components. Then the weights sum to 1, for every alpha. How many pixels an image has does not matter
    when a component is chosen.

    Counts (3, 1), alpha 0.5: (3.5, 1.5) over 5 are 0.7 and 0.3. Over 4 + 784 they would be next to nothing,
    and the mixture would explain half a percent of its images.
    """
    return m_step(X, log_resp, alpha, total=len(X) + np.shape(X)[1])


@mistake("weights not smoothed", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """Your weights are not smoothed. A component without an image gets the weight 0, and its log is minus
    infinity.

    The formula adds one alpha to each soft count, so that an empty component stays possible and can get an
    image again. The divisor is what that sums to: N + K alpha. With a small alpha nothing else changes.

    Counts (4, 0), alpha 0.5: weights 0.9 and 0.1. Without smoothing 1 and 0, and the second component is
    dead for ever.
    """
    return m_step(X, log_resp, alpha, mix=0.0)


@mistake("weights over K", seen="the Gaussian exercise: weights of ten and more")
def _(X, log_resp, alpha=1e-8):
    """Your weights are divided by the number of components, so together they are more than 1.

    A mixing weight is the share of all *images*. Divide each smoothed count by what they all sum to, which
    is N + K alpha. K is the number of choices; it does not say how many images were counted. Only N does.

    Counts (3, 1) with a tiny alpha: 0.75 and 0.25. Divided by K = 2 they would be 1.5 and 0.5.
    """
    return m_step(X, log_resp, alpha, total=np.shape(log_resp)[1])


@mistake("all weights equal", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """Your weights are all one over K, as at the start. They have to be re-estimated as well.

    The responsibilities say how many images each component holds, in parts: its soft count. The weight is
    that, smoothed, as a share of all images. Without it a rare way of writing a digit is thought as
    frequent as the commonest, and takes images that are not its own.

    Counts (30, 10) of 40 images: weights 0.75 and 0.25, logs -0.29 and -1.39. Equal ones would both be
    -0.69.
    """
    return m_step(X, log_resp, alpha, out=lambda p, pi: (np.log(p), np.full(len(pi), -np.log(len(pi)))))


@mistake("hard instead of soft", seen="mcdickenson/em-gaussian#2, for Gaussians")
def _(X, log_resp, alpha=1e-8):
    """You count each image wholly for the component with its largest share.

    A soft count adds the shares as they are. An image that is divided 0.6 to 0.4 counts 0.6 for the one and
    0.4 for the other, its ink as well as itself. With all or nothing, EM's promise that the likelihood
    never falls is lost. So keep the parts.

    Shares (0.9, 0.1), (0.6, 0.4), (0.2, 0.8): soft counts 1.7 and 1.3. Hard ones would be 2 and 1.
    """
    return m_step(X, log_resp, alpha, resp=hard(log_resp))


@mistake("logs taken for shares", seen="hmmlearn/hmmlearn#4: logs and probabilities mixed")
def _(X, log_resp, alpha=1e-8):
    """You count with the logs of the responsibilities. Undo the log first.

    `log_resp` holds logs: negative numbers, the more negative the smaller the share. Added up they are no
    count of anything, and a component that has nothing of an image would count the most. `exp` makes shares
    of them; with these the counting begins.

    Logs -0.51 and -0.92 are the shares 0.6 and 0.4. Two such images: the soft counts are 1.2 and 0.8.
    Together that is two, one for each image.
    """
    return m_step(X, log_resp, alpha, resp=-np.asarray(log_resp))


@mistake("logs not taken", seen=OURS, worth=0.5)
def _(X, log_resp, alpha=1e-8):
    """You return the probabilities and weights themselves. Their logs are asked for.

    The names say it: `log_p`, `log_mix`. The E-step adds them up, pixel by pixel, and what is added must be
    logs. In their place probabilities between 0 and 1 would make every score positive. One `np.log` for
    each of the two is all that is missing.

    0.75 and 0.25 have the logs -0.29 and -1.39. No log of a probability is above 0. `exp` of what you
    return should give the shares back.
    """
    return m_step(X, log_resp, alpha, out=lambda p, pi: (p, pi))


@mistake("weights without their log", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """Your pixel probabilities come as logs, your weights do not.

    Both are asked for as logs, because the E-step adds the two. A weight that is added as it is acts like a
    factor between 1 and 2.7, so a rare component is hardly held back. Take the log of the weights as well,
    after they have been divided.

    Weights 0.75 and 0.25: their logs are -0.29 and -1.39. The `exp` of these sums to 1, the `exp` of the
    weights themselves to 3.4.
    """
    return m_step(X, log_resp, alpha, out=lambda p, pi: (np.log(p), pi))


@mistake("probabilities over N", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """Your probabilities of ink are divided by the number of all images.

    In the images *of this component*, which share has ink in the pixel? So the divisor is the component's
    own soft count, with its smoothing. Divided by N, a component that holds a tenth of the images is ten
    times too pale, and its paper counts what belongs to others.

    A component holds 4 of 40 images, 3 of them with ink: 3/4. Over all, 3/40, it would be nearly white.
    """
    resp = np.exp(log_resp)
    log_p = np.log((alpha + resp.T @ X) / (2 * alpha + len(X)))
    return log_p, m_step(X, log_resp, alpha)[1]


@mistake(
    "rows made to sum to 1",
    seen="choucavalier/mnist-em-bmm-gmm divides its first mu by the sum over the pixels",
)
def _(X, log_resp, alpha=1e-8):
    """You make each component's probabilities sum to 1 over the pixels.

    That would be one choice among D pixels, as of a word in a text. A Bernoulli mixture decides every pixel
    for itself: each probability of ink stands alone, with its own paper beside it, and the sum over the
    pixels is the expected amount of ink, about a hundred for a digit.

    p = (0.9, 0.9, 0.2) is fine: two black pixels and a pale one. Divided by its sum it would be (0.45,
    0.45, 0.1), a grey picture.
    """

    def out(p, pi):
        return np.log(p / p.sum(axis=1, keepdims=True)), np.log(pi)

    return m_step(X, log_resp, alpha, out=out)


@mistake("responsibilities not used", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """All your components are the mean of all images: the responsibilities do not weigh anything.

    What makes components differ is that each looks at the images through its own column of shares. The ink
    in a pixel is summed with these as weights, and divided by the same weights' sum. Without them every
    component is the same grey blur, and stays it.

    Two images, a pixel on and off. For shares 0.9 and 0.1 the probability is 0.9, for 0.1 and 0.9 it is
    0.1. Without shares both are 0.5.
    """
    everyone = (alpha + np.sum(X, axis=0)) / (2 * alpha + len(X))
    return np.log([everyone] * np.shape(log_resp)[1]), m_step(X, log_resp, alpha)[1]


@mistake("paper for ink", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """Your probabilities are those of paper: every picture is its own negative.

    `log_p` is the log of the probability that the pixel is *on*, and on is 1 in X. Count what X holds,
    weighted by the responsibilities, not what 1 - X holds. The smoothing is the same for both, so it does
    not show there.

    3 of 4 images have ink: p is 0.75 and its log -0.29. The log of 0.25, -1.39, is that of paper. Draw it
    and see.
    """
    return m_step(X, log_resp, alpha, out=lambda p, pi: (np.log(1 - p), np.log(pi)))


@mistake("an empty component given all the weight", seen="2 of 31 public Bernoulli mixtures: weight 1 or 0.8")
def _(X, log_resp, alpha=1e-8):
    """A component without an image gets the weight 1 in your function.

    Such a guard often stands in for a division by 0: if the count is nothing, put 1. But a log of 0 is a
    weight of 1, and then the emptiest component is the likeliest of all. With smoothing no guard is needed:
    the count is 0, alpha is added, and the weight is small.

    Counts (4, 0), alpha 0.5: weights 4.5/5 = 0.9 and 0.5/5 = 0.1. Their logs are -0.11 and -2.30.
    """
    log_p, log_mix = m_step(X, log_resp, alpha)
    return log_p, np.where(np.exp(log_resp).sum(axis=0) < 1e-6, 0.0, log_mix)


@mistake(
    "written into whole numbers",
    seen="numpy/numpy#16578: an array of integers cuts off what is written to it",
)
def _(X, log_resp, alpha=1e-8):
    """Where the images are whole numbers, your logs are cut off to whole numbers too.

    An array knows its kind of number. `np.zeros_like(X)`, or a copy of some rows of X, holds integers if X
    does, and what is written into it loses its fraction without a word. With X as floats the same line
    works. That is how such a fault stays hidden for long.

    `a = np.zeros_like(np.array([0, 1]))` and `a[0] = -0.69`: it reads 0 and 0. `np.zeros(2)` would keep the
    -0.69.
    """
    whole = np.asarray(X).dtype.kind in "iu"
    cut = np.trunc if whole else (lambda values: values)
    return m_step(X, log_resp, alpha, out=lambda p, pi: (cut(np.log(p)), np.log(pi)))
