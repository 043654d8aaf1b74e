"""This course's words for hints about the form of an answer, and for an answer that nothing else explains."""

from checks.hints import Hint, wording

WORDS: dict[str, Hint] = {}
words = wording(WORDS)


@words("rows and columns exchanged")
def _() -> None:
    """Your numbers are right, but rows and columns are exchanged: the transpose of your table is the answer.

    The docstring gives the shape: its first letter counts the rows. In an (N, K) table each row belongs to a
    point, and each column to a component. A list made by a loop over components has one row for each
    component.

    If a and b are columns of five numbers, `np.array([a, b])` has shape (2, 5). Its transpose `.T` has shape
    (5, 2), and so has `np.column_stack([a, b])`.
    """


@words("too many or too few numbers")
def _() -> None:
    """Your answer is a row of numbers, as it should be, but its length is wrong.

    What does each number belong to: a point, a component or a coordinate? How many of these are there? If one
    number is missing, a range may end too early. If far too many or too few numbers are there, look for a
    wrong axis.

    `range(n - 1)` leaves out the last index, and `x[:-1]` leaves out the last entry. For a (5, 2) table, a
    result for each row has 5 numbers, and a result for each column has 2. If a cluster has fewer than `k`
    entries, or none, the result has as few.
    """


@words("NaN or infinity")
def _() -> None:
    """Your answer holds NaN or infinity. These come from a division by 0, from a log of 0, or from the root
    or the log of a number below 0. Find the first line whose result is not finite.

    A point that is far from a component has a very small density there. It is smaller than the smallest
    number that a computer keeps, and becomes 0. Then 0/0 is NaN, and log 0 is minus infinity.

    For the scores -1000 and -1001, `exp` gives 0 and 0, and the shares are 0/0. Subtract the larger score
    first, as `log_sum_exp` does. From 0 and -1 the shares are 0.73 and 0.27.
    """
