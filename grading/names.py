"""Rename functions and arguments of an assignment to the names that an instructor's textbook uses.

The exercises know only their own names, and so does the reference from which cases are drawn. The
instructor's names are used wherever a student sees a name: in notebooks and tests, in case files and texts.
"""

from __future__ import annotations

import ast
import dataclasses
import io
import keyword
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from checks.casebook import Item
from checks.cases import Case
from checks.questions import Question
from grading.choices import no_such

Names = Mapping[str, str]  # a name in the exercises, and the instructor's name for it
FIELD = re.compile(r"\{[^{}]*\}")
SPAN = re.compile(r"`[^`]*`")
CALLED = re.compile(r"(?<![\w.])\w+(?=\()")
PROSE = {tokenize.COMMENT, getattr(tokenize, "FSTRING_MIDDLE", tokenize.COMMENT)}


def renamed_code(source: str, names: Names, functions: Iterable[str]) -> str:
    """Return a cell of code with the instructor's names.

    functions: the functions that students write. Only calls of these have renamed argument names: in calls of
    other functions, an argument passed by name keeps its name. An attribute always keeps its name.

    Example:
        >>> renamed_code("fit(data, limit=3); plot(data.limit, limit=4)", {"limit": "most"}, ["fit"])
        'fit(data, most=3); plot(data.limit, limit=4)'
    """
    lines = source.splitlines(keepends=True)
    for token, text in reversed(list(_changed(source, names, {*functions}))):
        (first, begin), (last, end) = token.start, token.end
        rest = lines[last - 1][end:]
        lines[first - 1 : last] = [lines[first - 1][:begin] + text + rest]
    return "".join(lines)


def renamed_text(text: str, names: Names) -> str:
    """Return prose with the instructor's names: between backquotes, before "(", and with an underscore.

    Example:
        >>> renamed_text("Look at `data`, the data, and at init_means.", {"data": "X", "init_means": "mu"})
        'Look at `X`, the data, and at mu.'
    """
    sure = {name: other for name, other in names.items() if "_" in name}
    called = CALLED.sub(lambda word: names.get(word[0], word[0]), _words(text, sure))
    return SPAN.sub(lambda span: _words(span[0], names), called)


def renamed_cases(drawn: Mapping[str, list[Item]], names: Names) -> dict[str, list[Item]]:
    """Return the cases of all exercises, with the instructor's names: students see them in this form."""
    return {names.get(name, name): [_item(each, names) for each in cases] for name, cases in drawn.items()}


def own_names(sources: Iterable[str]) -> dict[str, set[str]]:
    """Return the functions that these cells define, each with the names of its arguments."""
    nodes = (node for source in sources for node in ast.parse(source).body)
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    return {
        node.name: {each.arg for each in ast.walk(node.args) if isinstance(each, ast.arg)}
        for node in functions
    }


def require_names(
    names: Names, functions: Mapping[str, set[str]], sources: Mapping[str, str], where: str
) -> None:
    """Check that names can be used. functions: see `own_names`. sources: the code of each assignment.

    Raises ValueError, which begins with `where`, if there is no such function or argument. It is also raised
    if the new name is not a Python name, or already means something else.
    """
    there = {*functions, *(arg for args in functions.values() for arg in args)}
    for name, other in names.items():
        if name not in there:
            raise ValueError(f"{where}: {no_such('function or argument', name, there)}")
        if not other.isidentifier() or keyword.iskeyword(other):
            raise ValueError(f"{where}: '{other}' is no name in Python; '{name}' needs one.")
        for assignment, source in sources.items():
            if other not in names and other in _names_in(source) and name in _names_in(source):
                raise ValueError(
                    f"{where}: '{other}' stands for something else in {assignment}. "
                    f"Choose another name for '{name}'."
                )
    if twice := [each for each in names.values() if list(names.values()).count(each) > 1]:
        raise ValueError(f"{where}: '{twice[0]}' is given to two names. Choose another for one of them.")


def _names_in(source: str) -> set[str]:
    return {token.string for token in _tokens(source) if token.type == tokenize.NAME}


def _tokens(source: str) -> list[tokenize.TokenInfo]:
    return list(tokenize.generate_tokens(io.StringIO(source).readline))


def _changed(source: str, names: Names, functions: set[str]) -> Iterator[tuple[tokenize.TokenInfo, str]]:
    """Yield the tokens that must change, and their new texts."""
    tokens, calls = _tokens(source), list[str]()
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None]):
        if token.string in "([{" and token.type == tokenize.OP:
            is_call = token.string == "(" and before is not None and before.type == tokenize.NAME
            calls.append(before.string if is_call else "")
        elif token.string in ")]}" and token.type == tokenize.OP:
            calls.pop()
        by_name = after is not None and after.string == "=" and bool(calls) and calls[-1] not in functions
        is_attribute = before is not None and before.string == "."
        text = token.string if by_name or is_attribute else _renamed(token, names, functions)
        if text != token.string:
            yield token, text


def _renamed(token: tokenize.TokenInfo, names: Names, functions: set[str]) -> str:
    if token.type == tokenize.NAME:
        return names.get(token.string, token.string)
    if token.type in PROSE:
        return renamed_text(token.string, names)
    return _string(token.string, names, functions) if token.type == tokenize.STRING else token.string


def _string(text: str, names: Names, functions: set[str]) -> str:
    """Return a string with the new names: a function's name, a docstring with arguments, text with fields."""
    inner = text.strip("\"'")
    if inner in functions and inner in names:
        return text.replace(inner, names[inner])
    for name, other in names.items() if '"""' in text else ():
        text = re.sub(rf"\b{re.escape(name)}(?=: )", other, text)
    filled = FIELD.sub(lambda field: _words(field[0], names), text) if text[:1] in "fF" else text
    return renamed_text(filled, names)


def _words(text: str, names: Names) -> str:
    every = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.sub(rf"(?<![\w.])(?:{every})\b", lambda word: names[word[0]], text) if names else text


def _item(item: Item, names: Names) -> Item:
    if isinstance(item, Question):
        return dataclasses.replace(item, own=_called(item.own, names))
    arguments = (*item.args, *item.kwargs, *item.rest)
    shown = {name: names[name] for name in arguments if name in names}
    calls = {names.get(name, name): made for name, made in item.calls.items()}
    return dataclasses.replace(item, calls=calls, shown=shown) if isinstance(item, Case) else item


def _called(value: Any, names: Names) -> Any:
    """Return what a question says about the student's own functions, with the instructor's names."""
    if isinstance(value, list):
        return [_called(each, names) for each in value]
    if not isinstance(value, Mapping):
        return value
    return {
        key: names.get(each, each) if key in ("call", "function") else _called(each, names)
        for key, each in value.items()
    }
