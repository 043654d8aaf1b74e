"""The report of a class: one page that says what to explain again in class."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup, escape

from checks.report import with_elements
from grading.choices import there_are
from grading.course import Assignment, Course, find_course
from grading.files import replace_file
from grading.pages.render import render
from grading.report.alike import SMALLEST_CLASS, Shared, alike
from grading.report.everyone import Everyone, everyone
from grading.report.overview import Overview, hardest_of_all, monday, overview, to_do
from grading.report.results import Submission, read_results
from grading.report.sources import answers_of
from grading.roster import ROSTER, read_roster
from grading.run.journal import RESULTS, read_records
from grading.run.unclaimed import read_unclaimed
from grading.run.unmarked import Unmarked, read_unmarked
from grading.submitted.remarks import NotUnderstood

PAGE = "report.html"
AROUND = 1  # lines that are shown before and after lines that are alike
LINES_SHOWN, EXERCISES_SHOWN, MISTAKES_SHOWN = 40, 3, 8
LONGEST_WHOLE = 28  # characters of a name that is never broken into two lines: it fits a phone
STUDENTS_SHOWN = 12  # for a larger class, the table opens with a click
FIRST_SHOWN = 8  # submissions to look at first that are shown; more open with a click
POLICIES_SHOWN = 30  # lines for each assignment


def write_report(folder: Path, names: Sequence[str] = (), course: Course | None = None) -> Path:
    """Write folder/report.html from folder/results.jsonl, and return its path.

    names: only these assignments are reported. course: by default the course around the folder.
    Raises OSError if there are no results, ValueError if a named assignment has no results.
    """
    missing = read_unmarked(folder, read_records(folder))
    later = {(each.assignment, each.student) for each in missing}  # marked before, then handed in again
    submissions = [each for each in read_results(folder) if (each.assignment, each.student) not in later]
    _require_known(names, {each.assignment for each in submissions}, folder / RESULTS)
    chosen = [each for each in submissions if not names or each.assignment in names]
    if not chosen:
        raise ValueError(f"there are no results to report in {folder / RESULTS}.")
    in_order = groupby(chosen, key=lambda each: each.assignment)  # the results are sorted by assignment
    grouped = {name: list(each) for name, each in in_order}
    course = course or find_course(folder)
    overviews = [_overview(folder, Assignment(name, course), each) for name, each in grouped.items()]
    asked = [each for each in missing if not names or each.assignment in names]
    roster, unused = class_list(folder)
    left = (*read_unclaimed(folder), asked, partial(feedback_link, folder))
    all_of = everyone(grouped, asked, roster)
    return replace_file(folder / PAGE, page(overviews, course.palette, *left, all_of, unused))


def class_list(folder: Path) -> tuple[list[str], str]:
    """Return the students of students.csv, and the reason if the file cannot be read."""
    path = folder / ROSTER
    try:
        return ([row["student"] for row in read_roster(path)] if path.exists() else []), ""
    except (ValueError, OSError) as error:
        return [], str(error)


def feedback_link(folder: Path, student: str, assignment: str) -> str:
    """Return the address of a student's page, relative to the report; "" if there is no such page."""
    parts = "feedback", student, assignment, f"{assignment}.html"
    leads_away = any("/" in each or each in (".", "..") for each in parts)
    return quote("/".join(parts)) if not leads_away and folder.joinpath(*parts).is_file() else ""


def _require_known(names: Sequence[str], there: Collection[str], path: Path) -> None:
    for name in names:
        if name not in there:
            says = f"there are no results to report for {name} in {path}"
            raise ValueError(f"{says}; {there_are(name, there)}")


def page(
    overviews: Sequence[Overview],
    palette: Sequence[str],
    not_understood: Sequence[NotUnderstood] = (),
    same_file: Sequence[str] = (),
    missing: Sequence[Unmarked] = (),
    link: Callable[[str, str], str] = lambda student, assignment: "",
    students: Everyone | None = None,
    unused: str = "",
) -> str:
    """Return the page.

    not_understood: the files that belong to nobody.
    same_file: sentences about students who share a file.
    missing: the submissions that are not marked yet.
    link: a function that returns the address of a student's page, or "" if there is no page.
    students: each student over all assignments.
    unused: the reason if students.csv cannot be used.
    """
    return render(
        PAGE,
        assignments=overviews,
        policies_shown=POLICIES_SHOWN,
        monday=monday(overviews),
        hardest=hardest_of_all(overviews),
        to_do=to_do(overviews),
        palette=palette,
        excerpt=excerpt,
        explained=explained,
        smallest=SMALLEST_CLASS,
        exercises_shown=EXERCISES_SHOWN,
        mistakes_shown=MISTAKES_SHOWN,
        not_understood=not_understood,
        same_file=same_file,
        missing=missing,
        outdated=[each for each in overviews if each.outdated],
        link=link,
        first=[look for each in overviews for look in each.first],
        first_shown=FIRST_SHOWN,
        students=students,
        unused=unused,
        students_shown=STUDENTS_SHOWN,
        longest_whole=LONGEST_WHOLE,
    )


def _overview(folder: Path, assignment: Assignment, submissions: Sequence[Submission]) -> Overview:
    answers = {each.student: answers_of(folder, each) for each in submissions if each.is_read}
    told = {student: each for student, each in answers.items() if each}
    return overview(assignment, submissions, alike(told))


def explained(text: str) -> Markup:
    """Return a hint with its `code` and *stress* as elements."""
    return Markup(with_elements(str(escape(text))))


def excerpt(shared: Shared, place: int) -> list[tuple[str, bool]]:
    """Return the lines of an answer that are alike, and the lines around them. True marks a line as alike."""
    lines, marked = shared.sources[place].splitlines(), shared.lines[place]
    near = {line + off for line in marked for off in range(-AROUND, AROUND + 1)}
    return [(text, n in marked) for n, text in enumerate(lines) if n in near][:LINES_SHOWN]
