"""Each policy is one command. It counts everywhere immediately, survives marking again, and can be undone."""

import csv
import datetime
import json
import shutil

import nbformat
import pytest
from canned import BOOK, WORDS, Canned, marked_by_hand, run
from nbgrader.api import Gradebook
from submissions.draft import NAME
from test_lost_files import said

from grading.course import find_course
from grading.doors.counting import count_by_policies
from grading.doors.nbgrader_api import load_config, open_api
from grading.report.overview import overview
from grading.report.results import read_results
from grading.run.course import ClassRun
from grading.run.gradebook import register
from grading.run.journal import read_records
from grading.run.options import Options
from grading.run.pool import Here
from grading.run.ruled import policies_for

pytestmark = [pytest.mark.instructor, pytest.mark.box]
long = pytest.mark.long
STUDENTS = ["ada", "bob", "zoe"]
DUE, LATE = "2026-01-31 17:00:00 Europe/Berlin", "2026-02-02 18:00:00 Europe/Berlin"


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Return a class that was marked. Each has 36 marks; ada has 3 of 4 more, by hand.

    Bob was two days late.
    """
    course = marked_by_hand(tmp_path_factory.mktemp("marked"), *STUDENTS, comment="Well put.")
    (course / "submitted" / "bob" / NAME / "timestamp.txt").write_text(LATE)
    shutil.rmtree(course / "feedback")  # they are copies of ada's page, but must have each student's name
    run(course)
    return course


@pytest.fixture
def course(marked, tmp_path):
    return shutil.copytree(marked, tmp_path / "course")


def policy(capsys, course, *words):
    """Run a policy command; return its output."""
    ended, told = said(capsys, "policy", *words, "--course", str(course))
    assert ended == 0, told
    return told


def rows(course):
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def totals(course):
    return {student: (row["total"], row["max"]) for student, row in rows(course).items()}


def page(course, student):
    return (course / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")


def book_of(course):
    return Gradebook(f"sqlite:///{course}/gradebook.db")


def in_book(course):
    """Return nbgrader's data: due dates, points, marks, penalties, totals."""
    with book_of(course) as book:
        of = book.find_assignment(NAME)
        points = {cell.name: cell.max_score for each in of.notebooks for cell in each.grade_cells}
        found = {
            each.student.id: (
                each.extension,
                each.score,
                each.max_score,
                sorted(
                    (g.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade)
                    for one in each.notebooks
                    for g in one.grades
                ),
                [one.late_submission_penalty for one in each.notebooks],
            )
            for each in of.submissions
        }
        return of.duedate, points, found


def everything(course):
    """Return all that students and instructors read: table, results, pages, gradebook."""
    pages = {student: page(course, student) for student in STUDENTS}
    return (course / "marks.csv").read_text(), read_records(course), pages, in_book(course)


def type_mark(course, student, question, mark, extra=None):
    """Give a mark as the formgrader does."""
    with book_of(course) as book:
        grade = book.find_grade(question, NAME, NAME, student)
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = mark, extra, False
        book.db.commit()


COMMANDS = {
    ("drop", NAME, "quiz-loglik"): {"ada": ("36", "37"), "bob": ("33", "37")},
    ("drop", NAME, WORDS): {"ada": ("36", "36"), "bob": ("36", "36")},
    ("full-marks", NAME, WORDS): {"ada": ("40", "40"), "bob": ("40", "40")},
    ("points", NAME, "EM", "15"): {"ada": ("44", "45"), "bob": ("41", "45")},
    ("points", NAME, WORDS, "8"): {"ada": ("42", "44"), "bob": ("36", "44")},
    ("mark", NAME, "bob", "EM", "7", "--comment", "so *so*"): {"ada": ("39", "40"), "bob": ("33", "40")},
    ("mark", NAME, "ada", WORDS, "1"): {"ada": ("37", "40"), "bob": ("36", "40")},
}


OFTEN = [("drop", NAME, "quiz-loglik"), ("points", NAME, WORDS, "8")]
PARAMS = [pytest.param(each, id=" ".join(each), marks=[] if each in OFTEN else [long]) for each in COMMANDS]


