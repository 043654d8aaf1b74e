"""Thousands of odd inputs for all code of the grader that reads data from a submission.

Notebooks are repaired, given odd outputs, presented and shown on a page. Bytes of a box are unpacked. HTML is
cleaned. No input may cause an unexpected error, a long time, a large result, or a script in a browser.
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
NAMED = 10  # so many surprises are listed
Checked = Callable[[Generator], int]  # tries one input, returns the bytes of its result


@dataclass
class Found:
    """The results for one kind of input.

    slowest: the number of the slowest input. largest: the bytes of the largest result. surprises: for each
    input with an unexpected result, its number and what was wrong.
    """

    tried: int = 0
    seconds: list[float] = field(default_factory=list)
    slowest: int = 0
    largest: int = 0
    surprises: list[tuple[int, str]] = field(default_factory=list)


def measured(minutes: float = MINUTES) -> Texts:
    """Try inputs for so many minutes, and return what the document says."""
    return {MEASUREMENTS: table(fuzz(minutes))}


def fuzz(minutes: float, first: int = 0) -> dict[str, Found]:
    """Try inputs of each kind in turn, beginning with the input number `first`."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MB * 2**20, MOST_MB * 2**20))
    checks, end, number = kinds(), time.monotonic() + 60 * minutes, first
    found = {name: Found() for name in checks}
    while time.monotonic() < end:
        for name, check in checks.items():
            once(found[name], name, check, number)
        number += 1
    return found


def once(found: Found, name: str, check: Checked, number: int) -> None:
    """Try one input. The same number always gives the same input, whatever was tried before."""
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
    """Return the function that tries each kind of input, by the kind's name."""
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
    """Return a result that a cell may have."""
    if is_test(cell):
        status = rng.choice([Status.PASSED, Status.FAILED, Status.TIME_LIMIT, Status.ERROR])
        return CellResult(mark=float(rng.integers(3)), status=status, why=hostile(rng, 20)[:500])
    return CellResult(outputs_of(outputs(rng)), error=str(rng.choice(["", "ValueError"])))


def _unpacked(rng: Generator) -> int:
    """Unpack bytes that a box may send: a packed value, with some bytes changed."""
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
