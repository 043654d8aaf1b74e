"""Turn a notebook's Markdown into HTML, within limits of time and length. This HTML is not yet cleaned.

The import of this module takes as long as making ten pages, so it is imported only when it is needed.
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
# Characters of the addresses and titles of all links. Many links may refer to one address of the text.
ADDRESSES = 200_000
# A line below a table's head. At each such line, the parser tests again whether a table begins.
UNDER_HEAD = re.compile(r"^[ >]*(?=[^\n|]*\|)(?=[-:| ]*-)[-:| \t]+$", re.MULTILINE)
TABLES = 20


def html_of(
    source: str, attachments: Mapping[str, Any], formulas: list[tuple[str, bool]] | None = None
) -> str:
    """Return the HTML. Raises TooMuch, and InvalidNotebook for a pasted picture that is missing.

    formulas: the list to which formulas are moved, each with whether it is a block. Without a list, formulas
    stay as text.
    """
    if len(UNDER_HEAD.findall(source)) > TABLES:
        raise TooMuch
    return MarkdownWithMath(renderer=_Renderer(attachments, formulas)).render(source)


class _Renderer(IPythonRenderer):
    """A renderer that moves formulas to a list. It colours no code: that would run any language's lexer."""

    def __init__(self, attachments: Mapping[str, Any], formulas: list[tuple[str, bool]] | None):
        super().__init__(escape=False, exclude_anchor_links=True)
        self.pasted, self.formulas, self.addresses = attachments, formulas, 0

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        self._count(url, title)
        return super().link(text, url, title)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Return a picture's element with its name. The picture replaces the name in the cleaned HTML."""
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
