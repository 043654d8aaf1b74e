"""Show the text of HTML comments: a notebook does not show it, so a person would miss it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from nbformat import NotebookNode

LONGEST = 100_000  # characters of a cell that are looked at
SAYS = "*(This text was in an HTML comment, `<!-- … -->`, which a notebook does not show:)*"
# Code, which may look like a comment; or a comment, up to its end or to the end of the text.
COMMENT = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)|\Z)|(?P<ticks>`+)[^\n]*?(?P=ticks)"
    r"|<!--(?P<text>.*?)(?:-->|\Z)",
    re.DOTALL | re.MULTILINE,
)
# Comments that programs write into a text.
MARKS = re.compile(r"\s*(?:#?(?:end)?region\b.*|[#@/!\[].*|prettier-ignore.*|markdownlint.*)\s*", re.DOTALL)


def show_comments(cells: Iterable[NotebookNode], released: Collection[str]) -> None:
    """Show the text of HTML comments in these cells. released: the texts that students were given."""
    given = {text for each in released for text in comments_in(each)}
    for cell in cells:
        if cell.cell_type == "markdown" and "<!--" in cell.source and len(cell.source) <= LONGEST:
            cell.source = COMMENT.sub(lambda found: _shown(found, given), cell.source)


def comments_in(source: str) -> Iterator[str]:
    """Yield the HTML comments in a Markdown text, without their signs."""
    if "<!--" in source:
        yield from (found["text"].strip() for found in COMMENT.finditer(source) if found["text"])


def _shown(found: re.Match[str], given: Collection[str]) -> str:
    text = (found["text"] or "").strip()
    if not text or text in given or MARKS.fullmatch(text):
        return found.group()
    return f"\n\n{SAYS}\n\n{text}\n\n"
