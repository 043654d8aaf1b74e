"""EM that can be held, step by step, back and forth, by one's own functions.

A course lends it colours, rules and a still figure: `explore = Kit(...).explore`.
"""

from explorer.kit import Kit

__all__ = ["Kit"]
