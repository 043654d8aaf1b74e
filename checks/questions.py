"""Questions: what is asked in words, and answered by a number or a choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Question:
    """One question. Without right answers it is as the public has it: only the form can be looked at.

    about: what the report calls it. answers: all right answers, any will do; none if they are not public.
    choices: what may be answered; none if a number is asked for. tolerance: largest difference allowed,
    relative to the right number. reasons: what to say of a wrong answer, by the answer. own: of which
    functions of the student's the number is a result, see own.py; in public only the name of the last.

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
