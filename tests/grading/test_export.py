"""marks.csv for Canvas and Moodle: the files that are written are read back."""

import csv

import pytest
from nbgrader.api import Gradebook
from ours import COURSE

from grading.__main__ import main
from grading.doors.export import class_totals
from grading.doors.tables import write_export
from grading.roster import RUNS, as_text, listed, of_text
from grading.run.records import write_marks
from grading.run.unmarked import Unmarked, write_unmarked

pytestmark = pytest.mark.instructor

MARKS = '''\
student,assignment,status,test-a,words,test-b,total,max,late_hours,repaired
ada,gaussian-mixture,graded,3,4,,37.5,40,,
bob,gaussian-mixture,cannot be read,,,,,40,,
cy,gaussian-mixture,graded,0,0,,0,40,,
ada,image-clusters,fault of ours,,,,,,,
cy,image-clusters,repaired,,,2,28,34,1,"something, ""else"""
'''
STUDENTS = """\
student,id,sis_id,login,name,section,email,idnumber
cy,33,S3,cy3,"Łukasz ""Cy"" Żak",B,cy@example.org,003
ada,11,S1,ada1,"Lovelace, Ada",A,ada@example.org,001
bob,22,S2,bob2,李明,A,bob@example.org,002
dan,44,S4,dan4,Dan,B,dan@example.org,004
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "marks.csv").write_text(MARKS, encoding="utf-8")
    (tmp_path / "students.csv").write_text(STUDENTS, encoding="utf-8")
    return tmp_path


def exported(kind, folder, columns=None, leave_out=(), sheet=None):
    """Export all assignments; return the rows of each file, by the file's name."""
    made = write_export(kind, folder, class_totals(folder, leave_out), columns, sheet)
    return {path.name: rows_of(path) for path in made.paths if path.suffix == ".csv"}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


HEADER = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]


def test_canvas_table(folder):
    assert exported("canvas", folder) == {
        "canvas-gaussian-mixture.csv": [
            [*HEADER, "gaussian-mixture"],
            ["    Points Possible", "", "", "", "", "40"],
            ['Łukasz "Cy" Żak', "33", "S3", "cy3", "B", "0"],
            ["Lovelace, Ada", "11", "S1", "ada1", "A", "37.5"],
        ],
        "canvas-image-clusters.csv": [
            [*HEADER, "image-clusters"],
            ["    Points Possible", "", "", "", "", "34"],
            ['Łukasz "Cy" Żak', "33", "S3", "cy3", "B", "28"],
        ],
    }


def test_moodle_table(folder):
    assert exported("moodle", folder) == {
        "moodle-gaussian-mixture.csv": [["idnumber", "gaussian-mixture"], ["003", "0"], ["001", "37.5"]],
        "moodle-image-clusters.csv": [["idnumber", "image-clusters"], ["003", "28"]],
    }


def test_gradescope_has_a_table_for_people_because_it_imports_none(folder, capsys):
    assert main(["export", "--gradescope", "--course", str(folder)]) == 0
    assert "Gradescope cannot import marks: this table is for you." in capsys.readouterr().out
    assert rows_of(folder / "gradescope-gaussian-mixture.csv") == [
        ["Name", "SID", "Email", "Total Score", "Max Points"],
        ['Łukasz "Cy" Żak', "003", "cy@example.org", "0", "40"],
        ["Lovelace, Ada", "001", "ada@example.org", "37.5", "40"],
    ]


@pytest.mark.parametrize(
    ("roster", "column", "first"),
    [
        ("student,email,idnumber\nada,a@b.org,1\nbob,b@b.org,\ncy,c@b.org,3\n", "email", "a@b.org"),
        ("student,login,email\nada,ada1,\nbob,bob2,b@b.org\ncy,cy3,c@b.org\n", "username", "ada1"),
        ("student,login\nada,ada1\nbob,\ncy,cy3\n", "username", "ada"),
        ("student\nada\nbob\ncy\n", "username", "ada"),
    ],
)
def test_moodle_s_table_uses_a_column_that_everybody_has(folder, roster, column, first):
    (folder / "students.csv").write_text(roster, encoding="utf-8")
    rows = exported("moodle", folder)["moodle-gaussian-mixture.csv"]
    assert rows[0][0] == column
    assert rows[1][0] == first


