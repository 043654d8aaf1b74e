"""LaTeX of a written answer as MathML, which browsers show without a script.

What somebody wrote is not trusted, and latex2mathml does not escape: its tree is copied, element by
element, and only what a formula needs comes along. No link, style, class, or size that could
cover the page is among it.
"""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element, SubElement, tostring

from latex2mathml.converter import Converter
from markupsafe import Markup

# Environments that latex2mathml takes for letters, by the one it knows that looks like them.
ALIKE = re.compile(r"\\(begin|end)\{(aligned|gather(ed)?|eqnarray)\*?\}")
LONGEST, DEEPEST, MOST = 1000, 20, 1500  # characters, braces within each other, elements
MACROS = re.compile(r"\\(\w*def|let|(re)?new\w+|provide\w+|Declare\w+)\b")  # could grow without end
ELEMENTS = re.compile(
    "math|mrow|mi|mn|mo|mtext|mspace|mfrac|msqrt|mroot|msub|msup|msubsup|munder|mover|munderover"
    "|mtable|mtr|mtd|mstyle|mpadded|mphantom"
)
WORDS = re.compile(
    "display|mathvariant|form|columnalign|accent|accentunder"
    "|stretchy|fence|separator|movablelimits|largeop|symmetric|displaystyle"
)
WORD = re.compile(r"[a-z-]{1,20}( [a-z-]{1,20}){0,20}")
SIZES = re.compile("width|minsize|maxsize|lspace|rspace|linethickness")
SIZE = re.compile(
    r"[0-3]?(\.\d{1,4})?(em|ex)?"
)  # none below 0: it would lay a formula over what is beside it


def mathml(latex: str, block: bool = False) -> Markup:
    """Return the formula as MathML; as it is written, if it cannot be shown."""
    try:
        _refuse_what_grows(latex)
        known = ALIKE.sub(r"\\\1{split}", latex)
        made = Converter(display="block" if block else "inline").convert_to_element(known)
        if sum(1 for _ in made.iter()) > MOST:
            raise ValueError("a formula with too many parts")
        return Markup(tostring(_copy(made), encoding="unicode", short_empty_elements=False))
    except Exception:  # of any kind: the library meets what it was never tried on
        dollars = "$$" if block else "$"
        return Markup("<code>{}</code>").format(f"{dollars}{latex}{dollars}")


def _refuse_what_grows(latex: str) -> None:
    depth = deepest = 0
    for sign in re.findall(r"[{}]|\\left\b|\\right\b|\\begin\b|\\end\b", latex):
        depth += 1 if sign in ("{", r"\left", r"\begin") else -1
        deepest = max(deepest, depth)
    if len(latex) > LONGEST or deepest > DEEPEST or MACROS.search(latex):
        raise ValueError("not a formula that is shown")


def _copy(given: Element, parent: Element | None = None) -> Element:
    """Copy what is allowed. Texts hold references such as &#x3BC;, and whatever else was written."""
    tag = given.tag if ELEMENTS.fullmatch(given.tag) else "mrow"
    kept = {name: value for name, value in given.attrib.items() if _allowed(tag, name, value)}
    made = Element(tag, kept) if parent is None else SubElement(parent, tag, kept)
    made.text, made.tail = unescape(given.text or ""), unescape(given.tail or "")
    for child in given:
        _copy(child, made)
    return made


def _allowed(tag: str, name: str, value: str) -> bool:
    """Words of a formula's own, and sizes of a few letters; only a space is narrower than what is in it."""
    if name == "width" and tag != "mspace":
        return False
    allowed = WORD if WORDS.fullmatch(name) else SIZE if SIZES.fullmatch(name) else None
    return bool(allowed and allowed.fullmatch(value))
