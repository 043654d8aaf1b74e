"""The texts about the speed of marking: a table, a sentence, and an estimate for a large class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.watch import Taken
from grading.box.limits import Limits
from grading.run.local import cores

NAME, WORKERS = "gaussian-mixture", 2
# an imagined class: submissions, workers, and submissions that exceed all limits
LARGE, MACHINES, STUCK = 50_000, 48, 500


@dataclass(frozen=True)
class ClassTimes:
    """The measurements."""

    stock: Taken
    stock_students: int
    drawn: Taken  # `make grade` with figures, as stock nbgrader makes them
    ours: Taken
    students: int
    memory: float  # MB of a worker of `make grade`, with all processes that it started
    task: float  # seconds that a task of one second takes on a dask worker
    writing: float  # seconds for each submission in the process that writes the results
    report: float  # seconds for the report on all submissions


def table(found: ClassTimes) -> str:
    """Return the figures as Markdown."""
    minutes, cpu = _rates(found)
    lines = [
        f"Marking `{NAME}` on {cores()} cores, each student hands in the reference",
        "",
        f"| | `nbgrader autograde`, {found.stock_students} students "
        f"| `make grade` with figures, {found.students} students | `make grade`, {found.students} students |",
        "|---|---|---|---|",
        _row("submissions per minute", minutes, "{:.1f}"),
        _row("CPU seconds per submission", cpu, "{:.2f}"),
        _row("memory for marking one submission, MB", (found.stock.memory, None, found.memory), "{:,.0f}"),
        "",
        f"On {WORKERS} dask workers a task of one second takes {100 * (found.task - 1):.1f}% longer than "
        f"one second. The process that started the run takes {found.writing:.3f} seconds to read a "
        f"submission and to write its results. The report on all {found.students} submissions takes "
        f"{found.report:.1f} seconds.",
    ]
    return "\n".join(lines)


def line(found: ClassTimes) -> str:
    """Return the sentence above the table."""
    minutes, _ = _rates(found)
    return (
        f"On {cores()} cores `make grade` marks {minutes[-1]:.1f} submissions of `{NAME}` a minute, "
        f"{minutes[-1] / minutes[0]:.2f} times as many as nbgrader as it comes. A submission that is being "
        f"marked takes {found.memory:,.0f} MB of memory."
    )


def sums(found: ClassTimes) -> str:
    """Return the estimate for docs/many-machines.md: a class that is too large for one machine."""
    one, on_top, writing = round(found.ours.cpu / found.students, 2), found.task - 1, round(found.writing, 3)
    each = round(one + on_top, 3)
    longest = Limits().notebook_seconds
    return f"""\
| | quantity | measured |
|---|---|---|
| S | CPU seconds for a submission, with its share of the start | {one:.2f} |
| D | seconds that a dask worker needs on top, for each submission | {on_top:.3f} |
| W | seconds to read a submission and write what came of it, one after the other | {writing:.3f} |

With C workers, {LARGE:,} submissions take {LARGE:,} x (S + D) / C seconds, but never less than \
{LARGE:,} x W. So more than (S + D) / W workers, here {each / writing:.0f}, do not help. On {MACHINES} \
workers: {LARGE:,} x {each:.3f} / {MACHINES} = {LARGE * each / MACHINES:,.0f} seconds. Writing takes \
{LARGE:,} x {writing:.3f} = {LARGE * writing:,.0f} of these.

This estimate assumes that every submission is correct. A submission that runs into each of its limits \
takes {longest:,.0f} seconds. {STUCK} of them in {LARGE:,} add {STUCK} x {longest:,.0f} / {MACHINES} = \
{STUCK * longest / MACHINES:,.0f} seconds."""


def _rates(found: ClassTimes) -> tuple[list[float], list[float]]:
    """Return two rows: submissions per minute, and CPU seconds per submission.

    The columns are stock nbgrader, `make grade` with figures, and `make grade`.
    """
    ways = [(found.stock, found.stock_students), (found.drawn, found.students), (found.ours, found.students)]
    minutes = [students * 60 / each.seconds for each, students in ways]
    return minutes, [each.cpu / students for each, students in ways]


def _row(what: str, values: Sequence[float | None], form: str) -> str:
    """Return a row of the table: each value, and in brackets its multiple of stock nbgrader's value."""
    cells = ["" if each is None else f"{form.format(each)} ({each / values[0]:.2f})" for each in values]
    return f"| {what} | {' | '.join(cells)} |"
