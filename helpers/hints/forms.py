"""This course's own words on the form of an answer, and where nothing else explains it."""

from checks.hints import Hint, wording

WORDS: dict[str, Hint] = {}
words = wording(WORDS)


@words("rows and columns exchanged")
def _() -> None:
    """Your numbers are right, but rows and columns are exchanged: the transpose of your table is the answer.

    The docstring gives the shape: its first letter counts the rows. Points go down, components go
    across. A list made by a loop over components has one row a component.

    `np.array([a, b])` of two columns with five numbers is (2, 5). Its transpose `.T` is (5, 2), and so
    is `np.column_stack([a, b])`.
    """


@words("too many or too few numbers")
def _() -> None:
    """Your answer is a row of numbers, as it should be, but has another length.

    Ask what each number belongs to, a point, a component, a coordinate, and how many of these there
    are. One too few is often a range that ends too early; far too many or few is often another axis.

    `range(n - 1)` leaves out the last, `x[:-1]` too. For a (5, 2) table a result for each row has 5
    numbers, a result for each column 2. What `k` or an empty cluster asks for may be fewer, or none.
    """


@words("NaN or infinity")
def _() -> None:
    """Your answer holds NaN or infinity. These come from a division by 0, from a log of 0, or from the root
    or the log of a number below 0. Find the first line whose result is not finite.

    A density far from its component is smaller than the smallest number that a computer keeps, and becomes
    0. Then 0/0 is NaN and log 0 is minus infinity.

    Shares from scores of -1000 and -1001: `exp` gives 0 and 0, and 0/0. Take out the largest first, as
    `log_sum_exp` does: from 0 and -1 they are 0.73 and 0.27.
    """
