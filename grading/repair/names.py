"""Find the names that a cell's code defines and uses, without running it."""

from __future__ import annotations

import ast
import functools
import re
import symtable
from collections.abc import Iterable, Iterator

LONGEST = 50_000  # characters; of a longer cell, only lines with `def` or `class` are read
UNREAD = (SyntaxError, ValueError, RecursionError, MemoryError)
MAGIC = re.compile(r"^([ \t]*)[%!].*", re.MULTILINE)
CELL_MAGIC = re.compile(r"\s*%%(\w+).*\n?")
# Cell magics whose text is not code of the notebook.
OTHER = {"writefile", "file", "bash", "sh", "script", "html", "javascript", "js", "latex", "markdown", "svg"}
DEFINES = re.compile(r"^(?:async[ ]+)?(?:def|class)[ ]+(\w+)", re.MULTILINE)
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
IMPORTED, UNKNOWN = "imported", "unknown"  # values that are not read
Bindings = dict[str, list[str]]  # a name: the values that it is bound to, in a form that can be compared


def plain(text: str) -> str:
    """Return the text without spaces at line ends and empty lines, which do not matter in a comparison."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines() if line.strip())


def statements(source: str) -> list[ast.stmt] | None:
    """Return the statements of a cell, without magics; None if it cannot be parsed as Python."""
    text = python_of(source)
    return None if text is None else ast.parse(text).body


@functools.lru_cache(maxsize=1024)
def python_of(source: str) -> str | None:
    """Return the text of a cell as Python, with `pass` instead of magics; None if it cannot be parsed."""
    magic = CELL_MAGIC.match(source)
    if magic and magic.group(1) in OTHER:
        return ""
    source = source[magic.end() :] if magic else source
    for text in (source, MAGIC.sub(r"\1pass", source)) if len(source) <= LONGEST else ():
        try:
            ast.parse(text)
            return text
        except UNREAD:
            continue
    return None


@functools.lru_cache(maxsize=1024)  # for each answer, every cell is asked
def defined(source: str) -> frozenset[str]:
    """Return the names that a cell binds at its outermost level, without imports."""
    body = statements(source)
    if body is None:
        return frozenset(DEFINES.findall(source))
    return frozenset(name for name, given in _bound(body) if given is not None)


@functools.lru_cache(maxsize=1024)
def bindings(source: str) -> Bindings:
    """Return the names that a cell binds at its outermost level, also in `if`, `try`, `with` and loops."""
    body = statements(source)
    found: Bindings = {}
    for name, value in [(name, UNKNOWN) for name in DEFINES.findall(source)] if body is None else bound(body):
        found.setdefault(name, []).append(value)
    return found


def assigned(source: str) -> set[str]:
    """Return the names that a cell binds at its outermost level, in any way."""
    table = _table(source)
    stored = table.get_symbols() if table else ()
    return {*bindings(source), *(each.get_name() for each in stored if each.is_assigned())}


def written_to_file(source: str) -> set[str]:
    """Return the names that are defined in the file which a cell writes; a cell of code writes no file."""
    magic = CELL_MAGIC.match(source)
    return set(DEFINES.findall(source)) if magic and magic.group(1) in ("writefile", "file") else set()


def bound(body: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Yield the names that statements bind, each with its value. The value of a function is its body."""
    yield from ((name, IMPORTED if given is None else bare(given)) for name, given in _bound(body))


def _bound(body: Iterable[ast.AST]) -> Iterator[tuple[str, list[ast.AST] | None]]:
    """Yield the names that statements bind, each with its value; None for an imported name."""
    for each in body:
        if isinstance(each, FUNCTION | ast.ClassDef):
            yield each.name, each.body
            continue
        if isinstance(each, ast.Import | ast.ImportFrom):
            yield from ((name.asname or name.name.split(".")[0], None) for name in each.names)
        if isinstance(each, ast.Assign | ast.AnnAssign) and each.value:
            targets = each.targets if isinstance(each, ast.Assign) else [each.target]
            yield from ((name, [each.value]) for name in _targets(targets))
        for part in ("body", "orelse", "handlers", "finalbody"):
            yield from _bound(getattr(each, part, ()))


def _targets(targets: Iterable[ast.AST]) -> Iterator[str]:
    for target in targets:
        yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def bare(body: Iterable[ast.AST]) -> str:
    """Return statements in a form for comparison: without comments, docstrings and other lone values."""
    try:
        return "\n".join(ast.dump(each) for each in body if not _is_text(each))
    except RecursionError:
        return UNKNOWN


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def used(source: str) -> set[str]:
    """Return the names that a cell reads and does not make itself: of the notebook, or built in."""
    text = python_of(source)
    if text is None:
        return set(re.findall(r"[^\W\d]\w*", source[:LONGEST]))
    table = _table(source)
    return set(read_in(table)) if table else set()


def _table(source: str) -> symtable.SymbolTable | None:
    """Return the table of a cell's names and their uses; None if it cannot be parsed as Python."""
    text = python_of(source)
    try:
        return None if text is None else symtable.symtable(text, "cell", "exec")
    except UNREAD:
        return None


def read_in(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield the names of the notebook, or built in, that code reads, also in its functions."""
    outermost = table.get_type() == "module"
    for each in table.get_symbols():
        if each.is_referenced() and (outermost or each.is_global()):
            yield each.get_name()
    for inner in table.get_children():
        yield from read_in(inner)
