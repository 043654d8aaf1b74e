"""The text of a single answer as a student would have written it: imports, helper functions, the function.

The answers are in tests/answers (right) and in exercises/*/mistakes (wrong). If an answer needs parts of its
own file, or of the exercises' pieces, these are written before it. An answer that needs more than that is
left out.
"""

import ast
import builtins
import contextlib
import copy
import functools
import io

from answers import right_answers
from ours import ROOT, called, known_in

from grading import hidden
from helpers import check
from submissions.draft import points

HERE = ("numpy", "scipy", "math", "heapq", "functools", "itertools", "warnings", "collections", "helpers")
OURS = ("answers", "exercises")


class NotAlone(ValueError):
    """The error that an answer needs something which no notebook has."""


@functools.cache
def right_sources(assignment):
    """Return the right answers that can be used alone, by exercise and style."""
    module = _module(f"answers.{assignment.replace('-', '_')}")
    found = {name: _alone(module, answers, name) for name, answers in _book(module, "right").items()}
    asked = right_answers(assignment)
    return {
        name: {words: text for words, text in found[name].items() if words in asked[name]} for name in asked
    }


@functools.cache
def wrong_sources(assignment):
    """Return the known mistakes that can be used alone, by exercise and name of the hint."""
    found = {}
    for name in known_in(assignment):
        folder = f"exercises.{assignment.replace('-', '_')}.mistakes"
        inside = sorted((ROOT / folder.replace(".", "/") / name).glob("[a-z]*.py"))
        modules = [_module(f"{folder}.{name}.{path.stem}") for path in inside] or [
            _module(f"{folder}.{name}")
        ]
        books = [_alone(module, _book(module, "mistake", name).get(name, {}), name) for module in modules]
        found[name] = {words: text for book in books for words, text in book.items()}
    return found


@functools.cache
def marks_of(assignment, exercise, mistake):
    """Return the mark of a known mistake when it is called here, without a box."""
    names = {}
    exec(compile(wrong_sources(assignment)[exercise][mistake], exercise, "exec"), names)
    with contextlib.redirect_stdout(io.StringIO()):
        mark = check(
            names[exercise], points(assignment)[f"test-{exercise}"], hidden, called(assignment, exercise)
        )
    return float(mark)


class _Plain(ast.NodeTransformer):
    """A change to functions as students write them: without our types and docstrings."""

    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.returns = None
        node.body = (node.body[1:] if ast.get_docstring(node) else node.body) or [ast.Pass()]
        return node

    def visit_AnnAssign(self, node):
        return ast.Assign([node.target], node.value) if node.value else ast.Pass()


class _Named(ast.NodeTransformer):
    """A change of names: helper functions get new names, so that no other cell redefines them."""

    def __init__(self, names):
        self.names = names

    def visit_Name(self, node):
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.name = self.names.get(node.name, node.name)
        return node


class _Module:
    """The parts of a file, by the names that they define."""

    def __init__(self, name):
        path = ROOT / "tests" if name.startswith("answers") else ROOT
        self.name, self.path = name, path.joinpath(*name.split(".")).with_suffix(".py")
        if not self.path.is_file():
            raise NotAlone(name)
        self.body = _Plain().visit(ast.parse(self.path.read_text(encoding="utf-8"))).body
        self.defines = {}
        for statement in self.body:
            for each in _defined(statement):
                self.defines.setdefault(each, statement)


@functools.cache
def _module(name):
    return _Module(name)


def _defined(statement):
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return [each.asname or each.name.partition(".")[0] for each in statement.names]
    if isinstance(statement, ast.Assign):
        return [
            node.id for target in statement.targets for node in ast.walk(target) if isinstance(node, ast.Name)
        ]
    return []


def _book(module, decorator, exercise=None):
    """Return the answers of a file by exercise and words, each as the node of a function or a lambda."""
    book = {}
    for statement in module.body:
        if isinstance(statement, ast.FunctionDef):
            for call in (each for each in statement.decorator_list if isinstance(each, ast.Call)):
                if getattr(call.func, "id", "") == decorator and isinstance(call.args[-1], ast.Constant):
                    words = call.args[-1].value
                    book.setdefault(exercise or call.args[0].value, {})[words] = statement
        call = getattr(statement, "value", None) if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "add" and exercise is None:
            for each in call.keywords:
                if isinstance(each.value, ast.Lambda):
                    book.setdefault(call.args[0].value, {})[each.arg.replace("_", " ")] = each.value
    return book


def _alone(module, answers, name):
    texts = {}
    for words, node in answers.items():
        try:
            texts[words] = _text(module, node, name)
        except NotAlone:
            continue
    return texts


def _text(module, node, name):
    parts, own = {}, _renamed(node, name)
    asks = any(isinstance(each, ast.Name) and each.id == name for each in ast.walk(own))
    _collect(module, _free(own) | ({name} if asks else set()), parts, set())
    imports = [part for part in parts.values() if isinstance(part, ast.Import | ast.ImportFrom)]
    helpers = {each: part for each, part in parts.items() if part not in imports}
    named = _Named({each: f"{each}_in_{name}" for each in helpers})
    texts = [ast.unparse(named.visit(copy.deepcopy(part))) for part in helpers.values()]
    own = named.visit(own)
    own.name = name
    return "\n\n".join(["\n".join(map(ast.unparse, imports)), *texts, ast.unparse(own)]).strip()


def _renamed(node, name):
    if isinstance(node, ast.Lambda):
        body = [ast.Return(node.body)]
        made = ast.FunctionDef(name, node.args, body, [], type_params=[])
    else:
        made = ast.FunctionDef(name, node.args, node.body, [], type_params=[])
    return ast.fix_missing_locations(made)


def _collect(module, names, parts, seen):
    """Put the definitions of these names into parts, in the order in which they are needed."""
    for name in sorted(names - seen):
        statement = module.defines.get(name)
        if statement is None:
            raise NotAlone(name)
        seen.add(name)
        if isinstance(statement, ast.ImportFrom) and statement.module.partition(".")[0] in OURS:
            _from_ours(statement, name, parts, seen)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            parts[name] = _import(statement, name)
        else:
            if getattr(statement, "decorator_list", None):
                raise NotAlone(name)
            _collect(module, _free(statement), parts, seen)
            parts[name] = statement


def _from_ours(statement, name, parts, seen):
    alias = next(each for each in statement.names if (each.asname or each.name) == name)
    if alias.asname:
        raise NotAlone(name)
    other = _module(statement.module)
    if alias.name not in other.defines:
        raise NotAlone(name)
    seen.discard(name)
    _collect(other, {alias.name}, parts, seen)


def _import(statement, name):
    alias = next(each for each in statement.names if (each.asname or each.name.partition(".")[0]) == name)
    where = statement.module if isinstance(statement, ast.ImportFrom) else alias.name
    if where.partition(".")[0] not in HERE:
        raise NotAlone(where)
    if isinstance(statement, ast.ImportFrom):
        return ast.ImportFrom(statement.module, [alias], 0)
    return ast.Import([alias])


def _free(node):
    """Return the names that a node reads and does not define itself."""
    made, read = set(), set()
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            (read if isinstance(each.ctx, ast.Load) else made).add(each.id)
        elif isinstance(each, ast.arg):
            made.add(each.arg)
        elif (
            isinstance(each, ast.FunctionDef | ast.ClassDef)
            or isinstance(each, ast.ExceptHandler)
            and each.name
        ):
            made.add(each.name)
    return read - made - set(dir(builtins))
