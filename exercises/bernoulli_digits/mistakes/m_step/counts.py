"""How people get `m_step` wrong: counting with the responsibilities, and the results."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.bernoulli import m_step
from exercises.pieces.gaussian import hard


@mistake("hard instead of soft", seen="mcdickenson/em-gaussian#2, for Gaussians")
def _(X, log_resp, alpha=1e-8):
    """You count each image as a whole for the component with the largest responsibility. Count it in parts,
    for all components.

    A soft count is the sum of the responsibilities as they are. An image with the responsibilities 0.6 and
    0.4 counts 0.6 for one component and 0.4 for the other. Its ink is divided in the same way. If you count
    whole images, EM no longer promises that the log-likelihood never falls.

    Three images have the responsibilities (0.9, 0.1), (0.6, 0.4) and (0.2, 0.8). The soft counts are 0.9 +
    0.6 + 0.2 = 1.7 and 0.1 + 0.4 + 0.8 = 1.3. Counts of whole images would be 2 and 1.
    """
    return m_step(X, log_resp, alpha, resp=hard(log_resp))


@mistake("logs used as responsibilities", seen="hmmlearn/hmmlearn#4: logs and probabilities mixed")
def _(X, log_resp, alpha=1e-8):
    """You count with the logs of the responsibilities. Take `exp` of `log_resp` first.

    `log_resp` holds logs, and these are negative. A small responsibility has a log far from 0, so it
    changes a sum of logs the most. That is why a sum of logs is not a count of images. `exp` turns the logs
    into responsibilities. Their sum is the soft count.

    An image has the logs -0.51 and -0.92. So its responsibilities are 0.6 and 0.4. Two such images give the
    soft counts 0.6 + 0.6 = 1.2 and 0.4 + 0.4 = 0.8. These two soft counts sum to 2, one for each image.
    """
    return m_step(X, log_resp, alpha, resp=-np.asarray(log_resp))


@mistake("logs not taken", seen=OURS, worth=0.5)
def _(X, log_resp, alpha=1e-8):
    """You return the probabilities and the weights. Return the logs of both.

    The names `log_p` and `log_mix` say that these are logs. The E-step adds these numbers, pixel by pixel.
    It must add logs, because probabilities have to be multiplied. If it adds probabilities between 0 and 1
    instead, every score is positive. Your function is nearly correct: one `np.log` is missing for each of
    the two results.

    The weights 0.75 and 0.25 have the logs -0.29 and -1.39. The log of a probability is never above 0. To
    check your results, take `exp` of them. This should give the probabilities and the weights.
    """
    return m_step(X, log_resp, alpha, out=lambda p, pi: (p, pi))


@mistake("weights without their log", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """You return logs for the pixels, but not for the mixing weights. Return the logs of the weights as
    well.

    The E-step adds log weights and log probabilities. If it adds a weight itself, the weight acts like a
    factor between 1 and 2.7. Then a rare component is hardly less likely than a frequent one. First divide
    the counts, then take the log of the weights.

    The weights 0.75 and 0.25 have the logs -0.29 and -1.39. If you take `exp` of these logs, the results
    sum to 1. If you take `exp` of the weights themselves, you get 2.1 and 1.3, which sum to 3.4.
    """
    return m_step(X, log_resp, alpha, out=lambda p, pi: (np.log(p), pi))


@mistake("probabilities divided by N", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """You divide the ink by the number of all images, N. Divide it by the smoothed soft count of the
    component.

    A probability of ink answers this question: of the images *of this component*, which share has ink in
    the pixel? So the divisor is the number of images in this component. If a component has a tenth of the
    images, division by N makes its probabilities ten times too small. Then the images of all other
    components count as its paper.

    A component has 4 of 40 images, and 3 of its 4 images have ink in a pixel. Then its probability of ink,
    p, is 3 / 4 = 0.75. With all images in the divisor, p is 3 / 40 = 0.075, which is nearly white.
    """
    resp = np.exp(log_resp)
    log_p = np.log((alpha + resp.T @ X) / (2 * alpha + len(X)))
    return log_p, m_step(X, log_resp, alpha)[1]


@mistake(
    "rows made to sum to 1",
    seen="choucavalier/mnist-em-bmm-gmm divides its first mu by the sum over the pixels",
)
def _(X, log_resp, alpha=1e-8):
    """You make the probabilities of ink of each component sum to 1 over the pixels. Do not divide by this
    sum.

    Probabilities that sum to 1 belong to one choice among D things, such as the words of a text. In a
    Bernoulli mixture, each pixel is a choice between ink and paper. Let p be the probability of ink in a
    pixel. Then p and 1 - p of the same pixel sum to 1. The sum of p over all pixels is the expected number
    of pixels with ink. For a digit it is about a hundred.

    p = (0.9, 0.9, 0.2) is possible: two pixels are nearly black and one is pale. The sum is 2. Divided by
    2, the row would be (0.45, 0.45, 0.1), a grey picture.
    """

    def out(p, pi):
        return np.log(p / p.sum(axis=1, keepdims=True)), np.log(pi)

    return m_step(X, log_resp, alpha, out=out)


@mistake("responsibilities not used", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """All your components are the mean of all images, because your ink probabilities do not use the
    responsibilities. Use them as weights.

    Components differ because each component has its own column of responsibilities. Multiply each image by
    its responsibility in this column, and add up the products. Then divide by the sum of the same
    responsibilities, with the smoothing. Without responsibilities, every component is the same grey
    picture, and stays the same in all iterations.

    Two images have one pixel: it is on in the first and off in the second. The responsibilities 0.9 and 0.1
    give the probability of ink 0.9. The responsibilities 0.1 and 0.9 give 0.1. Without responsibilities,
    both components get 0.5.
    """
    everyone = (alpha + np.sum(X, axis=0)) / (2 * alpha + len(X))
    return np.log([everyone] * np.shape(log_resp)[1]), m_step(X, log_resp, alpha)[1]


@mistake("paper counted instead of ink", seen=OURS)
def _(X, log_resp, alpha=1e-8):
    """Your probabilities are those of paper, so the picture of each component is a negative. Return the
    probabilities of ink.

    `log_p` is the log of the probability that a pixel is *on*, and a pixel that is on is 1 in X. So add up
    X, weighted by the responsibilities, and not 1 - X. The smoothing is the same for ink and paper, so it
    does not show this mistake.

    A component has 4 images, and 3 of them have ink in a pixel. Then its probability of ink, p, is 3 / 4 =
    0.75, and its log is -0.29. The probability of paper is 0.25, and its log is -1.39. Draw a component as
    a picture to see the difference.
    """
    return m_step(X, log_resp, alpha, out=lambda p, pi: (np.log(1 - p), np.log(pi)))


@mistake("an empty component given all the weight", seen="2 of 31 public Bernoulli mixtures: weight 1 or 0.8")
def _(X, log_resp, alpha=1e-8):
    """In your function, a component without an image gets the weight 1. Its weight should be small.

    Perhaps your code has a special case to avoid a division by 0: if the count is 0, it writes a fixed
    number. But a log weight of 0 means a weight of 1. Then the empty component is the likeliest of all.
    With smoothing, you need no special case. The count is 0, alpha is added, and the weight is small.

    The soft counts are 4 and 0, and alpha is 0.5. The weights are 4.5 / 5 = 0.9 and 0.5 / 5 = 0.1. Their
    logs are -0.11 and -2.30.
    """
    log_p, log_mix = m_step(X, log_resp, alpha)
    return log_p, np.where(np.exp(log_resp).sum(axis=0) < 1e-6, 0.0, log_mix)


@mistake(
    "written into whole numbers",
    seen="numpy/numpy#16578: an array of integers cuts off what is written to it",
)
def _(X, log_resp, alpha=1e-8):
    """Where the images are whole numbers, your logs lose their fractions. Your function writes the logs
    into an array of integers.

    Every array has one type of number. `np.zeros_like(X)`, or a copy of some rows of X, has the type of X.
    If X holds integers, such an array cuts off the fraction of every number that is written into it,
    without a warning. If X holds floats, the same line works. So this mistake can stay hidden for a long
    time.

    `a = np.zeros_like(np.array([0, 1]))` is an array of integers. After `a[0] = -0.69` it holds 0 and 0.
    The array `np.zeros(2)` holds floats and would keep the -0.69.
    """
    whole = np.asarray(X).dtype.kind in "iu"
    cut = np.trunc if whole else (lambda values: values)
    return m_step(X, log_resp, alpha, out=lambda p, pi: (cut(np.log(p)), np.log(pi)))
