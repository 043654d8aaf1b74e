"""Refuse stand-ins: small files with only a link to a notebook, which is not itself handed in."""

from __future__ import annotations

import re

from checks.texts import later, say
from grading.repair.decode import Unreadable

LONGEST = 10_000  # bytes of such a file
LFS = re.compile(r"version https://(?:git-lfs\.github\.com|hawser\.github\.com)/spec/v\d")
# A link as Windows, macOS, Linux and a browser save it; and the file that Google Drive keeps for a document.
SAVED = re.compile(
    r"\[InternetShortcut\]|\[Desktop Entry\]|<\?xml.*<plist\b.*<key>URL</key>|https?://\S+\Z|\{.*\"doc_id\"",
    re.DOTALL,
)
ADDRESS = re.compile(r"https?://[^\s\"'<>]{1,200}")
PLACES = (
    ("colab.research.google.com", "Google Colab"),
    ("drive.google.com", "Google Drive"),
    ("docs.google.com", "Google Drive"),
    ("github.com", "GitHub"),
    ("onedrive.live.com", "OneDrive"),
    ("dropbox.com", "Dropbox"),
)
POINTER = later(
    "it is only a pointer of Git LFS, and the notebook itself was not handed in. "
    "Run `git lfs pull`, see that Jupyter opens the notebook, and hand in that file"
)
LINK = later(
    "it holds only a link{to}, and the notebook itself was not handed in. Open the link, download the "
    "notebook as a file that ends in .ipynb, and hand in that file"
)


def refuse_stand_in(data: bytes) -> None:
    """Raise Unreadable, with the steps to take, for a file that only says where a notebook is."""
    text = data.decode("utf-8-sig", "replace") if len(data) <= LONGEST else ""
    short = "" if '"cells"' in text else text.strip()
    if LFS.match(short):
        raise Unreadable(say(POINTER))
    if SAVED.match(short):
        address = next(iter(ADDRESS.findall(short.partition("<key>URL</key>")[2] or short)), "")
        raise Unreadable(say(LINK, to=_to(address)))


def _to(address: str) -> str:
    return next((say(" to {place}", place=name) for host, name in PLACES if host in address), "")
