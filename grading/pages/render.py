"""Make a page from a template: one HTML file that needs no other file."""

from __future__ import annotations

import functools
import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from checks.report import with_elements
from checks.texts import say, spoken

IDENTIFIER = re.compile(r"[\w-]+[._]\w")  # the name of a file or of a function, which gets no capital letter


def render(template: str, **values: Any) -> str:
    """Return the page from a template of this folder and these values.

    Every value is escaped, except for values of type `markupsafe.Markup`.
    """
    return _templates().get_template(template).render(values, language=spoken())


@functools.cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("grading.pages", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(say=said)
    made.filters.update(number=number, sentence=sentence, ended=ended)
    return made


def said(sentence: str, **values: Any) -> Markup:
    """Return a template's sentence in the language of the page. Of its values only Markup is HTML."""
    template = Markup(say(sentence))
    return template.format(**values) if values else template


def number(value: float) -> str:
    """Return a mark as people write it: 3, 2.5, 0.33."""
    return f"{round(value, 2):g}"


def sentence(text: str) -> Markup:
    """Return a sentence with a capital letter, and with elements for its `code` in backquotes."""
    return Markup(with_elements(str(escape(capitalised(text))), stress=False))


def ended(text: str) -> Markup:
    """Return a sentence with its full stop; an empty text stays empty."""
    return sentence(text if not text or text.endswith((".", "?", "!")) else f"{text}.")


def capitalised(text: str) -> str:
    """Return a sentence with a capital letter, unless it begins with the name of a file or a function."""
    return text if IDENTIFIER.match(text) else text[:1].upper() + text[1:]