def test_without_a_roster_the_folders_names_are_the_logins(folder):
    (folder / "students.csv").unlink()
    rows = exported("canvas", folder)["canvas-gaussian-mixture.csv"]
    assert rows[2] == ["ada", "", "", "ada", "", "37.5"]
    assert [row[0] for row in rows[2:]] == ["ada", "cy"]
    assert [row[0] for row in exported("moodle", folder)["moodle-gaussian-mixture.csv"]] == [
        "username",
        "ada",
        "cy",
    ]


# An empty cell in Canvas's table and a dash in Moodle's would delete an existing mark.
@pytest.mark.parametrize("kind", ["canvas", "moodle", "gradescope"])
def test_a_student_without_a_mark_has_no_row_and_no_mark_is_empty(folder, kind):
    for rows in exported(kind, folder).values():
        at = 3 if kind == "gradescope" else -1
        assert all(row[at] not in ("", "-") for row in rows)
        assert not {"bob2", "dan4", "002", "004", "bob@example.org"} & {each for row in rows for each in row}


@pytest.mark.parametrize("kind", ["canvas", "moodle"])
def test_a_column_takes_the_platforms_name(folder, kind):
    found = exported(kind, folder, {"gaussian-mixture": "gaussian-mixture (1234)"})
    assert [rows[0][-1] for rows in found.values()] == ["gaussian-mixture (1234)", "image-clusters"]


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "  =1+1", "＝1", "\t=1"])
def test_no_spreadsheet_runs_a_name(folder, name):
    quoted = name.replace('"', '""')
    roster = STUDENTS.replace('"Lovelace, Ada",A', f'"{quoted}","{quoted}"')
    (folder / "students.csv").write_text(roster, encoding="utf-8")
    rows = exported("canvas", folder)["canvas-gaussian-mixture.csv"]
    assert rows[-1][0] == rows[-1][4] == "'" + name.strip()
    assert not [text for row in rows for text in row if text.lstrip().startswith(tuple("=+-@＝"))]


@pytest.mark.parametrize("column", ["dan4", "dan@example.org", "S4", "44"])
def test_ids_are_refused_and_not_changed_if_a_spreadsheet_would_execute_them(folder, column):
    (folder / "students.csv").write_text(STUDENTS.replace(f",{column},", f",=1+{column},"), encoding="utf-8")
    with pytest.raises(ValueError, match="begins with =, and a spreadsheet would run it: correct it"):
        exported("canvas", folder)
    assert not list(folder.glob("canvas*"))


def test_a_folder_that_a_spreadsheet_would_run_is_refused_and_can_be_left_out(folder):
    (folder / "students.csv").unlink()
    (folder / "marks.csv").write_text(MARKS.replace("bob", "'=bob"), encoding="utf-8")
    with pytest.raises(ValueError, match="the student '=bob' begins with =.* --leave-out==bob"):
        exported("moodle", folder)
    assert len(exported("moodle", folder, leave_out=["=bob"])["moodle-gaussian-mixture.csv"]) == 3


@pytest.mark.parametrize("name", ["ada", "=1+1", "-1", "'=1", "''@x", "'ada", "O'Neil"])
def test_escaped_text_is_read_back_unchanged(name):
    assert of_text(as_text(name)) == name
    assert not as_text(name).startswith(RUNS)


def test_marks_csv_has_no_name_that_a_spreadsheet_would_run(tmp_path):
    record = {
        "student": "=1+1",
        "assignment": "gaussian-mixture",
        "status": "cannot be read",
        "why": "it is a pipe",
    }
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as book:
        (row,) = rows_of(write_marks(book, {("gaussian-mixture", "=1+1"): record}, COURSE, tmp_path))[1:]
    assert row[0] == "'=1+1"


ROSTERS = {
    "student,nickname\nada,a\n": "has a column nickname; its columns, with commas between, can be student",
    "student;name\nada;Ada\n": "has a column student;name; its columns, with commas",
    "name,login\nAda,ada\n": "students.csv has no column student",
    "student,name\nada,A\nbob,B\ncy,C\nada,A\n": "students.csv has ada twice: keep one of them",
    "student,login\nada,x\nbob,x\ncy,z\n": "students.csv has x twice",
    "student,student\nada,x\n": "students.csv has student twice",
    "student,name\nada,A\nbob,B\n": "students.csv has no row for cy, but marks.csv has one.",
    "student,name\n,A\nbob,B\n": "students.csv has a row without a student",
    "student,name\nada,Lovelace, Ada\n": "more values than columns: put quotes around commas",
    'student,name\nada,"x"y\n': "students.csv cannot be read as a table",
    "student,name\nada,Zo\xeb\n".encode("latin-1"): "students.csv is not in UTF-8: save it as CSV UTF-8",
}


