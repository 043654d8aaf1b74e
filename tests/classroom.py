"""Classes of students who do not exist. Their answers are drawn from a seed, each in different words."""

from __future__ import annotations

import ast
import keyword
import random
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT
from ours import known_in

ANSWERS = ROOT / "tests" / "answers"
FILES = {
    "gaussian-mixture": ("gaussian_mixture", "loops", "arrays", "one_function"),
    "image-clusters": ("image_clusters",),
    "bernoulli-digits": ("bernoulli_digits",),
    "when-em-fails": ("when_em_fails", "when_em_fails_starts"),
}
NAMES = ("a", "b", "tmp", "res", "x", "out", "total", "acc", "val", "w", "s", "part", "mat", "vec", "d", "z")
TAILS = ("", "", "_k", "s", "2", "_new", "_all", "_sum", "_list", "_n")
REMARKS = (
    "normalise the rows",
    "sum over all points",
    "loop over the clusters",
    "see the formula above",
    "stop when it does not get better",
    "convert first, otherwise it fails",
    "weights times density",
    "I am not sure about the axis",
    "same as in the lecture",
    "TODO make it faster",
)


def variants(assignment: str) -> dict[str, list[str]]:
    """Return the correct answers to each exercise of an assignment, as source code."""
    found: dict[str, list[str]] = {}
    for name in FILES[assignment]:
        for exercise, source in _answers(ANSWERS / f"{name}.py"):
            found.setdefault(exercise, []).append(source)
    return {exercise: found[exercise] for exercise in known_in(assignment) if exercise in found}