@pytest.mark.parametrize("command", PARAMS)
def test_a_policy_counts_immediately_and_undoing_it_restores_everything(course, capsys, command):
    before = everything(course)
    told = policy(capsys, course, *command, "--dry-run")
    assert (everything(course), (course / "policies.toml").exists()) == (before, False)
    assert policy(capsys, course, *command).startswith(told.rstrip())
    expected = COMMANDS[command]
    assert {student: totals(course)[student] for student in expected} == expected
    for each in in_book(course)[2].values():  # nbgrader's sums, which the formgrader shows
        assert (f"{each[1]:g}", f"{each[2]:g}") in totals(course).values()
    about = command[: 3 if command[0] != "mark" else 4]
    policy(capsys, course, "undo", *about)
    assert everything(course) == before


@long
def test_policies_are_kept_when_all_is_marked_again_and_pages_are_written_once(course, capsys):
    policy(capsys, course, "drop", NAME, "quiz-loglik")
    policy(capsys, course, "points", NAME, "EM", "15")
    policy(capsys, course, "full-marks", NAME, "compute_means")
    policy(capsys, course, "due", NAME, DUE)
    policy(capsys, course, "penalty", NAME, "10% a day, at most 50%")
    policy(capsys, course, "mark", NAME, "zoe", "EM", "5")
    counts = totals(course)
    assert counts["bob"] == (f"{38 * 0.7:g}", "42")  # it is the third day
    ran, _ = run(course, pool=(pool := Canned()), force=True)
    assert (sorted(pool.marked), totals(course)) == (STUDENTS, counts)
    before, stamps = everything(course), {p: p.stat().st_mtime_ns for p in course.glob("feedback/*/*/*")}
    run(course, pool=(pool := Canned()))
    assert (pool.marked, everything(course)) == ([], before)
    assert {p: p.stat().st_mtime_ns for p in course.glob("feedback/*/*/*")} == stamps


def test_a_mark_typed_in_the_formgrader_is_relative_to_the_points_shown_there(course, capsys):
    before = everything(course)
    policy(capsys, course, "points", NAME, WORDS, "8")
    assert in_book(course)[1][WORDS] == 8
    type_mark(course, "bob", WORDS, 4)  # of the 8 that the formgrader shows
    run(course)
    assert totals(course) == {"ada": ("42", "44"), "bob": ("40", "44"), "zoe": ("36", "44")}
    policy(capsys, course, "undo", "points", NAME, WORDS)
    assert totals(course) == {"ada": ("39", "40"), "bob": ("38", "40"), "zoe": ("36", "40")}
    type_mark(course, "bob", WORDS, None)
    with book_of(course) as book:
        book.find_grade(WORDS, NAME, NAME, "bob").needs_manual_grade = True
        book.db.commit()
    run(course)
    assert everything(course) == before


def test_a_mark_from_a_policy_needs_no_look_when_work_is_marked_again(course, capsys):
    """nbgrader asks for a look at a person's mark when the work changes.

    But this mark is not from a person.
    """

    def waits():
        with book_of(course) as book:
            found = book.find_submission(NAME, "bob").notebooks[0].grades
            return {each.name for each in found if each.needs_manual_grade}

    before = waits()
    policy(capsys, course, "mark", NAME, "bob", "EM", "3")
    run(course, pool=Canned(), force=True)
    assert waits() == before
    policy(capsys, course, "undo", "mark", NAME, "bob", "EM")
    assert waits() == before


def test_new_points_in_the_notebook_scale_marks_by_hand_and_a_sentence_says_it(course):
    type_mark(course, "bob", "test-EM", 9)
    assignment = find_course(course).assignment(NAME)
    notebook = nbformat.read(assignment.solution, as_version=4)
    cell = next(
        each for each in notebook.cells if each.metadata.get("nbgrader", {}).get("grade_id") == "test-EM"
    )
    cell.metadata.nbgrader.points = 20
    nbformat.write(notebook, assignment.solution)
    (said,) = register(assignment, load_config(course))
    assert "EM has 20 points instead of 10, so one mark that a person gave" in said
    for _ in range(2):
        with book_of(course) as book:
            assert book.find_grade("test-EM", NAME, NAME, "bob").manual_score == 18
            assert book.find_grade("in-your-own-words", NAME, NAME, "ada").manual_score == 3
        assert register(assignment, load_config(course)) == []


