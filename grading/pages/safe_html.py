"""HTML that a submission made, without anything that acts on who looks at it.

An instructor reads graded notebooks in a page that may change marks: a script in an output, or in a
written answer, would act with the instructor's rights.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context

TEXT = ["p", "br", "hr", "div", "span", "b", "i", "em", "strong", "u", "s", "code", "pre", "blockquote", "a"]
TABLES = ["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "ul", "ol", "li", "dl", "dt", "dd"]
OTHERS = [
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "details",
    "summary",
    "figure",
    "figcaption",
    "img",
    "sub",
    "sup",
]
PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+|attachment:[\w .()-]+")
STYLES = CSSSanitizer(
    allowed_css_properties=[
        "color",
        "font-weight",
        "text-align",
        "max-width",
        "width",
        "height",
        "padding-left",
    ]
)


STYLE = re.compile(r"<style[^<>]*>[^<]*</style\s*>", re.IGNORECASE)  # its text is not for reading
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
EMPTY = {"br", "hr", "img", "input", "meta", "link", "col", "wbr"}
MARKDOWN_LIMIT = 30_000  # characters of one cell: turning it into HTML can take long, too
ATTACHED = re.compile(r'(?<= src=")attachment:([\w .()-]+)(?=")')
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
DEEP, MANY = 100, 20_000  # elements within each other, and in all
TOO_MUCH = "<p>(HTML with too many elements is left out)</p>"


def safe_html(html: str) -> str:
    """Return the HTML with allowed elements only; pictures must be within it.

    Cleaning takes a time that grows with the square of the depth, so that is looked at first.
    """
    if too_deep(html):
        return TOO_MUCH
    return bleach.clean(
        STYLE.sub("", html),
        tags={*TEXT, *TABLES, *OTHERS},
        attributes=_allowed,
        protocols={"http", "https", "mailto", "data", "attachment"},
        css_sanitizer=STYLES,
        strip=True,
    )


def with_attachments(html: str, attachments: Mapping[str, Any]) -> str:
    """Put pictures of a notebook's cell into clean HTML, where an element names one; Markdown has its own."""
    return ATTACHED.sub(lambda found: _inline(attachments.get(found.group(1))) or found.group(), html)


def _inline(picture: Any) -> str:
    mime, text = next(iter(picture.items()), ("", "")) if isinstance(picture, dict) else ("", "")
    allowed = mime in ("image/png", "image/jpeg") and BASE64.fullmatch(text)
    return f"data:{mime};base64,{''.join(text.split())}" if allowed else ""


def too_deep(html: str) -> bool:
    """Tell whether HTML has more elements than a notebook's output or an answer needs."""
    depth = 0
    for closing, name in TAG.findall(html):
        if name.lower() not in EMPTY:
            depth = max(0, depth + (-1 if closing else 1))
        if depth > DEEP:
            return True
    return html.count("<") > MANY


def _allowed(tag: str, name: str, value: str) -> bool:
    if tag == "img" and name == "src":
        return bool(PICTURE.fullmatch(value))
    if tag == "a" and name == "href":
        return not value.strip().lower().startswith(("data:", "attachment:"))
    if name == "class":  # pandas' own; others could lay something over the page
        return value == "dataframe"
    return name in ("alt", "title", "style", "colspan", "rowspan", "width", "height", "open")


@pass_context
def markdown_to_safe_html(context: Any, source: str) -> str:
    """In place of nbconvert's filter `markdown2html`: the same, and safe."""
    from nbconvert.filters.markdown_mistune import (  # takes long
        InvalidNotebook,
        IPythonRenderer,
        MarkdownWithMath,
    )

    if len(source) > MARKDOWN_LIMIT:
        return TOO_MUCH
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    try:
        return with_attachments(safe_html(MarkdownWithMath(renderer=renderer).render(source)), attachments)
    except InvalidNotebook:  # a picture that was pasted elsewhere and did not come along
        return f"<pre>{escape(source)}</pre>"
