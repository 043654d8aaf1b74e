"""This course's own words on how a wrong answer and the right one are related."""

from checks.hints import Hint, wording

WORDS: dict[str, Hint] = {}
words = wording(WORDS)


@words("the sign is turned round")
def _() -> None:
    """Your numbers are right but for their sign.

    A difference taken the other way round, a missing minus in an exponent, or a log-likelihood made
    into a "loss" turns every sign. The docstring says which way is meant.

    The log of 0.2 is -1.6, and less is less likely. Minus the log is 1.6, where more is less likely.
    Both are used in books; here it is the log itself.
    """


@words("a log too many, or one too few")
def _() -> None:
    """Your numbers and the right ones differ by a log: one of them is the log of the other.

    Probabilities multiply, their logs add. What comes out of a sum of logs is a log, and has to pass
    `exp` before it is a share; what is asked for as a log must not.

    Shares 0.5 and 0.25 have the logs -0.69 and -1.39. Shares lie between 0 and 1, their logs are never
    above 0. Which of the two does the docstring ask for?
    """


@words("a square too many, or one too few")
def _() -> None:
    """Your numbers are the squares of the right ones, or their roots.

    A variance is a mean of squares; a standard deviation is its root. Covariance matrices hold
    variances. A distance is the root of a sum of squares.

    Points at -2 and 2 have variance 4 and standard deviation 2. `norm` wants the 2 as its `scale`,
    `multivariate_normal` wants the 4 in its `cov`.
    """


@words("one factor for all numbers")
def _() -> None:
    """Every number is right but for one factor, the same for all. So the sum is right, and what it is
    divided by is not.

    A mean is a sum divided by what was counted: how many points, or how much weight. Ask what your
    divisor counts, and whether the formula divides by that.

    The weights 1 and 3 hold 4 in all, so their shares are 1/4 and 3/4. Divided by 2, the number of
    components, they would be 1/2 and 3/2: the same proportions, and no shares.
    """


@words("a factor for each row")
def _() -> None:
    """Each row, or each component's part, is right but for a factor of its own. So what was divided by
    is wrong, and differs from row to row.

    Rows of shares are divided by their own sum. A component's mean and covariance are divided by that
    component's own soft count. A divisor for all cannot do either.

    The rows (1, 3) and (2, 2) become (1/4, 3/4) and (1/2, 1/2), each divided by its own sum, 4. Divided
    by the columns' sums 3 and 5 they become something else.
    """


@words("a factor for each column")
def _() -> None:
    """Each column is right but for a factor of its own. Something is missing, or was added, that
    depends on the column alone.

    In an N x K table a column belongs to a component. Its mixing weight, or the constant of its
    density, multiplies the whole column, before the rows are normalised.

    Densities (0.2, 0.4) and weights (0.75, 0.25) give products (0.15, 0.10). Without the weights the
    second component would win; with them the first does.
    """


@words("rows shifted as a whole")
def _() -> None:
    """Each row is right but for a number that was added to all of it. In logs that is a factor: the row
    was not normalised, or by something else.

    To divide shares by their sum is, in logs, to subtract the log of the sum. `log_sum_exp` of a row,
    with `axis=1`, is that log.

    Scores -3 and -4: their `log_sum_exp` is -2.69, so the logs of the shares are -0.31 and -1.31. `exp`
    of these is 0.73 and 0.27, which is 1 in all.
    """


@words("right numbers in another order")
def _() -> None:
    """Your answer holds the right rows, or the right numbers, but in another order.

    Rows stay in the order in which they came in: row 0 is about the first point, or the first
    component. Sorting loses track of which is which, unless `argsort` says where each went.

    Scores (3, 9, 5): sorted they are (3, 5, 9). `argsort` gives (0, 2, 1), the places in the old order,
    the smallest first; of the negative scores it gives (1, 2, 0), the largest first.
    """


@words("the same in every row", called="the same for every component")
def _() -> None:
    """All your rows are the same. Those of the right answer are not: each component has its own.

    A loop that writes into one array, or a list made by `[x] * K`, which holds the same array K times,
    ends with the last round's numbers in every place.

    `rows = [np.zeros(2)] * 3` and then `rows[0][0] = 7`: now all three rows begin with 7. With
    `np.zeros((3, 2))`, or a new array in each round, only the first does.
    """


@words("the diagonal right, the rest not", called="variances right, covariances not")
def _() -> None:
    """The diagonals of your matrices are right. The entries off the diagonal are not all right.

    The diagonal holds the variance of each coordinate. The entries off the diagonal say how two
    coordinates vary together, and that needs the product of two different coordinates of each point.

    For the centred points (1, 2) and (-1, -2): the variances are 1 and 4, and the covariance is (1 * 2 +
    (-1) * (-2)) / 2 = 2. `np.outer([1, 2], [1, 2])` has all four products.
    """
