"""The rules of rules.toml, and the places where a sentence breaks them."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .sentences import Sentence
from .texts import Text

RULES = Path(__file__).with_name("rules.toml")
TOO_LONG = "too long"


@dataclass(frozen=True)
class Word:
    """A word or phrase that readers stumbled over. exempt: uses of it that the rule allows."""

    name: str
    pattern: re.Pattern[str]
    why: str
    instead: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    exempt: re.Pattern[str] | None = None

    def is_in(self, text: str) -> bool:
        """Tell whether a text contains the word."""
        return bool(self.pattern.search(self.exempt.sub("", text) if self.exempt else text))


@dataclass(frozen=True)
class Rules:
    """The most words in a sentence, the most words to aim at, and the words that no text may have."""

    longest: int
    aim: int
    words: tuple[Word, ...]

    def broken_by(self, sentence: Sentence) -> Iterator[str]:
        """Yield the names of the rules that a sentence breaks outside its quotes."""
        text = sentence.unquoted
        if sentence.words > self.longest:
            yield TOO_LONG
        yield from (each.name for each in self.words if each.is_in(text))

    def advice(self, rule: str) -> str:
        """Return the advice about a rule that is broken."""
        told = {each.name: f"{each.why} Write: {each.instead}" for each in self.words}
        return told.get(rule, f"More than {self.longest} words: split it. The aim is {self.aim}.")


@dataclass(frozen=True)
class Violation:
    """A sentence that breaks a rule, and its place."""

    file: str
    rule: str
    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}: {self.sentence}"


@functools.cache
def load_rules(path: Path = RULES) -> Rules:
    """Read the rules."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return Rules(read["longest"], read["aim"], tuple(_word(**each) for each in read["word"]))


def _word(name: str, pattern: str, why: str, instead: str, **others: list[str] | str) -> Word:
    exempt = re.compile(str(others["except"]), re.I) if "except" in others else None
    bad, good = (tuple(others[kind]) for kind in ("bad", "good"))
    return Word(name, re.compile(pattern, re.I), why, instead, bad, good, exempt)


def violations(texts: Iterable[Text], rules: Rules | None = None) -> list[Violation]:
    """Return every breach of the rules in some texts, in order."""
    rules = rules or load_rules()
    return [
        Violation(text.file, rule, text.where(sentence.line), str(sentence))
        for text in texts
        for sentence in text.sentences
        for rule in rules.broken_by(sentence)
    ]
