"""The symbols in a formula: letters and Greek commands, each with whether it has an index."""

from __future__ import annotations

import re
from collections.abc import Collection

INDEX = r"(?P<index>\s*_\s*(?:\{[^{}]*\}|\\?\w))?"
# The words in `\text{...}` and similar commands are no symbols. `\mathcal N` is one symbol. \left and \, are
# layout.
TOKEN = re.compile(
    r"\\(?:text|mathrm|operatorname|begin|end)\s*\{[^{}]*\}"
    r"|(?P<styled>\\math(?:cal|bf|bb|frak)\s*\{?\s*[A-Za-z]\}?)" + INDEX + r"|(?P<command>\\[A-Za-z]+)"
    rf"{INDEX.replace('index', 'command_index')}"
    r"|\\."
    rf"|(?P<letter>[A-Za-z]){INDEX.replace('index', 'letter_index')}"
)


def symbols_of(formula: str, notation: Collection[str] = ()) -> list[str]:
    """Return the symbols of a LaTeX formula in order, such as `\\mu`, `r_` (with an index) and `N`.

    notation: commands that are not symbols, such as `\\frac`. Letters in an index are not symbols.
    """
    found = (_symbol(each) for each in TOKEN.finditer(formula))
    return list(dict.fromkeys(each for each in found if each and each.rstrip("_") not in notation))


def _symbol(found: re.Match[str]) -> str:
    for kind, index in (("styled", "index"), ("command", "command_index"), ("letter", "letter_index")):
        if found[kind]:
            name = re.sub(r"[{}]", " ", found[kind])
            return " ".join(name.split()) + ("_" if found[index] else "")
    return ""
