"""Marks and feedback are given back in the platforms' own tables and zips, as the platforms import them."""

import codecs
import csv
import io
import os
import zipfile

import nbformat
import pytest
from downloads import NAMES, OTHER, canvas, course_in, moodle, zipped
from submissions.draft import NAME

from grading.__main__ import main
from grading.doors.give_back import notebook_with
from grading.doors.moodle import number_in
from grading.doors.sheets import harmless, read_sheet

pytestmark = pytest.mark.instructor

MARKS = f"""\
student,assignment,status,total,max,unread
ada,{NAME},graded,37.5,40,
bob,{NAME},graded,40,40,
cy,{NAME},cannot be read,,40,
"""
PAGE = "<!DOCTYPE html><head><style></style></head><body><main><h1>{0}</h1><p>37 of 40</p></main></body>"

# As mod/assign/gradingtable.php writes it. Bob was marked before, and has a person's comment.
WORKSHEET = '''\
Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",\
"Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 55501","Ada Hopper",ada@example.org,"Submitted for grading",,40.00,Yes,\
"Wednesday, 28 January 2026, 9:00 PM",-,
"Participant 55502","Bob Müller",bob@example.org,"Submitted for grading - Graded",12.00,40.00,Yes,\
"Wednesday, 28 January 2026, 9:00 PM","Thursday, 29 January 2026, 9:00 PM","Well done, ""Bob"""
"Participant 55503","Cy Żak",cy@example.org,"No submission",7.00,40.00,Yes,-,-,
"Participant 55504","=cmd|x",eve@example.org,"No submission",,40.00,Yes,-,-,
'''
# As Canvas exports its gradebook.
GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,gaussian-mixture (1234),Homework 2 (1235),Current Score
    Points Possible,,,,,40.00,10.00,(read only)
