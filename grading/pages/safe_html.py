"""Make HTML of a submission safe: nothing in it can act on the person who looks at it.

An instructor reads graded notebooks in a page that may change marks. A script in an output, or in a
written answer, would act with the instructor's rights.

The given HTML is not filtered. It is written again, from a few elements (nested.py), attributes and styles
(allowed.py). A library that cleans HTML follows HTML's rules for elements that are left open. These rules
can make megabytes out of a few lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from jinja2 import pass_context

from grading.pages.allowed import allowed
from grading.pages.nested import ELEMENTS, Nested
from grading.pages.tags import Tag, TooMuch, tags_and_texts

TOO_MUCH = "<p>(HTML with too many elements is left out)</p>"
# The place of a formula in HTML that is not yet cleaned. Students cannot write these signs: their text is
# freed of them first.
OPEN, CLOSE = "\ue000", "\ue001"
PLACE = re.compile(f"{OPEN}(\\d{{1,5}}){CLOSE}")
Formulas = dict[int, tuple[str, str]]  # each formula, by its number: as it was written, and as safe HTML


def safe_html(html: str, attachments: Mapping[str, Any] | None = None) -> str:
    """Return the HTML with allowed elements only. Pictures must be in the HTML, or among the attachments."""
    try:
        return cleaned(html, attachments or {})
    except TooMuch:
        return TOO_MUCH


def cleaned(html: str, attachments: Mapping[str, Any], formulas: Sequence[tuple[str, str]] = ()) -> str:
    """Return the HTML with allowed elements only, and with formulas in their places. Raises TooMuch.

    formulas: each formula as it was written, and as safe HTML. It is put only into text, and only once.
    """
    page, left = Nested(), dict(enumerate(formulas))
    for each in tags_and_texts(html):
        if isinstance(each, str):
            _write_text(page, each, left)
        elif each.name in ELEMENTS and each.ends:
            page.end(each.name)
        elif each.name in ELEMENTS:
            page.start(each.name, allowed(each.name, _as_written(each, left), attachments))
    return page.whole()


def place(formula: int) -> str:
    """Return the sign that marks the place of a formula in HTML that is not yet cleaned."""
    return f"{OPEN}{formula}{CLOSE}"


def without_places(text: str) -> str:
    """Return a text without the signs that mark places of formulas."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def _write_text(page: Nested, text: str, formulas: Formulas) -> None:
    for n, part in enumerate(PLACE.split(text)):
        if n % 2:
            page.inline(formulas.pop(int(part), ("", ""))[1])
        elif part:
            page.text(part)


def _as_written(tag: Tag, formulas: Formulas) -> dict[str, str]:
    """Return the attributes of a tag. A formula in them, as in a picture's alt text, is as it was written."""

    def source(found: re.Match[str]) -> str:
        return escape(formulas.pop(int(found[1]), ("", ""))[0])

    return {name: PLACE.sub(source, value) for name, value in tag.attributes.items()}


@pass_context
def markdown_to_safe_html(context: Any, source: str) -> str:
    """Return Markdown as safe HTML, with formulas as MathML. Replaces nbconvert's filter `markdown2html`."""
    from grading.pages.written import written  # which imports this module

    return str(written(source, context.get("cell", {}).get("attachments")))
