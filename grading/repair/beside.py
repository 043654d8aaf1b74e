"""What is shown above an answer for who marks it: texts from elsewhere, and a second version."""

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
    """Return the cells of the notebook, and above each answer what a person must see beside it."""
    above = {name: [_found(text, name) for text in texts[:MOST]] for name, texts in found.items()}
    for place, text in chosen.disputed.items():
        above[known[place].grade_id] = [_other(text, test_of(place, known))]
    return [each for cell in cells for each in (*above.get(_name(cell), ()), cell)]


def disputes(known: Sequence[Known], chosen: Settled) -> list[str]:
    """Return the tests of answers of which two versions are written."""
    return list(dict.fromkeys(test_of(place, known) for place in sorted(chosen.disputed)))


def test_of(place: int, known: Sequence[Known]) -> str:
    """The name of the test that follows an answer."""
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
    """The text such that Markdown shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#$|!~])", r"\\\1", text)
