"""`python -m grading doctor`: find the results that are broken, and repair those that can be repaired.

Nothing is marked. The gradebook gets back what results.jsonl has for each submission, also marks by hand and
comments. The table of marks, results.jsonl and feedback pages are written again. A file that cannot be read
is not overwritten: it is renamed first.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Set
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from grading.files import keep_aside
from grading.noted import Noted
from grading.pages.feedback import feedback_page
from grading.repair import Unreadable
from grading.run.alone import alone
from grading.run.contained import contained
from grading.run.course import ClassRun
from grading.run.gradebook import MarkBook, make_book, register
from grading.run.journal import RESULTS, STRANGE, Key, Record, read_journal
from grading.run.kept import names_of
from grading.run.records import MARKS
from grading.run.ruled import policies_for
from grading.run.schema import is_valid
from grading.run.sound import DamagedGradebook, book_file, new_book, require_sound
from grading.settings import Settings
from grading.submitted.times import HandedInTime

MARK_AGAIN = "`make grade` marks these again"
DUE = "if there were due dates, they are lost: set them again in the formgrader, then run `make grade`"
ASIDE = f"Such lines are kept in {STRANGE}. `make grade` marks a submission again if it has no other line"
LACKS = f"the gradebook lacks these, and {RESULTS} does not say enough"
BY_HAND = "`make grade` marks these again if they are in submitted/; if not, give their marks by hand"
TAKEN_OFF = "Until then nothing is taken off for being late; this concerns {}"


@dataclass
class Diagnosis:
    """Sentences that say what was repaired, and what was not."""

    mended: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def mend(run: ClassRun, found: Diagnosis) -> None:
    """Repair what can be repaired, and note it at once. Raises GradebookError for an unusable gradebook."""
    with alone(run.out), closing(run.received):
        run.kept.read()
        run.policies = policies_for(run)
        if lines := len(read_journal(run.out).not_understood):
            run.kept.write()
            found.mended.append(f"{_lines(lines)} cannot be read. {ASIDE}")
        _see_to_the_book(run, found)
        known = set[Key]()
        if run.records or not new_book(run.folders.db_url):
            with closing(MarkBook(run.folders.db_url, run.config, run.policies)) as marks:
                _put_back(run, marks, found)
                known = marks.known(run.records)
                _see_to_files(run, marks, known, found)
                run.write_tables(marks)
        _see_to_others(run, known, found)


def _see_to_the_book(run: ClassRun, found: Diagnosis) -> None:
    """Rename a damaged gradebook, with the files that SQLite keeps next to it. Make a missing one again."""
    url = run.folders.db_url
    try:
        require_sound(url)
    except DamagedGradebook:
        path = book_file(url)
        aside = keep_aside(path, "damaged")
        for end in ("-journal", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
        found.mended.append(f"{path.name} was damaged and is kept as {aside.name}")
    if run.records and (name := new_book(url)):
        make_book(run.config)
        found.mended.append(f"a new {name} was made")


def _put_back(run: ClassRun, marks: MarkBook, found: Diagnosis) -> None:
    """Write submissions that the gradebook does not have into it, from results.jsonl."""
    here = {each.name: each for each in run.course.assignments()}
    lost, dated = sorted(run.kept.lost(marks.known(run.records))), marks.assignments()
    back = [key for key in lost if key[0] in here and is_valid(run.records[key])]
    for name in sorted({name for name, _ in back}):
        register(here[name], run.config)
    back = [key for key in back if contained(key[1], partial(_restore, run, marks, key), found.left.append)]
    for name in sorted({name for name, _ in back}):
        marks.settle(name, run.records)
    if back:
        found.mended.append(f"the marks and comments of these were put back from {RESULTS}: {names_of(back)}")
    lasting = {name for name, policy in run.policies.by_assignment.items() if policy.due}
    if undated := [run.records[key] for key in back if key[0] not in dated | lasting]:
        found.left.append(_due(undated))
    if rest := sorted({*lost} - {*back}):
        found.left.append(f"{LACKS}. {BY_HAND}: {names_of(rest)}")


def _restore(run: ClassRun, marks: MarkBook, key: Key) -> bool:
    """Write one submission back into the gradebook; return True."""
    with contextlib.suppress(Unreadable, OSError):  # it may be gone from submitted/
        run.received.read(key[1], key[0])
    untouched = ()
    with contextlib.suppress(Exception):  # somebody changed the graded notebook, or it is gone
        untouched = Noted.of(run.kept.notebook(key)).untouched
    marks.restore(run.records[key], untouched, run.received.times.get(key, HandedInTime()))
    return True


def _due(records: Iterable[Record]) -> str:
    late = [(each["assignment"], each["student"]) for each in records if each.get("penalty")]
    return f"{DUE}. {TAKEN_OFF.format(names_of(late))}" if late else DUE


def _see_to_files(run: ClassRun, marks: MarkBook, known: Set[Key], found: Diagnosis) -> None:
    """Write missing feedback pages again; name the files that only marking can make again."""
    boxed = Settings(config=run.config).box
    graded = sorted(key for key in known if "total" in run.records.get(key, {}))
    broken = [key for key in graded if not run.kept.has_notebook(key)]
    pages = [key for key in graded if key not in broken and not run.kept.has_page(key)]

    def page(key: Key) -> bool:
        run.kept.save_page(key, feedback_page(run.kept.notebook(key), marks.told(*key, boxed)))
        return True

    pages = [key for key in pages if contained(key[1], partial(page, key), found.left.append)]
    if pages:
        found.mended.append(f"feedback pages that were gone or broken are made again: {names_of(pages)}")
    if broken:
        found.left.append(f"graded notebooks are gone or broken. {MARK_AGAIN}: {names_of(broken)}")
    if bare := known - run.records.keys():
        found.left.append(f"some in the gradebook have no line in {RESULTS}. {MARK_AGAIN}: {names_of(bare)}")


def _see_to_others(run: ClassRun, known: Set[Key], found: Diagnosis) -> None:
    """Name submissions with a graded notebook, but with no line and no place in the gradebook any more."""
    graded = [
        (each.name, path.parent.parent.name)
        for each in run.course.assignments()
        for path in (Path(run.folders.root) / run.folders.autograded_directory).glob(f"*/{each.name}/*.ipynb")
    ]
    if bare := sorted({*graded} - known - run.records.keys()):
        found.left.append(f"graded notebooks have no line in {RESULTS}. {MARK_AGAIN}: {names_of(bare)}")


def _lines(number: int) -> str:
    return f"1 line of {RESULTS}" if number == 1 else f"{number} lines of {RESULTS}"


def mend_and_tell(run: ClassRun) -> int:
    """Repair; print what was repaired and what is left. Return 1 if something is left to do, otherwise 0."""
    found = Diagnosis()
    try:
        mend(run, found)
    finally:  # an error may stop the repair: print what was done before
        for sentence in found.mended:
            print(f"Made whole: {sentence}.")
        for sentence in found.left:
            print(f"Left to do: {sentence}.")
    if not (found.mended or found.left):
        print("Nothing is broken.")
    if run.records:
        print(f"Written: {Path(run.out) / MARKS}")
    return 1 if found.left else 0
