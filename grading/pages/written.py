"""What somebody wrote, in Markdown with formulas: as HTML that does nothing but show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from grading.pages.formulas import mathml
from grading.pages.safe_html import cleaned, without_places

LONGEST = 10_000  # characters of one answer that are shown
FORMULAS = 3_000  # characters of all formulas of an answer; turning these into MathML takes longest


def written(source: str, attachments: Mapping[str, Any] | None = None) -> Markup:
    """Return the text as safe HTML, formulas as MathML; as it is, where it is no Markdown.

    attachments: pictures that the text refers to, as a notebook's cell holds them.
    """
    from grading.pages.markdown import html_of  # takes long

    text, pasted = without_places(source), attachments or {}
    if len(text) > LONGEST:
        return _plain(text[:LONGEST] + "\n... the rest of this text is left out here")
    formulas: list[tuple[str, bool]] = []
    try:
        html = html_of(text, pasted, formulas)
        return Markup(cleaned(html, pasted, list(zip(_sources(formulas), _shown(formulas)))))
    except Exception:  # whatever trips the parser, such as a picture that is not there
        return _plain(text)


def _plain(text: str) -> Markup:
    return Markup('<pre class="wraps">{}</pre>').format(text)


def _sources(formulas: Sequence[tuple[str, bool]]) -> list[str]:
    return [latex for latex, _ in formulas]


def _shown(formulas: Sequence[tuple[str, bool]]) -> list[str]:
    """Each formula as HTML; as it was written, when those before it were long enough."""
    made, length = [], 0
    for latex, block in formulas:
        length += len(latex)
        html = mathml(latex, block) if length <= FORMULAS else Markup("<code>{}</code>").format(latex)
        made.append(f'<span class="formula">{html}</span>' if block else str(html))
    return made
