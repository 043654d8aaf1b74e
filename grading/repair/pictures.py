"""Put pictures from beside the notebook into the text cells that name them, and make them small.

A name is only a key into the submitted pictures: no file is opened here, and nothing is loaded from a server.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote

from nbformat import NotebookNode

from grading.repair.shrink import MIMES, MOST_PIXELS, NoPicture, shrunk

ONE_KB, ALL_KB, LEAST_KB = 200, 400, 20  # kB of one picture, of all in a notebook, and of one among many
MOST = ALL_KB // LEAST_KB
ALL_PIXELS = 2 * MOST_PIXELS
ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")
OTHER = re.compile(r"\.(svg|heic|heif|avif|bmp|tiff?|pdf|eps|ico|mp4|mov|docx?)$", re.IGNORECASE)
REFERENCE = re.compile(
    r"(?P<shows>!?)\[(?P<alt>[^\[\]\n]{0,300})\]\((?P<link><[^<>\n]{1,500}>|"
    r"data:image/[a-z]{1,5};base64,[A-Za-z0-9+/=]+|(?:[^()\n]|\([^()\n]{0,100}\)){1,500})\)"
    r"|<img\b(?P<tag>[^<>]*)>",
    re.IGNORECASE,
)
DEFINED = re.compile(r"^ {0,3}\[([^\[\]\n]{1,100})\]:[ \t]*(<[^<>\n]{1,500}>|[^\s<>]{1,500})", re.MULTILINE)
BY_NAME = re.compile(r"!\[([^\[\]\n]{0,300})\](?:\[([^\[\]\n]{0,100})\])?(?!\()")
# A picture as Obsidian writes it: its name, and perhaps its size or a description.
WIKI = re.compile(r"!\[\[([^\[\]|<>\n]{1,300})(?:\|[^\[\]\n]{0,300})?\]\]")
SOURCE = re.compile(r"\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
TITLE = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*'|=\d*x?\d*)\s*$")
DATA = re.compile(r"data:image/[a-z]{1,5};base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
REMOTE = re.compile(r"(?:https?|ftp):|//", re.IGNORECASE)


def show_pictures(cells: list[NotebookNode], pictures: Mapping[str, bytes]) -> None:
    """Put pictures into the text cells that name them. If a picture cannot be shown, a sentence says why.

    pictures: the pictures beside the notebook, by their paths from its folder. An empty picture was too
    large to be read.
    """
    texts = [cell for cell in cells if cell.cell_type == "markdown"]
    for cell in texts:
        cell.source = _direct(cell.source)
    named = sum(len(cell.get("attachments", {})) + _count(cell.source) for cell in texts)
    shown = _Shown(pictures, named)
    for cell in texts:
        _show(cell, shown)


def _direct(source: str) -> str:
    """Return the text with each picture's link at the picture, not at the end, and in Markdown's form."""
    source = WIKI.sub(lambda found: f"![](<{found[1].strip()}>)", source)
    links = {found[1].strip().casefold(): found[2] for found in DEFINED.finditer(source)}
    if not links:
        return source

    def put(found: re.Match[str]) -> str:
        link = links.get((found[2] or found[1]).strip().casefold())
        return f"![{found[1]}]({link})" if link else found.group()

    return BY_NAME.sub(put, source)


def _count(source: str) -> int:
    return sum(1 for found in REFERENCE.finditer(source) if not _link(found).startswith("attachment:"))


class _Shown:
    """The pictures of one notebook that are shown, within the limits for all of them together."""

    def __init__(self, beside: Mapping[str, bytes], named: int):
        self.beside = {_key(name): data for name, data in beside.items()}
        self.by_name: dict[str, list[bytes]] = {}
        for name, data in self.beside.items():
            self.by_name.setdefault(name.rpartition("/")[2], []).append(data)
        self.most = 1000 * min(ONE_KB, max(LEAST_KB, ALL_KB // max(named, 1)))
        self.left, self.pixels = MOST, ALL_PIXELS

    def find(self, link: str) -> bytes | None:
        """Return the picture of a link: at the link's path, or otherwise the only picture of that name."""
        for path in dict.fromkeys((link, unquote(link), unquote(link).partition("?")[0].partition("#")[0])):
            key = _key(path)
            same = self.by_name.get(key.rpartition("/")[2], ())
            if key in self.beside or len(same) == 1:
                return self.beside.get(key) or same[0]
        return None

    def bundle(self, data: bytes) -> dict[str, str]:
        """Return the picture in a notebook's form. Raises NoPicture."""
        if not data:
            raise NoPicture("is too large to be shown")
        if not self.left:
            raise NoPicture(f"is not shown: these are more than {MOST} pictures")
        self.left -= 1
        mime, small, pixels = shrunk(data, self.most, self.pixels)
        self.pixels -= pixels
        return {mime: base64.b64encode(small).decode()}


