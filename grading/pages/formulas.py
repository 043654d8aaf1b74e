"""LaTeX of a written answer as MathML, which browsers show without a script.

A student's text is not trusted, and latex2mathml does not escape it. So its tree is copied, element by
element, and the copy has only the elements and attributes that a formula needs. The copy has no link, style
or class, and no size that could cover the page.
"""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element, SubElement, tostring

from latex2mathml.converter import Converter
from markupsafe import Markup

# Environments that latex2mathml reads as letters. Each becomes `split`, which it knows and which looks alike.
ALIKE = re.compile(r"\\(begin|end)\{(aligned|gather(ed)?|eqnarray)\*?\}")
LONGEST, DEEPEST, MOST = 1000, 20, 1500  # at most so many characters, nested braces, elements
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
)  # not below 0: such a size would move a formula over the text next to it


def mathml(latex: str, block: bool = False) -> Markup:
    """Return the formula as MathML. If it cannot be shown, return it as it is written."""
    try:
        _refuse_what_grows(latex)
        known = ALIKE.sub(r"\\\1{split}", latex)
        made = Converter(display="block" if block else "inline").convert_to_element(known)
        if sum(1 for _ in made.iter()) > MOST:
            raise ValueError("a formula with too many parts")
        return Markup(tostring(_copy(made), encoding="unicode", short_empty_elements=False))
    except Exception:  # of any kind: the library was not made for hostile input
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
    """Copy the allowed parts. Texts have references such as &#x3BC;, and anything that a student wrote."""
    tag = given.tag if ELEMENTS.fullmatch(given.tag) else "mrow"
    kept = {name: value for name, value in given.attrib.items() if _allowed(tag, name, value)}
    made = Element(tag, kept) if parent is None else SubElement(parent, tag, kept)
    made.text, made.tail = unescape(given.text or ""), unescape(given.tail or "")
    for child in given:
        _copy(child, made)
    return made


def _allowed(tag: str, name: str, value: str) -> bool:
    """Tell whether an attribute is allowed: a word that formulas use, or a size of a few letters.

    Only a space may have a width, because an element narrower than its content would overlap other text.
    """
    if name == "width" and tag != "mspace":
        return False
    allowed = WORD if WORDS.fullmatch(name) else SIZE if SIZES.fullmatch(name) else None
    return bool(allowed and allowed.fullmatch(value))
