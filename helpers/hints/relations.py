"""This course's words for the hints about how a wrong answer is related to the correct one."""

from checks.hints import Hint, wording

WORDS: dict[str, Hint] = {}
words = wording(WORDS)


@words("the sign is turned round")
def _() -> None:
    """Your numbers have the wrong sign. Apart from the sign they are right.

    Every sign is wrong if a difference is taken the other way round, or if a minus is missing in an exponent.
    It is also wrong if you made a log-likelihood into a "loss". The docstring says which sign is meant.

    The log of 0.2 is -1.6, and a smaller log means less likely. Minus the log is 1.6, and there a larger
    number means less likely. Books use both. This course uses the log itself.
    """


@words("a log too many, or one too few")
def _() -> None:
    """Your numbers and the right numbers differ by a log: one of the two is the log of the other.

    Probabilities are multiplied, and their logs are added. So a sum of logs is itself a log. If the exercise
    asks for shares, apply `exp` to the logs. If it asks for logs, do not apply `exp`.

    The shares 0.5 and 0.25 have the logs -0.69 and -1.39. Shares are between 0 and 1, and their logs are
    never above 0. Which of the two does the docstring ask for?
    """


@words("a square too many, or one too few")
def _() -> None:
    """Your numbers are the squares of the right numbers, half their squares, or their square roots.

    A variance is a mean of squares, and a standard deviation is the square root of a variance. Covariance
    matrices hold variances. A distance is the square root of a sum of squares.

    The points -2 and 2 have variance 4 and standard deviation 2. `norm` needs the 2 as its `scale`, and
    `multivariate_normal` needs the 4 in its `cov`.
    """


@words("one factor for all numbers")
def _() -> None:
    """All your numbers are wrong by the same factor. So your sums are right, and the number that you divide
    them by is wrong.

    A mean is a sum divided by a count: the number of points, or the total weight. What does your divisor
    count? Does the formula divide by the same count?

    The weights 1 and 3 sum to 4, so their shares are 1/4 and 3/4. Divided by 2, the number of components,
    they would be 1/2 and 3/2. The proportions are the same, but these are not shares.
    """


@words("a factor for each row")
def _() -> None:
    """Each of your rows, or the part of each component, is wrong by its own factor. Check the number that you
    divide it by: it should be different for each row or component.

    A row of shares is divided by its own sum. A component's mean and covariance are divided by that
    component's own soft count. One divisor for all cannot do either.

    The rows (1, 3) and (1, 1) have the sums 4 and 2. Divided by their own sums, the rows are (1/4, 3/4) and
    (1/2, 1/2). Divided by 6, the sum of both rows, they would be (1/6, 3/6) and (1/6, 1/6): wrong by the
    factors 2/3 and 1/3.
    """


@words("a factor for each column")
def _() -> None:
    """Each of your columns is wrong by its own factor. A factor that depends only on the column is missing,
    or your code has one too many.

    In an N x K table each column belongs to a component. The component's mixing weight, or the constant of
    its density, multiplies the whole column. This comes before the rows are normalised.

    The densities (0.2, 0.4) and the weights (0.75, 0.25) give the products (0.15, 0.10). Without the weights
    the second component has the larger number. With the weights the first component has it.
    """


@words("rows shifted as a whole")
def _() -> None:
    """In each of your rows, all numbers are too large or too small by the same amount. To add a number to
    logs is to multiply by a factor. So the row was not normalised, or it was normalised by the wrong number.

    To divide the shares of a row by their sum, subtract the log of the sum from the row of logs.
    `log_sum_exp` of a row of logs, with `axis=1` for a table, is this log.

    The scores -3 and -4 have the `log_sum_exp` -2.69. So the logs of the shares are -3 + 2.69 = -0.31 and -4
    + 2.69 = -1.31. `exp` makes them 0.73 and 0.27, which sum to 1.
    """


@words("right numbers in another order")
def _() -> None:
    """Your answer has the right rows, or the right numbers, but in another order.

    Keep the order of the input: row 0 belongs to the first point, or to the first component. After sorting
    you no longer know which row belongs to which. `argsort` tells you where each number was before.

    Sorted, the scores (3, 9, 5) are (3, 5, 9). `argsort` of the scores gives (0, 2, 1): the smallest score
    was at place 0, the next at place 2, and the largest at place 1. `argsort` of the negative scores gives
    (1, 2, 0), with the largest score first.
    """


@words("the same in every row", called="the same for every component")
def _() -> None:
    """All your rows are the same. In the right answer each component has its own row.

    A list made by `[x] * K` holds the same array K times. A loop that writes into one array overwrites it in
    each round. In both cases every row ends with the numbers of the last round.

    After `rows = [np.zeros(2)] * 3` and `rows[0][0] = 7`, all three rows begin with 7. With `np.zeros((3,
    2))`, or with a new array in each round, only the first row begins with 7.
    """


@words("the diagonal right, the rest not", called="variances right, covariances not")
def _() -> None:
    """The diagonals of your matrices are right. The entries off the diagonal are not all right.

    The diagonal holds the variance of each coordinate. The entries off the diagonal say how two coordinates
    vary together. They need the product of two different coordinates of each point.

    Take the centred points (1, 2) and (-1, -2). The variances are 1 and 4, and the covariance is (1 * 2 +
    (-1) * (-2)) / 2 = 2. `np.outer([1, 2], [1, 2])` has all four products of the first point.
    """