def _key(path: str) -> str:
    """Return a path in a form for comparison: slashes, case and the form of Unicode do not matter."""
    parts = unicodedata.normalize("NFC", path).replace("\\", "/").split("/")
    return "/".join(part.strip() for part in parts if part not in ("", ".")).casefold()


def _show(cell: NotebookNode, shown: _Shown) -> None:
    kept = dict(_pasted(cell.get("attachments", {}), shown))
    pasted = set(cell.get("attachments", {}))
    cell.source = REFERENCE.sub(lambda found: _shown_at(found, kept, pasted, shown), cell.source)
    cell.pop("attachments", None)
    if kept:
        cell.attachments = kept


def _pasted(attachments: Mapping[str, Any], shown: _Shown) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the pasted pictures, made small enough. A picture that cannot be made small is left out."""
    for name, data in attachments.items():
        mime, text = next(iter(data.items()))
        if mime in MIMES.values() and len(text) * 3 / 4 <= shown.most and shown.left:
            shown.left -= 1
            yield name, {mime: text}
            continue
        try:
            yield name, shown.bundle(_decoded(text))
        except NoPicture:
            continue


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        raise NoPicture("cannot be read as a picture") from None


def _shown_at(found: re.Match[str], kept: dict[str, Any], pasted: set[str], shown: _Shown) -> str:
    """Return the text that replaces a picture, or a link to a picture."""
    link, whole = _link(found), found.group()
    if not link or (found["tag"] is None and not found["shows"] and not link.casefold().endswith(ENDINGS)):
        return whole
    try:
        name = _name_of(link, kept, pasted, shown)
    except NoPicture as error:
        return whole if found["shows"] == "" else _sentence(found, link, str(error))
    if name is None:
        return whole
    if found["tag"] is not None:
        return SOURCE.sub(f'src="attachment:{name}"', whole, count=1)
    return f"![{found['alt']}](attachment:{name})"


def _name_of(link: str, kept: dict[str, Any], pasted: set[str], shown: _Shown) -> str | None:
    """Return the picture's name in the cell; None if the link must not change. Raises NoPicture."""
    own = unquote(link.partition(":")[2]) if link.startswith("attachment:") else None
    if own is not None and (own in kept or link.partition(":")[2] in kept):
        return None
    if own in pasted:
        raise NoPicture("is too large to be shown")
    inline = DATA.fullmatch(link)
    if not inline and REMOTE.match(link):
        raise NoPicture("was not loaded: only pictures that are handed in are shown")
    if not inline and OTHER.search(link):
        raise NoPicture(f"is not shown: only {', '.join(ENDINGS)} are")
    data = _decoded(inline.group(1)) if inline else shown.find(link if own is None else own)
    if data is None:
        raise NoPicture("was not handed in")
    bundle = shown.bundle(data)
    name = next(name for n in range(len(kept) + 1, 10_000) if (name := f"picture-{n}") not in kept)
    kept[name] = bundle
    return name


def _link(found: re.Match[str]) -> str:
    if found["tag"] is None:
        return TITLE.sub("", found["link"]).strip().strip("<>")
    source = SOURCE.search(found["tag"])
    return unescape(next(filter(None, source.groups()), "")) if source else ""


def _sentence(found: re.Match[str], link: str, why: str) -> str:
    where = "at " if REMOTE.match(link) else ""
    name = "in the text" if DATA.match(link) else link.removeprefix("attachment:")
    alt = f"{_plainly(found['alt'])}: " if found["alt"] else ""
    return f"<em>({alt}the picture {where}{_plainly(unquote(name))} {why})</em>"


def _plainly(text: str) -> str:
    """Return the text in a form that has no signs of Markdown or HTML."""
    short = text if len(text) <= 80 else f"{text[:77]}..."
    return re.sub(r"[^\w .:/,()-]", lambda sign: f"&#{ord(sign.group())};", short)