@pytest.mark.parametrize("text", ROSTERS)
def test_an_unusable_roster_is_refused_in_a_sentence(folder, text):
    (folder / "students.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ValueError, match=r"\.$") as told:
        exported("canvas", folder)
    assert ROSTERS[text] in str(told.value)
    assert "\n" not in str(told.value)


TABLES = {
    None: "run make grade first",
    "student,assignment,total\nada,x,3\n": "marks.csv has no column max: run make grade",
    "student,assignment,total,max\nada,x,many,4\n": "marks.csv has 'many' in the place of a number",
    "student,assignment,total,max\nada,x,3,4\nada,x,4,4\n": "marks.csv has ada: x twice",
    "student,assignment,total,max\n": "there is no student in marks.csv",
}


@pytest.mark.parametrize("text", TABLES)
def test_unusable_marks_are_refused_in_a_sentence(tmp_path, text):
    if text is not None:
        (tmp_path / "marks.csv").write_text(text)
    with pytest.raises(ValueError, match=r"\.$") as told:
        exported("moodle", tmp_path)
    assert TABLES[text] in str(told.value)


def test_a_row_that_is_no_student_can_be_left_out(folder):
    more = MARKS + "reference,image-clusters,graded,,,,34,34,,\n"
    (folder / "marks.csv").write_text(more, encoding="utf-8")
    with pytest.raises(ValueError, match="students.csv has no row for reference, but marks.csv has one"):
        exported("canvas", folder)
    assert len(exported("canvas", folder, leave_out=["reference"])["canvas-image-clusters.csv"]) == 3


UNREAD = """\
student,assignment,status,words,total,max,unread,late_hours,repaired,look_at
ada,gaussian-mixture,graded,,36,40,1,,,read it
bob,gaussian-mixture,graded,4,40,40,,,,
cy,gaussian-mixture,graded,,30,40,2,,,read it
cy,image-clusters,graded,2,28,34,,,,
"""


@pytest.fixture
def unread(folder):
    (folder / "marks.csv").write_text(UNREAD, encoding="utf-8")
    return folder


def run(*args, folder):
    return main(["export", *args, "--course", str(folder)])


def test_totals_that_are_not_final_are_exported_only_with_an_option(unread, capsys):
    assert run("--canvas", folder=unread) == 1
    out, error = capsys.readouterr()
    assert out.splitlines() == [
        "Not final: gaussian-mixture: 2 totals are not final (ada, cy), because 3 answers are not read yet "
        "and count as 0.",
        "Read these answers in the formgrader, run `make grade`, and export again.",
    ]
    assert error == (
        "Stopped: nothing was written, because 2 totals are not final (see above). Add --final-only to leave "
        "them out, or --anyway to export them as they are.\n"
    )
    assert not list(unread.glob("canvas*"))


def test_with_anyway_totals_that_are_not_final_are_exported_and_labelled(unread, capsys):
    assert run("--canvas", "--anyway", folder=unread) == 0
    assert [row[0] for row in rows_of(unread / "canvas-gaussian-mixture.csv")[2:]] == [
        'Łukasz "Cy" Żak (not final: gaussian-mixture: 2 answers not read yet)',
        "Lovelace, Ada (not final: gaussian-mixture: 1 answer not read yet)",
        "李明",
    ]
    assert run("--moodle", "--anyway", folder=unread) == 0
    assert rows_of(unread / "moodle-gaussian-mixture.csv") == [
        ["idnumber", "gaussian-mixture", "not final"],
        ["003", "30", "gaussian-mixture: 2 answers not read yet"],
        ["001", "36", "gaussian-mixture: 1 answer not read yet"],
        ["002", "40", ""],
    ]
    assert rows_of(unread / "moodle-image-clusters.csv") == [["idnumber", "image-clusters"], ["003", "28"]]


def test_with_final_only_they_are_left_out_and_named(unread, capsys):
    assert run("--moodle", "--final-only", folder=unread) == 0
    assert rows_of(unread / "moodle-gaussian-mixture.csv") == [
        ["idnumber", "gaussian-mixture"],
        ["002", "40"],
    ]
    assert "Left out, because the total is not final: gaussian-mixture: ada, cy." in capsys.readouterr().out


def test_another_assignment_is_still_exported(unread, capsys):
    assert run("--canvas", "--assignment", "image-clusters", folder=unread) == 0
    assert [path.name for path in unread.glob("canvas*")] == ["canvas-image-clusters.csv"]
    assert run("--canvas", "--assignment", "image-cluster", folder=unread) == 1
    assert "there is no assignment 'image-cluster'; there are: image-clusters" in capsys.readouterr().err


def test_one_total_that_is_not_final_is_reported_in_the_singular(unread, capsys):
    assert run("--canvas", "--leave-out", "cy", folder=unread) == 1
    out, error = capsys.readouterr()
    assert "1 total is not final (ada), because 1 answer is not read yet and counts as 0." in out
    assert "1 total is not final (see above). Add --final-only to leave it out" in error


def test_the_advice_is_directly_below_the_totals_that_are_not_final(unread, capsys):
    (unread / "unmarked.json").write_text("[")
    assert run("--canvas", "--anyway", folder=unread) == 0
    told = [line.split(" ")[0] for line in capsys.readouterr().out.splitlines()]
    assert told == ["Written:", "Written:", "Not", "Read", "Look"]


def test_after_a_run_that_was_stopped_older_totals_are_not_exported_as_if_they_were_new(folder, capsys):
    write_unmarked(folder, [Unmarked("image-clusters", name, "key") for name in ("cy", "dan")])
    says = "Not marked yet, because the last run was stopped: cy, dan. Run `make grade` again."
    assert run("--canvas", "--assignment", "image-clusters", folder=folder) == 1
    assert says in capsys.readouterr().out.splitlines()
    assert run("--canvas", "--final-only", folder=folder) == 0
    assert says in capsys.readouterr().out.splitlines()
    assert [path.name for path in folder.glob("canvas*")] == ["canvas-gaussian-mixture.csv"]
    assert run("--canvas", "--anyway", folder=folder) == 0
    assert rows_of(folder / "canvas-image-clusters.csv")[2][-1] == "28"


def test_if_all_answers_are_read_nothing_is_reported(folder, capsys):
    (folder / "marks.csv").write_text(
        UNREAD.replace(",1,,,", ",,,,").replace(",2,,,", ",,,,"), encoding="utf-8"
    )
    assert run("--moodle", folder=folder) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Written: {folder / f'moodle-{name}.csv'}" for name in ("gaussian-mixture", "image-clusters")
    ]


