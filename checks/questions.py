"""Questions: each is asked in words, and answered by a number or a choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Question:
    """One question. The public version has no right answers, so only the form of an answer can be checked.

    about: the name of the question in the report.
    answers: all right answers, each of which is accepted; empty if they are not public.
    choices: the answers that may be chosen; empty if a number is asked for.
    tolerance: the largest difference allowed, relative to the right number.
    reasons: the reason why an answer is wrong, by the wrong answer.
    own: the student's functions from whose result the number is read, see own.py. In public it has only the
        name of the last function.

    Authors make questions with `number`, `choice` and `true_or_false`.

    Example:
        >>> from checks.authors import Question
        >>> Question("the colour", choices=("red", "blue")).answers
        ()
    """

    about: str
    answers: tuple[Any, ...] = ()
    choices: tuple[str, ...] = ()
    tolerance: float = 1e-5
    reasons: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)
