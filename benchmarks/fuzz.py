"""Odd inputs by the thousand, for everything of ours that reads what a submission made.

Notebooks are repaired, given odd outputs, presented and shown on a page; bytes of a box are unpacked; HTML is
cleaned. Nothing may raise what we did not think of, take long, become large, or act in a browser.
"""

from __future__ import annotations

import contextlib
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import nbformat
import numpy as np
from hostile_html import assert_harmless, hostile
from nbformat import NotebookNode
from numpy.random import Generator

from benchmarks.documents import MEASUREMENTS, Texts
from benchmarks.odd import LONGEST, bases, changed_bytes, notebook, outputs, value
from grading.box.limits import Limits
from grading.build.hidden import drawing_of
from grading.course import find_course
from grading.marking.job import CellResult
from grading.marking.jobs import is_test, job_of
from grading.marking.present import present
from grading.noted import Noted
from grading.pages.feedback import Told, feedback_page
from grading.pages.safe_html import markdown_to_safe_html, safe_html
from grading.pages.written import written
from grading.protocol.outputs import outputs_of
from grading.protocol.plain import Garbage, NotPlain, pack, unpack
from grading.repair import Unreadable, repaired, unreadable
from grading.status import Status

NAME, MINUTES, SEED, MOST_MB = "gaussian-mixture", 60.0, 17, 4_000
NAMED = 10  # surprises that are told
Checked = Callable[[Generator], int]  # does something with one input, returns how many bytes came of it


@dataclass
class Found:
    """What came of one kind of input. surprises: the number of an input, and what was wrong with it."""

    tried: int = 0
    seconds: list[float] = field(default_factory=list)
    slowest: int = 0
    largest: int = 0
    surprises: list[tuple[int, str]] = field(default_factory=list)


def measured(minutes: float = MINUTES) -> Texts:
    """Try for so many minutes, and return what the document says."""
    return {MEASUREMENTS: table(fuzz(minutes))}


def fuzz(minutes: float, first: int = 0) -> dict[str, Found]:
    """Try inputs of each kind in turn, from this number on."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MB * 2**20, MOST_MB * 2**20))
    checks, end, number = kinds(), time.monotonic() + 60 * minutes, first
    found = {name: Found() for name in checks}
    while time.monotonic() < end:
        for name, check in checks.items():
            once(found[name], name, check, number)
        number += 1
    return found


def once(found: Found, name: str, check: Checked, number: int) -> None:
    """Try one input. The same number is the same input, whatever was tried before."""
    rng = np.random.default_rng([SEED, *name.encode(), number])
    begin = time.process_time()
    try:
        found.largest = max(found.largest, check(rng))
    except (Exception, AssertionError) as error:
        found.surprises.append((number, f"{type(error).__name__}: {error}"[:300]))
        print(f"{name} {number}: {found.surprises[-1][1]}", flush=True)
    found.seconds.append(time.process_time() - begin)
    found.tried += 1
    if found.seconds[-1] == max(found.seconds):
        found.slowest = number


def kinds() -> dict[str, Checked]:
    """Return what is tried, by its name."""
    course, known = find_course(), bases()
    assignment = course.assignment(NAME)
    source, release = (
        nbformat.read(path, as_version=4) for path in (assignment.solution, assignment.release)
    )

    def shown(rng: Generator) -> int:
        nb = _repaired(source, release, notebook(rng, known))
        boundaries = (Limits(), True, assignment.source.parent, drawing_of(assignment))
        job = job_of(nb, source, *boundaries, world=course.world)
        results = [_result(rng, cell) for cell in nb.cells if cell.cell_type == "code"]
        made = present(nb, job, results, "a box")
        page = feedback_page(made, Told("ada", NAME, 1.0, 40.0))
        return max(len(page.encode()), len(nbformat.writes(made).encode()))

    return {"notebooks": shown, "values": _unpacked, "HTML": _cleaned}


def _repaired(source: NotebookNode, release: NotebookNode, data: bytes) -> NotebookNode:
    try:
        nb = repaired.__wrapped__(source, release, data)
    except Unreadable as error:
        nb = unreadable(source, release, error)
    noted = Noted.of(nb)
    noted.write(nb)
    return nb


def _result(rng: Generator, cell: NotebookNode) -> CellResult:
    """What may come of a cell."""
    if is_test(cell):
        status = rng.choice([Status.PASSED, Status.FAILED, Status.TIME_LIMIT, Status.ERROR])
        return CellResult(mark=float(rng.integers(3)), status=status, why=hostile(rng, 20)[:500])
    return CellResult(outputs_of(outputs(rng)), error=str(rng.choice(["", "ValueError"])))


def _unpacked(rng: Generator) -> int:
    """Bytes that a box may send: those of a value, changed."""
    with contextlib.suppress(NotPlain):
        sent = pack(value(rng) if rng.random() < 0.5 else outputs(rng))
        for _ in range(rng.integers(4)):
            sent = changed_bytes(rng, sent)
        with contextlib.suppress(Garbage):
            got = unpack(sent)
            return len(sent) + len(str(outputs_of(got if isinstance(got, list) else [got])))
    return 0


def _cleaned(rng: Generator) -> int:
    text = hostile(rng, LONGEST)
    pasted: dict[str, Any] = {"a.png": {"image/png": "AAAA"}}
    made = [
        str(written(text, pasted)),
        safe_html(text),
        markdown_to_safe_html({"cell": {"attachments": pasted}}, text),
    ]
    for each in made:
        assert_harmless(each)
    return max(map(len, made))


def table(found: dict[str, Found]) -> str:
    """Return the table, and below it the surprises."""
    rows = ["| | tried | CPU seconds, median | CPU seconds, maximum | largest result, kB | surprises |"]
    rows += ["|---|---|---|---|---|---|", *(_row(name, each) for name, each in found.items())]
    return "\n".join([*rows, *_surprises(found)])


def _row(name: str, each: Found) -> str:
    middle, most = np.median(each.seconds), max(each.seconds)
    size = each.largest / 1000
    return f"| {name} | {each.tried:,} | {middle:.4f} | {most:.2f} | {size:,.0f} | {len(each.surprises)} |"


def _surprises(found: dict[str, Found]) -> Iterator[str]:
    told = [(name, *each) for name, of in found.items() for each in of.surprises[:NAMED]]
    yield from ["", *(f"- {name} {number}: {said}" for name, number, said in told)] if told else []