@long
def test_a_mark_in_policies_toml_replaces_one_in_the_formgrader_which_is_kept(course, capsys):
    policy(capsys, course, "mark", NAME, "ada", WORDS, "1")
    type_mark(course, "ada", WORDS, 2)
    run(course)
    assert totals(course)["ada"] == ("37", "40")
    policy(capsys, course, "undo", "mark", NAME, "ada", WORDS)
    assert totals(course)["ada"] == ("38", "40")


def test_a_person_s_marks_for_an_unreadable_submission_are_final(course):
    """No answer can be read there, so the total does not wait for one."""
    folder = course / "submitted" / "cy" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text('{"cells": [')
    run(course, students=["cy"], pool=Here())
    assert (rows(course)["cy"]["total"], rows(course)["cy"]["unread"]) == ("", "")
    assert "No marks yet, of 40" in page(course, "cy")
    (course / "policies.toml").write_text(f"[{NAME}]\npoints = {{EM = 15}}\n")
    run(course, students=["cy"], pool=Here())
    assert "No marks yet, of 45" in page(course, "cy")
    type_mark(course, "cy", "in-your-own-words", 3)
    run(course, students=["cy"], pool=Here())
    assert (rows(course)["cy"]["total"], rows(course)["cy"]["unread"]) == ("3", "")


@long
def test_a_dropped_question_keeps_what_people_typed_for_it(course, capsys):
    policy(capsys, course, "drop", NAME, WORDS)
    assert "This question was dropped: it does not count for anybody" in page(course, "ada")
    assert "You had 3 of 4 marks for this question." in page(course, "ada")
    assert rows(course)["ada"][WORDS] == rows(course)["ada"]["unread"] == rows(course)["bob"]["unread"] == ""
    assert "still to be read" not in page(course, "bob")
    of = overview(find_course(course).assignment(NAME), read_results(course), ())
    assert WORDS not in [each.name for each in of.questions]
    assert of.policies == (f"{WORDS} is dropped",)
    policy(capsys, course, "undo", "drop", NAME, WORDS)
    assert totals(course)["ada"] == ("39", "40")


def test_the_feedback_page_explains_each_policy_in_plain_words(course, capsys):
    policy(capsys, course, "due", NAME, DUE)
    policy(capsys, course, "penalty", NAME, "10% a day")
    policy(capsys, course, "points", NAME, "EM", "15")
    policy(capsys, course, "mark", NAME, "bob", "compute_means", "1", "--comment", "see *me* <script>")
    type_mark(course, "zoe", "test-compute_weights", 2, extra=1.5)
    run(course)
    bob, zoe = page(course, "bob"), page(course, "zoe")
    for sentence in (
        "The rule for late work is: 10% a day. Your work counts as 3 days late, because every day that has "
        "begun counts.",
        "So 11.4 marks of the 38 that you earned are taken off.",
        "This question now counts 15 marks instead of 10. So your 10 of 10 marks became 15 of 15.",
        "A person gave you 1 mark here. This mark replaces every other mark for this question.",
        "see <em>me</em>",
    ):
        assert sentence in bob
    assert "<script" not in bob
    assert "A person gave you 1.5 marks of extra credit here. Your marks include this credit." in zoe
    assert "3.5 of 2" in zoe
    assert read_records(course)[NAME, "zoe"]["questions"]["test-compute_weights"]["extra"] == 1.5
    policy(capsys, course, "extend", NAME, "bob", "--until", "2026-02-03 17:00 UTC", "--reason", "ill")
    assert "Your own due date was 2026-02-03 17:00 UTC." in page(course, "bob")
    assert "taken off" not in page(course, "bob")
    assert "ill" not in [*json.dumps(read_records(course)[NAME, "bob"]["policies"]).split('"')]
    policy(capsys, course, "extend", NAME, "bob", "--no-penalty")
    assert "Nothing is taken off your marks for being late." in page(course, "bob")
    assert (rows(course)["bob"]["late_hours"], rows(course)["bob"]["total"]) == ("49", "38")


