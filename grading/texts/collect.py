"""Every sentence that a student can read, with what it is about: of the engine, the course, an assignment."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir

from checks.authors.trials import trials_of
from checks.casebook import Item, load_cases
from checks.cases import Case
from checks.hints import Hint, hint_of
from checks.texts import Text
from grading.build.hidden import hidden_folder
from grading.course import ENGINE, Assignment, Course, package_folder

METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"say": None, "later": None, "text": None}
COMMON, PAGES = "common", "pages"  # the catalogues beside those of the assignments


@dataclass(frozen=True)
class Message:
    """A sentence in English. about: where students meet it. secret: whether it is never given to students."""

    sentence: str
    about: str = ""
    secret: bool = False


def messages_of(course: Course) -> dict[str, list[Message]]:
    """Return the sentences of a course by the name of their catalogue.

    The hidden cases must be built: they hold the reasons for wrong answers.
    """
    own = {each.name: list(_of_assignment(each)) for each in course.assignments()}
    return {COMMON: list(_common(course)), PAGES: list(_pages()), **own}


def _common(course: Course) -> Iterator[Message]:
    folders = [ENGINE / "checks", *(package_folder(name) for name in course.world.packages)]
    for folder in folders:
        yield from _in_code(folder)
    for each in course.checker.finders:
        yield from _of_hint(each.hint, "")


@functools.cache
def _pages() -> tuple[Message, ...]:
    """What the feedback page says, and why a test has no more marks."""
    found = [each for each in _in_code(ENGINE / "grading")]
    return tuple(Message(each.sentence, each.about, True) for each in found)


def _in_code(folder: Path) -> Iterator[Message]:
    for name, _, sentence, _, _ in extract_from_dir(str(folder), METHODS, keywords=KEYWORDS):
        if isinstance(sentence, str) and sentence.strip():
            yield Message(sentence, f"{folder.name}/{Path(name).as_posix()}")


def _of_hint(hint: Hint, exercise: str) -> Iterator[Message]:
    about = f"{exercise}: {hint.name}" if exercise else hint.name
    yield Message(hint.name, f"{about}: its name")
    for n, rung in enumerate(hint.rungs, 1):
        yield Message(rung, f"{about}: hint {n} of {len(hint.rungs)}")
    if hint.unseen:
        yield Message(hint.unseen, f"{about}: hint 1 where the error is not shown")


def _of_assignment(assignment: Assignment) -> Iterator[Message]:
    public, hidden = assignment.course.checker.public.folder, hidden_folder(assignment.course)
    yield from _of_files(public / assignment.name, secret=False)
    for exercise, known in assignment.mistakes().items():
        for each in known:
            yield from _of_hint(each.hint, exercise)
    for exercise, trials in trials_of(f"{assignment.package}.trials").items():
        for name, made in trials.items():
            yield from _of_hint(hint_of(name, made), exercise)
    yield from _of_files(hidden / assignment.name, secret=True)


def _of_files(folder: Path, secret: bool) -> Iterator[Message]:
    for path in sorted(folder.glob("*.npz")):
        for item in load_cases(path):
            yield from (Message(*each, secret) for each in _of_item(item, path.stem))


def _of_item(item: Item, exercise: str) -> Iterator[tuple[str, str]]:
    if isinstance(item, Case):
        told = {item.name: "a case", item.advice: "advice", item.turned: "advice"}
        if item.trial:
            told = {item.name: "a small input"}  # its paragraphs are those of the hint
    else:
        told = {item.about: "a question", **{why: "why an answer is wrong" for why in item.reasons.values()}}
    for sentence, about in told.items():
        yield from ((each, f"{exercise}: {about}") for each in templates(sentence))


def templates(sentence: Any) -> list[str]:
    """Return what there is to translate in a sentence: itself, or its template and the texts in it."""
    if isinstance(sentence, Text):
        inner = [each for value in sentence.values.values() for each in templates(value)]
        return [sentence.template, *inner]
    return [sentence] if isinstance(sentence, str) and sentence.strip() else []


def once(messages: Iterable[Message]) -> dict[str, Message]:
    """Return the messages by their sentences; one that is given to students anywhere is no secret."""
    found: dict[str, Message] = {}
    for each in messages:
        if each.sentence not in found or found[each.sentence].secret and not each.secret:
            found[each.sentence] = each
    return found
