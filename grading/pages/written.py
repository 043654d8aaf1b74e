"""Turn a text in Markdown with formulas, which a student or a person wrote, into safe HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from grading.pages.formulas import mathml
from grading.pages.safe_html import cleaned, without_places

LONGEST = 10_000  # characters of one answer that are shown
FORMULAS = 3_000  # characters of an answer's formulas that become MathML, which takes the longest time


def written(source: str, attachments: Mapping[str, Any] | None = None) -> Markup:
    """Return the text as safe HTML, with formulas as MathML. If it cannot be parsed, return it as plain text.

    attachments: pictures that the text refers to, as they are in a notebook's cell.
    """
    from grading.pages.markdown import html_of  # takes long

    text, pasted = without_places(source), attachments or {}
    if len(text) > LONGEST:
        return _plain(text[:LONGEST] + "\n... the rest of this text is left out here")
    formulas: list[tuple[str, bool]] = []
    try:
        html = html_of(text, pasted, formulas)
        return Markup(cleaned(html, pasted, list(zip(_sources(formulas), _shown(formulas)))))
    except Exception:  # any failure of the parser, such as for a picture that is missing
        return _plain(text)


def _plain(text: str) -> Markup:
    return Markup('<pre class="wraps">{}</pre>').format(text)


def _sources(formulas: Sequence[tuple[str, bool]]) -> list[str]:
    return [latex for latex, _ in formulas]


def _shown(formulas: Sequence[tuple[str, bool]]) -> list[str]:
    """Return each formula as HTML. After FORMULAS characters of formulas, the rest is as it was written."""
    made, length = [], 0
    for latex, block in formulas:
        length += len(latex)
        html = mathml(latex, block) if length <= FORMULAS else Markup("<code>{}</code>").format(latex)
        made.append(f'<span class="formula">{html}</span>' if block else str(html))
    return made
