"""What a student says in a cell, in words: in Markdown, in comments, in strings, or typed among code."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence

from grading.repair.names import UNREAD

ENOUGH, PLENTY = 8, 15  # words of a sentence, and of a text that ends without its point
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]{2,}")
# A comment, or a string on one line or on several; what has no end goes to the end.
SAID = re.compile(
    r'#(?P<comment>[^\n]*)|(?P<quotes>"""|\'\'\')(?P<long>.*?)(?:(?P=quotes)|\Z)'
    r'|"(?P<double>(?:[^"\\\n]|\\.)*+)"?|\'(?P<single>(?:[^\'\\\n]|\\.)*+)\'?',
    re.DOTALL,
)
CODE = re.compile(
    r"\s*(?:def|class|for|while|if|elif|else|return|import|from|with|try|except|raise|assert|print|@|%|!|#)"
    r"|.*[=\[\]{}]"
)
MAGIC = re.compile(r"^\s*[%!][^\n]*", re.MULTILINE)


def words_in(text: str) -> int:
    """How many words a text has; a sign of a script without spaces counts for one."""
    return len(WORD.findall(text))


def said_in_text(source: str, given: frozenset[str]) -> str:
    """Return the text of a cell without the lines that students were given; "" if nothing is left."""
    lines = [_added(line, given) for line in source.splitlines()]
    return "\n".join(lines).strip("\n") if any(line.strip() for line in lines) else ""


def said_in_code(source: str, given: frozenset[str], alone: bool) -> str:
    """Return what is said in a cell of code, but for what was given and for ordinary remarks.

    alone: the cell is the student's own. If it does nothing but say something, all of it counts.
    """
    tree = _parsed(source)
    all_counts = alone and (_only_typed(source) if tree is None else _only_says(tree))
    texts = (each for each in texts_in(source, tree is not None) if not _is_code(each))
    own = (said_in_text(each, given).strip() for each in texts)
    return "\n\n".join(
        each for each in own if each and (is_prose(each) or (all_counts and not _is_code(each)))
    )


def texts_in(source: str, runs: bool = True) -> list[str]:
    """Return the comments and strings of a cell of code, and, where it cannot run, lines of mere words."""
    lines = source.splitlines()
    typed = [] if runs else [line for line in lines if _is_typed(line)]
    rest = set(lines) - set(typed)
    return ["\n".join(typed), *_said("\n".join(line for line in lines if line in rest))]


def is_prose(text: str) -> bool:
    """Tell whether a comment or a string is more than a remark on code: a sentence, or a long text."""
    count = words_in(text)
    if count < ENOUGH or _parsed(text) is not None:
        return False
    letters = sum(sign.isalpha() or sign.isspace() for sign in text)
    ends = text.rstrip("\"') \n").endswith((".", "!", "?", "。", "…"))
    return letters > 0.75 * len(text) and (ends or count >= PLENTY)


def _is_code(text: str) -> bool:
    """Whether it is code that was taken out of use."""
    return bool(re.search(r"[=(\[]", text)) and _parsed(text) is not None


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(MAGIC.sub("", source))
    except UNREAD:
        return None


def _only_typed(source: str) -> bool:
    """Whether a cell that cannot run is words, and no code that went wrong."""
    return all(_is_typed(line) or words_in(line) < 3 and not CODE.match(line) for line in source.splitlines())


def _only_says(tree: ast.Module) -> bool:
    """Whether code is nothing but comments, texts and names that are given a text."""
    return all(_says(each) for each in tree.body)


def _says(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print":
        return all(isinstance(each, ast.Constant | ast.JoinedStr) for each in value.args)
    return isinstance(value, ast.Constant | ast.JoinedStr) and (
        isinstance(value, ast.JoinedStr) or isinstance(value.value, str)
    )


def _is_typed(line: str) -> bool:
    """Whether a line is words, not code: somebody took the cell for one of text."""
    if CODE.match(line) or words_in(line) < 3:
        return False
    return sum(sign.isalpha() or sign.isspace() for sign in line) > 0.75 * len(line)


def _said(source: str) -> Iterator[str]:
    """Comments and strings; comments on lines that follow each other are one text."""
    block: list[str] = []
    end = 0
    for found in SAID.finditer(source):
        comment = found["comment"]
        if block and (comment is None or source[end : found.start()].strip()):
            yield _block(block)
            block = []
        if comment is None:
            yield found["long"] or found["double"] or found["single"] or ""
        else:
            block.append(comment.lstrip("#").rstrip())
        end = found.end()
    yield _block(block)


def _block(comments: Sequence[str]) -> str:
    """Comments as one text; code that was made a comment keeps its indentation, and can be recognised."""
    return textwrap.dedent("\n".join(comments))


def _added(line: str, given: frozenset[str]) -> str:
    """What of a line was not given: all, nothing, or what follows the line that was."""
    bare = line.strip()
    if bare in given or not bare:
        return ""
    cut = next((at for at in _cuts(bare) if bare[:at].rstrip() in given), 0)
    return bare[cut:].lstrip() if cut else line


def _cuts(line: str) -> Iterator[int]:
    """Where a line may be cut in two: behind the end of a sentence, for lines of a usual length."""
    if len(line) <= 1_000:
        yield from (found.end() for found in re.finditer(r"[.;:?!*)]\s*", line[:-1]))