@long
def test_the_due_date_counts_also_with_another_folder_of_results(course, capsys, tmp_path):
    policy(capsys, course, "due", NAME, DUE)
    policy(capsys, course, "penalty", NAME, "zero")
    run(course, out=tmp_path / "out")
    assert totals(tmp_path / "out")["bob"] == ("0", "40")
    assert totals(tmp_path / "out")["zoe"] == ("36", "40")
    assert in_book(tmp_path / "out")[0] == datetime.datetime(2026, 1, 31, 16)


@long
def test_undoing_a_due_date_restores_that_of_the_formgrader_and_its_old_rule(course, capsys):
    with book_of(course) as book:
        book.find_assignment(NAME).duedate = datetime.datetime(2026, 2, 2, 16)  # bob is an hour late
        book.db.commit()
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    run(course)
    before = everything(course)
    assert totals(course)["bob"] == ("0", "40")
    policy(capsys, course, "due", NAME, "2026-03-01 12:00 UTC")
    assert totals(course)["bob"] == ("36", "40")
    policy(capsys, course, "undo", "due", NAME)
    assert everything(course) == before
    policy(capsys, course, "penalty", NAME, "1 mark a day")
    assert totals(course)["bob"] == ("35", "40")


def test_a_wrong_policy_changes_nothing_and_stops_a_run(course, capsys):
    before = everything(course)
    for words in (["drop", NAME, "EMM"], ["mark", NAME, "bbo", "EM", "1"], ["mark", NAME, "bob", "EM", "11"]):
        ended, told = said(capsys, "policy", *words, "--course", str(course))
        assert ended == 1
        assert told.startswith("Stopped: ")
    assert (everything(course), (course / "policies.toml").exists()) == (before, False)
    (course / "policies.toml").write_text("[gaussian-mixtur]\n")
    with pytest.raises(ValueError, match="there is no assignment 'gaussian-mixtur'"):
        run(course, pool=(pool := Canned()), force=True)
    assert (pool.marked, everything(course)) == ([], before)


def test_an_extension_for_an_unknown_name_is_reported_until_it_is_undone(course, capsys):
    """Without students.csv the name may be mistyped, or belong to a student who comes later."""
    mistyped = "nobody has handed in as 'Bobb', who has an extension; there are: bob, "
    assert mistyped in policy(capsys, course, "extend", NAME, "Bobb", "--no-penalty")
    assert mistyped in policy(capsys, course, "list")
    assert mistyped in said(capsys, "run", NAME, "--course", str(course))[1]
    assert mistyped not in policy(capsys, course, "undo", "extend", NAME, "Bobb")
    for name in ("", "..", "a/b"):
        ended, told = said(capsys, "policy", "extend", NAME, name, "--no-penalty", "--course", str(course))
        assert (ended, "cannot be the name of a student" in told) == (1, True)


def test_students_with_names_of_questions_and_options_are_handled(course, capsys):
    policy(capsys, course, "extend", NAME, "test-EM", "--no-penalty")
    policy(capsys, course, "extend", NAME, "EM", "--until", "2027-01-01 10:00")
    named = ["--course", str(course), "--no-penalty", "--", NAME, "-x"]
    assert said(capsys, "policy", "extend", *named)[0] == 0
    told = policy(capsys, course, "list")
    assert all(f"{who} has " in told for who in ("test-EM", "EM", "-x"))
    for line in (each for each in told.splitlines() if "policy undo" in each):
        verb = ["undo", line.split("policy undo ")[1].split()[0], "--course", str(course)]
        assert said(capsys, "policy", *verb, *line.split(f" {verb[1]} ")[1].split())[0] == 0
    assert "There are no policies" in policy(capsys, course, "list")


@long
def test_policies_are_listed_with_the_command_that_undoes_each(course, capsys):
    assert "There are no policies" in policy(capsys, course, "list")
    policy(capsys, course, "points", NAME, "EM", "15")
    policy(capsys, course, "extend", NAME, "ada", "--no-penalty", "--reason", "ill")
    told = policy(capsys, course, "list")
    assert "EM has 15 points" in told
    assert "ada has no penalty for being late (ill)" in told
    for line in (each for each in told.splitlines() if "policy undo" in each):
        policy(capsys, course, *line.split("policy ")[1].split())
    assert "There are no policies" in policy(capsys, course, "list")


