"""HTML that a submission made, without anything that acts on who looks at it.

A teacher reads graded notebooks in a page that may change marks: a script in an output, or in a
written answer, would act with the teacher's rights.
"""

from __future__ import annotations

import re
from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

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


def safe_html(html: str) -> str:
    """Return the HTML with allowed elements only; pictures must be within it."""
    return bleach.clean(
        html,
        tags={*TEXT, *TABLES, *OTHERS},
        attributes=_allowed,
        protocols={"http", "https", "mailto", "data", "attachment"},
        css_sanitizer=STYLES,
        strip=True,
    )


def _allowed(tag: str, name: str, value: str) -> bool:
    if tag == "img" and name == "src":
        return bool(PICTURE.fullmatch(value))
    if tag == "a" and name == "href":
        return not value.strip().lower().startswith(("data:", "attachment:"))
    return name in ("alt", "title", "style", "colspan", "rowspan", "width", "height", "open", "class")


@pass_context
def markdown_to_safe_html(context: Any, source: str) -> str:
    """In place of nbconvert's filter `markdown2html`: the same, and safe."""
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    return safe_html(MarkdownWithMath(renderer=renderer).render(source))
