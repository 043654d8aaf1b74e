"""Hints from the code itself: each slip draws its hint, and code that only resembles a slip draws none."""

import pytest

from checks.call import try_case
from checks.cases import Case
from checks.explain import explain
from checks.generic import AT_TIMES, GENERIC, in_order
from checks.written import written_in, written_of

FINDERS = in_order([], {})
ROWS = [[1.0, 2.0, 4.0], [3.0, 5.0, 9.0]]
CASE = Case("two rows", {"rows": ROWS, "scale": 2.0}, answers=([14.0, 34.0],))
RIGHT = """
def f(rows, scale):
    sums = []
    for row in rows:
        total = 0
        for x in row:
            total += scale * x
        sums.append(total)
    return sums
"""


def changed(*changes):
    text = RIGHT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


SLIPS = {
    "`return` inside the loop": changed(("\n    return sums", "\n        return sums")),
    "`break` in every round": changed(("sums.append(total)", "sums.append(total)\n        break")),
    "a list that becomes None": changed(("sums.append(total)", "sums = sums.append(total)")),
    "`==` where `=` is meant": changed(("    return sums", "    sums == [14, 34]\n    return [0, 0]")),
    "a result that is computed and not kept": changed(
        ("+= scale * x", "+= x"), ("        sums.app", "        total * scale\n        sums.app")
    ),
    "only the last round counts": changed(("total += ", "total = ")),
    "the first is left out": """
def f(rows, scale):
    sums = [0.0] * len(rows)
    for k in range(1, len(rows)):
        sums[k] = scale * sum(rows[k])
    return sums
""",
    "the last is left out": """
def f(rows, scale):
    return [sum(scale * row[k] for k in range(len(row) - 1)) for row in rows]
""",
    "the first and the last are left out": """
def f(rows, scale):
    return [sum(scale * row[k] for k in range(1, len(row) - 1)) for row in rows]
""",
    "fractions written into whole numbers": """
import numpy as np
def f(rows, scale):
    sums = np.array([14, 34])
    sums /= scale
    return sums
""",
    "an array where one True or False is needed": """
import numpy as np
def f(rows, scale):
    table = np.array(rows)
    return table[table > 1 & table < 5]
""",
    "another number of values than names": """
def f(rows, scale):
    return [scale * (a + b) for a, b in rows]
""",
    "arguments in another order": """
from scipy.stats import norm
def f(rows, scale):
    x, means = rows
    return norm.pdf(means[:2], x[:2], scale)
""",
    "a variable of the notebook in place of an argument": """
weight = 3.0
def f(rows, scale):
    return [weight * sum(row) + row[0] for row in rows]
""",
    "an argument that is never used": """
def f(rows, scale):
    return [sum(row) + row[0] ** 2 for row in rows]
""",
    "a loop takes the name of an argument": """
def f(rows, scale):
    sums = []
    for row in rows:
        total = 0
        for scale in row:
            total += scale * row[0] + 1
        sums.append(total)
    return sums
""",
    "`=+` where `+=` is meant": """
def f(rows, scale):
    sums = []
    for row in rows:
        total = 0
        for x in row:
            total =+ scale * x
        sums.append(total)
    return sums
""",
    "a draw at random": """
import numpy as np
def f(rows, scale):
    return [scale * np.random.default_rng(0).choice(row) * len(row) for row in rows]
""",
    "a variable of the notebook": """
size = 3
def f(rows, scale):
    return [scale * sum(row) + size * row[0] for row in rows]
""",
    "a shape without its own parentheses": """
import numpy as np
def f(rows, scale):
    sums = np.zeros(len(rows), 1)
    return sums
""",
    "a list where an array is needed": """
def f(rows, scale):
    return 2.5 * rows[0]
""",
    "parentheses and brackets exchanged": """
def f(rows, scale):
    return [scale * sum[row] for row in rows]
""",
    "another number of arguments": """
def scaled(row, scale): return scale * sum(row)
def f(rows, scale):
    return [scaled(row) for row in rows]
""",
    "a value that comes too late": """
def f(rows, scale):
    for row in rows:
        total += sum(row)
    return [total]
""",
    "a number in place of a size": """
def f(rows, scale):
    sums = [0.0 for _ in range(5)]
    for k, row in enumerate(rows):
        sums[k] = scale * sum(row)
    return sums
""",
    "a division by 0": """
import numpy as np
def f(rows, scale):
    total = np.array(rows).sum(axis=1) * scale
    return total / (scale - 2)
""",
    "a log of 0": """
import numpy as np
def f(rows, scale):
    return np.log(np.exp(-400 * scale * np.array(rows[0][:2])))
""",
    "a root or a log of a number below 0": """
import numpy as np
def f(rows, scale):
    return np.sqrt(-scale * np.array(rows[0][:2]))
""",
    "a number too large for a computer": """
import numpy as np
def f(rows, scale):
    return np.exp(400 * scale * np.array(rows[0][:2]))
""",
    "too many indices": """
import numpy as np
def f(rows, scale):
    return np.array(rows).sum(axis=1)[:, 0] * scale
""",
    "an index beyond the end": """
def f(rows, scale):
    return [scale * rows[k][2] for k in range(3)]
""",
}


