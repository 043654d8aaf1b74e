"""Add or remove one policy: show whose marks change, write the file, and let the policy count at once.

No submission is run. The gradebook, feedback pages, results.jsonl and marks.csv are written again with the
marks that count now.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from statistics import fmean

from grading.course import Course
from grading.policies.known import KnownNames
from grading.policies.listing import listing, strangers, taken_back
from grading.policies.policy import POLICIES
from grading.policies.read import Policies, policies_of, read_policies
from grading.policies.verbs import VERBS
from grading.policies.write import NotThere, edited, save, text_of
from grading.run.alone import alone
from grading.run.contained import contained
from grading.run.course import ClassRun
from grading.run.gradebook import MarkBook
from grading.run.journal import Key
from grading.run.options import Options
from grading.run.rows import Rows
from grading.run.ruled import known_names
from grading.run.sound import new_book, require_sound
from grading.run.totals import Total
from grading.settings import Settings

MOST_LINES = 12  # if the marks of more students change, the output has no line for each student
NOTHING_YET = "Nothing of it has been marked yet. It counts from the first `make grade` on."


CANNOT_BE = f"this policy cannot be, so {POLICIES} is as it was:"
NO_SUCH = f"{POLICIES} has no such policy: `.venv/bin/python -m grading policy list` shows all."


@dataclass(frozen=True)
class Changed:
    """The result of a change. mark_again: whether a submission of the student must be marked again."""

    student: str = ""
    mark_again: bool = False


@dataclass
class Change:
    """A change of policies.toml: the new text of the file, and the policies before and after."""

    run: ClassRun
    assignment: str
    text: str
    before: Policies
    after: Policies
    failed: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[Key]:
        """The submissions that have marks."""
        found = self.run.records.items()
        return sorted(key for key, record in found if key[0] == self.assignment and "total" in record)

    def totals(self, policies: Policies) -> dict[str, Total]:
        """Return the total that each student would have with these policies."""
        with closing(MarkBook(self.run.folders.db_url, self.run.config, policies)) as marks:
            return marks.preview(self.assignment, self.run.records)

    def apply(self) -> int:
        """Write the marks that count now; return how many feedback pages are new."""
        boxed = Settings(config=self.run.config).box
        with closing(MarkBook(self.run.folders.db_url, self.run.config, self.after)) as marks:
            marks.settle(self.assignment, self.run.records)
            rows = Rows(self.run.kept, self.run.received, marks)
            steps = [(key[1], partial(rows.settled, key, boxed)) for key in self.keys]
            pages = [contained(student, step, self.failed.append) for student, step in steps]
            self.run.write_tables(marks)
        return sum(map(bool, pages))


def change(course: Course, args: Namespace) -> Changed:
    """Do what a command of `policy` asks for. Raises ValueError, which names what is not understood.

    If anything is wrong, or with `dry_run`, nothing is written.
    """
    name = course.assignment(args.assignment).name
    run = ClassRun(Options([name], course, out=args.out))
    run.out.mkdir(parents=True, exist_ok=True)
    with alone(run.out), closing(run.received):
        require_sound(run.folders.db_url)
        run.kept.read()
        known = known_names(run)
        made = _made(run, name, known, args)
        has_marks = made.keys and not new_book(run.folders.db_url)
        if args.verb == "attempt":
            return _attempt(made, known.student(args.student), args)
        for line in _shown(made) if has_marks else [NOTHING_YET]:
            print(line)
        if not args.dry_run:
            print(_done(made, args, has_marks))
        for each in strangers(made.after, known):
            print(f"Look at this: {each}.")
    return Changed()


def _made(run: ClassRun, name: str, known: KnownNames, args: Namespace) -> Change:
    """Return the change, after checking it. Raises ValueError if it is not possible."""
    root, verb = run.course.root, VERBS[args.verb]
    before = read_policies(root, known)
    try:
        edit = (verb.take if args.undo else verb.put)(args, known)
        text = edited(text_of(root), name, edit)
    except NotThere:
        raise ValueError(NO_SUCH) from None
    return Change(run, name, text, before, policies_of(text, known, CANNOT_BE))


def _attempt(made: Change, student: str, args: Namespace) -> Changed:
    """Write only the file: marking does the rest."""
    if not args.dry_run:
        save(made.run.course.root, made.text)
        print(f"Written: {POLICIES}. The submission of {student} is marked now.{_undo(args)}")
    else:
        print(f"The submission of {student} would be marked again. Nothing is written.")
    return Changed(student, mark_again=True)


def _done(made: Change, args: Namespace, has_marks: bool) -> str:
    """Write the file and the marks that count, and return sentences that say what was written."""
    path = save(made.run.course.root, made.text)
    written = [f"Written: {path}."]
    if has_marks:
        pages, table = _several(made.apply(), "feedback page"), made.run.out / "marks.csv"
        written.append(f"The gradebook, {table} and {pages} have it now.")
        written += [f"Look at this: {each}" for each in made.failed]
    return "\n".join(written) + _undo(args)


def _undo(args: Namespace) -> str:
    """Return a line that says how to undo the change; "" if the change undoes another one."""
    about = [getattr(args, name) for name in VERBS[args.verb].names]
    return "" if args.undo else f"\nTo take it back: {taken_back(args.verb, *about)}"


def _shown(made: Change) -> Iterator[str]:
    """Yield sentences that say whose marks change, and by how much."""
    before, after = made.totals(made.before), made.totals(made.after)
    yield from said(made.assignment, before, after)


def said(name: str, before: Mapping[str, Total], after: Mapping[str, Total]) -> Iterator[str]:
    """Yield sentences that say how totals change: the points, how many students, and how much."""
    points = [next((each.most for each in told.values()), 0.0) for told in (before, after)]
    if points[0] != points[1]:
        yield f"{name}: the total is out of {points[1]:g} marks now, instead of {points[0]:g}."
    changed = [who for who in sorted(after) if after[who].mark != before[who].mark]
    if not changed:
        yield f"{name}: no mark changes, of {_several(len(after), 'student')}."
        return
    by = {who: (after[who].mark or 0) - (before[who].mark or 0) for who in changed}
    most = max(by, key=lambda who: abs(by[who]))
    have = f"the marks of {len(changed)} of {_several(len(after), 'student')} change"
    yield f"{name}: {have}, by {fmean(by.values()):+.2f} on average, at most by {by[most]:+g} ({most})."
    yield from _lines(changed, before, after)


def _lines(changed: Sequence[str], before: Mapping[str, Total], after: Mapping[str, Total]) -> Iterator[str]:
    if len(changed) <= MOST_LINES:
        yield from (f"  {who}: {before[who]} before, {after[who]} now" for who in changed)


def _several(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def show_all(course: Course, names: Sequence[str]) -> int:
    """Print all policies of a course; return the exit code."""
    names = [course.assignment(name).name for name in names]
    run = ClassRun(Options([], course))
    with closing(run.received):
        run.kept.read()
        known = known_names(run)
        policies = read_policies(course.root, known)
        unknown = [f"Look at this: {each}." for each in strangers(policies, known)]
        lines = [*listing(policies, names), *unknown]
    print("\n".join(lines or [f"There are no policies: {POLICIES} has none. `policy --help` shows each."]))
    return 0
