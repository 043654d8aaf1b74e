"""The explorer: a widget that shows each step of EM, forwards and backwards, made by a learner's functions.

A course gives it colours, rules and a still figure: `explore = Kit(...).explore`.
"""

from explorer.kit import Kit

__all__ = ["Kit"]