def hint_of(text, case=CASE):
    """Return the name of the hint that a function with this code draws, and what the hint says about it."""
    names = {}
    exec(compile(text, "<cell>", "exec"), names)
    function = names["f"]
    function.written = lambda: written_in([text], "f")
    found = explain([try_case(function, case)], {}, FINDERS)
    return (found[0].name, found[1]) if found else None


def test_the_example_without_a_slip_is_correct():
    assert hint_of(RIGHT) is None


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_draws_its_own_hint(name):
    assert hint_of(SLIPS[name])[0] == name


STOPS = """
import numpy as np
table = np.ones((9, 2))
def f(given, scale):
    return list(scale * given_or_not @ np.ones(3))
"""


def test_a_variable_of_the_notebook_is_named_also_where_its_shape_stops_the_call():
    """The error's own hint is about shapes, and would mislead the student."""
    case = Case("two rows", {"given": ROWS, "scale": 2.0}, answers=([14.0, 34.0],))
    name, said = hint_of(STOPS.replace("given_or_not", "table"), case)
    assert name == "a variable of the notebook in place of an argument"
    assert said == "it uses `table`, and never its argument `given`"
    assert hint_of(STOPS.replace("given_or_not", "np.array(given).T.repeat(scale, axis=1)"), case)[0] == (
        "shapes that do not fit together"
    )


def test_the_hint_names_the_line():
    text = SLIPS["only the last round counts"]
    assert hint_of(text)[1] == "line 6 of `f`: `total = scale * x`"


INNOCENT = {
    "a return below a condition in a loop": """
def f(rows, scale):
    for row in rows:
        if row:
            return [1.0, scale]
""",
    "a return after `continue`": """
def f(rows, scale):
    for row in rows:
        if row[0] < 2:
            continue
        return [1.0, scale]
""",
    "a value that grows": """
def f(rows, scale):
    best = 0
    for row in rows:
        best = max(best, sum(row))
    return [best, scale]
""",
    "a value that is read in the next round": """
def f(rows, scale):
    old = 0
    for row in rows:
        new = scale * sum(row)
        if new < old:
            break
        old = sum(row)
    return [new, old]
""",
    "a docstring, and a call that acts": """
def f(rows, scale):
    "Return sums."
    print(rows)
    return [scale, 1.0]
""",
    "an append of its own": """
def f(rows, scale):
    out = []
    for row in rows:
        out.append(row[0] * scale)
    return out
""",
    "a return in a function within": """
def f(rows, scale):
    for row in rows:
        def g():
            return 0
    return [scale, scale]
""",
    "a loop from 1 that looks back": """
def f(rows, scale):
    return [sum(row[k] - row[k - 1] for k in range(1, len(row))) * scale for row in rows]
""",
    "a loop from 1 after the first column": """
import numpy as np
def f(rows, scale):
    table = np.array(rows)
    best = table[:, 0]
    for k in range(1, table.shape[1]):
        best = np.maximum(best, table[:, k])
    return best - scale
""",
    "a last one that is appended by itself": """
def f(rows, scale):
    sums = []
    for k in range(len(rows) - 1):
        sums.append(scale * sum(rows[k]))
    sums.append(1 - sum(sums))
    return sums
""",
    "a loop from 1 after the first": """
def f(rows, scale):
    best = rows[0]
    for k in range(1, len(rows)):
        best = max(best, rows[k])
    return [scale * best[1], scale]
""",
    "a loop to the one before the last, for pairs": """
def f(rows, scale):
    return [sum(row[k + 1] * row[k] for k in range(len(row) - 1)) * scale for row in rows]
""",
    "rounds that are only counted": """
def f(rows, scale):
    total = 1.0
    for step in range(1, 20):
        total = total / 2 + scale
    return [total, rows[1][1]]
""",
}


@pytest.mark.parametrize("how", INNOCENT)
def test_no_slip_is_claimed_of_code_that_only_looks_like_one(how):
    assert hint_of(INNOCENT[how])[0] not in set(SLIPS)


def test_the_last_definition_counts_and_cells_that_are_not_python_are_skipped():
    cells = [
        "def f(x):\n    return 1",
        "%matplotlib inline\nx = (",
        "y = 2\ndef f(x):\n    return y",
        "def g():\n    pass",
    ]
    written = written_in(cells, "f")
    assert (written.at(written.node.body[0]), written.values) == ("line 2 of `f`: `return y`", {"y"})
    assert written_in(cells, "h") is None


class Called:
    def __call__(self):
        return 1


@pytest.mark.parametrize("function", [len, print, lambda x: x, Called()])
def test_code_that_is_not_in_a_cell_is_not_read(function):
    assert written_of(function) is None


WHOLE = """
import numpy as np
def f(rows, scale):
    sums = np.zeros(len(rows), dtype=int)
    for k, row in enumerate(rows):
        sums[k] = scale * sum(row)
    return sums / 1.5
"""


@pytest.mark.parametrize("fraction", [0.25, 0])
def test_an_array_of_whole_numbers_is_named_where_the_answer_has_fractions(fraction):
    args = {"rows": [[1.0, 2.5], [2.0, 6.0]], "scale": 3.0}
    found = hint_of(WHOLE, Case("sums", args, answers=([10.0 + fraction, 24.0 + fraction],)))
    assert (found[0] == "an array of whole numbers") is bool(fraction)


def test_no_two_hints_have_the_same_name():
    names = [each.hint.name for each in GENERIC if each not in AT_TIMES]
    assert len(set(names)) == len(names)
