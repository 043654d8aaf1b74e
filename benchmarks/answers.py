"""The written questions, their rubrics and marked sample answers, for docs/teach.md.

    .venv/bin/python -m benchmarks.answers

They are copied from the notebooks and from exercises/<assignment>/rubrics.py: so nobody types them twice.
`make build` runs this command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks.documents import ROOT, write_sections
from checks.authors.rubrics import Rubric, SampleAnswer
from grading.assignment import Assignment
from grading.course import load_course
from release.sources import assignments

COMMAND, TEACH = "python -m benchmarks.answers", "docs/teach.md"


def section() -> str:
    """Return the section that the command writes."""
    found = map(load_course(ROOT).assignment, assignments(ROOT))
    return "\n".join(line for each in found for line in _of_assignment(each)).strip()


def _of_assignment(assignment: Assignment) -> Iterator[str]:
    for name, rubric in assignment.rubrics().items():
        yield from (f"### `{assignment.name}`, `{name}`: {rubric.points:g} marks", "")
        yield from (*_quoted(question(assignment, name)), "")
        yield from _table(
            ("line", "marks", "what earns them"),
            ((f"`{line.name}`", f"{line.points:g}", line.says) for line in rubric.lines),
        )
        for sample in rubric.samples:
            yield from _of_sample(sample, rubric)


def _of_sample(sample: SampleAnswer, rubric: Rubric) -> Iterator[str]:
    yield from (f"**A {sample.name} answer: {sample.points:g} of {rubric.points:g} marks.**", "")
    yield from (*_quoted(" ".join(sample.text.split())), "")
    earned = ((f"`{line.name}`", sample.earned[line.name]) for line in rubric.lines)
    yield from _table(
        ("line", "marks", "why"), ((name, f"{each.points:g}", each.why) for name, each in earned)
    )


def question(assignment: Assignment, name: str) -> str:
    """Return the text of a written question, without its heading.

    It is in the last cell before the answer that begins with a heading.
    """
    cells = assignment.cells().cells
    (at,) = (i for i, cell in enumerate(cells) if cell.metadata.get("manual") == name)
    asked = next(cell.source for cell in reversed(cells[:at]) if cell.source.startswith("## "))
    return asked.partition("\n")[2].strip()


def _quoted(text: str) -> Iterator[str]:
    return (f"> {line}".rstrip() for line in text.splitlines())


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    yield from (f"| {' | '.join(each.replace('|', chr(92) + '|') for each in row)} |" for row in rows)
    yield ""


if __name__ == "__main__" and (ROOT / TEACH).is_file():
    write_sections(COMMAND, {TEACH: section()})
