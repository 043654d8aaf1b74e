"""All texts that people read: notebooks, hints, trials, rubrics, sentences, documents, help, programs."""

from __future__ import annotations

import argparse
import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grading.texts.collect import sentences_in

from . import code, program
from .blocks import Block, blocks_of, inline_blocks
from .sentences import Sentence, sentences_of

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOK, HINT, TRIAL, RUBRIC = "notebook", "hint", "trial", "rubric"
SENTENCE, DOCUMENT, HELP, PROGRAM = "sentence", "document", "help", "program"
MARKDOWN = (NOTEBOOK, DOCUMENT)  # only these are Markdown; in other texts no character begins a list
ENGINE = ("checks", "helpers", "explorer", "grading")
HINTED = ("checks", "helpers")  # rooms (packages) in which docstrings may be hints
SPEAKING = (*ENGINE, "release", "benchmarks", "solutions")  # rooms whose strings people read
PROGRAMS = (*SPEAKING, "exercises", "tests")
CELL = re.compile(r"^# %%(.*)$", re.M)
# Tables and sentences that commands write. Their words are in benchmarks/.
WRITTEN = re.compile(r"^<!-- written by .+? -->\n.*?^<!-- end -->$", re.M | re.S)


@dataclass(frozen=True)
class Text:
    """A text that people read.

    name: the name of a mistake or a cell.
    line: its first line in the file, from 1; 0 if it is not known.
    """

    file: str
    kind: str
    name: str
    line: int
    text: str

    @functools.cached_property
    def blocks(self) -> list[Block]:
        """Return its blocks, in order."""
        return blocks_of(self.text) if self.kind in MARKDOWN else inline_blocks(self.text)

    @functools.cached_property
    def sentences(self) -> list[Sentence]:
        """Return its sentences, in order."""
        return sentences_of(self.blocks)

    def where(self, line: int) -> str:
        """Return where a line of the text is, for people."""
        return f"{self.file}:{self.line + line}" if self.line else self.file


@functools.cache
def all_texts(root: Path = ROOT) -> tuple[Text, ...]:
    """Return all texts of a tree, including the texts of programs."""
    return (*written_texts(root), *_sentences(root), *_help(), *_programs(root))


@functools.cache
def written_texts(root: Path = ROOT) -> tuple[Text, ...]:
    """Return the texts whose figures are measured: notebooks, hints, trials, rubrics and documents."""
    return (*notebooks(root), *_hints(root), *_documents(root))


def notebooks(root: Path = ROOT) -> Iterator[Text]:
    """Yield the text cells of the English notebooks, in order, and the texts that notebooks share."""
    for path in sorted((root / "solutions").glob("*.py")):
        if "." not in path.stem:  # a stem like gaussian-mixture.de is in another language
            yield from _cells(path, path.relative_to(root).as_posix())
    for path in sorted((root / "solutions").glob("*.md")):
        if "." not in path.stem:
            text = path.read_text(encoding="utf-8")
            yield Text(path.relative_to(root).as_posix(), DOCUMENT, path.stem, 1, text)


def _cells(path: Path, file: str) -> Iterator[Text]:
    source = path.read_text(encoding="utf-8")
    for n, (head, line, lines) in enumerate(_split(source)):
        if "[markdown]" in head and "include=" not in head:
            text = "\n".join(re.sub(r"^# ?", "", each) for each in lines)
            yield Text(file, NOTEBOOK, f"cell {n}", line, text)


def _split(source: str) -> Iterator[tuple[str, int, list[str]]]:
    """Yield each cell: its first line, the number of the line after that (from 1), and its lines."""
    heads = list(CELL.finditer(source))
    for head, after in zip(heads, [*heads[1:], None]):
        body = source[head.end() + 1 : after.start() if after else len(source)]
        yield head[1], source.count("\n", 0, head.end()) + 2, body.splitlines()


def _hints(root: Path) -> Iterator[Text]:
    for path in sorted((root / "exercises").rglob("*.py")):
        parts = set(path.relative_to(root).parts)
        kind = HINT if "mistakes" in parts else TRIAL if "trials" in parts else RUBRIC
        if path.name == "rubrics.py":
            yield from _texts(root, path, RUBRIC, code.rubric_lines)
        elif parts & {"mistakes", "trials"}:
            yield from _texts(root, path, kind, code.hints)
        else:
            yield from _texts(root, path, SENTENCE, code.strings)


def _sentences(root: Path) -> Iterator[Text]:
    """Yield the sentences of programs: those that are translated, and all other strings."""
    for folder in (root / name for name in ENGINE):
        for each in sentences_in(folder):
            yield Text(each.about, SENTENCE, each.sentence[:40], 0, each.sentence)
    for path in _programs_in(root, SPEAKING):
        yield from _texts(root, path, SENTENCE, code.strings)
    for path in _programs_in(root, HINTED):
        yield from _texts(root, path, SENTENCE, code.hints)


def _programs_in(root: Path, rooms: Iterable[str]) -> Iterator[Path]:
    """Yield the Python files of rooms. A stem like gaussian-mixture.de is in another language."""
    for room in rooms:
        yield from (path for path in sorted((root / room).rglob("*.py")) if "." not in path.stem)


def _programs(root: Path) -> Iterator[Text]:
    for path in _programs_in(root, PROGRAMS):
        is_hint = path.relative_to(root).parts[0] in (*HINTED, "exercises")
        yield from _texts(root, path, PROGRAM, functools.partial(program.told, is_hint=is_hint))


def _texts(root: Path, path: Path, kind: str, read: Callable[[Path], Iterator[code.Found]]) -> Iterator[Text]:
    file = path.relative_to(root).as_posix()
    yield from (Text(file, kind, name, line, text) for name, line, text in read(path))


def _documents(root: Path) -> Iterator[Text]:
    paths = [root / name for name in ("README.md", "INSTRUCTORS.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    for path in [*paths, *sorted((root / "docs").glob("*.md"))]:
        text = WRITTEN.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
        yield Text(path.relative_to(root).as_posix(), DOCUMENT, path.name, 1, text)


def _help() -> Iterator[Text]:
    from grading.__main__ import COMMANDS  # imported here because help is made by this tree's code

    for name, command in COMMANDS.items():
        parser = argparse.ArgumentParser(prog=name, description=command.HELP)
        command.arguments(parser)
        told = dict.fromkeys(each for each in _told(parser) if each and each != argparse.SUPPRESS)
        yield from (Text(f"grading/commands/{name}.py", HELP, name, 0, each) for each in told)


def _told(parser: argparse.ArgumentParser) -> Iterator[str | None]:
    yield from (parser.description, parser.epilog)
    for action in parser._actions:
        yield action.help
        if isinstance(action, argparse._SubParsersAction):
            yield from (each.help for each in action._choices_actions)
            yield from (told for each in action.choices.values() for told in _told(each))
