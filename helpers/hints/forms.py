"""This course's own words on the form of an answer, and where nothing else explains it."""

from checks.hints import Hint, wording

WORDS: dict[str, Hint] = {}
words = wording(WORDS)


@words("no numbers")
def _() -> None:
    """Your answer cannot be read as a table of numbers. Print it, and its type.

    An array wants rows of equal length with a number in each place. A list of arrays of different
    lengths, a text or a dictionary is none.

    `[[1, 2], [3]]` is no table: the second row is too short. `[[1, 2], [3, 4]]` is one. If rows are
    appended in a loop, each must have one entry for every component, also where that entry is 0.
    """


@words("rows and columns exchanged")
def _() -> None:
    """Your numbers are right, but they lie on their side: transposed, they are the answer.

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


@words("another shape")
def _() -> None:
    """Your answer has not the shape that the docstring gives. Which axis is missing, or too many?

    Every sum or mean over an axis takes that axis away; without `axis=` all are taken. A loop over
    components that appends one result a round makes one row a component.

    For a (5, 2) table, `sum(axis=0)` leaves 2 numbers, one a column; `sum(axis=1)` leaves 5, one a row;
    `sum()` leaves one. With `keepdims=True` the axis stays, with length 1.
    """


@words("NaN or infinity")
def _() -> None:
    """Somewhere a number was divided by 0, or a log of 0 was taken. Find the first line whose result is
    not finite.

    A density far from its component is smaller than the smallest number a computer keeps, and becomes
    0. Then 0/0 is NaN and log 0 is minus infinity, and both spoil all that follows.

    Shares from scores of -1000 and -1001: `exp` gives 0 and 0, and 0/0. Take out the largest first, as
    `log_sum_exp` does: from 0 and -1 they are 0.73 and 0.27.
    """


@words("some rows right, others not")
def _() -> None:
    """Some rows of your answer are right and others are not. What do the wrong ones have in common?

    A formula that is wrong is wrong for all. If single rows are off, look at what belongs to them
    alone: a loop that stops too early, an index that is fixed, a case with a special value such as 0.

    `for k in range(K - 1)` never reaches the last component. `return` inside the loop stops after the
    first. A guard such as `if count < 1` changes only small components.
    """


@words("the numbers are off")
def _() -> None:
    """Shape and kind of your answer are right, its numbers are not. Read the formula above the exercise
    once more, symbol by symbol, beside your line.

    Name each factor's shape and what its rows and columns count. Whatever is summed over must be gone
    from the result; whatever is divided by must have one number for each thing that is divided.

    Make the case so small that you can do it on paper: one component, then two; one dimension; weights
    that are all 1. Where your function first disagrees with you, the fault is close.
    """
