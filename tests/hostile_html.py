"""Thousands of hostile answers, and tests of the page that shows one, parsed as a browser parses it."""

import re

from bleach._vendor import html5lib  # parses HTML as browsers do; nbconvert needs it


def words(text):
    return dict.fromkeys(text.split()).keys()


NAMES = words(
    "p div span b i a em u s code pre blockquote ul ol li dl dt dd table caption thead tbody tr td th h1 "
    "h3 details summary figure sub sup br hr img nobr font select option button form input textarea title "
    "svg math mi mtext foreignObject annotation-xml desc style script template noscript iframe plaintext "
    "xmp frameset body html head main section footer article object marquee base link meta"
)
PIECES = [
    *(f"<{name}>" for name in NAMES), *(f"</{name}>" for name in NAMES), *(f"</{name}>" for name in NAMES),
    "<p style='position:fixed;top:0'>", '<div style="margin:-999px;color:red">', "<b title=\"", "<b title='", "<b onclick=x ",
    "<img src=x onerror=alert(1)>", "<a href='java\tscript:alert(1)'>", "<a href=&#106;avascript:x>", '<a href="#x">',
    "<img alt=\"", "<img src=data:image/png;base64,AAAA width=100%>", "<td colspan=99>", "<p class=total>", "<p id=x>",
    "$x_1$", "$\\text{\" style=\"position:fixed\" onclick=\"x}$", "$$\\frac{a}{b}$$", "$\\text{</math><div>}$", "$\\text{<!--}$",
    "\ue0000\ue001", "&#xe000;0&#xe001;", "$\\hspace{-9em}x$", "$\\href{javascript:x}{y}$", "$\\style{position:fixed}{x}$",
    "<!--", "-->", "<!", "<?x", "<![CDATA[", "]]>", "</", "<", ">", '"', "'", "=", "/>", " ", "\t", "\n", "\n\n", "\r\n", "\0", "\x0c",
    "\x0b", "&", "&lt;", "&amp;lt", "&#60;", "&quot", "40 of 40", "x", "é", "`", "```\n", "~~~\n", "**", "*", "_", "~~", "> ", "- ",
    "1. ", "  ", "    ", "|", "|a|b|\n", "|-|-|\n", "# ", "---\n", "===\n", "[", "](", "[a]: b\n", "![x](attachment:a.png)", "\\", "\u2028",
    "<http://a.b>", "http://a.b/c ", "- [ ] ", "\\begin{align}", "\\end{align}", "\\(", "\\)", "[^1]",
]  # fmt: skip

ELEMENTS = words(
    "p br hr div span b i em strong u s code pre blockquote a table caption thead tbody tfoot tr th td ul "
    "ol li dl dt dd h1 h2 h3 h4 h5 h6 details summary figure figcaption img sub sup"
)
FORMULAS = words(
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable "
    "mtr mtd mstyle mpadded mphantom"
)
ATTRIBUTES = words("alt title style colspan rowspan width height open href src class")
OF_FORMULAS = words(
    "display mathvariant form columnalign accent accentunder stretchy fence separator movablelimits "
    "largeop symmetric displaystyle width minsize maxsize lspace rspace linethickness"
)
STYLES = {"color", "font-weight", "text-align", "max-width", "width", "height", "padding-left"}
ADDRESS = re.compile(r"https?://.*|mailto:.*|#.*", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*|attachment:.*")
AROUND = (
    "<!DOCTYPE html><html><head><title>x</title></head><body><main><header><h1>a</h1></header><ul><li>one</li></ul>"
    "<section><details open=''><summary>b</summary><div id='answer'>{}</div><p id='next'>c</p></details></section>"
    "<section><p>d</p></section></main><footer>e</footer></body></html>"
)


def hostile(numbers, longest):
    """Return a text of random pieces, or of a few pieces many times. numbers: numpy's generator."""
    count = int(numbers.integers(1, longest))
    if numbers.random() < 0.3:
        unit = [PIECES[n] for n in numbers.integers(0, len(PIECES), int(numbers.integers(1, 5)))]
        return "".join(unit * (count // len(unit) + 1))
    return "".join(PIECES[n] for n in numbers.integers(0, len(PIECES), count))


def parsed(html):
    return html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)


def outline(element, but):
    """Return the elements of a page, without those in the answer."""
    inner = [] if element is but else [outline(each, but) for each in element]
    text = "" if element is but else (element.text or "")
    return str(element.tag), text, element.tail or "", inner


def parts_of(html):
    """Return all elements of an answer in a whole page. The rest must be the same as without the answer."""
    page, blank = parsed(AROUND.format(html)), parsed(AROUND.format(""))
    answer = page.find(".//div[@id='answer']")
    assert outline(page, answer) == outline(blank, blank.find(".//div[@id='answer']"))
    return [each for each in answer.iter() if each is not answer]


def assert_harmless(html):
    for each in parts_of(html):
        name = str(each.tag).rpartition("}")[2]
        assert name in ELEMENTS | FORMULAS, name
        for attribute, value in each.attrib.items():
            is_formula = name in FORMULAS
            assert attribute in (OF_FORMULAS if is_formula else ATTRIBUTES), attribute
            _assert_value(attribute, value, is_formula)


def _assert_value(attribute, value, is_formula):
    if attribute == "style":
        for each in filter(str.strip, value.split(";")):
            name, _, given = each.partition(":")
            assert name.strip() in STYLES, each
            assert not re.search(r"url|[-][\d.]|\\|expression|/\*|@", given), each
    elif attribute == "href":
        assert ADDRESS.fullmatch(value), value
    elif attribute == "src":
        assert PICTURE.fullmatch(value), value
    elif attribute == "class":
        assert value in ("dataframe", "formula", "wraps"), value
    elif is_formula or attribute in ("width", "height"):
        assert not value.startswith("-"), value
        assert len(value) < 200, value
