"""The texts of a program that people read: docstrings, comments and the names of tests.

A docstring that is a hint is read as a hint, by code.py.
"""

from __future__ import annotations

import ast
import inspect
import io
import re
import tokenize
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from .code import Found, docstrings_of, hints, nodes, source_of

ORDER = re.compile(r"(noqa\b|type: ignore|fmt: |pragma: |%%|ruff:|/)")  # comments that a program reads
EXAMPLE = re.compile(r"^\s*(>>>|\.\.\. ?).*$", re.M)
# "means: (K, D). counts: (K,)" and "a.py reads. b.py writes" are two sentences each.
BEGINS = re.compile(r"(?<=\.)\s(?=[a-z_]+(, [a-z_]+)*: |[\w/]+\.py\b)")


def told(path: Path, is_hint: bool) -> Iterator[Found]:
    """Yield the docstrings, comments and names of tests of a file.

    is_hint: whether a docstring below a decorator with a name is a hint. Hints are left out.
    """
    known = {line for _, line, _ in hints(path)} if is_hint else set()
    yield from (each for each in _docstrings(path) if each[1] not in known)
    yield from _comments(path)
    yield from _names(path)


def _docstrings(path: Path) -> Iterator[Found]:
    for node, text in docstrings_of(path):
        yield getattr(node, "name", path.stem), node.body[0].lineno, _sentences(inspect.cleandoc(text))


def _sentences(docstring: str) -> str:
    """Return a docstring without its examples. Each field begins a new line."""
    return BEGINS.sub("\\\\\n", EXAMPLE.sub("", docstring))


def _comments(path: Path) -> Iterator[Found]:
    """Yield the comments. Successive lines are one text."""
    source = io.StringIO(source_of(path))
    found = [each for each in tokenize.generate_tokens(source.readline) if each.type == tokenize.COMMENT]
    numbered = ((each.start[0] - n, each.start[1], each) for n, each in enumerate(found))
    for _, group in groupby(numbered, lambda each: each[:2]):
        lines = [each for _, _, each in group]
        texts = [each.string.lstrip("#!: ") for each in lines]
        read = ["" if ORDER.match(each) else each for each in texts]
        if any(read):
            yield "a comment", lines[0].start[0], "\n".join(read)


def _names(path: Path) -> Iterator[Found]:
    """Yield the name of each test, as words."""
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name, node.lineno, node.name.removeprefix("test_").replace("_", " ")
