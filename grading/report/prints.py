"""Fingerprints of an answer: short runs of its code, and of its words, each with its lines.

In a run of code, each name is replaced by a number, in the order in which names come. So new names
change nothing. Comments and line ends are left out. A run of words has the words that people chose
themselves: names, and the words of comments and docstrings, in their order.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import keyword
import re
import tokenize
from collections.abc import Iterator, Sequence

CODE_RUN, WORD_RUN = 10, 6  # the tokens of a run of code, the words of a run of words
LONGEST = 20_000  # characters of an answer that are read
KNOWN = frozenset([*keyword.kwlist, *dir(builtins), "np", "numpy"])
SPACE = (tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
Print = tuple[str, ...]  # the kind of a run, and its tokens
Placed = tuple[str, int]  # a token or word, and its line from 0


def prints_of(source: str, is_code: bool) -> Iterator[tuple[Print, set[int]]]:
    """Yield the fingerprints of one answer, each with its lines."""
    source = source[:LONGEST]
    code, words = _split(source) if is_code else ([], _words(source, 0))
    for run, lines in _runs(code, CODE_RUN):
        yield ("code", *_renamed(run)), lines
    for run, lines in _runs(words, WORD_RUN):
        yield ("words", *run), lines


def _split(source: str) -> tuple[list[Placed], list[Placed]]:
    """Return the tokens of the code, and the words in it, up to text that cannot be parsed as Python."""
    code: list[Placed] = []
    words: list[Placed] = []
    with contextlib.suppress(tokenize.TokenError, SyntaxError, ValueError):
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            line = token.start[0] - 1
            if token.type == tokenize.COMMENT or _is_docstring(token, code):
                words += _words(token.string, line)
            elif token.type not in SPACE:
                name = token.type == tokenize.NAME and token.string not in KNOWN
                own = name and not (code and code[-1][0] == ".")
                code.append((f"?{token.string}" if own else token.string, line))
                words += [(token.string, line)] if own else []
    return code, words


def _is_docstring(token: tokenize.TokenInfo, code: Sequence[Placed]) -> bool:
    return token.type == tokenize.STRING and token.line.lstrip().startswith(token.string[:3]) and bool(code)


def _words(text: str, line: int) -> list[Placed]:
    rows = enumerate(text.splitlines(), line)
    return [(word.lower(), number) for number, row in rows for word in re.findall(r"\w+", row)]


def _runs(tokens: Sequence[Placed], length: int) -> Iterator[tuple[list[str], set[int]]]:
    for start in range(len(tokens) - length + 1):
        run = tokens[start : start + length]
        yield [token for token, _ in run], {line for _, line in run}


def _renamed(run: Sequence[str]) -> Iterator[str]:
    """Yield the run with a number instead of each name that the author chose. Such a name begins with "?"."""
    numbers: dict[str, str] = {}
    for token in run:
        yield numbers.setdefault(token, f"?{len(numbers)}") if token[0] == "?" else token
