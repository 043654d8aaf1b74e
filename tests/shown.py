"""The commands that documents show, and what is wrong with one: a missing verb, option or file.

A command begins with `make`, `.venv/bin/` or `python -m`. No command is run here: programs only parse it.
"""

import argparse
import contextlib
import functools
import importlib.util
import io
import re
import shlex
import subprocess
import sys
import warnings
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from ours import ROOT

FENCED = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.M | re.S)
BEGINS = re.compile(r"make [a-z.]|\.venv/bin/\w|python -m \w")
LANGUAGES = ("", "sh")  # languages of blocks that contain commands
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
INSTALLED = {"python", *(each.name for each in entry_points(group="console_scripts"))}
YOURS = ("my_workers.py",)  # programs that a page asks its readers to write
MISSING = re.compile(r"arguments? .*(is|are) required")  # a command in a sentence may lack arguments


@dataclass(frozen=True)
class Shown:
    """A command as a list of words.

    is_whole: whether it is in a block, from which people copy it. Otherwise a sentence names it.
    """

    words: tuple[str, ...]
    is_whole: bool = True

    def __str__(self) -> str:
        return shlex.join(self.words)


def commands(text: str) -> list[Shown]:
    """Return the commands of a document, in blocks and in sentences, without repeats."""
    blocks = [body for language, body in FENCED.findall(text) if language in LANGUAGES]
    spans = re.findall(r"`([^`]+)`", FENCED.sub("", text))
    whole = [each for block in blocks for each in commands_in(block)]
    named = [Shown(each.words, False) for span in spans for each in commands_in(" ".join(span.split()))]
    return list(dict.fromkeys([*whole, *named]))


def commands_in(block: str) -> list[Shown]:
    """Return the commands of a block, without remarks after `#` or after several spaces."""
    parts = [part.strip() for line in block.splitlines() for part in re.split(r" ; | && ", bare(line))]
    return [Shown(tuple(shlex.split(part))) for part in parts if BEGINS.match(part)]


def bare(line: str) -> str:
    return re.split(r"\s+# |\s{2,}(?=\S)", line.strip())[0]


def first_block(text: str) -> str:
    """Return the block before the first section of a page; "" if the page does not begin with a block."""
    found = FENCED.search(text.partition("\n## ")[0])
    return found[2] if found else ""


def fault(shown: Shown) -> str:
    """Return what the parsing program says is wrong with a command; "" if nothing is."""
    said = fault_of(shown.words)
    return "" if not shown.is_whole and MISSING.search(said) else said


def fault_of(words: tuple[str, ...]) -> str:
    program, *rest = words
    if program == "make":
        return fault_of_make(words)
    name = Path(program).name
    if name not in INSTALLED and not (Path(sys.executable).parent / name).exists():
        return f"there is no program {name}"
    return PROGRAMS[name](rest) if name in PROGRAMS and rest else ""


@functools.cache
def made(words: tuple[str, ...]) -> subprocess.CompletedProcess:
    """Return what make would run for this command if `.venv` existed."""
    return subprocess.run(
        ["make", "-n", "-o", ".venv/ready", *words[1:]], cwd=ROOT, capture_output=True, text=True
    )


def recipe(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the commands that make runs for this command."""
    lines = made(words).stdout.splitlines()
    return [tuple(shlex.split(line, comments=True)) for line in lines if BEGINS.match(line)]


def fault_of_make(words: tuple[str, ...]) -> str:
    given = [
        name for name, is_set, _ in (word.partition("=") for word in words) if is_set and "-" not in name
    ]
    if unknown := [name for name in given if f"$({name})" not in MAKEFILE]:
        return f"the Makefile has no {unknown[0]}"
    if made(words).returncode:
        return made(words).stderr.strip()
    return next(filter(None, map(fault_of, recipe(words))), "")


def fault_of_python(words: list[str]) -> str:
    if words[0] != "-m":
        return "" if words[0] in YOURS or (ROOT / words[0]).exists() else f"there is no {words[0]}"
    module, *rest = words[1:]
    if module in MODULES:
        return parsed(MODULES[module], rest)
    with warnings.catch_warnings(action="ignore"):  # pip warns when it finds its own setuptools
        return "" if importlib.util.find_spec(module) else f"there is no module {module}"


def parsed(parse, words: list[str]) -> str:
    """Return a program's message about words that it cannot parse; "" if it can parse them."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            parse(words)
    except SystemExit as error:
        return said.getvalue().strip().splitlines()[-1] if error.code else ""
    return ""


def grading(words: list[str]) -> None:
    from grading.__main__ import COMMANDS

    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers(required=True)
    for name, command in COMMANDS.items():
        command.arguments(verbs.add_parser(name))
    parser.parse_args(words)


def release(words: list[str]) -> None:
    from release.__main__ import arguments

    arguments(words)


def benchmarks(words: list[str]) -> None:
    from benchmarks.__main__ import arguments

    arguments(words)


def fault_of_nbgrader(words: list[str]) -> str:
    from nbgrader.apps.nbgraderapp import NbGraderApp

    app, rest = NbGraderApp(), list(words)
    while rest and rest[0] in app.subcommands:
        app = app.subcommands[rest.pop(0)][0]()
    options = [each.removeprefix("--").partition("=")[0] for each in rest if each.startswith("--")]
    unknown = [
        each for each in options if each not in app.flags and each not in app.aliases and "." not in each
    ]
    if isinstance(app, NbGraderApp) or (app.subcommands and rest):
        return f"nbgrader has no command {' '.join(words)}"
    return f"nbgrader has no option --{unknown[0]} here" if unknown else ""


def fault_of_dask(words: list[str]) -> str:
    import click

    known = {each.name: each for each in entry_points(group="dask_cli")}
    if words[0] not in known:
        return f"dask has no command {words[0]}"
    try:
        known[words[0]].load().make_context(words[0], list(words[1:]))
    except click.ClickException as error:
        return error.message
    return ""


def fault_of_jupyter(words: list[str]) -> str:
    return "" if f"jupyter-{words[0]}" in INSTALLED else f"jupyter has no command {words[0]}"


MODULES = {"grading": grading, "release": release, "benchmarks": benchmarks}
PROGRAMS = {
    "python": fault_of_python,
    "nbgrader": fault_of_nbgrader,
    "dask": fault_of_dask,
    "jupyter": fault_of_jupyter,
}
