"""The schema of a line of results.jsonl, with its version; docs/results.md explains it to people.

A new field or word does not change the version, because readers skip what they do not know. If a field is
removed, or its meaning changes, increase SCHEMA, here and in results.schema.json.
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
    """Return the record with the schema's version. Raises ValueError, which names a field that is wrong."""
    made = {"schema": SCHEMA, **record}
    wrong = next(_validator().iter_errors(made), None)
    if wrong:
        place = ".".join(map(str, wrong.absolute_path)) or "the whole"
        raise ValueError(f"this is no line of results.jsonl: {place}: {wrong.message[:200]}")
    return made


def is_ours(record: dict[str, Any]) -> bool:
    """Tell whether a line that was read has this version's schema."""
    return record.get("schema", SCHEMA) == SCHEMA


def is_valid(record: dict[str, Any]) -> bool:
    """Tell whether a line that was read is valid in this version."""
    return _validator().is_valid(record)


def is_readable(record: Any) -> bool:
    """Tell whether a line can be used: its names are valid, and so are other fields if it is of this version.

    A field or a word that this version does not know is allowed.
    """
    if not isinstance(record, dict) or not all(
        map(_is_name, (record.get("student"), record.get("assignment")))
    ):
        return False
    return not is_ours(record) or _lenient().is_valid({"schema": SCHEMA, **record})


def _is_name(name: Any) -> bool:
    """Tell whether a text can be the name of a folder, and of one folder only."""
    try:
        return isinstance(name, str) and b"/" not in name.encode() and name not in ("", ".", "..")
    except UnicodeEncodeError:
        return False


@functools.cache
def _lenient() -> Draft202012Validator:
    return Draft202012Validator(_open(json.loads(FILE.read_text(encoding="utf-8"))))


def _open(schema: Any) -> Any:
    """Return the schema without rules that forbid what a later version may add."""
    if isinstance(schema, list):
        return [_open(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    words = {"additionalProperties": False, "enum": schema.get("enum")}
    return {key: _open(value) for key, value in schema.items() if not (key in words and value == words[key])}


@functools.cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(FILE.read_text(encoding="utf-8")))
