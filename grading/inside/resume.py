"""Run a cell, and continue below a statement that fails, so that definitions below it are not lost.

In Jupyter a cell ends at its first error. Some lines fail only on the machine that marks: an import of a
package that is not installed there, a folder of the student's machine. Without this module, the functions
below such a line would be missing.
"""

from __future__ import annotations

import ast
import codeop
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from grading.inside.undecorated import imported, without
from grading.protocol.shell import Shell

MOST = 20  # statements of one cell that may be left out
LONGEST = 100  # the most pieces of a broken cell that are tried as one statement, such as a long text
DEFINITION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
NESTING = (ast.If, ast.Try, ast.With, ast.For)
BINDING = (*DEFINITION, *NESTING, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
BEGINS = re.compile(r"(?![ \t)\]}#]|(?:else|elif|except|finally)\b)\S")  # a line that begins a new statement


@dataclass
class Ran:
    """The result of running a cell.

    error: the error that ended the cell, as in Jupyter.
    left_out: for each statement that failed: its line, its error, and the name that it lacked. The name is
    "" unless the statement was then run without the parts that use the name (see undecorated.py).
    resumed: whether something was defined below the first statement that failed.
    """

    error: BaseException | None = None
    left_out: list[tuple[int, BaseException, str]] = field(default_factory=list)
    resumed: bool = False


def run_through(shell: Shell, source: str, resume: bool, ran: Ran) -> None:
    """Run a cell in the shell, and note the result in `ran`.

    resume: whether to run also the statements below one that fails.
    """
    done = shell.run_cell(source, store_history=True)
    ran.error = done.error_before_exec or done.error_in_exec
    if resume and isinstance(ran.error, Exception | SystemExit):
        _go_on(shell, source, ran)


def _go_on(shell: Shell, source: str, ran: Ran) -> None:
    """Run what has not run: the statements below one that failed.

    In a cell that cannot be parsed, these are all statements that can; in a cell of a magic, its body.
    """
    lead = len(source) - len(source.lstrip("\n"))  # the shell drops empty lines at the start, uncounted
    if source.lstrip().startswith("%%"):
        rest = list(_readable(shell, source.partition("%%")[2].partition("\n")[2], lead + 1, ran))
        _run(shell, source, rest, ran)
        ran.left_out = ran.left_out or [(lead + 1, ran.error, "")]
        return
    try:
        nodes = _parsed(shell, source, lead)
    except SyntaxError:
        _run(shell, source, list(_readable(shell, source, 0, ran)), ran)
        return
    at = _failed(nodes, *_place(shell, ran.error, lead))
    if at is not None:
        name = shell.compile.cache(source, shell.execution_count)
        parts = _parts(nodes[at])
        if len(parts) == 1:
            _leave_out(shell, name, parts.pop(), ran.error, ran)
        _run(shell, source, [*parts, *_below(nodes, at)], ran)


def _run(shell: Shell, source: str, rest: Sequence[ast.stmt], ran: Ran) -> None:
    """Run statements one by one, if any of them defines something; leave out those that fail."""
    if not any(isinstance(node, BINDING) for node in rest):
        return
    name, known = shell.compile.cache(source, shell.execution_count), len(ran.left_out)
    for node in (part for each in rest for part in _parts(each)):
        try:
            _execute(shell, name, node)
            ran.resumed |= isinstance(node, BINDING)
        except (Exception, SystemExit) as error:
            _leave_out(shell, name, node, error, ran)
        if len(ran.left_out) > known + MOST:
            break


def _parts(node: ast.stmt) -> list[ast.stmt]:
    """Return the parts of a statement that can each run alone: `import a, b` is two imports."""
    if not isinstance(node, ast.Import) or len(node.names) == 1:
        return [node]
    return [ast.copy_location(ast.Import([each]), node) for each in node.names]


def _execute(shell: Shell, name: str, node: ast.stmt) -> None:
    exec(shell.compile(ast.Module([node], []), name, "exec"), shell.user_ns)


def _leave_out(shell: Shell, name: str, node: ast.stmt, error: BaseException, ran: Ran) -> None:
    """Note that a statement failed. Define it without a failed import, if only that import is the cause."""
    if isinstance(error, ImportError):
        shell.not_imported |= imported(node)
    bare, lacked = without(node, error, shell.not_imported - shell.user_ns.keys())
    try:
        if lacked:
            _execute(shell, name, bare)
            ran.resumed = True
    except (Exception, SystemExit) as more:
        error, lacked = more, ""
    ran.left_out.append((node.lineno, error, lacked))


def _below(nodes: Sequence[ast.stmt], at: int) -> list[ast.stmt]:
    """Return the statements below this one, except functions and classes that are also defined above it."""
    above = {node.name for node in nodes[:at] if isinstance(node, DEFINITION)}
    return [node for node in nodes[at + 1 :] if not (isinstance(node, DEFINITION) and node.name in above)]


def _failed(nodes: Sequence[ast.stmt], line: int, column: int) -> int | None:
    """Return the index of the statement at this place; None if all statements begin after it."""
    begun = [at for at, node in enumerate(nodes) if _begin(node) <= (line, column)]
    return begun[-1] if begun else None


def _begin(node: ast.stmt) -> tuple[int, int]:
    first = min([node, *getattr(node, "decorator_list", ())], key=lambda each: each.lineno)
    return first.lineno, 0 if first is not node else node.col_offset


def _place(shell: Shell, error: BaseException | None, lead: int) -> tuple[int, int]:
    """Return the line and the column in the cell where an error passed through the outermost level."""
    trace = getattr(error, "__traceback__", None)
    while trace is not None and trace.tb_frame.f_globals is not shell.user_ns:
        trace = trace.tb_next
    if trace is None:  # the cell did not run at all, such as for a `return` outside of a function
        return lead + (getattr(error, "lineno", None) or 0), 0
    spots = list(trace.tb_frame.f_code.co_positions())
    line, _, column, _ = spots[trace.tb_lasti // 2]
    return lead + (line or trace.tb_lineno), column or 0


def _parsed(shell: Shell, source: str, lead: int) -> list[ast.stmt]:
    """Return the statements of a cell, with their lines in the cell. Raises SyntaxError."""
    tree = ast.parse(shell.transform_cell(source))
    return ast.increment_lineno(tree, lead).body


def _readable(shell: Shell, source: str, lead: int, ran: Ran) -> Iterator[ast.stmt]:
    """Yield those statements of a cell that can be parsed alone; the others are left out.

    After too many broken statements nothing more is tried: each attempt takes long, and there may be many.
    """
    lines = source.splitlines()
    starts = [at for at, line in enumerate(lines) if BEGINS.match(line)]
    pieces = [lines[here:end] for here, end in zip(starts, [*starts[1:], len(lines)])]
    at = 0
    while at < len(pieces) and len(ran.left_out) <= MOST:
        try:
            taken, nodes = _first_statement(shell, pieces[at : at + LONGEST], lead + starts[at])
            yield from nodes
        except SyntaxError as error:
            taken = 1
            ran.left_out.append((lead + starts[at] + (error.lineno or 1), error, ""))
        at += taken


def _first_statement(shell: Shell, pieces: Sequence[list[str]], lead: int) -> tuple[int, list[ast.stmt]]:
    """Return the fewest pieces that are whole statements together, and these statements.

    Raises SyntaxError if the pieces contain no whole statement.
    """
    text: list[str] = []
    for taken, piece in enumerate(pieces, 1):
        text += piece
        if not _is_begun("\n".join(text)) or taken == len(pieces):
            return taken, _parsed(shell, "\n".join(text), lead)
    raise SyntaxError("there is nothing")


def _is_begun(text: str) -> bool:
    """Tell whether a text is the beginning of a statement, but not a whole statement."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return codeop.compile_command(text, symbol="exec") is None
    except (SyntaxError, ValueError, OverflowError):
        return False
