"""HTML that a submission made, without anything that acts on who looks at it.

An instructor reads graded notebooks in a page that may change marks: a script in an output, or in a
written answer, would act with the instructor's rights.

Nothing is taken out of what was written: the page's HTML is written anew, of a few elements
(nested.py), attributes and styles (allowed.py). A library that cleans HTML follows HTML's rules for
elements that are left open, and these make megabytes out of a few lines.
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
# Where a formula stands in HTML that is yet to be cleaned: nobody can write these, they are taken out first.
OPEN, CLOSE = "\ue000", "\ue001"
PLACE = re.compile(f"{OPEN}(\\d{{1,5}}){CLOSE}")
Formulas = dict[int, tuple[str, str]]  # of each, by its number: as it was written, and as safe HTML


def safe_html(html: str, attachments: Mapping[str, Any] | None = None) -> str:
    """Return the HTML with allowed elements only; pictures must be within it, or among the attachments."""
    try:
        return cleaned(html, attachments or {})
    except TooMuch:
        return TOO_MUCH


def cleaned(html: str, attachments: Mapping[str, Any], formulas: Sequence[tuple[str, str]] = ()) -> str:
    """The same, with formulas in their places: only in text, and each once. Raises TooMuch.

    formulas: of each, how it was written, and how it is shown, as safe HTML.
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
    """What stands for a formula, by its number, in HTML that is yet to be cleaned."""
    return f"{OPEN}{formula}{CLOSE}"


def without_places(text: str) -> str:
    """A text in which nothing stands for a formula."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def _write_text(page: Nested, text: str, formulas: Formulas) -> None:
    for n, part in enumerate(PLACE.split(text)):
        if n % 2:
            page.inline(formulas.pop(int(part), ("", ""))[1])
        elif part:
            page.text(part)


def _as_written(tag: Tag, formulas: Formulas) -> dict[str, str]:
    """The attributes of a tag; a formula in one, such as in a picture's description, is as it was written."""

    def source(found: re.Match[str]) -> str:
        return escape(formulas.pop(int(found[1]), ("", ""))[0])

    return {name: PLACE.sub(source, value) for name, value in tag.attributes.items()}


@pass_context
def markdown_to_safe_html(context: Any, source: str) -> str:
    """In place of nbconvert's filter `markdown2html`: the same, and safe, with formulas as MathML."""
    from grading.pages.written import written  # which imports this module

    return str(written(source, context.get("cell", {}).get("attachments")))
