"""The schema of a line of results.jsonl, with its version; docs/results.md explains it to people.

A new field or word raises no version, because readers skip what they do not know. What changes the meaning
of a field, or removes one, raises SCHEMA, here and in results.schema.json.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = 1
FILE = Path(__file__).parent / "results.schema.json"


def stamped(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record with the schema's version. Raises ValueError with the field that does not fit."""
    made = {"schema": SCHEMA, **record}
    wrong = next(_validator().iter_errors(made), None)
    if wrong:
        place = ".".join(map(str, wrong.absolute_path)) or "the whole"
        raise ValueError(f"this is no line of results.jsonl: {place}: {wrong.message[:200]}")
    return made


def is_valid(record: dict[str, Any]) -> bool:
    """Tell whether a line that was read is one of this version's."""
    return _validator().is_valid(record)


@functools.cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(FILE.read_text(encoding="utf-8")))
