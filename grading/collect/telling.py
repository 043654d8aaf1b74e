"""The output of `collect`: a table of the submissions with the decisions, and places to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from grading.collect.collecting import Seen
from grading.collect.plan import Decision, Step
from grading.roster import ROSTER, listed
from grading.submitted.names import shown

HEADER = ("student", "assignment", "handed in", "late", "what", "goes to", "from")
MOST_NAMED = 20
CORRECT = f"If a name is wrong, correct {ROSTER} before you write."
TELL_APART = (
    f"If the download also has an id, a login or an email of each, write these into {ROSTER}. If not, "
    f"rename the folders in submitted/ and attempts/ after they are written, as {ROSTER} calls these "
    "students."
)
MOVE_IT = "Move it out of submitted/. Otherwise `make grade` decides which of the two it marks."
MEANS = {
    Step.NEW: "new",
    Step.NEWER: "newer than the work in submitted/, which becomes an attempt",
    Step.EARLIER: "earlier, kept as an attempt",
    Step.AS_RELEASED: "as released, kept as an attempt",
    Step.AGAIN: "the same as before: only its name on the platform, or its time, is stored",
    Step.SAME: "as before",
}


def lines_of(seen: Seen) -> Iterator[str]:
    """Yield the whole table, and below it the places to look at, line by line."""
    rows = [_row(each, plan.kept_as) for plan in seen.plans for each in plan.decisions]
    if rows:
        yield from _table([HEADER, *rows])
        yield ""
        yield f"{_counted(seen)}."
    yield from _left_out(seen)
    for each in seen.refused:
        whose = f" ({each.student}, {each.assignment})" if each.student else ""
        yield f"Not taken: {shown(each.place)}{whose}: {each.why.rstrip('.')}."
    yield from _names(seen)
    for place in seen.elsewhere:
        says = "is also work of a student in the table above, but it lies in another place"
        yield f"Look at this: submitted/{shown(place)} {says}. {MOVE_IT}"


def _row(decision: Decision, kept_as: int) -> tuple[str, ...]:
    each = decision.attempt
    when = f"{each.when:%Y-%m-%d %H:%M} UTC" if each.when else "not said"
    return (
        each.student,
        each.assignment,
        when,
        "late" if each.late else "",
        str(decision.step),
        _place(decision, kept_as),
        shown(each.place) if each.notebook else f"{shown(each.place)} (no notebook)",
    )


def _place(decision: Decision, kept_as: int) -> str:
    if decision.step.is_marked:
        return f"submitted/ (before: attempt {kept_as})" if kept_as else "submitted/"
    return f"attempt {decision.number}" if decision.number else "-"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        yield "  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip()


def _counted(seen: Seen) -> str:
    counts = Counter(each.step for plan in seen.plans for each in plan.decisions)
    return "; ".join(f"{counts[step]} {MEANS[step]}" for step in Step if counts[step])


def _left_out(seen: Seen) -> Iterator[str]:
    for plan in seen.plans:
        for each in plan.decisions:
            for why in each.attempt.left_out:
                yield f"Left out of the work of {each.attempt.student}: {why.rstrip('.')}."


def _names(seen: Seen) -> Iterator[str]:
    for name, students in seen.namesakes.items():
        says = f"could be {' or '.join(students)}: these students have the same name"
        yield f"Look at this: '{name}' {says}. {TELL_APART}"
    if seen.unknown:
        who = listed(seen.unknown, MOST_NAMED)
        yield f"Not in {ROSTER}: {who}. They keep the names of the download. {CORRECT}"
    if seen.unknown is None and seen.plans:
        yield f"There is no {ROSTER}, so students keep the names of the download."
