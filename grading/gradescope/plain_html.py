"""Our reports in the few elements of HTML that Gradescope shows.

Gradescope removes some elements of HTML, and does not say which. Every HTML cleaner that we know of keeps
the elements here. They need no attribute: a hint, which other pages mark by a style, is a quotation here.
"""

from __future__ import annotations

from grading.pages.nested import Nested
from grading.pages.tags import Tag, TooMuch, tags_and_texts

KEPT = frozenset(["blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "sub", "sup", "ul"])
INSTEAD = {"b": "strong", "i": "em", "h1": "strong", "h2": "strong", "h3": "strong", "h4": "strong"}
BREAKS = frozenset(["tr", "dt", "dd", "summary", "figcaption", "caption"])  # elements that begin a new line
SPACES = frozenset(["td", "th"])
SET_APART = "border-left"  # in the style of elements that are set apart, such as a hint
MOST = 60_000  # characters of one report
TOO_LONG = "<p>(This report is too long to be shown here.)</p>"


def plain_html(html: str) -> str:
    """Return HTML with the same words, but without attributes, pictures, tables and styles."""
    page = _PlainPage()
    try:
        for each in tags_and_texts(html):
            page.write(each)
    except TooMuch:
        return TOO_LONG
    made = page.page.whole()
    return made if len(made) <= MOST else TOO_LONG


class _PlainPage:
    """The page that is written. divs: for each open <div>, whether it is a quotation here."""

    def __init__(self) -> None:
        self.page, self.divs = Nested(), list[bool]()

    def write(self, part: Tag | str) -> None:
        if isinstance(part, str):
            self.page.text(part)
        elif part.name == "div":
            self._division(part)
        elif part.name in BREAKS and not part.ends:
            self.page.start("br")
        elif part.name in SPACES and part.ends:
            self.page.text(" ")
        elif name := INSTEAD.get(part.name, part.name if part.name in KEPT else ""):
            self.page.end(name) if part.ends else self.page.start(name)

    def _division(self, part: Tag) -> None:
        if not part.ends:
            self.divs.append(SET_APART in part.attributes.get("style", ""))
            if self.divs[-1]:
                self.page.start("blockquote")
        elif self.divs and self.divs.pop():
            self.page.end("blockquote")
