"""Find a student's words in a cell: in Markdown, in comments, in strings, or in lines between code."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence

from grading.repair.names import UNREAD

ENOUGH, PLENTY = 8, 15  # the fewest words of a sentence, and of a text without a full stop at its end
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]{2,}")
# A comment, or a string on one line or on several. A string without an end goes to the end of the text.
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
    """Return how many words a text has. In a script without spaces, each sign counts as a word."""
    return len(WORD.findall(text))


def said_in_text(source: str, given: frozenset[str]) -> str:
    """Return the text of a cell without the lines that students were given; "" if nothing is left."""
    lines = [_added(line, given) for line in source.splitlines()]
    return "\n".join(lines).strip("\n") if any(line.strip() for line in lines) else ""


def said_in_code(source: str, given: frozenset[str], alone: bool) -> str:
    """Return the words in a code cell, without given texts and without ordinary remarks on code.

    alone: whether the student added the cell. If such a cell has only words, all of them count.
    """
    tree = _parsed(source)
    all_counts = alone and (_only_typed(source) if tree is None else _only_says(tree))
    texts = (each for each in texts_in(source, tree is not None) if not _is_code(each))
    own = (said_in_text(each, given).strip() for each in texts)
    return "\n\n".join(
        each for each in own if each and (is_prose(each) or (all_counts and not _is_code(each)))
    )


def texts_in(source: str, runs: bool = True) -> list[str]:
    """Return the comments and strings of a code cell. If it is not valid Python, also lines of words."""
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
    """Tell whether a text is code that was commented out."""
    return bool(re.search(r"[=(\[]", text)) and _parsed(text) is not None


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(MAGIC.sub("", source))
    except UNREAD:
        return None


def _only_typed(source: str) -> bool:
    """Tell whether a cell that is not valid Python is words, and not code with an error."""
    return all(_is_typed(line) or words_in(line) < 3 and not CODE.match(line) for line in source.splitlines())


def _only_says(tree: ast.Module) -> bool:
    """Tell whether code has only comments, texts, printed texts, and names that are bound to a text."""
    return all(_says(each) for each in tree.body)


def _says(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print":
        return all(isinstance(each, ast.Constant | ast.JoinedStr) for each in value.args)
    return isinstance(value, ast.Constant | ast.JoinedStr) and (
        isinstance(value, ast.JoinedStr) or isinstance(value.value, str)
    )


def _is_typed(line: str) -> bool:
    """Tell whether a line is words, not code: the student used a code cell as a text cell."""
    if CODE.match(line) or words_in(line) < 3:
        return False
    return sum(sign.isalpha() or sign.isspace() for sign in line) > 0.75 * len(line)


def _said(source: str) -> Iterator[str]:
    """Yield comments and strings. Comments on consecutive lines are one text."""
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
    """Return comments as one text. Code that was commented out keeps its indentation, so it is recognised."""
    return textwrap.dedent("\n".join(comments))


def _added(line: str, given: frozenset[str]) -> str:
    """Return the part of a line that was not given: all, nothing, or the words after the given line."""
    bare = line.strip()
    if bare in given or not bare:
        return ""
    cut = next((at for at in _cuts(bare) if bare[:at].rstrip() in given), 0)
    return bare[cut:].lstrip() if cut else line


def _cuts(line: str) -> Iterator[int]:
    """Yield where a line may be cut in two: after the end of a sentence, in lines of a usual length."""
    if len(line) <= 1_000:
        yield from (found.end() for found in re.finditer(r"[.;:?!*)]\s*", line[:-1]))
