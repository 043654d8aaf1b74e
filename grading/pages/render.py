"""A page from a template: one HTML file that stands alone."""

from __future__ import annotations

import functools
import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from checks.report import with_elements
from checks.texts import say, spoken

IDENTIFIER = re.compile(r"[\w-]+[._]\w")  # the name of a file or of a function, which no sentence changes


def render(template: str, **values: Any) -> str:
    """Return the page that a template of this folder makes of the values.

    Every value is escaped, but those that are `markupsafe.Markup`.
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
    """A sentence of a template in the language of the page; of its values only Markup is HTML."""
    template = Markup(say(sentence))
    return template.format(**values) if values else template


def number(value: float) -> str:
    """A mark as people write it: 3, 2.5, 0.33."""
    return f"{round(value, 2):g}"


def sentence(text: str) -> Markup:
    """A sentence of ours, with a capital letter and its `code` in backquotes as elements."""
    return Markup(with_elements(str(escape(capitalised(text))), stress=False))


def ended(text: str) -> Markup:
    """A sentence of ours with its full stop; nothing where nothing is said."""
    return sentence(text if not text or text.endswith((".", "?", "!")) else f"{text}.")


def capitalised(text: str) -> str:
    """A sentence with a capital letter; one that begins with the name of a file or a function stays."""
    return text if IDENTIFIER.match(text) else text[:1].upper() + text[1:]
