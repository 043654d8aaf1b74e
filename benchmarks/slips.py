"""Slips: small errors that people make while they write code. Each slip changes one place in a function."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

Change = Callable[[ast.AST], Iterator[ast.AST]]  # yields the nodes that may replace a node


def changed(source: str, slip: Change) -> Iterator[str]:
    """Yield the source with the slip, once for each place where the slip can be made."""
    tree = ast.parse(source)
    for number, node in enumerate(ast.walk(tree)):
        for place, _ in enumerate(slip(copy.deepcopy(node))):
            other = copy.deepcopy(tree)
            at = list(ast.walk(other))[number]
            new = list(slip(copy.deepcopy(at)))[place]
            yield ast.unparse(ast.fix_missing_locations(_replaced(other, at, new)))


def _replaced(tree: ast.AST, old: ast.AST, new: ast.AST) -> ast.AST:
    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else self.generic_visit(node)

    return Replace().visit(tree)


def return_in_loop(node: ast.AST) -> Iterator[ast.AST]:
    """Move the `return` below a loop into the loop."""
    body = getattr(node, "body", None)
    for place, (loop, after) in enumerate(zip(body, body[1:])) if isinstance(body, list) else ():
        if isinstance(loop, ast.For | ast.While) and isinstance(after, ast.Return):
            inner = type(loop)(**{**vars(loop), "body": [*loop.body, after]})
            yield type(node)(**{**vars(node), "body": [*body[:place], inner, *body[place + 2 :]]})


def break_outside(node: ast.AST) -> Iterator[ast.AST]:
    """Move the `break` below an `if` out of it."""
    body = node.body if isinstance(node, ast.For | ast.While) else []
    for place, each in enumerate(body):
        if isinstance(each, ast.If) and isinstance(each.body[-1], ast.Break) and not each.orelse:
            rest = ast.If(each.test, each.body[:-1] or [ast.Pass()], [])
            yield type(node)(**{**vars(node), "body": [*body[:place], rest, ast.Break(), *body[place + 1 :]]})


def not_kept(node: ast.AST) -> Iterator[ast.AST]:
    """Replace `x = x / y` by `x / y`."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp | ast.Call):
        names = {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
        if isinstance(node.targets[0], ast.Name) and node.targets[0].id in names:
            yield ast.Expr(node.value)
    if isinstance(node, ast.AugAssign):
        yield ast.Expr(ast.BinOp(_loaded(node.target), node.op, node.value))


def compared(node: ast.AST) -> Iterator[ast.AST]:
    """Replace `x = y` by `x == y`."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and not isinstance(node.targets[0], ast.Tuple):
        yield ast.Expr(ast.Compare(_loaded(node.targets[0]), [ast.Eq()], [node.value]))


def not_added(node: ast.AST) -> Iterator[ast.AST]:
    """Replace `x += y` by `x = y`."""
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        yield ast.Assign([node.target], node.value)


def append_assigned(node: ast.AST) -> Iterator[ast.AST]:
    """Replace `x.append(y)` by `x = x.append(y)`."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        method = node.value.func
        if (
            isinstance(method, ast.Attribute)
            and method.attr == "append"
            and isinstance(method.value, ast.Name)
        ):
            yield ast.Assign([ast.Name(method.value.id, ast.Store())], node.value)


def from_one(node: ast.AST) -> Iterator[ast.AST]:
    """Replace `range(n)` by `range(1, n)`."""
    if _is_range(node) and len(node.args) == 1:
        yield ast.Call(node.func, [ast.Constant(1), *node.args], [])


def one_less(node: ast.AST) -> Iterator[ast.AST]:
    """Replace `range(n)` by `range(n - 1)`."""
    if _is_range(node) and len(node.args) == 1:
        yield ast.Call(node.func, [ast.BinOp(node.args[0], ast.Sub(), ast.Constant(1))], [])


def other_axis(node: ast.AST) -> Iterator[ast.AST]:
    """Replace `axis=0` by `axis=1`, or `axis=1` by `axis=0`."""
    number = (
        getattr(node.value, "value", None) if isinstance(node, ast.keyword) and node.arg == "axis" else None
    )
    if number in (0, 1, -1):
        yield ast.keyword("axis", ast.Constant(1 if number == 0 else 0))


def no_return(node: ast.AST) -> Iterator[ast.AST]:
    """Remove the last `return` of the function."""
    if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return):
        yield ast.FunctionDef(**{**vars(node), "body": [*node.body[:-1], ast.Expr(node.body[-1].value)]})


def turned_round(node: ast.AST) -> Iterator[ast.AST]:
    """Replace `a - b` by `b - a`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        yield ast.BinOp(node.right, ast.Sub(), node.left)


def left_out(node: ast.AST) -> Iterator[ast.AST]:
    """Leave out one of two terms or factors, or a divisor."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mult | ast.Div):
        yield node.left
        if not isinstance(node.op, ast.Div):
            yield node.right


def fixed_size(node: ast.AST) -> Iterator[ast.AST]:
    """Replace a length by a number, as in code that fits only the notebook's data."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len":
        yield ast.Constant(3)
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "shape"
    ):
        yield ast.Constant(2)


def _is_range(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"


def _loaded(target: ast.expr) -> ast.expr:
    made = copy.deepcopy(target)
    made.ctx = ast.Load()
    return made


SHAPES = {
    *("shapes that do not fit together", "another shape", "too many or too few numbers", "too many indices"),
    *("rows and columns exchanged", "an index beyond the end"),
}
FACTORS = {
    *("one factor for all numbers", "a factor for each row", "a factor for each column"),
    "rows shifted as a whole",
}
NAMES, UNUSED = {"a name that does not exist"}, {"an argument that is never used"}
ODD = {
    "a division by 0",
    "a log of 0",
    "a root or a log of a number below 0",
    "a number too large for a computer",
}
# Each slip, with the change that makes it and the hints that fit it.
SLIPS: dict[str, tuple[Change, set[str]]] = {
    "`return` in the loop": (return_in_loop, {"`return` inside the loop"}),
    "`break` outside the `if`": (break_outside, {"`break` in every round"}),
    "a result is not kept": (not_kept, {"a result that is computed and not kept", *NAMES}),
    "`==` for `=`": (compared, {"`==` where `=` is meant", *NAMES}),
    "`=` for `+=`": (not_added, {"only the last round counts", *NAMES}),
    "`x = x.append(y)`": (append_assigned, {"a list that becomes None"}),
    "`range(1, n)`": (from_one, {"the first is left out", *SHAPES}),
    "`range(n - 1)`": (one_less, {"the last is left out", *SHAPES}),
    "the other axis": (other_axis, {*SHAPES, *FACTORS, "the same in every row"}),
    "no `return`": (no_return, {"nothing is returned", "a result that is computed and not kept"}),
    "a difference turned round": (turned_round, {"the sign is turned round", *ODD}),
    "something is left out": (left_out, {*FACTORS, *UNUSED, *SHAPES, *ODD, "a log too many, or one too few"}),
    "a number for a size": (fixed_size, {"a number in place of a size", *SHAPES, *UNUSED}),
}
