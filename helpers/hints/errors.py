"""This course's own words where a function stops with an error."""

from checks.hints import Hint, wording

WORDS: dict[str, Hint] = {}
words = wording(WORDS)


@words("shapes that do not fit together")
def _() -> None:
    """An array in your function has a shape that does not fit where it is used. The report shows what the
    error says, and your line. Print the shapes of all arrays in that line. Which of them has a different
    shape from what you expected?

    NumPy compares shapes from the right: lengths must be equal, or one of them 1. An (N, K) table times a
    (K,) vector works, because K meets K; an (N, K) table times an (N,) vector does not, because K meets
    N.

    With 5 points and 2 components, `table` is (5, 2). `table / sums` fails for 5 sums; `sums[:, None]`
    has shape (5, 1), and the 1 is stretched over both columns.
    """


@words("an index beyond the end")
def _() -> None:
    """Your function asks for an entry that is not there. What does the index count, and what does that
    axis hold?

    Rows are points, columns are coordinates or components. A loop over components needs the number of
    components; `len(data)` is the number of points. Python counts from 0, so the last of three is
    number 2.

    For 7 points in the plane and 3 components: `data` is (7, 2), `resp` is (7, 3), `means` is (3, 2).
    `resp[k, n]` with n = 5 looks for column 5 of 3.
    """


@words("a matrix that cannot be inverted")
def _() -> None:
    """A matrix in your function has no inverse, or no Cholesky factor. Print it just before you
    invert or factor it.

    A covariance must be symmetric and positive definite. It is not when it is all zeros, when a row is
    a multiple of another, or when its entries were computed from the wrong axis.

    `[[2, 1], [1, 2]]` is fine. `[[1, 2], [2, 1]]` is not: along (1, -1) its variance is 1 - 2 - 2 + 1 =
    -2, and no spread is negative.
    """


@words("it does not end")
def _() -> None:
    """Your function was still running when its time was over, and was stopped. Which loop has no end?

    A `while` loop ends only if something in its body changes the condition, on every path. A function
    that calls itself needs a case in which it does not. And a loop over all pairs of points, written in
    Python, takes a hundred times as long when there are ten times as many points.

    `n = 5`, `while n > 0: total += n` runs for ever, because n stays 5. With `n -= 1` in the loop it ends
    after five rounds. Print the condition in each round, for three points and two components.
    """