@long
def test_an_earlier_attempt_is_read_in_place_of_the_last(course):
    folder = course / "attempts" / "ada" / NAME / "1"
    folder.mkdir(parents=True)
    data = (course / "submitted" / "ada" / NAME / BOOK).read_bytes().replace(b"A share", b"A part")
    (folder / BOOK).write_bytes(data)
    (folder / "timestamp.txt").write_text("2026-01-30 12:00 UTC")
    (course / "policies.toml").write_text(f'[[{NAME}.attempt]]\nstudent = "ada"\nuse = 1\n')
    ran, _ = run(course, pool=(pool := Canned()))
    assert pool.marked == ["ada"]
    read = ran.received.read("ada", NAME)
    assert (read.data, read.notes) == (data, ())
    assert ran.received.times[NAME, "ada"].when == datetime.datetime(2026, 1, 30, 12)
    assert "Your attempt number 1 was marked, not the last one that you handed in." in page(course, "ada")
    assert rows(course)["ada"]["policies"] == "attempt 1 is marked"
    shutil.rmtree(folder)
    with pytest.raises(ValueError, match="there is no attempts/ada/.*; no attempt is kept"):
        run(course)


@long
def test_the_new_marks_of_an_attempt_are_not_confused_with_marks_from_a_policy(course, capsys):
    """Both are 10: the full marks from the policy before, and the marks that the attempt earns."""
    policy(capsys, course, "full-marks", NAME, "EM")
    run(course, pool=Canned(ada={"questions": worse()}), force=True)
    run(course, pool=Canned(), force=True)
    ran = ClassRun(Options([NAME], find_course(course)))
    ran._begin()
    assert ran.in_book == {(NAME, student) for student in STUDENTS}
    policy(capsys, course, "undo", "full-marks", NAME, "EM")
    assert totals(course)["ada"] == ("39", "40")


def worse():
    """Return the marks that ada would have with a wrong EM."""
    from canned import ONCE

    (graded,) = {id(each): each for each in ONCE.values()}.values()
    return {**graded.questions, "test-EM": {**graded.questions["test-EM"], "mark": 0.0}}


@long
def test_a_restored_gradebook_has_the_marks_that_count(course, capsys):
    policy(capsys, course, "due", NAME, DUE)
    policy(capsys, course, "penalty", NAME, "10% a day")
    policy(capsys, course, "points", NAME, "EM", "15")
    policy(capsys, course, "drop", NAME, "quiz-loglik")
    before = everything(course)
    (course / "gradebook.db").unlink()
    ended, told = said(capsys, "doctor", "--course", str(course))
    assert (ended, "due dates" in told) == (0, False)
    assert everything(course)[:3] == before[:3]
    policy(capsys, course, "undo", "points", NAME, "EM")
    assert totals(course)["ada"] == ("36", "37")


@long
def test_marks_from_nbgrader_itself_are_changed_by_policies(course, capsys):
    policy(capsys, course, "points", NAME, "EM", "15")
    with book_of(course) as book:  # as `nbgrader autograde` does
        book.find_grade("test-EM", NAME, NAME, "ada").auto_score = 5
        book.db.commit()
    count_by_policies(load_config(course), NAME, "ada", True)
    with book_of(course) as book:
        assert book.find_grade("test-EM", NAME, NAME, "ada").auto_score == 7.5


@long
def test_nbgraders_own_autograde_runs_and_policies_apply_to_its_marks(course, capsys):
    """nbgrader compares cells and points with the gradebook.

    Meanwhile the gradebook has the notebook's points.
    """
    policy(capsys, course, "points", NAME, "EM", "15")
    policy(capsys, course, "drop", NAME, "quiz-loglik")
    before = in_book(course)
    told = open_api(load_config(course)).autograde(NAME, "bob", force=True)
    assert told["success"], told["log"]
    assert in_book(course) == before


@long
def test_a_policy_is_only_written_if_nothing_was_marked_yet(course, capsys, tmp_path):
    told = policy(capsys, course, "drop", NAME, "EM", "--out", str(tmp_path / "new"))
    assert "Nothing of it has been marked yet." in told
    ran = ClassRun(Options([NAME], find_course(course)))
    ran.kept.read()
    assert policies_for(ran).of(NAME).dropped == ("test-EM",)
