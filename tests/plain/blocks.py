"""Markdown as blocks of plain text: headings, paragraphs, list items and cells of tables, without code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

CODE, FORMULA = "\ue000", "\ue001"  # these characters replace code and a formula; each is one word
BREAK = "\n"  # ends a sentence without a full stop
DOLLARS = {"double_inline": True, "allow_space": False, "allow_digits": False}  # "$5 and $6" are no formula
MARKDOWN = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin, **DOLLARS)
COMMENT, TAG = re.compile(r"<!--.*?-->", re.S), re.compile(r"<[^>]+>")
ENDING_TAGS = re.compile(r"</?(summary|p|li|br|td|th|div|h\d)\b")
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
FORMULAS = {"math_inline", "math_inline_double", "math_block", "math_block_label"}
KINDS = {"heading_open": "heading", "td_open": "cell", "th_open": "cell", "paragraph_open": "paragraph"}


@dataclass(frozen=True)
class Block:
    """A piece of Markdown that ends a sentence.

    line: its line in the text, from 0.
    emphasised: the words in *italics* or **bold**.
    kind: "heading", "paragraph", "cell" (of a table) or "formula" (on a separate line).
    level: the level of a heading.
    """

    text: str
    kind: str = "paragraph"
    line: int = 0
    level: int = 0
    formulas: tuple[str, ...] = ()
    emphasised: tuple[str, ...] = ()


def blocks_of(markdown: str) -> list[Block]:
    """Return the blocks of a Markdown text, in order."""
    return list(_blocks(MARKDOWN.parse(markdown)))


def inline_blocks(text: str) -> list[Block]:
    """Return the paragraphs of a text, such as a hint, in which no character begins a list or a heading."""
    found, line = [], 0
    for paragraph in re.split(r"(\n\s*\n)", text):
        if paragraph.strip():
            found.append(_block(MARKDOWN.parseInline(paragraph.strip())[0], "paragraph", line))
        line += paragraph.count("\n")
    return found


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    kind, line, level = "paragraph", 0, 0
    for token in tokens:
        line = token.map[0] if token.map else line
        kind = KINDS.get(token.type, kind)
        if token.type == "heading_open":
            level = int(token.tag[1])
        if token.type == "inline":
            yield _block(token, kind, line, level if kind == "heading" else 0)
        elif token.type in FORMULAS:
            yield Block(FORMULA, "formula", line, formulas=(token.content,))
        elif token.type == "html_block":
            yield from _of_html(token.content, line)


def _of_html(content: str, line: int) -> Iterator[Block]:
    text = TAG.sub(_of_tag, COMMENT.sub("", content))
    if text.strip():
        yield _block(MARKDOWN.parseInline(text)[0], "paragraph", line)


def _of_tag(found: re.Match[str]) -> str:
    """Return what replaces an HTML tag: <code> counts as a backtick, the end of a paragraph as an end."""
    if re.match(r"</?code\b", found[0]):
        return "`"
    return "\\\n" if ENDING_TAGS.match(found[0]) else ""


def _block(inline: Token, kind: str, line: int, level: int = 0) -> Block:
    text, formulas, emphasised = "", [], []
    begun: list[int] = []
    for token in inline.children or []:
        if token.type in ("em_open", "strong_open"):
            begun.append(len(text))
        elif token.type in ("em_close", "strong_close"):
            emphasised.append(text[begun.pop() :])
        elif token.type in FORMULAS:
            formulas.append(token.content)
        text += _plain(token)
    return Block(text.strip(), kind, line, level, tuple(formulas), tuple(emphasised))


def _plain(token: Token) -> str:
    """Return the text of a token that people read."""
    if token.type == "image":
        title = token.attrGet("title")
        return f"{token.content} ({title})" if title else token.content
    if token.type == "html_inline":
        return BREAK if ENDING_TAGS.match(token.content) else ""
    told = {"code_inline": CODE, "softbreak": " ", "hardbreak": BREAK, "text": token.content}
    return FORMULA if token.type in FORMULAS else told.get(token.type, "")
