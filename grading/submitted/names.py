"""Names as people gave them: how they are shown, and when two of them mean the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata

MOST_BYTES = 200  # of a name that we make a folder of; a file system takes 255
JOINERS = "\u200c\u200d"  # without them a name is misspelt in some scripts
HIDDEN = (
    "Cc",
    "Cf",
    "Cs",
    "Zl",
    "Zp",
)  # kinds of characters that change what is around them, or cannot be seen


def shown(name: str) -> str:
    r"""Return a name as it can stand in a terminal, a table, a page and a path, and always the same.

    Characters that control something, and bytes that are no text, stand as \x1b. One name that can be
    written in two ways of Unicode has one way.
    """
    return "".join(map(_seen, unicodedata.normalize("NFC", name)))


def _seen(character: str) -> str:
    if unicodedata.category(character) not in HIDDEN or character in JOINERS:
        return character
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:  # a byte of a name that is not in UTF-8
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"


def student_name(name: str) -> str:
    """Return what a student is called in all files of ours; a folder can have that name."""
    whole = " ".join(shown(name).replace("/", "_").split()).strip() or "(no name)"
    whole = f"({whole})" if whole in (".", "..") else whole
    if len(whole.encode()) <= MOST_BYTES:
        return whole
    tail = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole.encode()[: MOST_BYTES - 9].decode(errors='ignore')}~{tail}"


def key_of_name(name: str) -> str:
    """Return what is the same for two names that differ in case, spaces, hyphens or underscores."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "", folded)
