"""A notebook's cells on a page: code in colours, and what it printed, drew or raised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String

from checks.texts import say
from grading.marking.present import BASE64, PICTURES
from grading.noted import Role, role_of
from grading.pages.safe_html import safe_html

LONGEST = 20_000  # characters of one text that are shown
COLOURED = 5_000  # characters of code in colours; longer code is plain
CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f]")  # colours of a terminal
# A figure of ours, as it comes: nothing is left to clean, which would take long for its length.
FIGURE = re.compile(r'<img alt="[^"<>]*" src="data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+">')
CLASSES = {
    Keyword: "k",
    Operator.Word: "k",
    Name.Function: "f",
    Name.Class: "f",
    Name.Decorator: "f",
    Name.Builtin: "f",
    String: "s",
    Number: "m",
    Comment: "c",
}


@lru_cache(1024)
def coloured(source: str) -> Markup:
    """Return Python code with an element around each part that has a colour.

    What was coloured is kept for a while: most cells of a class are the same.
    """
    text = shortened(source)
    if len(text) > COLOURED:
        return escape(text)
    kinds = groupby(_lexer().get_tokens(text), key=lambda token: _class(token[0]))
    return Markup("".join(_span(kind, "".join(part for _, part in parts)) for kind, parts in kinds))


@cache
def _lexer() -> PythonLexer:
    return PythonLexer()


@cache
def _class(kind: Any) -> str:
    """The class of a token's kind, or of the kind that it is one of."""
    return CLASSES.get(kind) or (_class(kind.parent) if kind.parent else "")


def _span(kind: str, text: str) -> str:
    return f'<span class="{kind}">{escape(text)}</span>' if kind else str(escape(text))


def shortened(text: str) -> str:
    """The text without a terminal's signs; of a long one its beginning and its end."""
    plain = CONTROL.sub("", text)
    half = LONGEST // 2
    return plain if len(plain) <= LONGEST else f"{plain[:half]}\n... left out here ...\n{plain[-half:]}"


def outputs(cell: Any) -> list[Markup]:
    """What a student's cell shows: text and pictures; HTML is cleaned."""
    return list(filter(None, map(_output, cell.get("outputs", []))))


def _output(output: Any) -> Markup:
    if output.output_type == "stream":
        return _pre(output.text, "printed")
    if output.output_type == "error":
        return _pre("\n".join(output.traceback) or f"{output.ename}: {output.evalue}", "printed raised")
    return _data(output.get("data", {}))


def _data(data: dict[str, str]) -> Markup:
    if "text/html" in data:
        html = data["text/html"]
        safe = html if FIGURE.fullmatch(html) else safe_html(html)
        return Markup('<div class="scrolls">{}</div>').format(Markup(safe))
    picture = next((mime for mime in PICTURES if BASE64.fullmatch(data.get(mime, "!"))), None)
    return _img(picture, data) if picture else _pre(data.get("text/plain", ""), "printed")


def _img(mime: str, data: dict[str, str]) -> Markup:
    said = data.get("text/plain", "<")
    alt = say("A picture that this cell made") if said.startswith("<") else shortened(said)
    packed = "".join(data[mime].split())
    return Markup('<img alt="{}" src="data:{};base64,{}">').format(alt, mime, packed)


def _pre(text: str, kind: str) -> Markup:
    shown = shortened(text).strip("\n")
    return Markup('<pre class="{}">{}</pre>').format(kind, shown) if shown.strip() else Markup("")


def reports(cell: Any) -> Iterator[Markup]:
    """What our own test says, in its own HTML; not the reason and the mark, which stand elsewhere."""
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if role_of(output) is Role.REPORT:
            yield Markup(data["text/html"]) if "text/html" in data else _data(data)
        elif output.output_type == "stream":
            yield _pre(output.text, "printed")
