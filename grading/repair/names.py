"""What the code of a cell defines and uses, read without running it."""

from __future__ import annotations

import ast
import functools
import re
import symtable
from collections.abc import Iterable, Iterator

LONGEST = 50_000  # characters of one cell that are read as Python; of more, only the lines that define
UNREAD = (SyntaxError, ValueError, RecursionError, MemoryError)
MAGIC = re.compile(r"^([ \t]*)[%!].*", re.MULTILINE)
CELL_MAGIC = re.compile(r"\s*%%(\w+).*\n?")
# Cell magics whose text is no code of the notebook's.
OTHER = {"writefile", "file", "bash", "sh", "script", "html", "javascript", "js", "latex", "markdown", "svg"}
DEFINES = re.compile(r"^(?:async[ ]+)?(?:def|class)[ ]+(\w+)", re.MULTILINE)
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
IMPORTED, UNKNOWN = "imported", "unknown"  # values that are not read
Bindings = dict[str, list[str]]  # a name to what it is bound to, each in a form that can be compared


def plain(text: str) -> str:
    """The text without what does not matter in a comparison: spaces at line ends, empty lines."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines() if line.strip())


def statements(source: str) -> list[ast.stmt] | None:
    """The statements of a cell, magics aside; None if it cannot be read as Python."""
    text = python_of(source)
    return None if text is None else ast.parse(text).body


@functools.lru_cache(maxsize=1024)
def python_of(source: str) -> str | None:
    """The text of a cell as Python, with `pass` in the place of magics; None if that cannot be read."""
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


@functools.lru_cache(maxsize=1024)  # each answer asks for every cell
def defined(source: str) -> frozenset[str]:
    """The names that a cell gives something to at its outermost level, other than by imports."""
    body = statements(source)
    if body is None:
        return frozenset(DEFINES.findall(source))
    return frozenset(name for name, given in _bound(body) if given is not None)


@functools.lru_cache(maxsize=1024)
def bindings(source: str) -> Bindings:
    """What a cell binds at its outermost level, also below `if`, `try`, `with` and loops."""
    body = statements(source)
    found: Bindings = {}
    for name, value in [(name, UNKNOWN) for name in DEFINES.findall(source)] if body is None else bound(body):
        found.setdefault(name, []).append(value)
    return found


def assigned(source: str) -> set[str]:
    """The names that a cell gives something to at its outermost level, in whatever way."""
    table = _table(source)
    stored = table.get_symbols() if table else ()
    return {*bindings(source), *(each.get_name() for each in stored if each.is_assigned())}


def written_to_file(source: str) -> set[str]:
    """What a cell defines that only writes a file."""
    magic = CELL_MAGIC.match(source)
    return set(DEFINES.findall(source)) if magic and magic.group(1) in ("writefile", "file") else set()


def bound(body: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """The names that statements bind, each with its value: of a function that is its body."""
    yield from ((name, IMPORTED if given is None else bare(given)) for name, given in _bound(body))


def _bound(body: Iterable[ast.AST]) -> Iterator[tuple[str, list[ast.AST] | None]]:
    """The names that statements bind, each with what it is bound to; None for what is imported."""
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
    """Statements in a form that can be compared: without comments, and without texts that stand alone."""
    try:
        return "\n".join(ast.dump(each) for each in body if not _is_text(each))
    except RecursionError:
        return UNKNOWN


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def used(source: str) -> set[str]:
    """The names that a cell reads and does not make itself: of the notebook, or built in."""
    text = python_of(source)
    if text is None:
        return set(re.findall(r"[^\W\d]\w*", source[:LONGEST]))
    table = _table(source)
    return set(read_in(table)) if table else set()


def _table(source: str) -> symtable.SymbolTable | None:
    """The names of a cell, with what it does to them; None if it cannot be read as Python."""
    text = python_of(source)
    try:
        return None if text is None else symtable.symtable(text, "cell", "exec")
    except UNREAD:
        return None


def read_in(table: symtable.SymbolTable) -> Iterator[str]:
    """The names of the notebook, or built in, that code reads, also in its functions."""
    outermost = table.get_type() == "module"
    for each in table.get_symbols():
        if each.is_referenced() and (outermost or each.is_global()):
            yield each.get_name()
    for inner in table.get_children():
        yield from read_in(inner)
