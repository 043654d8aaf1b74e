"""Write nested HTML elements in an order that no browser changes.

A browser that reads HTML closes some elements by itself: a list item ends the item before it, and a block
ends a paragraph. Then an end tag may meet an element that it does not belong to, and may close an element
of the page around. Here every such element is closed before that, and missing elements are added. So in the
written HTML, every end tag names the element that was opened last.

If a paragraph leaves `<b>` and its like open, HTML's rules open them again in each later paragraph. So 24 kB
become 26 MB. Here no element is opened again, so the result is about as long as the input.
"""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from grading.pages.tags import SPACE, TooMuch

DEEP = 100  # nested elements
LONG = 4_000_000  # characters of all attributes; a pasted picture may be shown more than once
EMPTY = frozenset({"br", "hr", "img"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE = frozenset(["a", "b", "br", "code", "em", "i", "img", "s", "span", "strong", "sub", "sup", "u"])
SECTIONS = frozenset({"thead", "tbody", "tfoot"})
BLOCKS = frozenset(
    [
        "blockquote",
        "details",
        "div",
        "dl",
        "figcaption",
        "figure",
        "hr",
        "ol",
        "p",
        "pre",
        "summary",
        "table",
        "ul",
    ]
)
PARENTS = {"li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",)}
BESIDE = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd")}  # items that end when such an item begins
# In a table: the elements that may contain each part, the innermost first; then the elements to add before a
# cell's content if they are missing.
ROWS: dict[str, tuple[str, ...]] = {
    "caption": ("table",),
    **dict.fromkeys(SECTIONS, ("table",)),
    "tr": (*SECTIONS, "table"),
    **dict.fromkeys(("td", "th"), ("tr", *SECTIONS, "table")),
}
WITHOUT_CELL = {"table": ("tbody", "tr", "td"), **dict.fromkeys(SECTIONS, ("tr", "td")), "tr": ("td",)}
WALLS = frozenset({"table", "td", "th", "caption"})  # other elements' end tags close nothing outside of these
ELEMENTS = INLINE | HEADINGS | BLOCKS | PARENTS.keys() | ROWS.keys()


class Nested:
    """HTML that is being written. It has only the elements of ELEMENTS."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[str] = []
        self.length = 0

    def start(self, name: str, attributes: str = "") -> None:
        """Write a start tag, after the tags that must come before it. Raises TooMuch.

        attributes: the attributes as HTML, each with a space before it.
        """
        if name in ROWS:
            if "table" in self.open:
                self._within_table(name)
                self._push(name, attributes)
            return
        self._content()
        if name in PARENTS:
            self._item(name)
        elif name not in INLINE:
            self._block(name)
        elif name == "a":
            self.end("a")
        self._push(name, attributes)

    def end(self, name: str) -> None:
        """Close the nearest element of this name, with all elements in it, if no wall is between."""
        walls = () if name == "table" else ("table",) if name in ROWS else WALLS | set(PARENTS.get(name, ()))
        self._close((name,), walls)

    def text(self, text: str) -> None:
        """Write a text of HTML. References to characters in it are not changed."""
        if text.strip(SPACE):
            self._content()
        self.parts.append(text.replace("<", "&lt;").replace(">", "&gt;"))

    def inline(self, html: str) -> None:
        """Write an inline element that is complete and safe."""
        self._content()
        self.parts.append(html)

    def whole(self) -> str:
        """Close all elements and return the written HTML."""
        self._close_down_to(0)
        return "".join(self.parts)

    def _push(self, name: str, attributes: str = "") -> None:
        self.parts.append(f"<{name}{attributes}>")
        if name not in EMPTY:
            self.open.append(name)
        self.length += len(attributes)
        if len(self.open) > DEEP or self.length > LONG:
            raise TooMuch

    def _content(self) -> None:
        """Open a cell if a table is open and no cell: a browser would move content out of the table."""
        for name in WITHOUT_CELL.get(self.open[-1], ()) if self.open else ():
            self._push(name)

    def _block(self, name: str) -> None:
        self._close(("p",), WALLS)
        if name in HEADINGS and self.open and self.open[-1] in HEADINGS:
            self._close_down_to(len(self.open) - 1)

    def _item(self, name: str) -> None:
        """Close the item before, and open a list if no list is open."""
        self._close(BESIDE[name], ELEMENTS - INLINE - {"div", "p"})
        self._close(("p",), WALLS)
        if not self.open or self.open[-1] not in PARENTS[name]:
            self._push(PARENTS[name][0])

    def _within_table(self, name: str) -> None:
        """Close elements until one may contain this part, and open the missing elements in between."""
        within = ROWS[name]
        while self.open[-1] not in within:
            self._close_down_to(len(self.open) - 1)
        for each in WITHOUT_CELL[self.open[-1]]:
            if each in within:
                self._push(each)

    def _close(self, names: Collection[str], walls: Collection[str]) -> None:
        """Close the nearest element of these names, unless one of the walls is nearer."""
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place] in names:
                return self._close_down_to(place)
            if self.open[place] in walls:
                return None
        return None

    def _close_down_to(self, place: int) -> None:
        self.parts.extend(f"</{name}>" for name in reversed(self.open[place:]))
        del self.open[place:]


def attribute(name: str, value: str) -> str:
    """Return an attribute as HTML, with a space before it."""
    return f' {name}="{escape(value)}"'
