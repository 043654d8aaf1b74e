"""The test cells of a notebook's source: their points, and the hidden part that the build adds."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

BEGIN, END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


def is_check(source: str) -> bool:
    """Tell whether a test cell is one call of `check` or `check_answer`.

    Any other test cell is the author's own test.

    Example:
        >>> is_check("check(my_function, out_of=2)"), is_check("assert len(axes.lines) == 2")
        (True, False)
    """
    body = ast.parse(source).body
    return len(body) == 1 and bool(_words(body[0]).keys() & {"out_of"})


def was_check(built: str) -> bool:
    """Tell whether the source of a built test cell is such a call, without its hidden part."""
    return is_check(built.partition(BEGIN)[0])


def points_of(cell: NotebookNode, where: str) -> float:
    """Return the points of a test cell: its `points=`, or the `out_of` of the call in its last line.

    where: the cell, in words. Raises ValueError if the cell gives no number above 0, or two different
    numbers.
    """
    body = ast.parse(cell.source).body
    out_of = _words(body[-1]).get("out_of") if body else None
    both = cell.metadata.get("points"), getattr(out_of, "value", out_of)
    said = [each for each in both if each is not None]
    if not said or not all(_is_worth(each) for each in said):
        raise ValueError(
            f"{where} must say what it is worth, as in check(my_function, out_of=4). A test of your own says "
            f'it in the line that begins the cell, as in `# %% test="my-test" points=2`.'
        )
    if len(set(said)) > 1:
        raise ValueError(f"{where} says that it is worth {said[0]:g} and {said[1]:g}: leave one of them out.")
    return said[0]


def with_hidden_part(source: str, name: str) -> str:
    """Add the hidden part to a test cell: the same call on hidden cases, which students do not see.

    The hidden call names the exercise, because students may choose the function's name. An author's own
    test does not change; it may have its own hidden part.
    """
    if not is_check(source):
        return source.strip()
    named = f', name="{name}"' if source.startswith("check(") and "name=" not in source else ""
    again = f"{source.strip().removesuffix(')')}, cases=hidden{named})"
    hidden = [BEGIN, "from grading import hidden", "", again, END]
    return "\n".join([source.strip(), *hidden])


def _words(statement: ast.stmt) -> dict[str | None, ast.expr]:
    """Return the named arguments of a statement that is a call; {} for any other statement."""
    keywords = getattr(getattr(statement, "value", None), "keywords", [])
    return {word.arg: word.value for word in keywords}


def _is_worth(said: object) -> bool:
    return not isinstance(said, bool) and isinstance(said, int | float) and said > 0
