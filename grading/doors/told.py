"""Notes for a person who exports marks: missing marks, totals that are not final, broken files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from grading.doors.export import MOST_NAMED, ClassTotals, not_final, without_mark
from grading.pages.render import capitalised
from grading.roster import listed, same_text
from grading.run.journal import Key, Record, read_records
from grading.run.outdated import WHY, outdated_in
from grading.run.standing import stands
from grading.run.unmarked import Unmarked, read_unmarked
from grading.run.unwell import broken_files
from grading.submitted.remarks import Oddity

READ = "Read these answers in the formgrader, run `make grade`, and export again."
EARLIER = {
    Oddity.UNREADABLE_NOW: "the work that is in submitted/ now cannot be read",
    Oddity.FAILED_NOW: "the grader failed in the last run",
}


def told_of(folder: Path, totals: ClassTotals) -> list[str]:
    """Return the sentences, each after the word for its kind. The steps to take follow the reason."""
    records, unread = read_records(folder), not_final(totals)
    return [
        *(f"No mark: {each}" for each in without_mark(totals)),
        *(f"Not final: {each}" for each in unread),
        *([READ] if unread else []),
        *(f"Look at this: {each}" for each in earlier(records, totals)),
        *(f"Out of date: {each}" for each in _outdated(records)),
        *(f"Look at this: {each}." for each in broken_files(folder)),
        *_missing(read_unmarked(folder, records)),
    ]


def earlier(records: Mapping[Key, Record], totals: ClassTotals) -> Iterator[str]:
    """Yield a sentence for each assignment and reason, about students whose total is from an earlier run."""
    found = defaultdict[tuple[str, Oddity], list[str]](list)
    for (name, student), record in records.items():
        if stands(record) and totals.totals.get((same_text(student), name)):
            kinds = {each["kind"] for each in record["remarks"]}
            found[name, next(kind for kind in EARLIER if kind in kinds)].append(student)
    for (name, kind), who in found.items():
        are, names = "total is" if len(who) == 1 else "totals are", listed(who, MOST_NAMED)
        yield f"{name}: {len(who)} {are} from an earlier run, because {EARLIER[kind]}: {names}."


def _outdated(records: Mapping[Key, Record]) -> Iterator[str]:
    """Yield a sentence for each assignment, about students whose total is for an earlier form of it."""
    for name, who in outdated_in(records).items():
        todo = "Run `make grade` for all students, and export again."
        yield f"{name}: {listed(who, MOST_NAMED)}. {capitalised(WHY)}. {todo}"


def _missing(missing: list[Unmarked]) -> list[str]:
    names = listed({each.student for each in missing}, MOST_NAMED)
    again = f"Not marked yet, because the last run was stopped: {names}. Run `make grade` again."
    return [again] if missing else []
