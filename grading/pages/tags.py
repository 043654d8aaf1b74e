"""Split HTML into tags and texts, in one pass from its beginning to its end.

The pass never goes back, so its time grows only with the length, for any content. The parser of Python's
library and HTML's own rules do not promise that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SPACE = "\t\n\f\r "
NAME = re.compile(rf"[^{SPACE}/>]+")
BETWEEN = re.compile(rf"[{SPACE}/]*")
ATTRIBUTE = re.compile(rf"([^{SPACE}/>][^{SPACE}/>=]*)([{SPACE}]*=[{SPACE}]*)?")
UNQUOTED = re.compile(rf"[^{SPACE}>]*")
# Elements whose text is not for readers. The text ends at the beginning of the end tag.
UNREADABLE = {name: re.compile(rf"</{name}(?=[{SPACE}/>])", re.IGNORECASE) for name in ("script", "style")}
KNOWN = frozenset(
    ["alt", "class", "colspan", "height", "href", "open", "rowspan", "src", "style", "title", "width"]
)
MANY = 20_000  # the most tags in one HTML; also the most attributes and references to characters in them


class TooMuch(ValueError):
    """HTML with more elements than a notebook's output or an answer needs."""


class Tag(NamedTuple):
    """A start tag, or an end tag. attributes: the attributes with names of KNOWN, as they are written."""

    name: str
    attributes: dict[str, str]
    ends: bool = False


def tags_and_texts(html: str) -> Iterator[Tag | str]:
    """Return the tags and the texts between them, in order; comments are left out. Raises TooMuch."""
    if html.count("<") > MANY:
        raise TooMuch
    return _Walk(html).steps()


class _Walk:
    """The current place in HTML, which moves forward."""

    def __init__(self, html: str):
        self.html, self.at, self.attributes = html, 0, 0

    def steps(self) -> Iterator[Tag | str]:
        while self.at < len(self.html):
            begin = self.html.find("<", self.at)
            if begin != self.at:
                yield self.html[self.at : begin if begin >= 0 else None]
            if begin < 0:
                return
            self.at = begin
            yield from filter(None, [self._markup()])

    def _markup(self) -> Tag | str:
        """Return the thing that begins with "<" here: a tag, "" for a comment, or the sign itself."""
        following = self.html[self.at + 1 : self.at + 3]
        if following[:1].isascii() and following[:1].isalpha():
            return self._tag(self.at + 1, ends=False)
        if following[:1] == "/" and following[1:].isascii() and following[1:].isalpha():
            return self._tag(self.at + 2, ends=True)
        if following[:1] in ("!", "?", "/"):
            comment = self.html.startswith("<!--", self.at)
            self._skip("-->" if comment else ">", 2)
            return ""
        self.at += 1
        return "<"

    def _skip(self, sign: str, after: int) -> None:
        """Move to the end of the next such sign, or of the HTML if the sign does not come."""
        found = self.html.find(sign, self.at + after)
        self.at = found + len(sign) if found >= 0 else len(self.html)

    def _tag(self, at: int, ends: bool) -> Tag | str:
        """Return the tag whose name begins there; the rest of the HTML as text, if the tag has no end."""
        begin, name = self.at, NAME.match(self.html, at)[0].lower()
        self.at = at + len(name)
        attributes = self._attributes()
        if attributes is None:
            self.at = len(self.html)
            return self.html[begin:]
        if not ends and name in UNREADABLE:
            end = UNREADABLE[name].search(self.html, self.at)
            self.at = end.start() if end else len(self.html)
        return Tag(name, attributes, ends)

    def _attributes(self) -> dict[str, str] | None:
        """Return the attributes of the tag that continues here; None if the tag has no end.

        If several attributes have one name, the first counts.
        """
        found: dict[str, str] = {}
        while True:
            self.at = BETWEEN.match(self.html, self.at).end()
            if self.at >= len(self.html):
                return None
            if self.html[self.at] == ">":
                self.at += 1
                return found
            each = ATTRIBUTE.match(self.html, self.at)
            self.at = each.end()
            value = self._value() if each[2] else ""
            if value is None:
                return None
            if (name := each[1].lower()) in KNOWN:
                found.setdefault(name, value)
            self._count(1 + value.count("&"))

    def _value(self) -> str | None:
        """Return the value that begins here; None if its quotes are not closed."""
        quote = self.html[self.at : self.at + 1]
        if quote not in ('"', "'") or not quote:
            found = UNQUOTED.match(self.html, self.at)
            self.at = found.end()
            return found[0]
        end = self.html.find(quote, self.at + 1)
        value = self.html[self.at + 1 : end]
        self.at = end + 1
        return value if end >= 0 else None

    def _count(self, read: int) -> None:
        self.attributes += read
        if self.attributes > MANY:
            raise TooMuch
