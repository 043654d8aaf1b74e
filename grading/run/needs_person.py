"""What a run leaves to people, with names, in few lines: no marks, answers to read, limits, unusual ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grading.roster import listed
from grading.run.journal import Key, Record
from grading.run.look import reasons, waiting
from grading.run.schema import is_ours
from grading.status import Status, SubmissionStatus

MOST_NAMED = 8
NOTHING_TO_DO = "You need to do nothing, unless a student asks: the feedback pages name the limit."
FORMGRADER = "Read them in the formgrader: run `.venv/bin/jupyter lab`, choose Nbgrader, then Formgrader."


def needs_person(records: Mapping[Key, Record], keys: Sequence[Key]) -> list[str]:
    """Return a line for each kind of task that only a person can do; [] if there are no tasks.

    keys: the submissions of the run, by assignment and student.
    """
    known = {key: records[key] for key in sorted(keys) if _is_known(records.get(key, {}))}
    return [*_without_marks(known), *_to_read(known), *_limits(known), *_to_look_at(known)]


def _is_known(record: Record) -> bool:
    """Tell whether this version understands the record."""
    return is_ours(record) and SubmissionStatus.known(record.get("status")) is not None


def _without_marks(records: Mapping[Key, Record]) -> Iterator[str]:
    for name, own in _by_assignment(records).items():
        found = [who for who, record in own.items() if not SubmissionStatus(record["status"]).has_marks]
        if found:
            yield f"No marks: {name}: {listed(found, MOST_NAMED)}. `marks.csv` says why, and what to do."


def _to_read(records: Mapping[Key, Record]) -> Iterator[str]:
    found = []
    for name, own in _by_assignment(records).items():
        asked = {who: waiting(record) for who, record in own.items() if waiting(record)}
        answers = sum(map(len, asked.values()))
        if asked:
            what = "answer" if answers == 1 else "answers"
            found.append(f"{name}: {answers} {what} of {listed(asked, MOST_NAMED)}")
    if found:
        yield f"To read: {'; '.join(found)}. {FORMGRADER}"


def _limits(records: Mapping[Key, Record]) -> Iterator[str]:
    for name, own in _by_assignment(records).items():
        hit = [f"{who} ({told})" for who, record in own.items() if (told := _limits_of(record))]
        if hit:
            yield f"Limits hit: {name}: {listed(hit, MOST_NAMED)}. {NOTHING_TO_DO}"


def _limits_of(record: Record) -> str:
    """Return the questions that reached a limit, each with the name of the limit."""
    asked = record.get("questions", {}).items()
    known = {name: Status.known(told["status"]) for name, told in asked}
    return ", ".join(
        f"`{name.removeprefix('test-')}`: {status}"
        for name, status in known.items()
        if status and status.is_limit
    )


def _to_look_at(records: Mapping[Key, Record]) -> Iterator[str]:
    """Yield lines with marked submissions to look at for another reason. The report begins with these."""
    for name, own in _by_assignment(records).items():
        found = [who for who, record in own.items() if _is_odd(record)]
        if found:
            yield f"To look at: {name}: {listed(found, MOST_NAMED)}. `make report` says why, and what to do."


def _is_odd(record: Record) -> bool:
    has_marks = SubmissionStatus(record["status"]).has_marks
    return has_marks and any(not each.is_for_many for each in reasons(record))


def _by_assignment(records: Mapping[Key, Record]) -> dict[str, dict[str, Record]]:
    """Return the records of each assignment, by student."""
    found: dict[str, dict[str, Record]] = {}
    for (name, student), record in records.items():
        found.setdefault(name, {})[student] = record
    return found
