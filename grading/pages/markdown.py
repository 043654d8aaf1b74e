"""A notebook's Markdown as HTML that is yet to be cleaned, within bounds of time and length.

This module takes as long to import as ten pages take to make, so it is imported where it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

from grading.pages.safe_html import place
from grading.pages.tags import TooMuch

__all__ = ["InvalidNotebook", "html_of"]

PASTED = "attachment:"
ADDRESSES = 200_000  # characters of all links' addresses and titles: a link may name one that stands once
# A line below a table's head. Whether its table is one, the parser looks up anew from each of them.
UNDER_HEAD = re.compile(r"^[ >]*(?=[^\n|]*\|)(?=[-:| ]*-)[-:| \t]+$", re.MULTILINE)
TABLES = 20


def html_of(
    source: str, attachments: Mapping[str, Any], formulas: list[tuple[str, bool]] | None = None
) -> str:
    """Return the HTML. Raises TooMuch, and InvalidNotebook for a pasted picture that is not there.

    formulas: where to put formulas aside, each with whether it is a block; else they stay as text.
    """
    if len(UNDER_HEAD.findall(source)) > TABLES:
        raise TooMuch
    return MarkdownWithMath(renderer=_Renderer(attachments, formulas)).render(source)


class _Renderer(IPythonRenderer):
    """Puts formulas aside, and colours no code: that would run any language's lexer."""

    def __init__(self, attachments: Mapping[str, Any], formulas: list[tuple[str, bool]] | None):
        super().__init__(escape=False, exclude_anchor_links=True)
        self.pasted, self.formulas, self.addresses = attachments, formulas, 0

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        self._count(url, title)
        return super().link(text, url, title)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """The picture by its name: it is put in when the HTML is cleaned."""
        self._count(url, title)
        if not url.startswith(PASTED):
            return super().image(text, url, title)
        if url.removeprefix(PASTED) not in self.pasted:
            raise InvalidNotebook(f"missing attachment: {url}")
        made = super().image(text, "#", title)
        return made.replace('src="#"', f'src="{escape(url)}"', 1)

    def _count(self, url: str, title: str | None) -> None:
        self.addresses += len(url) + len(title or "")
        if self.addresses > ADDRESSES:
            raise TooMuch

    def inline_math(self, body: str) -> str:
        return super().inline_math(body) if self.formulas is None else self._aside(body, block=False)

    def block_math(self, body: str) -> str:
        return super().block_math(body) if self.formulas is None else self._aside(body, block=True)

    def latex_environment(self, name: str, body: str) -> str:
        if self.formulas is None:
            return super().latex_environment(name, body)
        return self._aside(rf"\begin{{{name}}}{body}\end{{{name}}}", block=True)

    def _aside(self, body: str, block: bool) -> str:
        self.formulas.append((body.strip(), block))
        return place(len(self.formulas) - 1)
