"""This course's words for the hints about a function that stops with an error."""

from checks.hints import Hint, wording

WORDS: dict[str, Hint] = {}
words = wording(WORDS)


@words("shapes that do not fit together")
def _() -> None:
    """An array in your function has a shape that does not fit where it is used. The report shows what the
    error says, and your line. Print the shapes of all arrays in that line. Which of them has a different
    shape from what you expected?

    NumPy compares shapes from the right. Two lengths fit if they are equal, or if one of them is 1. An (N, K)
    table times a (K,) vector works, because K is compared with K. An (N, K) table times an (N,) vector does
    not work, because K is compared with N.

    With 5 points and 2 components, `table` has shape (5, 2). `table / sums` stops with an error if `sums` has
    5 numbers. `table / sums[:, None]` works: `sums[:, None]` has shape (5, 1), and each sum divides both
    numbers of its row.
    """


@words("an index beyond the end")
def _() -> None:
    """Your function asks for an entry that does not exist. What does the index count? What does that axis of
    the array hold?

    Rows are points, and columns are coordinates or components. A loop over components needs the number of
    components, and `len(data)` is the number of points. Python counts from 0, so the last of three has the
    index 2.

    For 7 points in the plane and 3 components, `data` has shape (7, 2), `resp` has shape (7, 3), and `means`
    has shape (3, 2). With k = 2 and n = 5, `resp[k, n]` asks for column 5, and there are only 3 columns.
    `resp[n, k]` exists.
    """


@words("a matrix that cannot be inverted")
def _() -> None:
    """A matrix in your function has no inverse, or no Cholesky factor. Print the matrix just before you
    invert or factor it.

    A covariance must be symmetric and positive definite. It is not positive definite if it is all zeros, or
    if one row is a multiple of another row. It may also be wrong because its entries were computed along the
    wrong axis.

    `[[2, 1], [1, 2]]` is positive definite. `[[1, 2], [2, 1]]` is not: it would give x - y the variance 1 - 2
    - 2 + 1 = -2, and a variance cannot be negative.
    """


@words("it does not end")
def _() -> None:
    """Your function was still running when its time was over, and it was stopped. Which of your loops has no
    end?

    A `while` loop ends only if its body changes the condition, in every branch of an `if`. A function that
    calls itself needs a case in which it does not call itself. A loop over all pairs of points, written in
    Python, takes a hundred times as long for ten times as many points.

    With `n = 5`, the loop `while n > 0: total += n` runs without end, because n stays 5. With `n -= 1` in the
    loop it ends after five rounds. Print the condition in each round, for three points and two components.
    """
