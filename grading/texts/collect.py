"""Collect every sentence that a student can read, from the engine, the course and its assignments."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_file

from checks.authors.trials import trials_of
from checks.casebook import Item, load_cases
from checks.cases import Case
from checks.hints import Hint, hint_of
from checks.texts import Text
from grading.build.hidden import hidden_folder
from grading.course import ENGINE, Assignment, Course, package_folder
from grading.doors.nbgrader_api import load_config

TEMPLATES = "jinja2.ext:babel_extract"  # Babel's method to read the templates of pages
WORDS = ("say", "later", "text")  # the functions of checks/texts.py that get a sentence
COMMON, PAGES = "common", "pages"  # the catalogues in addition to those of the assignments


@dataclass(frozen=True)
class Sentence:
    """A sentence in English. about: where students meet it. secret: whether students never get its file."""

    sentence: str
    about: str = ""
    secret: bool = False


def messages_of(course: Course) -> dict[str, list[Sentence]]:
    """Return the sentences of a course by the name of their catalogue.

    The hidden cases must be built, because they contain the reasons for wrong answers.
    """
    common, pages = once(_common(course)), once(_pages())
    found = {COMMON: common, PAGES: {key: each for key, each in pages.items() if key not in common}}
    for each in course.assignments():
        own = once(_of_assignment(each))
        found[each.name] = {key: message for key, message in own.items() if _is_own(message, found)}
    return {name: list(messages.values()) for name, messages in found.items()}


def _is_own(message: Sentence, found: Mapping[str, Mapping[str, Sentence]]) -> bool:
    """Tell whether an assignment's catalogue needs a sentence: no common catalogue has it for students."""
    there = found[COMMON].get(message.sentence) or found[PAGES].get(message.sentence)
    return there is None or there.secret and not message.secret


def _common(course: Course) -> Iterator[Sentence]:
    folders = [ENGINE / "checks", *(package_folder(name) for name in course.world.packages)]
    for folder in folders:
        yield from sentences_in(folder)
    for each in course.checker.finders:
        yield from _of_hint(each.hint, "")
    if stub := load_config(course.root).ClearSolutions.get("text_stub"):
        yield Sentence(stub, "a cell for an answer in words")


@functools.cache
def _pages() -> tuple[Sentence, ...]:
    """Return the sentences of the feedback page, and the reasons for missing marks."""
    return tuple(Sentence(each.sentence, each.about, True) for each in sentences_in(ENGINE / "grading"))


def sentences_in(folder: Path) -> Iterator[Sentence]:
    """Yield the sentences in the modules and templates of a folder, in order."""
    paths = sorted(path for kind in ("*.py", "*.html") for path in folder.rglob(kind))
    for path in paths:
        about = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        found = _of_template(path) if path.suffix == ".html" else _of_module(path)
        yield from (Sentence(each, about) for each in found if each.strip())


def _of_template(path: Path) -> Iterator[str]:
    found = extract_from_file(TEMPLATES, str(path), keywords=dict.fromkeys(WORDS))
    yield from (sentence for _, sentence, _, _ in found if isinstance(sentence, str))


def _of_module(path: Path) -> Iterator[str]:
    """Yield the literal sentences that a module passes to a function of WORDS, in the module's order."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        first = call.args[0] if call.args else None
        is_text = isinstance(first, ast.Constant) and isinstance(first.value, str)
        if is_text and isinstance(call.func, ast.Name) and call.func.id in WORDS:
            yield first.value


def _of_hint(hint: Hint, exercise: str) -> Iterator[Sentence]:
    about = f"{exercise}: {hint.name}" if exercise else hint.name
    yield Sentence(hint.name, f"{about}: its name")
    for n, rung in enumerate(hint.rungs, 1):
        yield Sentence(rung, f"{about}: hint {n} of {len(hint.rungs)}")
    if hint.unseen:
        yield Sentence(hint.unseen, f"{about}: hint 1 where the error is not shown")


def _of_assignment(assignment: Assignment) -> Iterator[Sentence]:
    public, hidden = assignment.course.checker.public.folder, hidden_folder(assignment.course)
    yield from _of_files(public / assignment.name, secret=False)
    for exercise, known in assignment.mistakes().items():
        for each in known:
            yield from _of_hint(each.hint, exercise)
    for exercise, trials in trials_of(f"{assignment.package}.trials").items():
        for name, made in trials.items():
            yield from _of_hint(hint_of(name, made), exercise)
    yield from _of_files(hidden / assignment.name, secret=True)
    for question, rubric in assignment.rubrics().items():
        yield from (Sentence(line.says, f"{question}: a line of its rubric", True) for line in rubric.lines)


def _of_files(folder: Path, secret: bool) -> Iterator[Sentence]:
    for path in sorted(folder.glob("*.npz")):
        for item in load_cases(path):
            yield from (Sentence(*each, secret) for each in _of_item(item, path.stem))


def _of_item(item: Item, exercise: str) -> Iterator[tuple[str, str]]:
    if isinstance(item, Case):
        told = {item.name: "a case", item.advice: "advice", item.turned: "advice"}
        if item.trial:
            told = {item.name: "a small input"}  # its paragraphs are in the hint
    else:
        told = {item.about: "a question", **{why: "why an answer is wrong" for why in item.reasons.values()}}
    for sentence, about in told.items():
        yield from ((each, f"{exercise}: {about}") for each in templates(sentence))


def templates(sentence: Any) -> list[str]:
    """Return the texts to translate in a sentence: itself, or its template and the texts in it."""
    if isinstance(sentence, Text):
        inner = [each for value in sentence.values.values() for each in templates(value)]
        return [sentence.template, *inner]
    return [sentence] if isinstance(sentence, str) and sentence.strip() else []


def once(messages: Iterable[Sentence]) -> dict[str, Sentence]:
    """Return the messages by their sentences. A sentence that students get anywhere is not secret."""
    found: dict[str, Sentence] = {}
    for each in messages:
        if each.sentence not in found or found[each.sentence].secret and not each.secret:
            found[each.sentence] = each
    return found