def test_the_command_names_students_without_a_mark_and_why(folder, capsys):
    assert run("--moodle", folder=folder) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "No mark: gaussian-mixture: bob (cannot be read).",
        "No mark: image-clusters: ada (fault of ours).",
    ]
    assert run("--moodle", "--leave-out", "bob", folder=folder) == 0
    assert "bob" not in capsys.readouterr().out


def test_one_more_name_is_one_other():
    assert listed("abc", 2) == "a, b and 1 other"
    assert listed("abcd", 2) == "a, b and 2 others"


def test_other_names_and_kinds_are_refused(folder):
    with pytest.raises(ValueError, match="no export for 'blackboard'; there are: canvas, gradescope, moodle"):
        exported("blackboard", folder)
    with pytest.raises(ValueError, match="no assignment of marks.csv is called nothing"):
        exported("canvas", folder, {"nothing": "x"})
    with pytest.raises(ValueError, match="begins with ="):
        exported("canvas", folder, {"gaussian-mixture": "=1"})


def test_without_any_total_nothing_is_written(folder):
    with pytest.raises(ValueError, match=r"nothing was written: marks.csv has no total that can be exported"):
        exported("canvas", folder, leave_out=["ada", "cy"])


def test_a_roster_from_a_spreadsheet_is_read(folder):
    roster = "\ufeff" + STUDENTS.replace("student,id", "student , id").replace("\n", "\r\n") + ",,,,,,,\r\n"
    (folder / "students.csv").write_bytes(roster.encode())
    assert len(exported("canvas", folder)["canvas-gaussian-mixture.csv"]) == 4


def test_an_export_is_written_completely_or_not_at_all(folder, monkeypatch):
    exported("canvas", folder)
    before = (folder / "canvas-gaussian-mixture.csv").read_bytes()
    monkeypatch.setattr("grading.doors.canvas._called", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        exported("canvas", folder)
    assert (folder / "canvas-gaussian-mixture.csv").read_bytes() == before
