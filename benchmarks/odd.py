"""Inputs that nobody would write: notebooks, outputs and values that are changed at random, from a seed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from hostile_html import PIECES, hostile
from numpy.random import Generator
from submissions import abuse, accidents, cheating, elsewhere
from submissions.cases import Case
from submissions.draft import answered, right, short, wrong
from submissions.values import VALUES

BOOKS = (abuse.ABUSES, abuse.ESCAPES, accidents.ACCIDENTS, cheating.CHEATS, elsewhere.ELSEWHERE, VALUES)
MOST_CHANGES, LONGEST, LARGE = 6, 400, 2_000_000
PIECES_OF_CODE = [
    *(
        "def f(x):\n    return x\n",
        "for i in range(3):\n",
        "if True:\n",
        "\t",
        "    ",
        "%matplotlib inline\n",
    ),
    *("!ls\n", "x = (", "x = [" * 50, '"""', "'", "# ", "\\\n", "lambda: ", "\0", "\ufeff"),
    *(
        "\u2028",
        "\r\n",
        "\r",
        "é",
        "\ud800",
        "### BEGIN SOLUTION\n",
        "### END SOLUTION\n",
        "raise NotImplementedError\n",
    ),
    *("class A:\n    pass\n", "async ", "await ", "import os\n", "return\n", "yield 1\n", "@x\n", ":="),
    *("f'{x!r:{y}}'", "1" * 300, "not " * 60, "-" * 90, "a." * 90, "x=" * 40, "𝔘", "(" * 300),
]
ODD = [
    *(None, True, 0, -1, 2**63, 10**400, 1e308, "", " ", "\0", "\ud800", "x" * 5_000, "ä" * 3_000 + "𝔘"),
    *([], {}, [[]], {"": None}, [0] * 500, {"a": {"b": {"c": []}}}, ["line\n"] * 300, "markdown", "code"),
    *("raw", "heading", "python3", "attachment:a.png"),
]


def bases() -> list[bytes]:
    """Return the bytes of notebooks that are then changed: ordinary, hostile and broken notebooks."""
    drafts = [answered({}), right(), wrong(), short({}), *(case.draft() for case in _cases())]
    return [json.dumps(each.content).encode() if each.raw is None else each.raw for each in drafts]


def _cases() -> Iterator[Case]:
    yield from (case for book in BOOKS for case in book)


def notebook(rng: Generator, known: list[bytes]) -> bytes:
    """Return one of the known notebooks with a few changes: mostly in its JSON, sometimes in its bytes."""
    data = known[rng.integers(len(known))]
    for _ in range(rng.integers(1, MOST_CHANGES)):
        if len(data) < LARGE:
            data = _changed(rng, data)
    return data


def _changed(rng: Generator, data: bytes) -> bytes:
    try:
        content = json.loads(data)
        cells = content["cells"]
        if (
            rng.random() < 0.1
            or not isinstance(cells, list)
            or not all(isinstance(each, dict) for each in cells)
        ):
            raise ValueError("its bytes, then")
    except (ValueError, TypeError, KeyError, RecursionError):
        return changed_bytes(rng, data)
    CHANGES[rng.integers(len(CHANGES))](rng, content, cells)
    return json.dumps(content).encode(errors="surrogatepass")


def changed_bytes(rng: Generator, data: bytes) -> bytes:
    """Return the bytes with one part flipped, removed, doubled or moved."""
    begin, size = int(rng.integers(len(data) + 1)), int(rng.integers(1, 200))
    part, rest = data[begin : begin + size], data[begin + size :]
    noise = rng.bytes(len(part))
    kinds = [
        noise,
        b"",
        part * int(rng.integers(2, 50)),
        part[::-1],
        rng.bytes(size) + part,
        data[:size] + part,
    ]
    return data[:begin] + kinds[rng.integers(len(kinds))] + (rest if rng.random() < 0.95 else b"")


def _odd_value(rng: Generator, content: Any, cells: list[Any]) -> None:
    """Put an odd value anywhere in the notebook."""
    at = content
    while isinstance(at, dict | list) and at:
        keys = list(at) if isinstance(at, dict) else range(len(at))
        key = keys[rng.integers(len(keys))]
        if not isinstance(at[key], dict | list) or not at[key] or rng.random() < 0.25:
            at[key] = json.loads(json.dumps(ODD[rng.integers(len(ODD))]))
            return
        at = at[key]


def _copied(rng: Generator, content: Any, cells: list[Any]) -> None:
    """Insert copies of a cell, perhaps many."""
    if cells:
        times, place = int(rng.choice([1, 2, 10, 150])), rng.integers(len(cells) + 1)
        cells[place:place] = [dict(cells[rng.integers(len(cells))])] * times


