"""Explain the marks of a question: print what was seen, and write a notebook that shows a failed case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grading.repair import Unreadable
from grading.why.again import SeenCase, submitted, watched
from grading.why.asked import Asked
from grading.why.notebook import write_notebook
from grading.why.said import explanation, heading, written_answer


def explain(asked: Asked, every: bool = False) -> int:
    """Print why a question has its marks; return the exit code.

    every: whether each case that failed is shown in full.
    """
    lines = list(heading(asked))
    try:
        more, seen = _seen(asked, every)
    except Unreadable as error:
        print("\n".join([*lines, f"The submission cannot be read: {error.with_mend}."]))
        return 1
    lines += more
    print("\n".join(lines))
    path, aside = write_notebook(asked, _failed(seen), lines)
    print(f"\nWritten: {path}. Only you can read it.")
    if aside:
        print(f"The notebook that was there before is kept as {aside.name}.")
    print(f"To open it: .venv/bin/jupyter lab {path}")
    return 0


def _seen(asked: Asked, every: bool) -> tuple[list[str], SeenCase | None]:
    """Return the lines to print, and what was seen. Nothing is run for an answer that a person marks."""
    of = submitted(asked)
    if not of.has_test:
        return list(written_answer(of)), None
    if not of.noted.readable:
        raise Unreadable(of.noted.because)
    seen = watched(of)
    return list(explanation(of, seen, every)), seen


def _failed(seen: SeenCase | None) -> Sequence[Mapping[str, Any]]:
    """Return the hidden cases that failed."""
    told = seen.test.seen[-1] if seen and seen.test.seen else {}
    return [each for each in told.get("cases", ()) if each["decides"] and each["share"] < 1]
