"""Answers to exercises, by the exercise's name and a few words for their style or mistake."""

from collections.abc import Callable
from typing import Any

Answers = dict[str, dict[str, Callable[..., Any]]]


def adder(book: Answers) -> Callable[..., None]:
    """Return the function add(exercise, **answers). An underscore in a name becomes a space."""

    def add(name: str, **answers: Callable[..., Any]) -> None:
        for words, function in answers.items():
            book.setdefault(name, {})[words.replace("_", " ")] = function

    return add


def drawer(book: dict[str, dict[str, tuple[Callable[..., Any], str]]]) -> Callable[..., Any]:
    """Return the decorator @draws(exercise, hint) for wrong answers. A function's name says what is wrong."""

    def draws(name: str, hint: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            book.setdefault(name, {})[function.__name__.replace("_", " ")] = function, hint
            return function

        return register

    return draws


def registrar(book: Answers) -> Callable[..., Any]:
    """Return the decorator @right(exercise, style)."""

    def right(name: str, style: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            book.setdefault(name, {})[style] = function
            return function

        return register

    return right