def _moved(rng: Generator, content: Any, cells: list[Any]) -> None:
    rng.shuffle(cells)


def _removed(rng: Generator, content: Any, cells: list[Any]) -> None:
    del cells[rng.integers(len(cells) + 1) :][: rng.integers(1, 5)]


def _merged(rng: Generator, content: Any, cells: list[Any]) -> None:
    """Join a cell with the next cell."""
    if len(cells) > 1:
        place = int(rng.integers(len(cells) - 1))
        cells[place]["source"] = _text(cells[place]) + "\n" + _text(cells.pop(place + 1))


def _bare(rng: Generator, content: Any, cells: list[Any]) -> None:
    """Remove the metadata by which nbgrader recognises cells, from half of the cells."""
    for cell in cells:
        if rng.random() < 0.5:
            cell["metadata"] = {}


def _hostile_text(rng: Generator, content: Any, cells: list[Any]) -> None:
    if cells:
        cell = cells[rng.integers(len(cells))]
        cell["source"] = _text(cell) + hostile(rng, LONGEST) if rng.random() < 0.5 else hostile(rng, LONGEST)


def _odd_code(rng: Generator, content: Any, cells: list[Any]) -> None:
    """Insert pieces of code into the source of a cell."""
    if cells:
        cell = cells[rng.integers(len(cells))]
        text, parts = _text(cell), rng.integers(len(PIECES_OF_CODE), size=int(rng.integers(1, 30)))
        place = int(rng.integers(len(text) + 1))
        cell["source"] = text[:place] + "".join(PIECES_OF_CODE[n] for n in parts) + text[place:]


def _pasted(rng: Generator, content: Any, cells: list[Any]) -> None:
    """Give a cell an attachment with any name and any type."""
    if cells:
        kinds = ("image/png", "image/svg+xml", "text/html", "")
        named = {PIECES[rng.integers(len(PIECES))]: {kinds[rng.integers(len(kinds))]: "iVBOR" * 2_000}}
        cells[rng.integers(len(cells))]["attachments"] = named


def _text(cell: dict[str, Any]) -> str:
    text = cell.get("source", "")
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


CHANGES: tuple[Callable[[Generator, Any, list[Any]], None], ...] = (
    *(_odd_value, _odd_value, _odd_value, _copied, _moved, _removed, _merged, _bare),
    *(_hostile_text, _hostile_text, _odd_code, _odd_code, _pasted),
)


def outputs(rng: Generator) -> list[Any]:
    """Return outputs of a cell, as a box may send them."""
    return [OUTPUTS[rng.integers(len(OUTPUTS))](rng) for _ in range(rng.integers(4))]


def _stream(rng: Generator) -> Any:
    text = hostile(rng, LONGEST) * int(rng.choice([1, 1, 50]))
    return {"kind": "stream", "name": str(rng.choice(["stdout", "stderr", "x"])), "text": text}


def _shown(rng: Generator) -> Any:
    kinds = ("text/html", "text/plain", "text/latex", "image/png", "image/svg+xml", "text/markdown")
    shown = {kinds[rng.integers(len(kinds))]: hostile(rng, LONGEST) for _ in range(2)}
    return {"kind": "data", "data": shown}


def _error(rng: Generator) -> Any:
    lines = [hostile(rng, 30) + "\x1b[31m" for _ in range(rng.integers(5))]
    return {"kind": "error", "name": hostile(rng, 3), "value": hostile(rng, 30), "traceback": lines}


def _any(rng: Generator) -> Any:
    return ODD[rng.integers(len(ODD))]


OUTPUTS = (_stream, _shown, _error, _any)


SMALL = (0.5, np.nan, np.float32(1.5), complex(1, np.nan), b"\xff", {1, 2}, (1,), 10**30, "words")


def value(rng: Generator, depth: int = 0) -> Any:
    """Return a value that code may return: arrays, numbers and words, in lists and dictionaries."""
    kind = rng.integers(7 if depth < 4 else 4)
    if kind == 0:
        return ODD[rng.integers(len(ODD))]
    if kind == 1:
        shape = tuple(int(n) for n in rng.integers(0, 5, size=rng.integers(4)))
        return rng.normal(size=shape).astype(str(rng.choice(["f8", "f4", "i8", "u1", "?", "c16", "U5"])))
    if kind in (2, 3):
        return SMALL[rng.integers(len(SMALL))]
    many = [value(rng, depth + 1) for _ in range(rng.integers(5))]
    if kind == 4:
        return {f"k{n}": each for n, each in enumerate(many)}
    return tuple(many) if kind == 5 else many