def _answers(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            exercise = _exercise(node)
            node.name, node.decorator_list = exercise, []
            yield exercise, ast.unparse(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            for each in node.value.keywords:
                if isinstance(each.value, ast.Lambda) and node.value.args:
                    head, body = ast.unparse(each.value.args), ast.unparse(each.value.body)
                    yield (
                        node.value.args[0].value,
                        f"def {node.value.args[0].value}({head}):\n    return {body}",
                    )


def _exercise(node: ast.FunctionDef) -> str:
    return node.decorator_list[0].args[0].value if node.decorator_list else node.name


class Own(ast.NodeTransformer):
    """The way in which one person writes code: other names, and one of several forms for each statement."""

    def __init__(self, draw: random.Random):
        self.draw, self.names, self.mine = draw, {}, set()

    def visit_FunctionDef(self, node):
        stored = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        self.mine |= stored - {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
        self.generic_visit(node)
        return node

    def visit_Name(self, node):
        if node.id in self.mine:
            node.id = self.names.get(node.id) or self.names.setdefault(node.id, self._name(node.id))
        return node

    def _name(self, name):
        made = self.draw.choice(NAMES) + self.draw.choice(TAILS)
        taken = {*self.names.values(), *self.mine}
        return name if self.draw.random() < 0.4 or made in taken or keyword.iskeyword(made) else made

    def visit_AugAssign(self, node):
        """Write x += y, or x = x + y."""
        self.generic_visit(node)
        if self.draw.random() < 0.5:
            return node
        left = ast.parse(ast.unparse(node.target), mode="eval").body
        return ast.Assign([node.target], ast.BinOp(left, node.op, node.value), lineno=0)

    def visit_Call(self, node):
        """Write len(x) or x.shape[0], np.sum(x) or x.sum(), axis=0 or 0."""
        self.generic_visit(node)
        name = ast.unparse(node.func)
        if name == "len" and self.draw.random() < 0.5:
            return ast.parse(f"np.shape({ast.unparse(node.args[0])})[0]", mode="eval").body
        if name in ("np.sum", "np.mean") and node.args and self.draw.random() < 0.5:
            node.func, node.args = ast.Attribute(node.args[0], name[3:], ast.Load()), node.args[1:]
        elif name in ("np.sum", "np.mean") and len(node.args) == 1 and self.draw.random() < 0.5:
            node.args += [each.value for each in node.keywords if each.arg == "axis"]
            node.keywords = [each for each in node.keywords if each.arg != "axis"]
        return node

    def visit_Subscript(self, node):
        """Write table[i, k], or table[i][k]."""
        self.generic_visit(node)
        at = node.slice
        plain = isinstance(at, ast.Tuple) and all(isinstance(each, ast.Name) for each in at.elts)
        if plain and len(at.elts) == 2 and self.draw.random() < 0.5:
            return ast.Subscript(ast.Subscript(node.value, at.elts[0], ast.Load()), at.elts[1], node.ctx)
        return node

    def visit_BinOp(self, node):
        """Write a * b or b * a; the same for a sum."""
        self.generic_visit(node)
        if isinstance(node.op, ast.Mult | ast.Add) and self.draw.random() < 0.5:
            node.left, node.right = node.right, node.left
        return node

    def visit_Assign(self, node):
        """Write a, b = x, y, or one line for each; perhaps with one more step between."""
        self.generic_visit(node)
        target, value = node.targets[0], node.value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and self.draw.random() < 0.5:
            return [ast.Assign([t], v, lineno=0) for t, v in zip(target.elts, value.elts)]
        return self._in_steps(node)

    def visit_Return(self, node):
        self.generic_visit(node)
        return self._in_steps(node)

    def _in_steps(self, node):
        inner = next((n for n in ast.walk(node.value) if isinstance(n, ast.BinOp)), None)
        if inner is None or self.draw.random() < 0.7 or inner is node.value or _binds(node.value):
            return node
        name = self._name("part")
        before = ast.Assign(
            [ast.Name(name, ast.Store())], ast.parse(ast.unparse(inner), mode="eval").body, lineno=0
        )
        return [before, Swap(inner, name).visit(node)]


class Swap(ast.NodeTransformer):
    """A change that puts a name in the place of one expression."""

    def __init__(self, inner, name):
        self.inner, self.name = inner, name

    def visit_BinOp(self, node):
        if node is self.inner:
            return ast.Name(self.name, ast.Load())
        self.generic_visit(node)
        return node


def _binds(node):
    return any(isinstance(each, ast.comprehension | ast.Lambda) for each in ast.walk(node))


def in_own_words(source: str, hand: Own) -> str:
    """Return a correct answer as another person with the same idea would write it."""
    draw, tree = hand.draw, hand.visit(ast.parse(source))
    lines = ast.unparse(ast.fix_missing_locations(tree)).splitlines()
    rows = []
    for line in lines:
        if draw.random() < 0.08 and line.startswith("    "):
            rows.append(line[: len(line) - len(line.lstrip())] + "# " + draw.choice(REMARKS))
        rows.append(line)
    return "\n".join(rows)


def independent(assignment, students, draw, own=True, few=0, taste=0.0):
    """Return a class in which no student knows another: by student, the source of each exercise.

    own: whether all students write in different words; otherwise each answer is a copy of a correct answer.
    few: how many correct answers of an exercise this class can have; 0 for all.
    taste: how often a student takes the answer at the same place in the list as the last one, such as loops
    after loops.
    """
    book = {
        name: draw.sample(each, min(few or len(each), len(each)))
        for name, each in variants(assignment).items()
    }
    weights = {name: [draw.paretovariate(1) if own else 1 for _ in each] for name, each in book.items()}
    return {f"s{n:03}": _answers_of_one(book, weights, draw, own, taste) for n in range(students)}


def _answers_of_one(book, weights, draw, own, taste):
    place, made, hand = draw.random(), {}, Own(draw)
    for name, each in book.items():
        if draw.random() < taste:
            source = each[int(place * len(each))]
        else:
            source = draw.choices(each, weights[name])[0]
        made[name] = in_own_words(source, hand) if own else source
    return made


def in_other_names(source: str) -> str:
    """Return a copy in which every name that the author chose is another name."""
    tree = ast.parse(source)
    given = {each.arg for each in ast.walk(tree) if isinstance(each, ast.arg)}
    names = [each for each in ast.walk(tree) if isinstance(each, ast.Name)]
    mine = sorted({each.id for each in names if isinstance(each.ctx, ast.Store)} - given)
    for each in names:
        each.id = f"my_{mine.index(each.id)}" if each.id in mine else each.id
    return ast.unparse(tree)
