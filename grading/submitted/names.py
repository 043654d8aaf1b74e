"""Names that people gave: show them safely, and tell when two names mean the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata

MOST_BYTES = 200  # bytes of a name of which a folder is made; a file system accepts 255
JOINERS = "\u200c\u200d"  # without them a name is misspelt in some scripts
HIDDEN = (
    "Cc",
    "Cf",
    "Cs",
    "Zl",
    "Zp",
)  # kinds of characters that change the text around them, or cannot be seen


def shown(name: str) -> str:
    r"""Return a name in one form that is safe in a terminal, a table, a page and a path.

    Control characters, and bytes that are not text, are written as \x1b. A name that has two forms in Unicode
    gets one form.
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
    """Return a student's name for all files of the grader. A folder can have that name."""
    whole = " ".join(shown(name).replace("/", "_").split()).strip() or "(no name)"
    whole = f"({whole})" if whole in (".", "..") else whole
    if len(whole.encode()) <= MOST_BYTES:
        return whole
    tail = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole.encode()[: MOST_BYTES - 9].decode(errors='ignore')}~{tail}"


def key_of_name(name: str) -> str:
    """Return a key that is the same for names that differ only in case, spaces, hyphens or underscores."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "", folded)
