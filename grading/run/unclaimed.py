"""unclaimed.json: files in submitted/ that belong to nobody, for the report and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grading.files import read_json, replace_file
from grading.submitted.remarks import NotUnderstood

UNCLAIMED = "unclaimed.json"


def write_unclaimed(folder: Path, found: Sequence[NotUnderstood], same_file: Sequence[str]) -> None:
    """Write the file again, or remove it if there is nothing to say. same_file: sentences."""
    told = {"not_understood": [asdict(each) for each in found], "same_file": list(same_file)}
    if any(told.values()):
        replace_file(folder / UNCLAIMED, json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    else:
        (folder / UNCLAIMED).unlink(missing_ok=True)


def read_unclaimed(folder: Path) -> tuple[list[NotUnderstood], list[str]]:
    """Return the contents of the file that the last run wrote."""
    return read_json(folder / UNCLAIMED, unclaimed_in, ([], []))


def unclaimed_in(told: Any) -> tuple[list[NotUnderstood], list[str]]:
    """Return the contents of the file's JSON. Raises an error if it has another form."""
    found = [NotUnderstood(each["path"], each["why"]) for each in told.get("not_understood", ())]
    same = list(told.get("same_file", ()))
    texts = [*same, *(text for each in found for text in (each.path, each.why))]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError(f"{UNCLAIMED} holds something that is no text")
    return found, same
