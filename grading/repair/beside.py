"""Show texts from other places, or a second version, above an answer for the person who marks it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from nbformat import NotebookNode

from grading.marking.nodes import new_cell
from grading.noted import KEY
from grading.repair.elsewhere import Unclaimed
from grading.repair.match import Known
from grading.repair.merge import Settled

MOST = 12  # texts that are shown beside one question; all are in the notebook
LONGEST = 6_000  # characters of one of them


def with_texts(
    cells: Sequence[NotebookNode],
    known: Sequence[Known],
    chosen: Settled,
    found: Mapping[str, Sequence[Unclaimed]],
) -> list[NotebookNode]:
    """Return the cells of the notebook; above each answer there are the texts that a person must see."""
    above = {name: [_found(text, name) for text in texts[:MOST]] for name, texts in found.items()}
    for place, text in chosen.disputed.items():
        above[known[place].grade_id] = [_other(text, test_of(place, known))]
    return [each for cell in cells for each in (*above.get(_name(cell), ()), cell)]


def disputes(known: Sequence[Known], chosen: Settled) -> list[str]:
    """Return the names of the tests whose answers have two written versions."""
    return list(dict.fromkeys(test_of(place, known) for place in sorted(chosen.disputed)))


def test_of(place: int, known: Sequence[Known]) -> str:
    """Return the name of the test that follows an answer."""
    return next((cell.grade_id for cell in known[place:] if cell.is_test), known[place].grade_id)


def _name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _found(found: Unclaimed, question: str) -> NotebookNode:
    made = _shown(f"Found in {plainly(str(replace(found.spot, begins='')))}", found.text, question)
    if found.attachments:
        made.attachments = dict(found.attachments)
    return made


def _other(text: str, question: str) -> NotebookNode:
    fence = "`" * max(3, 1 + max((len(ticks) for ticks in re.findall("`+", text)), default=0))
    made = _shown("The other version of this answer", f"{fence}python\n{text[:LONGEST]}\n{fence}", question)
    made.metadata[KEY]["code"] = text[:LONGEST]
    return made


def _shown(title: str, text: str, question: str) -> NotebookNode:
    rest = "\n\n(the rest is in its cell)" if len(text) > LONGEST + 100 else ""
    made = new_cell("markdown", f"**{title}:**\n\n{text[: LONGEST + 100]}{rest}")
    made.metadata[KEY] = {"beside": question}
    return made


def plainly(text: str) -> str:
    """Return the text in a form that Markdown shows unchanged."""
    return re.sub(r"([\\`*_{}\[\]<>#$|!~])", r"\\\1", text)
