"""The explorer of EM, for this course."""

from explorer import explore

__all__ = ["explore"]
