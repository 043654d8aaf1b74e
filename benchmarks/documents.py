"""The sections of documents that commands write: between `<!-- written by ... -->` and `<!-- end -->`.

A command writes its tables into docs/measurements.md. Sentences that use these tables are in other documents,
in a section with the command's name. The command writes these, too. So no figure is typed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEASUREMENTS = "docs/measurements.md"
TRUST, CLASS, MACHINES = "docs/trust.md", "docs/mark-a-class.md", "docs/many-machines.md"
END = "<!-- end -->"
WRITTEN = re.compile(r"^<!-- written by (.+?) -->\n(.*?)\n?^<!-- end -->$", re.M | re.S)
Texts = Mapping[str, str]  # the text that a command writes into each document


def write_sections(command: str, texts: Texts, root: Path = ROOT) -> None:
    """Put each text into its document, in the section of this command.

    Raises ValueError, and writes nothing, if a section is missing.
    """
    documents = {name: (root / name).read_text(encoding="utf-8") for name in texts}
    changed = {name: within(documents[name], command, text, name) for name, text in texts.items()}
    for name, text in changed.items():
        (root / name).write_text(text, encoding="utf-8", newline="\n")


def within(document: str, command: str, text: str, name: str = MEASUREMENTS) -> str:
    """Return the document with this text in the command's section; ValueError if the section is missing."""
    begin = f"<!-- written by {command} -->\n"
    before, found, rest = document.partition(begin)
    if not found or END not in rest:
        raise ValueError(f"{name} has lost its line {begin.strip()}: put it back where the text belongs.")
    return f"{before}{begin}{text}\n{rest[rest.index(END) :]}"


def sections(document: str) -> dict[str, str]:
    """Return the sections that commands have written into a document, by command."""
    return dict(WRITTEN.findall(document))


def by_hand(document: str) -> str:
    """Return the document without the sections that commands have written."""
    return WRITTEN.sub("", document)
