"""Files of the grader that were lost or broken: a sentence says it, and what to do.

Nothing is lost silently.
"""

import csv
import json
import shutil
import sqlite3

import pytest
from canned import BOOK, WORDS, Canned, marked_by_hand, run
from nbgrader.api import Gradebook
from often import often
from submissions.draft import NAME

from grading.__main__ import main
from grading.build.cases import build_hidden
from grading.build.hidden import FOLDER_VARIABLE
from grading.course import find_course
from grading.run.journal import STRANGE, read_journal, read_records, write_records
from grading.run.sound import GradebookError
from grading.run.unclaimed import UNCLAIMED, read_unclaimed
from grading.run.unmarked import FILE as UNMARKED
from grading.run.unmarked import read_unmarked
from grading.run.unwell import broken_lists

pytestmark = [pytest.mark.instructor, pytest.mark.box]
STUDENTS = ["ada", "bob", "zoe"]


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Return a class that was marked, with a mark by hand for ada."""
    course = marked_by_hand(tmp_path_factory.mktemp("marked"), *STUDENTS)
    pool = Canned()
    run(course, pool)
    assert pool.marked == []
    return course


@pytest.fixture
def again(marked, tmp_path):
    """Return a copy of that class, in which a test can break something."""
    return shutil.copytree(marked, tmp_path / "again")


def totals(course, blank=False):
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["student"]: float(row["total"]) for row in rows if row["total"] or not blank}


def said(capsys, *command):
    ended = main([*command])
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    return ended, told.out + told.err


def deep(line):
    return "[" * 200_000


STRANGE_LINES = {
    "only names": lambda line: json.dumps({"student": "bob", "assignment": NAME}),
    "a wrong type": lambda line: json.dumps({**line, "questions": [1]}),
    "a question without a mark": lambda line: json.dumps({**line, "questions": {"q": {"status": "passed"}}}),
    "repaired is a number": lambda line: json.dumps({**line, "repaired": 5}),
    "a total that is none": lambda line: json.dumps({**line, "total": float("nan")}),
    "a number too large": lambda line: json.dumps({**line, "total": 10**400}),
    "no student": lambda line: json.dumps({**line, "student": 5}),
    "a path for a student": lambda line: json.dumps({**line, "student": "../../bob"}),
    "half a character": lambda line: json.dumps({**line, "student": "\ud800"}),
    "half a line": lambda line: json.dumps({**line, "remarks": [{"kind": "another name"}]}),
    "a list": lambda line: "[1, 2]",
    "a word": lambda line: "hello",
    "cut off": lambda line: json.dumps(line)[:-20],
    "deep": deep,
}


LINE = {"schema": 1, "student": "bob", "assignment": NAME, "status": "graded", "questions": {}}


@pytest.mark.parametrize("kind", STRANGE_LINES)
def test_a_line_that_is_no_result_is_kept_in_another_file(tmp_path, kind):
    ours, strange = {**LINE, "student": "ada"}, STRANGE_LINES[kind](LINE)
    (tmp_path / "results.jsonl").write_text(f"{json.dumps(ours)}\n{strange}\n", encoding="utf-8")
    found = read_journal(tmp_path)
    assert (list(found.records.values()), found.not_understood) == ([ours], (strange,))
    for _ in range(2):  # a line is kept only once
        write_records(tmp_path, found.records)
    assert (tmp_path / STRANGE).read_text(encoding="utf-8") == f"{strange}\n"
    assert read_journal(tmp_path).not_understood == ()


@pytest.mark.parametrize("kind", often(["only names", "a wrong type", "cut off"]))
def test_a_line_that_is_no_result_is_reported_and_marked_again(again, capsys, kind):
    path = again / "results.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    strange = STRANGE_LINES[kind](next(line for line in lines if line["student"] == "bob"))
    rest = [json.dumps(line) for line in lines if line["student"] != "bob"]
    path.write_text("\n".join([rest[0], strange, *rest[1:], ""]), encoding="utf-8")
    sentence = "1 line of results.jsonl is broken"
    for command in (["report", NAME], ["export", "--moodle", "--anyway"]):
        ended, told = said(capsys, *command, "--course", str(again))
        assert (ended, sentence in told) == (0, True)
    pool = Canned()
    ran, found = run(again, pool)
    assert pool.marked == ["bob"]
    assert set(found) == set(STUDENTS)
    assert [sentence in each and STRANGE in each for each in ran.said] == [True]
    assert (again / STRANGE).read_text(encoding="utf-8") == f"{strange}\n"
    assert read_journal(again).not_understood == ()
    assert totals(again)["bob"] == totals(again)["zoe"]
    assert run(again, pool)[0].said == []


def test_a_line_of_another_version_stops_nothing_and_is_marked_again(again, capsys):
    path = again / "results.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    other = [{**line, "schema": 7, "repaired": 5, "questions": 3} for line in lines]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in [other[0], *lines[1:]]), encoding="utf-8")
    assert said(capsys, "report", NAME, "--course", str(again))[0] == 0
    assert said(capsys, "export", "--moodle", "--anyway", "--course", str(again))[0] == 0
    pool = Canned()
    run(again, pool)
    assert pool.marked == [lines[0]["student"]]


def test_fields_and_words_of_a_later_version_are_skipped(again):
    records = read_records(again)
    line = {**records[NAME, "bob"], "colour": "red", "status": "graded twice"}
    line["questions"] = {name: {**each, "status": "sparkling"} for name, each in line["questions"].items()}
    with (again / "results.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    assert read_journal(again).not_understood == ()
    assert read_records(again)[NAME, "bob"]["colour"] == "red"


BROKEN = {
    "cut": lambda text: text[: len(text) // 2],
    "no JSON": lambda text: "",
    "other": lambda text: '{"cells": 3}',
}


@pytest.mark.parametrize("kind", often(BROKEN))
def test_a_graded_notebook_that_is_broken_is_named_and_made_again(again, capsys, kind):
    path = again / "autograded" / "bob" / NAME / BOOK
    whole = path.read_text(encoding="utf-8")
    path.write_text(BROKEN[kind](whole), encoding="utf-8")
    ended, told = said(capsys, "report", NAME, "--course", str(again))
    assert (ended, f"autograded/bob/{NAME}/{BOOK} is broken" in told) == (0, True)
    pool = Canned()
    ran, _ = run(again, pool)
    assert pool.marked == ["bob"]
    assert ran.said == ["1 graded notebook was gone or broken, and is made again: bob"]
    assert path.read_text(encoding="utf-8") == whole
    assert "broken" not in said(capsys, "report", NAME, "--course", str(again))[1]


@pytest.mark.parametrize("how", often(["cut", "gone", "empty"]))
def test_a_feedback_page_that_was_lost_is_made_again_and_nothing_is_marked(again, how):
    page = again / "feedback" / "ada" / NAME / f"{NAME}.html"
    whole = page.read_bytes()
    if how == "gone":
        shutil.rmtree(again / "feedback")
    else:
        page.write_bytes(whole[:300] if how == "cut" else b"")
    pool = Canned()
    ran, _ = run(again, pool)
    assert pool.marked == []
    assert page.read_bytes() == whole
    whose = "3 feedback pages were gone or broken, and are made again: ada, bob, zoe"
    one = "1 feedback page was gone or broken, and is made again: ada"
    assert ran.said == [whose if how == "gone" else one]
    assert run(again, pool)[0].said == []


def test_graded_notebooks_that_are_gone_are_counted_and_made_again(again):
    shutil.rmtree(again / "autograded")
    pool = Canned()
    ran, _ = run(again, pool)
    assert pool.marked == STUDENTS
    assert ran.said == ["3 graded notebooks were gone or broken, and are made again: ada, bob, zoe"]


@pytest.mark.parametrize("how", often(["emptied", "deleted"]))
def test_a_lost_gradebook_is_made_again_and_the_run_says_what_was_lost(again, how):
    before, book = totals(again), again / "gradebook.db"
    book.unlink() if how == "deleted" else book.write_bytes(b"")
    pool = Canned()
    ran, found = run(again, pool)
    assert sorted(pool.marked) == STUDENTS
    lost, by_hand = ran.said
    new = "gradebook.db was missing or empty, so a new one was made. Marked again: ada, bob, zoe."
    assert lost.startswith(new)
    assert "Due dates may be lost as well" in lost
    assert "marks by hand and comments were lost with the gradebook: ada." in by_hand
    assert "the fields `by_hand` and `comments` of each line in results.before1.jsonl" in by_hand
    assert "results.before1.jsonl: give them again in the formgrader" in by_hand
    kept = [json.loads(line) for line in (again / "results.before1.jsonl").read_text().splitlines()]
    assert {line["student"]: line["questions"][WORDS]["by_hand"] for line in kept}["ada"] == 3
    assert totals(again) == {**before, "ada": before["ada"] - 3}
    assert run(again, pool)[0].said == []
    assert sorted(pool.marked) == STUDENTS


def test_one_student_who_was_removed_from_the_gradebook_is_marked_again(again):
    with Gradebook(f"sqlite:///{again}/gradebook.db") as book:
        book.remove_student("bob")
    pool = Canned()
    ran, _ = run(again, pool)
    assert pool.marked == ["bob"]
    assert [each.split(". ")[:2] for each in ran.said] == [
        ["the gradebook has lost submissions", "Marked again: bob"]
    ]
    assert totals(again)["bob"] == totals(again)["zoe"]


def test_a_run_for_one_student_says_which_lost_marks_it_does_not_restore(again):
    (again / "gradebook.db").unlink()
    ran, _ = run(again, students=["bob"])
    said = "lost with the gradebook, and not marked by this run: ada, zoe. `make grade` marks all that is in"
    assert [each for each in ran.said if each.startswith(said)]
    assert list(totals(again, blank=True)) == ["bob"]  # the others have a row without a mark


def test_a_line_of_another_course_does_not_stop_report_and_export(again, capsys):
    line = {**read_records(again)[NAME, "bob"], "assignment": "physics", "student": "isaac"}
    line["questions"] = {"test-fall": {"status": "failed", "mark": 0, "max": 3, "hints": ["falls upwards"]}}
    line["tries"] = {"fall": {"falls upwards": 2}}
    with (again / "results.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    run(again)
    for command in (["report"], ["export", "--moodle", "--anyway"]):
        ended, told = said(capsys, *command, "--course", str(again))
        assert ended == 0, told


def cut_in_half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def foreign(path):
    path.unlink()
    with sqlite3.connect(path) as book:
        book.execute("CREATE TABLE songs (title TEXT)")
    book.close()


@pytest.mark.parametrize(
    "break_it", [cut_in_half, foreign, lambda path: path.write_text("my marks: 1, 2, 3\n" * 99)]
)
def test_a_broken_gradebook_is_left_alone_and_the_sentence_says_what_to_do(again, capsys, break_it):
    book = again / "gradebook.db"
    break_it(book)
    before = book.read_bytes()
    ended, told = said(capsys, "run", NAME, "--course", str(again))
    assert ended == 1
    assert f"Stopped: the gradebook {book} cannot be used (" in told
    assert "It is left as it is. If you have a copy, put it back, and run the same command again." in told
    assert (
        "also has the marks by hand and comments of the last run. Later ones, and due dates, are lost" in told
    )
    assert book.read_bytes() == before
    for command in (["report", NAME], ["export", "--moodle", "--anyway"]):
        ended, told = said(capsys, *command, "--course", str(again))
        assert ended == 0
        assert told.count("gradebook.db is damaged, so what you see here is of the last run.") == 1


def test_a_run_waits_for_another_program_that_writes_to_the_gradebook(again, monkeypatch):
    monkeypatch.setattr("grading.run.sound.PATIENCE", 0.1)
    other = sqlite3.connect(again / "gradebook.db")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(GradebookError, match=r"another program is writing to the gradebook .* Close it"):
        run(again)
    other.rollback()
    other.close()
    assert set(run(again)[1]) == set(STUDENTS)


FORMS = ["", "{", "[1]", '{"a": 1}', '[{"student": "x"}]', "null", '"x"', "\xff", "[" * 9999]


@pytest.mark.parametrize("text", FORMS)
@pytest.mark.parametrize("name", [UNMARKED, UNCLAIMED])
def test_a_broken_list_is_reported_and_counts_as_empty(tmp_path, name, text):
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    fine = name == UNCLAIMED and text == '{"a": 1}'  # this is a valid empty list
    assert read_unmarked(tmp_path, {}) == []
    assert read_unclaimed(tmp_path) == ([], [])
    assert [each.split(" is broken")[0] for each in broken_lists(tmp_path)] == ([] if fine else [name])


def test_report_and_export_say_which_lists_are_broken(again, capsys):
    for name in (UNMARKED, UNCLAIMED):
        (again / name).write_text("[")
    for command in (["report", NAME], ["export", "--moodle", "--anyway"]):
        ended, told = said(capsys, *command, "--course", str(again))
        assert (ended, told.count(" is broken, so nobody can tell here ")) == (0, 2)


def test_a_run_replaces_broken_lists(again):
    for name in (UNMARKED, UNCLAIMED):
        (again / name).write_text("{")
    assert [each.split(" is broken")[0] for each in run(again)[0].said] == [UNMARKED, UNCLAIMED]
    assert run(again)[0].said == []


FOLDERS = ["marks.csv", "results.jsonl", UNMARKED, UNCLAIMED, "marks.csv.part", "results.jsonl.part"]


@pytest.mark.parametrize("name", often(FOLDERS))
def test_a_folder_in_the_place_of_a_file_is_named_and_the_run_works_without_it(again, capsys, name):
    (again / name).unlink(missing_ok=True)
    (again / name).mkdir()
    sentence = f"Stopped: {again / name}: there is a folder where a file should be. Move it away"
    ended, told = said(capsys, "run", NAME, "--course", str(again))
    assert (ended, sentence in told) == (1, True), told
    (again / name).rmdir()
    assert said(capsys, "run", NAME, "--course", str(again))[0] == 0


@pytest.mark.parametrize("text", often([b"\xff\xfe", b"", b"something else"]))
def test_hidden_cases_with_a_broken_stamp_are_drawn_again(again, tmp_path, monkeypatch, text):
    hidden, name = tmp_path / "hidden", "image-clusters"  # its cases are drawn quickly
    hidden.mkdir()
    (hidden / "seed.txt").write_text("7")
    monkeypatch.setenv(FOLDER_VARIABLE, str(hidden))
    course, folder = find_course(again), hidden / name
    build_hidden(course, [name])
    stamp, cases = folder / "stamp.txt", {path.name: path.read_bytes() for path in folder.glob("*.npz")}
    before = stamp.read_bytes()
    stamp.write_bytes(text)
    build_hidden(course, [name])
    assert stamp.read_bytes() == before
    assert {path.name: path.read_bytes() for path in folder.glob("*.npz")} == cases
