"""Change policies.toml: add or remove one policy. Everything else that people wrote stays, also comments."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.container import OutOfOrderTableProxy
from tomlkit.items import AoT, InlineTable, Table

from grading.files import replace_file
from grading.policies.policy import POLICIES

HEAD = (
    "# Policies of this course: your decisions that change the marks of the grader. See docs/policies.md.\n"
)
CANNOT_EDIT = (
    f"in {POLICIES}, '{{0}}' has a form that this command cannot change. Write [{{0}}] in a separate "
    "line, with its keys in the lines below. Then run the command again. Nothing was changed."
)
Edit = Callable[[Table], None]
Same = Callable[[str, str], bool]  # whether two names, as people write them, mean the same question
SameIn = Callable[[str, str, str], bool]  # the same for names in an entry; its key is the first argument


class NotThere(ValueError):
    """A policy that is to be undone does not exist."""


def text_of(root: Path) -> str:
    """Return the text of policies.toml; only a heading if there is no such file."""
    path = root / POLICIES
    return path.read_text(encoding="utf-8-sig") if path.exists() else HEAD


def edited(text: str, assignment: str, edit: Edit) -> str:
    """Return the text with the table of an assignment edited. Raises NotThere."""
    document = tomlkit.parse(text)
    if isinstance(document.get(assignment), OutOfOrderTableProxy):
        raise ValueError(CANNOT_EDIT.format(assignment))
    if assignment not in document:
        if not text.endswith("\n\n"):
            document.add(tomlkit.nl())
        document.add(assignment, tomlkit.table())
    table = document[assignment]
    edit(table)
    if not table:
        document.remove(assignment)
    made = tomlkit.dumps(document)
    if not _says(made, document.unwrap()):
        raise ValueError(CANNOT_EDIT.format(assignment))
    return made


def _says(text: str, told: Mapping[str, Any]) -> bool:
    """Tell whether a reader finds the new values in the text: some forms of TOML cannot be extended."""
    try:
        return tomllib.loads(text) == told
    except tomllib.TOMLDecodeError:
        return False


def save(root: Path, text: str) -> Path:
    """Write the whole of policies.toml. Only its owner may read it: it has students' names and reasons."""
    path = replace_file(root / POLICIES, text)
    path.chmod(0o600)
    return path


def set_value(key: str, value: Any) -> Edit:
    """Return the edit that gives a key a value."""

    def edit(table: Table) -> None:
        table[key] = value

    return edit


def remove_value(key: str) -> Edit:
    """Return the edit that removes a key. The edit raises NotThere if the key is not there."""

    def edit(table: Table) -> None:
        if key not in table:
            raise NotThere
        table.remove(key)

    return edit


def add_name(key: str, name: str, same: Same) -> Edit:
    """Return the edit that adds a name to a list, if the name is not in the list."""

    def edit(table: Table) -> None:
        names = table.setdefault(key, tomlkit.array())
        if not any(same(each, name) for each in names):
            names.append(name)

    return edit


def remove_name(key: str, name: str, same: Same) -> Edit:
    """Return the edit that removes a name from a list. The edit raises NotThere if it is not there."""

    def edit(table: Table) -> None:
        names = table.get(key, [])
        found = [at for at, each in enumerate(names) if same(each, name)]
        if not found:
            raise NotThere
        for at in reversed(found):
            del names[at]
        if not names:
            table.remove(key)

    return edit


def set_in_table(key: str, name: str, value: Any, same: Same) -> Edit:
    """Return the edit that gives a name a value in the table of a key."""

    def edit(table: Table) -> None:
        inner = table.setdefault(key, tomlkit.inline_table())
        there = next((each for each in inner if same(each, name)), name)
        inner[there] = value

    return edit


def remove_in_table(key: str, name: str, same: Same) -> Edit:
    """Return the edit that removes a name from the table of a key. The edit raises NotThere."""

    def edit(table: Table) -> None:
        there = next((each for each in table.get(key, {}) if same(each, name)), None)
        if there is None:
            raise NotThere
        table[key].remove(there)
        if not table[key]:
            table.remove(key)

    return edit


def put_entry(key: str, about: Mapping[str, str], more: Mapping[str, Any], same: SameIn) -> Edit:
    """Return the edit that writes an entry. An entry about the same names is changed in its place."""

    def edit(table: Table) -> None:
        entries = table.setdefault(key, tomlkit.array() if isinstance(table, InlineTable) else tomlkit.aot())
        at = _place(entries, about, same)
        if at is None:
            entries.append(_entry({**about, **more}, inline=not isinstance(entries, AoT)))
            return
        entry = entries[at]
        for name in [each for each in entry if each not in about and each not in more]:
            entry.remove(name)
        for name, value in more.items():
            entry[name] = value

    return edit


def remove_entry(key: str, about: Mapping[str, str], same: SameIn) -> Edit:
    """Return the edit that removes an entry. The edit raises NotThere if there is no such entry."""

    def edit(table: Table) -> None:
        entries = table.get(key, [])
        at = _place(entries, about, same)
        if at is None:
            raise NotThere
        del entries[at]
        if not entries:
            table.remove(key)

    return edit


def _entry(told: Mapping[str, Any], inline: bool) -> Table | InlineTable:
    made = tomlkit.inline_table() if inline else tomlkit.table()
    for name, value in told.items():
        made[name] = value
    return made


def _place(entries: AoT | list, about: Mapping[str, str], same: SameIn) -> int | None:
    """Return the position of the entry about these names; None if there is no such entry."""
    for at, entry in enumerate(entries):
        if all(same(name, str(entry.get(name, "")), value) for name, value in about.items()):
            return at
    return None
