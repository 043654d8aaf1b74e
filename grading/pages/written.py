"""What somebody wrote, in Markdown with formulas: as HTML that does nothing but show it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from grading.pages.formulas import mathml
from grading.pages.safe_html import safe_html, with_attachments

LONGEST = 10_000  # characters of one answer that are shown
FORMULAS = 3_000  # characters of all formulas of an answer; turning these into MathML takes longest
# Where a formula stood while the rest is cleaned: signs that nobody can write, being taken out first.
OPEN, CLOSE = "\ue000", "\ue001"
PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
TAG_OR_PLACE = re.compile(rf'<[^<>"]*(?:"[^"]*"[^<>"]*)*>|{PLACE.pattern}')


def written(source: str, attachments: dict[str, Any] | None = None) -> Markup:
    """Return the text as safe HTML, formulas as MathML; as it is, where it is no Markdown.

    attachments: pictures that the text refers to, as a notebook's cell holds them.
    """
    text = re.sub(f"[{OPEN}{CLOSE}]", "", source)
    if len(text) > LONGEST:
        return _plain(text[:LONGEST] + "\n... the rest of this text is left out here")
    formulas: list[tuple[str, bool]] = []
    try:
        html = with_attachments(safe_html(_markdown(text, attachments or {}, formulas)), attachments or {})
        return Markup(TAG_OR_PLACE.sub(lambda found: _formula(found, formulas), html))
    except Exception:  # whatever trips the parser, such as a picture that is not there
        return _plain(text)


def _plain(text: str) -> Markup:
    return Markup('<pre class="wraps">{}</pre>').format(text)


def _markdown(text: str, attachments: dict[str, Any], formulas: list[tuple[str, bool]]) -> str:
    """The same Markdown as in the notebook; formulas are put aside."""
    renderer_of, parser_of = _library()
    return parser_of(renderer=renderer_of(formulas, attachments)).render(text)


def _formula(found: re.Match[str], formulas: list[tuple[str, bool]]) -> str:
    """The formula in its place; within a tag, such as a picture's description, it stays as it is written."""
    if found.group(1) is None:
        return PLACE.sub(lambda place: str(escape(formulas[int(place.group(1))][0])), found.group())
    at = int(found.group(1))
    latex, block = formulas[at]
    before = sum(len(each) for each, _ in formulas[:at])
    made = (
        mathml(latex, block) if before + len(latex) <= FORMULAS else Markup("<code>{}</code>").format(latex)
    )
    return f'<span class="formula">{made}</span>' if block else str(made)


@cache
def _library() -> tuple[Any, Any]:
    """The notebook's own Markdown; imported late, because it takes as long as ten pages."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Renderer(IPythonRenderer):
        """Puts formulas aside, and colours no code: that would run any language's lexer."""

        def __init__(self, formulas: list[tuple[str, bool]], attachments: dict[str, Any]):
            super().__init__(escape=False, attachments=attachments, exclude_anchor_links=True)
            self.formulas = formulas

        def block_code(self, code: str, info: str | None = None) -> str:
            return f"<pre><code>{escape(code)}</code></pre>\n"

        def inline_math(self, body: str) -> str:
            return self._aside(body, block=False)

        def block_math(self, body: str) -> str:
            return self._aside(body, block=True)

        def latex_environment(self, name: str, body: str) -> str:
            return self._aside(rf"\begin{{{name}}}{body}\end{{{name}}}", block=True)

        def _aside(self, body: str, block: bool) -> str:
            self.formulas.append((body.strip(), block))
            return f"{OPEN}{len(self.formulas) - 1}{CLOSE}"

    return Renderer, MarkdownWithMath
