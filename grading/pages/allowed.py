"""The attributes and styles that HTML of a submission may have, each with its allowed values.

None of them can move an element out of its place, make it cover the page, or send a request to a server.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from grading.pages.nested import attribute

PIXELS = re.compile(r"1?\d{1,3}%?")
SPAN = re.compile(r"\d{1,2}")
LINK = re.compile(r"(https?://|mailto:|#)[^\x00-\x20]*", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+")
ATTACHED = re.compile(r"attachment:([\w .()-]+)")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
RASTERS = ("image/png", "image/jpeg", "image/gif")
TEXT = re.compile(r"[^\x00]*")
# By the attribute's name: the elements that may have it (None: all), and its values.
ATTRIBUTES = {
    "alt": (("img",), TEXT),
    "title": (None, TEXT),
    "href": (("a",), LINK),
    "width": (("img", "table", "td", "th"), PIXELS),
    "height": (("img",), PIXELS),
    "colspan": (("td", "th"), SPAN),
    "rowspan": (("td", "th"), SPAN),
    "open": (("details",), re.compile("|open")),
    "class": (None, re.compile("dataframe")),  # of pandas' tables; other classes are the page's own
}
LENGTH = r"1?\d{1,3}(\.\d{1,4})?(px|pt)|\d{1,2}(\.\d{1,4})?(em|ex|ch|rem|%)|100%|0"
STYLES = {
    "color": r"#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d., %]{5,40}\)",
    "font-weight": r"normal|bold|bolder|lighter|[1-9]00",
    "text-align": "left|right|center|justify|start|end",
    "max-width": f"{LENGTH}|none",
    "width": f"{LENGTH}|auto",
    "height": f"{LENGTH}|auto",
    "padding-left": r"\d{1,2}(\.\d{1,4})?(px|pt)|[0-4](\.\d{1,4})?(em|ex|ch|rem)|0",
}
STYLE = {
    name: re.compile(rf"\s*{name}\s*:\s*({values})\s*", re.IGNORECASE) for name, values in STYLES.items()
}
TALL = ("img",)  # only these: an element with text, and lower than its text, would cover the next element


def allowed(element: str, given: Mapping[str, str], attachments: Mapping[str, Any]) -> str:
    """Return the allowed attributes of an element, as HTML, each with a space before it.

    given: the attributes as they were written. attachments: pictures of the notebook's cell, by name.
    """
    read = {name: unescape(value) if "&" in value else value for name, value in given.items()}
    kept = {name: _value(element, name, value, attachments) for name, value in read.items()}
    return "".join(attribute(name, value) for name, value in kept.items() if value is not None)


def _value(element: str, name: str, value: str, attachments: Mapping[str, Any]) -> str | None:
    if name == "style":
        return _style(element, value) or None
    if name == "src":
        return _source(value, attachments) if element == "img" else None
    elements, values = ATTRIBUTES[name]
    is_allowed = (elements is None or element in elements) and values.fullmatch(value)
    return value if is_allowed else None


def _style(element: str, value: str) -> str:
    """Return the allowed styles among the given ones, written again. The last value of a style counts."""
    parts = value[:1000].split(";")
    found = {
        name: match[1] for part in parts for name, style in STYLE.items() if (match := style.fullmatch(part))
    }
    kept = {name: value for name, value in found.items() if name != "height" or element in TALL}
    return " ".join(f"{name}: {value};" for name, value in kept.items())


def _source(value: str, attachments: Mapping[str, Any]) -> str | None:
    """Return the source of a picture that needs no server: it is in the HTML, or pasted into the cell."""
    if found := ATTACHED.fullmatch(value):
        return _inline(attachments.get(found[1])) or value
    return value if PICTURE.fullmatch(value) else None


def _inline(picture: Any) -> str:
    """Return a pasted picture as part of the page; "" if it is not a picture that is shown."""
    kinds = picture if isinstance(picture, dict) else {}
    for mime in RASTERS:
        if isinstance(kinds.get(mime), str) and BASE64.fullmatch(kinds[mime]):
            return f"data:{mime};base64,{''.join(kinds[mime].split())}"
    return ""
