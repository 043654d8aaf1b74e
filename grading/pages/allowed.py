"""Which attributes HTML of a submission may have, and which styles: each with the values it may have.

Nothing here can take an element out of its place, make it cover the page, or ask another server.
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
# By name: on which elements (None: on all), and the values.
ATTRIBUTES = {
    "alt": (("img",), TEXT),
    "title": (None, TEXT),
    "href": (("a",), LINK),
    "width": (("img", "table", "td", "th"), PIXELS),
    "height": (("img",), PIXELS),
    "colspan": (("td", "th"), SPAN),
    "rowspan": (("td", "th"), SPAN),
    "open": (("details",), re.compile("|open")),
    "class": (None, re.compile("dataframe")),  # pandas' own; others are the page's
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
TALL = ("img",)  # a lower height than that of its text would lay an element over what follows


def allowed(element: str, given: Mapping[str, str], attachments: Mapping[str, Any]) -> str:
    """Return those attributes of an element that it may have, as HTML, each with a space before it.

    given: as they were written. attachments: pictures of the notebook's cell, by name.
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
    """Our styles among those given, written anew. One that is set twice has the last of its values."""
    parts = value[:1000].split(";")
    found = {
        name: match[1] for part in parts for name, style in STYLE.items() if (match := style.fullmatch(part))
    }
    kept = {name: value for name, value in found.items() if name != "height" or element in TALL}
    return " ".join(f"{name}: {value};" for name, value in kept.items())


def _source(value: str, attachments: Mapping[str, Any]) -> str | None:
    """A picture that is here: in the HTML itself, or pasted into the notebook's cell."""
    if found := ATTACHED.fullmatch(value):
        return _inline(attachments.get(found[1])) or value
    return value if PICTURE.fullmatch(value) else None


def _inline(picture: Any) -> str:
    """A pasted picture as part of the page; "" if it is none that is shown."""
    kinds = picture if isinstance(picture, dict) else {}
    for mime in RASTERS:
        if isinstance(kinds.get(mime), str) and BASE64.fullmatch(kinds[mime]):
            return f"data:{mime};base64,{''.join(kinds[mime].split())}"
    return ""
