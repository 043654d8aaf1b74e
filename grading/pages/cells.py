"""A notebook's cells on a page: code in colours, with its printed text, its figures and its errors."""

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
# A figure exactly as a notebook's plots write it. It needs no cleaning, which would take long: it is large.
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

    Coloured code is kept for a while, because most cells of a class are the same.
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
    """Return the CSS class of a token's kind, or of the more general kind that it belongs to."""
    return CLASSES.get(kind) or (_class(kind.parent) if kind.parent else "")


def _span(kind: str, text: str) -> str:
    return f'<span class="{kind}">{escape(text)}</span>' if kind else str(escape(text))


def shortened(text: str) -> str:
    """Return the text without a terminal's control signs; of a long text its beginning and its end."""
    plain = CONTROL.sub("", text)
    half = LONGEST // 2
    return plain if len(plain) <= LONGEST else f"{plain[:half]}\n... left out here ...\n{plain[-half:]}"


def outputs(cell: Any) -> list[Markup]:
    """Return the outputs of a student's cell: text, pictures and cleaned HTML."""
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
    """Yield the test's report in its own HTML. The reason and the mark are elsewhere on the page."""
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if role_of(output) is Role.REPORT:
            yield Markup(data["text/html"]) if "text/html" in data else _data(data)
        elif output.output_type == "stream":
            yield _pre(output.text, "printed")
