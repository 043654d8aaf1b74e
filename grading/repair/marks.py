"""Find git's marks around two versions of some lines, and return the lines of one version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# For people. Not as `code`: in code, Markdown would show &lt; instead of <.
LOOK = "lines that begin with '<<<<<<<', '=======' or '>>>>>>>'"
MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?\n?")


def side(lines: Iterable[str], sign: str) -> Iterator[str]:
    """Yield the lines outside of conflicts, and the lines of one version: after its mark, "<" or "="."""
    part = ""
    for line in lines:
        found = MARK.fullmatch(line)
        begun = found.group(1)[0] if found else ""
        if begun == "<" or (part and begun):
            part = "" if begun == ">" else begun
        elif not part or part == sign:
            yield line
