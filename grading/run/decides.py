"""The part of a file that decides marks: Python code without comments and docstrings; other files completely.

The words of a hint are a docstring. A person who corrects them changes what students read, but no mark.
"""

from __future__ import annotations

from pathlib import Path
from types import CodeType
from typing import Any


def deciding(path: Path) -> bytes:
    """Return the part of a file that decides marks, as bytes."""
    data = path.read_bytes()
    if path.suffix != ".py":
        return data
    try:
        code = compile(data, path.name, "exec", dont_inherit=True, optimize=2)  # without docstrings
    except (SyntaxError, ValueError):  # whatever imports the file reports the error
        return data
    return repr(_told(code)).encode(errors="surrogatepass")


def _told(value: Any) -> Any:
    """Return a constant without the numbers of its lines. A set has no fixed order, so it is sorted."""
    if isinstance(value, frozenset):
        return sorted(map(repr, value))
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    if not isinstance(value, CodeType):
        return value
    names = value.co_name, value.co_names, value.co_varnames, value.co_freevars, value.co_cellvars
    counts = value.co_argcount, value.co_posonlyargcount, value.co_kwonlyargcount, value.co_flags
    return names, counts, value.co_code, value.co_exceptiontable, _told(value.co_consts)