"Hopper, Ada",101,S1,ahopper,A,1.00,3.00,10
"Müller, Bob",102,S2,bmüller,A,,,1
"Żak, Cy",103,S3,czak,A,9.00,,
"Student, Test",104,,abc,A,,,
"""


@pytest.fixture
def course(tmp_path):
    """Return a course with marks and pages, in which nothing was collected yet."""
    home = tmp_path / "course"
    home.mkdir()
    course_in(home)
    (home / "marks.csv").write_text(MARKS, encoding="utf-8")
    for who in ("ada", "bob", "cy"):
        page = home / "feedback" / who / NAME / f"{NAME}.html"
        page.parent.mkdir(parents=True)
        page.write_text(PAGE.format(who), encoding="utf-8")
    return home


def collect(course, data):
    path = course.parent / "download.zip"
    path.write_bytes(data)
    assert main(["collect", str(path), "--yes", "--course", str(course)]) == 0


def export(course, *args):
    return main(["export", *args, "--course", str(course)])


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def packed(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def saved(course, text, encoding="utf-8"):
    path = course.parent / "downloaded.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return str(path)


FORMS = {
    "as Moodle writes it": WORKSHEET.encode(),
    "with a mark of order and CRLF": codecs.BOM_UTF8 + WORKSHEET.replace("\n", "\r\n").encode(),
    "saved by Excel in Germany": WORKSHEET.replace("Ż", "Z"),
    "saved by Excel as Unicode": WORKSHEET,
}


def with_between(text, between, encoding):
    table = io.StringIO()
    csv.writer(table, delimiter=between).writerows(csv.reader(io.StringIO(text)))
    return table.getvalue().encode(encoding)


@pytest.mark.parametrize("form", FORMS)
def test_moodles_worksheet_is_filled_in(course, form):
    data = FORMS[form]
    if form.endswith("Germany"):
        data = with_between(data, ";", "cp1252")
    if form.endswith("Unicode"):
        data = with_between(data, "\t", "utf-16")
    assert export(course, "--moodle", "--worksheet", saved(course, data)) == 0
    header, ada, bob, cy, eve = rows(course / f"moodle-{NAME}.csv")
    assert header == next(csv.reader(io.StringIO(WORKSHEET)))
    assert ada[:3] == ["Participant 55501", "Ada Hopper", "ada@example.org"]
    assert ada[3:6] == ["Submitted for grading", "37.5", "40.00"]
    assert ada[7:] == [
        "Wednesday, 28 January 2026, 9:00 PM",
        "-",
        "37.5 of 40 marks. The reasons are in the feedback file.",
    ]
    assert (bob[1], bob[4], bob[-1]) == ("Bob Müller", "40", 'Well done, "Bob"')
    assert (cy[4], cy[-1]) == ("7.00", "")  # a student without a mark here keeps the mark there
    assert eve[1] == "'=cmd|x"
    assert not (course / f"moodle-{NAME}.csv").read_bytes().startswith(codecs.BOM_UTF8)


def test_a_worksheet_with_decimal_commas_gets_decimal_commas(course):
    text = WORKSHEET.replace("40.00", '"40,00"').replace("Grade,", "Bewertung,", 1)
    column = f"{NAME}=Bewertung"
    assert export(course, "--moodle", "--worksheet", saved(course, text), "--column", column) == 0
    assert rows(course / f"moodle-{NAME}.csv")[1][4] == "37,5"


def test_a_worksheet_of_another_language_is_understood_by_its_numbers(course, capsys):
    text = WORKSHEET.replace("Identifier", "ID").replace("Participant ", "Teilnehmer/in")
    assert export(course, "--moodle", "--worksheet", saved(course, text)) == 0
    assert rows(course / f"moodle-{NAME}.csv")[1][:5:4] == ["Teilnehmer/in55501", "37.5"]
    text = text.replace("Grade,", "Bewertung,", 1)
    assert export(course, "--moodle", "--worksheet", saved(course, text)) == 1
    assert "has no column Grade: choose the column for grades with --column" in capsys.readouterr().err


def test_without_an_address_the_number_that_was_collected_tells_who_it_is(course):
    collect(course, moodle())
    text = WORKSHEET.replace("@example.org", "@elsewhere").replace("Bob Müller", "B. M.")
    assert export(course, "--moodle", "--worksheet", saved(course, text)) == 0
    assert [row[4] for row in rows(course / f"moodle-{NAME}.csv")[1:4]] == ["37.5", "40", "7.00"]


WRONG = {
    "another table": ("a,b\n1,2\n", "is not Moodle's grading worksheet"),
    "no table": ("\n", "holds no table: download it again"),
    "other points": (WORKSHEET.replace("40.00", "100.00"), "in Moodle is 100, but there are 40 points here"),
    "no number": (WORKSHEET.replace("40.00", "many"), "has 'many' in the place of the maximum grade"),
    "two of one name": (
        WORKSHEET.replace("Bob Müller", "Ada Hopper").replace("@example.org", "@elsewhere"),
        "has two rows for ada, 'Participant 55501 Ada Hopper ada@elsewhere' and 'Participant 55502",
    ),
    "a quote": (WORKSHEET.replace('"Ada Hopper"', '"Ada"Hopper'), "cannot be read as a table"),
    "a longer row": (WORKSHEET.replace("ada@example.org", "ada,@,example.org"), "longer than its header"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_unusable_worksheet_is_refused_in_a_sentence(course, capsys, name):
    text, says = WRONG[name]
    assert export(course, "--moodle", "--worksheet", saved(course, text)) == 1
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1
    assert not list(course.glob("moodle*"))


def test_grades_that_moodle_would_skip_are_reported_by_name(course, capsys):
    (course / "marks.csv").write_text(MARKS.replace(f"ada,{NAME},graded,37.5", f"ada,{NAME},graded,41"))
    text = WORKSHEET.replace("12.00,40.00,Yes", "12.00,40.00,No").replace("bob@", "x@").replace("Bob", "Rob")
    collect(course, moodle())
    assert export(course, "--moodle", "--worksheet", saved(course, text)) == 0
    out = capsys.readouterr().out
    assert "Moodle does not allow a change of these grades: bob." in out
    assert "Moodle does not import a grade above the maximum, 40: ada." in out


def test_students_who_are_not_in_the_worksheet_are_named(course, capsys):
    text = "\n".join(line for line in WORKSHEET.splitlines() if "Bob" not in line) + "\n"
    assert export(course, "--moodle", "--worksheet", saved(course, text)) == 0
    assert (
        "downloaded.csv has no row for these students, so they get no mark there: bob."
        in capsys.readouterr().out
    )


def test_canvas_gradebook_is_filled_in_and_nothing_else_in_it_could_change(course):
    assert export(course, "--canvas", "--gradebook", saved(course, GRADEBOOK)) == 0
    assert rows(course / f"canvas-{NAME}.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "gaussian-mixture (1234)"],
        ["    Points Possible", "", "", "", "", "40.00"],
        ["Hopper, Ada", "101", "S1", "ahopper", "A", "37.5"],
        ["Müller, Bob", "102", "S2", "bmüller", "A", "40"],
    ]


def test_a_column_with_another_name_must_be_chosen(course, capsys):
    text = GRADEBOOK.replace("gaussian-mixture (1234)", "Homework 1 (1234)").replace("40.00", "50.00")
    assert export(course, "--canvas", "--gradebook", saved(course, text)) == 1
    assert "has no column of gaussian-mixture; there are: " in capsys.readouterr().err
    command = ["--canvas", "--gradebook", saved(course, text), "--column", f"{NAME}=Homework 1 (1234)"]
    assert export(course, *command) == 0
    assert (
        "the assignment has 50 points in Canvas, but 40 points here. Set the points in Canvas to 40."
        in capsys.readouterr().out
    )
    assert rows(course / f"canvas-{NAME}.csv")[0][-1] == "Homework 1 (1234)"


def test_two_columns_that_could_be_meant_and_a_shortened_number_are_named(course, capsys):
    twice = GRADEBOOK.replace("Homework 2 (1235)", "gaussian-mixture (1235)")
    shortened = GRADEBOOK.replace("101", '"1,06E+02"')
    same = GRADEBOOK.replace("Homework 2 (1235)", "gaussian-mixture (1234)")
    for text, says in (
        (twice, f'Name the one that you mean, such as --column "{NAME}=gaussian-mixture (1234)"'),
        (same, "Two of them have one name"),
        (shortened, "'1,06E+02' as the ID of Hopper, Ada: a spreadsheet has shortened the number"),
    ):
        assert export(course, "--canvas", "--gradebook", saved(course, text)) == 1
        assert says in capsys.readouterr().err
    chosen = ["--column", f"{NAME}=gaussian-mixture (1235)"]
    assert export(course, "--canvas", "--gradebook", saved(course, twice), *chosen) == 0
    assert rows(course / f"canvas-{NAME}.csv")[0][-1] == "gaussian-mixture (1235)"


def test_without_students_csv_canvas_finds_people_by_the_number_in_the_download(course):
    (course / "students.csv").unlink()
    collect(course, canvas())
    marks = MARKS.replace("ada,", "hopperada,").replace("bob,", "müllerbob,").replace("cy,", "zakcy,")
    (course / "marks.csv").write_text(marks, encoding="utf-8")
    assert export(course, "--canvas") == 0
    first = [row[:2] for row in rows(course / f"canvas-{NAME}.csv")[2:]]
    assert first == [["hopperada", "101"], ["müllerbob", "102"]]
    assert export(course, "--canvas", "--gradebook", saved(course, GRADEBOOK)) == 0
    assert [row[1::4] for row in rows(course / f"canvas-{NAME}.csv")[2:]] == [["101", "37.5"], ["102", "40"]]


def test_options_that_do_not_fit_together_are_refused(course, capsys):
    for args, says in (
        (["--canvas", "--worksheet", "x"], "--worksheet works only together with --moodle"),
        (["--moodle", "--gradebook", "x"], "--gradebook works only together with --canvas"),
        (["--canvas", "--gradebook", "x"], "there is no file x"),
        (["--canvas", "--gradebook", saved(course, WORKSHEET)], "is not Canvas's gradebook"),
    ):
        assert export(course, *args) == 1
        assert says in capsys.readouterr().err
    (course / "marks.csv").write_text(f"{MARKS}ada,{OTHER},graded,1,2,\n")
    assert export(course, "--moodle", "--worksheet", saved(course, WORKSHEET)) == 1
    assert (
        "can be filled in for only one assignment at a time: choose it with --assignment"
        in capsys.readouterr().err
    )
    assert export(course, "--moodle", "--worksheet", saved(course, WORKSHEET), "--assignment", NAME) == 0


def test_canvas_gets_feedback_under_the_names_of_its_download(course, capsys):
    collect(course, canvas())
    assert export(course, "--canvas") == 0
    files = packed(course / f"canvas-{NAME}-feedback.zip")
    assert set(files) == {
        f"hopperada_LATE_101_7003_{NAME}-1.ipynb",
        "müllerbob_102_7001_my homework.zip",
        f"zakcy_103_7002_{NAME}.ipynb",
    }
    notebook = nbformat.reads(files[f"hopperada_LATE_101_7003_{NAME}-1.ipynb"].decode(), as_version=4)
    nbformat.validate(notebook)
    (output,) = notebook.cells[1].outputs
    assert output.data["text/html"] == "<h1>ada</h1><p>37 of 40</p>"
    inner = zipfile.ZipFile(io.BytesIO(files["müllerbob_102_7001_my homework.zip"]))
    assert inner.read(f"{NAME}-feedback.html").decode() == PAGE.format("bob")
    modes = {path.stat().st_mode & 0o777 for path in course.glob("canvas-*")}
    assert modes == {0o600}


def test_the_newest_name_in_canvas_is_taken_also_if_an_earlier_attempt_is_marked(course):
    collect(course, canvas())
    collect(course, zipped({f"hopperada_101_9000_{NAME}-2.ipynb": next(iter(NAMES))}, (2026, 3, 1, 0, 0, 0)))
    assert export(course, "--canvas") == 0
    assert f"hopperada_101_9000_{NAME}-2.ipynb" in packed(course / f"canvas-{NAME}-feedback.zip")


def test_students_without_a_feedback_file_are_named(course, capsys):
    collect(course, zipped({f"zakcy_103_2_{NAME}.ipynb": next(iter(NAMES))}))
    collect(course, zipped({f"hopperada_101_1_{NAME}.pdf": b"%PDF"}))
    assert export(course, "--canvas") == 0
    out = capsys.readouterr().out
    assert "No feedback file for bob: their work was not collected from Canvas" in out
    says = "with Canvas, only a student who handed in a notebook, a zip or an HTML page gets one."
    assert f"No feedback file for ada: {says}" in out


def test_moodle_gets_feedback_in_the_folders_of_its_download(course):
    collect(course, moodle(flat=True))
    assert export(course, "--moodle") == 0
    files = packed(course / f"moodle-{NAME}-feedback.zip")
    assert set(files) == {
        f"Ada Hopper_55501_assignsubmission_file_/{NAME}-feedback.html",
        f"Bob Müller_55502_assignsubmission_file_/{NAME}-feedback.html",
        f"Cy Żak_55503_assignsubmission_file_/{NAME}-feedback.html",
    }
    page = files[f"Ada Hopper_55501_assignsubmission_file_/{NAME}-feedback.html"]
    assert page.decode() == PAGE.format("ada")
    # mod/assign/feedback/file/importziplib.php splits a name: the number must come second.
    assert [name.split("/")[0].split("_", 4)[1] for name in sorted(files)] == ["55501", "55502", "55503"]


def test_moodle_s_worksheet_alone_is_enough_to_name_the_folders(course):
    text = WORKSHEET.replace("Ada Hopper", "Ada_B Hopper")
    assert export(course, "--moodle", "--worksheet", saved(course, text)) == 0
    assert set(packed(course / f"moodle-{NAME}-feedback.zip")) == {
        f"Ada B Hopper_55501_assignsubmission_file_/{NAME}-feedback.html",
        f"Bob Müller_55502_assignsubmission_file_/{NAME}-feedback.html",
    }


def test_work_collected_after_the_last_run_is_reported(course, capsys):
    collect(course, canvas())
    os.utime(course / "marks.csv", (1_700_000_000,) * 2)
    capsys.readouterr()
    assert export(course, "--canvas") == 0
    says = "Look at this: new work was collected after marks.csv was written: ada, bob, cy."
    assert says in capsys.readouterr().out
    os.utime(course / "marks.csv")
    assert export(course, "--canvas") == 0
    assert says not in capsys.readouterr().out


def test_the_same_pages_make_the_same_bytes(course):
    collect(course, canvas())
    zips = []
    for _ in range(2):
        assert export(course, "--canvas") == 0
        zips.append((course / f"canvas-{NAME}-feedback.zip").read_bytes())
    assert zips[0] == zips[1]


def test_a_page_without_a_main_part_is_shown_whole():
    notebook = nbformat.reads(notebook_with("<p>x</p>", NAME).decode(), as_version=4)
    assert notebook.cells[1].outputs[0].data["text/html"] == "<p>x</p>"


def test_numbers_are_read_and_harmful_text_is_escaped():
    assert [number_in(each) for each in ("Participant 12", "Teilnehmer/in12 ", "12", "x", "12 x", "")] == [
        "12",
        "12",
        "12",
        "",
        "",
        "",
    ]
    assert [harmless(each) for each in ("-", "-1", "=x", "Ada")] == ["-", "'-1", "'=x", "Ada"]


def test_a_file_far_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("grading.doors.sheets.MOST", 10)
    (tmp_path / "big.csv").write_text(WORKSHEET)
    with pytest.raises(ValueError, match=r"big.csv is far too large for a table of one class"):
        read_sheet(tmp_path / "big.csv")
