"""Hints of this course: its words, which replace the engine's words, and finders that only EM needs."""

from helpers.hints import errors, forms, relations
from helpers.hints.loops import FINDERS

WORDS = {**errors.WORDS, **forms.WORDS, **relations.WORDS}

__all__ = ["FINDERS", "WORDS"]
