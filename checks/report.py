"""The report that `check` shows: a few lines of HTML, and the same as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from checks.texts import later, say

# The beginnings of lines. Each sign has a word, for readers who do not see the sign.
RIGHT, PARTLY, WRONG = later("✓ right"), later("◐ in part"), later("✗ not yet")
FOLLOWS = later("✓ right for your own result")  # the mistake costs marks in the function that made it
ADVICE, RECORDED, PRINTED = later("→ advice"), later("• recorded"), later("• it printed")
LIKE = later("It looks like this: {title}")
MARKS, MARKS_SO_FAR = later("{earned:g} of {most:g} marks"), later("{earned:g} of {most:g} marks so far")

# The style of a hint: a bar on the left, and short lines that are easy to read, on light and dark pages.
HINT = "border-left: 3px solid currentColor; padding-left: 1em; margin: 0.5em 0 0.5em 1em; max-width: 44em"


@dataclass(frozen=True)
class Line:
    """One line of a report: right or not, what it is about, why, and what it earned, such as " (1 of 2)"."""

    mark: str
    about: str
    why: str = ""
    earned: str = ""


@dataclass(frozen=True)
class Report:
    """A heading, a hint with its title, a line for each case, and a closing sentence.

    named: the hint's name, the same in every language. reason: what is missing, in a few words, if no hint
    has a title for it; `check` does not show it.
    """

    heading: str
    lines: Sequence[Line] = ()
    title: str = ""
    hint: Sequence[str] = ()
    closing: str = ""
    reason: str = ""
    named: str = ""

    def __repr__(self) -> str:
        lines = [f"  {say(line.mark)}{line.earned}: {_sentence(line)}" for line in self.lines]
        hint = [say(LIKE, title=self.title), *(f"  {rung}" for rung in self.hint)]
        closing = [self.closing] if self.closing else []
        return "\n".join([self.heading, *(hint if self.title else []), *lines, *closing])

    def _repr_html_(self) -> str:
        items = "".join(map(_item_html, self.lines))
        closing = f"<p>{with_elements(escape(self.closing))}</p>" if self.closing else ""
        return (
            f"<div><p><strong>{with_elements(escape(self.heading))}</strong></p>{self._hint_html()}"
            f'<ul style="list-style-type: none; padding-left: 1em">{items}</ul>{closing}</div>'
        )

    def _hint_html(self) -> str:
        if not self.title:
            return ""
        strong = f"<strong>{with_elements(escape(self.title))}</strong>"
        title = f"<p>{say(LIKE, title=strong)}</p>"
        climbed = "".join(f"<p>{with_elements(escape(rung))}</p>" for rung in self.hint)
        return f'<div style="{HINT}">{title}{climbed}</div>'


class Mark(float):
    """The marks earned. This is a number, so that nbgrader records it. It is shown as a sentence.

    final: whether the marks count. Marks on public cases only say how good the answer is so far.
    """

    out_of: float
    final: bool

    def __new__(cls, earned: float, out_of: float, final: bool = True) -> Mark:
        mark = super().__new__(cls, earned)
        mark.out_of, mark.final = out_of, final
        return mark

    def __reduce__(self) -> tuple[type, tuple[float, float, bool]]:
        return Mark, (float(self), self.out_of, self.final)

    def _repr_html_(self) -> str:
        said = say(MARKS if self.final else MARKS_SO_FAR, earned=float(self), most=self.out_of)
        return f"<p><strong>{said}</strong></p>"


def _item_html(line: Line) -> str:
    said = with_elements(escape(_sentence(line)))
    return f"<li><strong>{say(line.mark)}{line.earned}</strong>: {said}</li>"


def earned_of(earned: float, most: float) -> str:
    """Return the end of a line, which gives its marks, such as " (1 of 2)"."""
    return say(" ({earned:g} of {most:g})", earned=round(earned, 2), most=round(most, 2))


def _sentence(line: Line) -> str:
    return f"{line.about}: {line.why}" if line.why else line.about


def with_elements(text: str, stress: bool = True) -> str:
    """Return escaped text with elements for `code` and *stress*; unchanged if a backquote has no pair."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return text
    plain = _stressed if stress else str
    return "".join(f"<code>{part}</code>" if i % 2 else plain(part) for i, part in enumerate(parts))


def _stressed(text: str) -> str:
    return re.sub(r"\*(?=\S)([^*]+)(?<=\S)\*", r"<em>\1</em>", text)
