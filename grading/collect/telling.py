"""What `collect` says: a table of what was found and what becomes of it, and what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from grading.collect.collecting import Seen
from grading.collect.plan import Decision, Step
from grading.roster import ROSTER, listed
from grading.submitted.names import shown

HEADER = ("student", "assignment", "handed in", "late", "what", "goes to", "from")
MOST_NAMED = 20
MEANS = {
    Step.NEW: "new",
    Step.NEWER: "newer than what is in submitted/, which becomes an attempt",
    Step.EARLIER: "earlier, kept as an attempt",
    Step.AS_RELEASED: "as released, kept as an attempt",
    Step.AGAIN: "the same as before: only the platform's name for it, or its time, is noted",
    Step.SAME: "as before",
}


def lines_of(seen: Seen) -> Iterator[str]:
    """Return the whole table, and below it what to look at, line by line."""
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
        says = "is work of one of them, too. Move it away, or make grade chooses"
        yield f"Look at this: submitted/{shown(place)} {says}."


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
                yield f"Left out, {each.attempt.student}: {why.rstrip('.')}."


def _names(seen: Seen) -> Iterator[str]:
    for name, students in seen.namesakes.items():
        says = (
            f"could be {' or '.join(students)}, who have one name. Write into {ROSTER} what tells them apart"
        )
        yield f"Look at this: {name} {says}, or rename the folder."
    if seen.unknown:
        who = listed(seen.unknown, MOST_NAMED)
        yield f"Not in {ROSTER}: {who}. They are called as the download calls them: correct {ROSTER} first."
    if seen.unknown is None and seen.plans:
        yield f"There is no {ROSTER}, so students are called as the download calls them."
