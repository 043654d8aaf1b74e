"""The content of submitted/: everybody who hands in has a row, and files without an owner are named."""

import gzip
import io
import json
import os
import socket
import tarfile
import zipfile

import pytest
from jsonschema import Draft202012Validator
from ours import COURSE
from submissions.draft import NAME, answered, right

from grading.noted import QuestionNote
from grading.places import CellEnd, Spot
from grading.repair import Unreadable
from grading.run.schema import FILE
from grading.status import Status
from grading.submitted.inbox import Inbox
from grading.submitted.names import shown, student_name
from grading.submitted.released import Releases
from grading.submitted.remarks import Oddity

BOOK = f"{NAME}.ipynb"
OTHER = "bernoulli-digits"
WORK = json.dumps(right().content).encode()
MORE = WORK.replace(b"A share", b"A part")  # the same work with another answer
UNTOUCHED = json.dumps(answered({}).content).encode()
DIGITS = json.dumps(answered({}, OTHER).content).encode()
RELEASES = Releases({each.name: each.release for each in COURSE.assignments()})
BROKEN = b"{"
NAMES = {BROKEN: "broken", WORK: "work", MORE: "more", UNTOUCHED: "untouched", DIGITS: "digits"}


def zipped(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(files, how="gz"):
    """Return a tar archive. A function changes the header of its file."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=f"w:{how}") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            if callable(data):
                data(info)
                archive.addfile(info)
            else:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def put(root, files):
    """Write files by their paths. A function makes its own file, and None stands for a folder."""
    for at, (name, data) in enumerate(files.items()):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(data):
            data(path)
        elif data is None:
            path.mkdir()
        else:
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
            os.utime(path, (1_700_000_000 + at,) * 2)  # each file is newer than those before


def look(root, files, names=(NAME,), rows=(), ours=()):
    """Put these files into the folder and read them.

    Return by assignment and student what is marked, or a sentence why nothing is; and the inbox.
    """
    put(root, files)
    inbox = Inbox(root, RELEASES, rows, lambda: ours)
    inbox.place_unclear(names)
    found = {}
    for name in names:
        for student in inbox.students(name):
            try:
                found[name, student] = inbox.read(student, name)
            except Unreadable as error:
                found[name, student] = str(error)
    return found, inbox


def marked(found):
    """Return by student which notebook is marked, or the sentence why none is."""
    return {
        student: each if isinstance(each, str) else NAMES[each.data] for (_, student), each in found.items()
    }


def kinds(delivery):
    return {each.kind for each in delivery.remarks}


LAYOUTS = {
    "as it should be": ({f"bob/{NAME}/{BOOK}": WORK}, "bob", set()),
    "capitals": ({f"bob/Gaussian-Mixture/{BOOK}": WORK}, "bob", {Oddity.NAME}),
    "a space": ({f"bob/Gaussian mixture/{BOOK}": WORK}, "bob", {Oddity.NAME}),
    "underscores": ({f"bob/gaussian_mixture/{BOOK}": WORK}, "bob", {Oddity.NAME}),
    "a slip of the pen": ({f"bob/gausian-mixture/{BOOK}": WORK}, "bob", {Oddity.PLACE}),
    "another name": ({f"bob/{NAME}/hw 3.ipynb": WORK}, "bob", {Oddity.NAME}),
    "another ending": ({f"bob/{NAME}/homework.json": WORK}, "bob", {Oddity.NAME}),
    "an ending more": ({f"bob/{NAME}/{BOOK}.txt": WORK}, "bob", {Oddity.NAME}),
    "too deep": ({f"bob/mine/{NAME}/{BOOK}": WORK}, "bob", {Oddity.PLACE}),
    "two too deep": ({f"bob/my/own/{NAME}/{BOOK}": WORK}, "bob", {Oddity.PLACE}),
    "twice the folder": ({f"bob/{NAME}/{NAME}/{BOOK}": WORK}, "bob", {Oddity.PLACE}),
    "too high": ({f"bob/{BOOK}": WORK}, "bob", {Oddity.PLACE}),
    "too high, with no name": ({"bob/hw.ipynb": WORK}, "bob", {Oddity.PLACE, Oddity.NAME}),
    "another folder": ({"bob/homework/hw.ipynb": WORK}, "bob", {Oddity.PLACE, Oddity.NAME}),
    "the assignment first": ({f"{NAME}/bob/{BOOK}": WORK}, "bob", {Oddity.PLACE}),
    "both in one folder": ({f"{NAME}-bob/{BOOK}": WORK}, "bob", set()),
    "a zip of the student": ({"fay.zip": zipped({f"{NAME}/{BOOK}": WORK})}, "fay", {Oddity.PLACE}),
    "a zip without folder": ({"fay.ZIP": zipped({BOOK: WORK})}, "fay", {Oddity.PLACE}),
    "a zip with both names": ({f"fay_{NAME}.zip": zipped({BOOK: WORK})}, "fay", {Oddity.PLACE}),
    "a zip in its folder": ({f"fay/{NAME}/hw.zip": zipped({BOOK: WORK})}, "fay", {Oddity.PLACE}),
    "a zip for a folder": ({f"fay/{NAME}.zip": zipped({BOOK: WORK})}, "fay", set()),
    "a zip in a zip": ({"fay.zip": zipped({"in.zip": zipped({BOOK: WORK})})}, "fay", {Oddity.PLACE}),
    "a tar": ({"fay.tar": tarred({BOOK: WORK}, "")}, "fay", {Oddity.PLACE}),
    "a tar with gzip": ({"fay.tar.gz": tarred({f"./{NAME}/{BOOK}": WORK})}, "fay", {Oddity.PLACE}),
    "a tar by its short name": ({f"fay_{NAME}.TGZ": tarred({BOOK: WORK})}, "fay", {Oddity.PLACE}),
    "a tar with xz": ({"fay.tar.xz": tarred({BOOK: WORK}, "xz")}, "fay", {Oddity.PLACE}),
    "a tar with bzip2": ({"fay.tar.bz2": tarred({BOOK: WORK}, "bz2")}, "fay", {Oddity.PLACE}),
    "a tar in its folder": ({f"fay/{NAME}/hw.tgz": tarred({BOOK: WORK})}, "fay", {Oddity.PLACE}),
    "a tar for a folder": ({f"fay/{NAME}.tar.gz": tarred({BOOK: WORK})}, "fay", set()),
    "a tar in a zip": ({"fay.zip": zipped({"in.tgz": tarred({BOOK: WORK})})}, "fay", {Oddity.PLACE}),
    "Canvas, a tar": ({"doejane_123_456_hw.tgz": tarred({BOOK: WORK})}, "doejane", {Oddity.DOWNLOAD}),
    "loose": ({"gus.ipynb": WORK}, "gus", {Oddity.PLACE, Oddity.NAME}),
    "loose, with both names": ({f"gus_{BOOK}": WORK}, "gus", {Oddity.PLACE, Oddity.NAME}),
    "Canvas": ({f"doejane_123_456_{BOOK}": WORK}, "doejane", {Oddity.DOWNLOAD}),
    "Canvas, late": ({f"doejane_LATE_123_456_{BOOK}": WORK}, "doejane", {Oddity.DOWNLOAD, Oddity.LATE_MARK}),
    "Canvas, a zip": ({"doejane_123_456_hw.zip": zipped({BOOK: WORK})}, "doejane", {Oddity.DOWNLOAD}),
    "Moodle": ({f"Jane Doe_123_assignsubmission_file_/{BOOK}": WORK}, "Jane Doe", {Oddity.DOWNLOAD}),
    "Moodle, flat": ({f"Jane Doe_123_assignsubmission_file_{BOOK}": WORK}, "Jane Doe", {Oddity.DOWNLOAD}),
    "Blackboard": (
        {
            f"Gaussian Mixture_j_doe_attempt_2026-01-01-10-10-10_{BOOK}": WORK,
            "Gaussian Mixture_j_doe_attempt_2026-01-01-10-10-10.txt": "Name: Jane Doe",
        },
        "j_doe",
        {Oddity.DOWNLOAD},
    ),
    "Brightspace": (
        {f"12-34 - Jane Doe - Jan 1, 2026 1010 AM - {BOOK}": WORK},
        "Jane Doe",
        {Oddity.DOWNLOAD},
    ),
    "a download in a folder": ({f"Export/doejane_123_456_{BOOK}": WORK}, "doejane", {Oddity.DOWNLOAD}),
    "a download in a zip": ({"all.zip": zipped({f"doejane_1_4_{BOOK}": WORK})}, "doejane", {Oddity.DOWNLOAD}),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_understood_layout_is_marked_with_its_remarks(tmp_path, layout):
    files, student, odd = LAYOUTS[layout]
    found, inbox = look(tmp_path, files)
    assert marked(found) == {student: "work"}
    assert kinds(found[NAME, student]) == odd
    assert inbox.not_understood() == []


def test_gradescope_s_file_gives_names_and_times(tmp_path):
    told = (
        "---\nsubmission_1:\n  :submitters:\n  - :name: Jane Doe\n    :sid: '77'\n    :email: jd@x.edu\n"
        "  - :name: Al Bo\n    :sid: '78'\n    :email: ab@x.edu\n  :created_at: 2026-01-01 10:00:00.5 Z\n"
    )
    files = {
        "assignment_9_export/submission_metadata.yml": told,
        f"assignment_9_export/submission_1/{BOOK}": WORK,
    }
    found, _ = look(tmp_path, files, rows=[{"student": "ab", "email": "ab@x.edu"}])
    assert marked(found) == {"Jane Doe": "work", "ab": "work"}
    assert {each.time.when.isoformat() for each in found.values()} == {"2026-01-01T10:00:00.500000"}


@pytest.mark.parametrize(
    ("files", "row"),
    [
        ({f"doejane_123_4_{BOOK}": WORK}, {"id": "123"}),
        ({f"doejane_9_4_{BOOK}": WORK}, {"name": "Doe, Jané"}),
        ({f"Jane Doe_123_assignsubmission_file_/{BOOK}": WORK}, {"name": "Jane Doe"}),
        ({f"HW_1_j_doe_attempt_2026-01-01-10-10-10_{BOOK}": WORK}, {"login": "j_doe"}),
        ({f"jd@x.edu/{BOOK}": WORK}, {"email": "jd@x.edu"}),
        ({f"JD7/{NAME}/{BOOK}": WORK}, {}),
        ({f"section 1/jd7/{BOOK}": WORK}, {}),
        ({"section 1.zip": zipped({f"jd7/{BOOK}": WORK})}, {}),
        ({"jd7.ipynb": WORK}, {}),
    ],
)
def test_students_csv_identifies_the_student(tmp_path, files, row):
    rows = [{"student": "jd7", **row}, {"student": "else", "name": "Else"}]
    assert marked(look(tmp_path, files, rows=rows)[0]) == {"jd7": "work"}


SECTIONS = {
    "zips": {"class zips/xi.zip": zipped({BOOK: WORK}), "class zips/vi.zip": zipped({BOOK: MORE})},
    "zips with odd notebooks": {
        "c/xi.zip": zipped({"hw.ipynb": WORK}),
        "c/vi.tgz": tarred({"m/my.ipynb": MORE}),
    },
    "zips in a zip": {"c.zip": zipped({"xi.zip": zipped({BOOK: WORK}), "vi.zip": zipped({BOOK: MORE})})},
    "notebooks": {"class flat/xi.ipynb": WORK, "class flat/vi.ipynb": MORE},
    "notebooks with both names": {f"flat/xi_{BOOK}": WORK, f"flat/{NAME} vi.ipynb": MORE},
    "notebooks in a zip": {"flat.zip": zipped({"xi.ipynb": WORK, "vi.ipynb": MORE})},
    "folders in a zip": {"all.zip": zipped({f"xi/{BOOK}": WORK, f"vi/{BOOK}": MORE})},
    "folders with odd notebooks": {"all/xi/hw.ipynb": WORK, "all/vi/hw.ipynb": MORE},
    "folders with an assignment's": {"b.zip": zipped({f"xi/{NAME}/{BOOK}": WORK, f"vi/{NAME}/{BOOK}": MORE})},
    "of each kind": {f"b/xi/{BOOK}": WORK, "b/vi.zip": zipped({BOOK: MORE}), "b/readme.txt": "x"},
    "two levels": {"a/b/xi.ipynb": WORK, "a/c/vi.ipynb": MORE, "a/b/yo.ipynb": WORK, "a/c/ya.ipynb": WORK},
}


@pytest.mark.parametrize("section", SECTIONS)
def test_each_student_of_a_section_has_a_row(tmp_path, section):
    told = marked(look(tmp_path, SECTIONS[section])[0])
    assert {name: told.pop(name, "") for name in ("xi", "vi")} == {"xi": "work", "vi": "more"}
    assert set(told) <= {"yo", "ya"}


def test_a_student_of_a_section_gets_a_note_where_the_work_was(tmp_path):
    found, _ = look(tmp_path, SECTIONS["folders in a zip"])
    assert (
        "'all.zip' holds work of several students; the name in it says whose it is" in found[NAME, "xi"].notes
    )


ONES = {
    "two versions": {"bob/draft.ipynb": UNTOUCHED, "bob/homework.ipynb": WORK},
    "copies": {"bob/mine.ipynb": UNTOUCHED, "bob/mine (1).ipynb": WORK},
    "copies of a name": {"bob/bob.ipynb": UNTOUCHED, "bob/bob-Copy1.ipynb": WORK},
    "versions": {"bob/xi.ipynb": UNTOUCHED, "bob/xi2.ipynb": UNTOUCHED, "bob/xi_final.ipynb": WORK},
    "two folders": {f"bob/old/{BOOK}": UNTOUCHED, f"bob/new/{BOOK}": WORK},
    "a backup": {f"bob/backup/{BOOK}": UNTOUCHED, f"bob/my work/{BOOK}": WORK},
    "the right name": {f"bob/{BOOK}": WORK, "bob/xi.ipynb": UNTOUCHED, "bob/vi.ipynb": UNTOUCHED},
    "other notebooks": {"bob/xi.ipynb": WORK, "bob/vi.ipynb": b'{"cells": []}'},
    "one zip": {"bob/xi.zip": zipped({BOOK: WORK}), "bob/data.zip": zipped({"x.csv": b"1"})},
    "data in folders": {f"bob/xi/{BOOK}": WORK, "bob/pictures/x.png": "1"},
}


@pytest.mark.parametrize("one", ONES)
def test_several_files_of_one_student_are_not_a_section(tmp_path, one):
    assert marked(look(tmp_path, ONES[one])[0]) == {"bob": "work"}


def test_a_folder_named_in_students_csv_belongs_to_one_student(tmp_path):
    files = {"bob/xi.ipynb": WORK, "bob/vi.ipynb": UNTOUCHED}
    assert marked(look(tmp_path, files, rows=[{"student": "bob"}])[0]) == {"bob": "work"}


def test_two_assignments_in_two_folders_belong_to_one_student(tmp_path):
    files = {f"bob/monday/{BOOK}": WORK, f"bob/tuesday/{OTHER}.ipynb": DIGITS}
    found, _ = look(tmp_path, files, names=(NAME, OTHER))
    assert {key: NAMES[each.data] for key, each in found.items()} == {
        (NAME, "bob"): "work",
        (OTHER, "bob"): "digits",
    }


@pytest.mark.parametrize(("folder", "listed"), [("Jose\u0301", "Jos\xe9"), ("Jos\xe9", "Jose\u0301")])
def test_a_name_in_two_forms_of_unicode_is_one_student(tmp_path, folder, listed):
    found, _ = look(tmp_path, {f"{folder}/{NAME}/{BOOK}": WORK}, rows=[{"student": listed}])
    assert marked(found) == {listed: "work"}


def test_two_forms_of_unicode_of_one_name_are_two_submissions_of_one_student(tmp_path):
    files = {f"Jose\u0301/{NAME}/{BOOK}": WORK, f"Jos\xe9/{NAME}/{BOOK}": MORE}
    found, _ = look(tmp_path, files)
    assert marked(found) == {"Jos\xe9": "more"}
    delivery = found[NAME, "Jos\xe9"]
    assert kinds(delivery) == {Oddity.SEVERAL}
    assert delivery.notes == (
        "it was handed in twice, under two names that look the same, 'Jos\xe9', but are spelled with "
        "different characters of Unicode. One of them was marked, because it is the newest one; the other "
        "was not",
    )
    assert delivery.unsaid == ()


def test_of_two_submissions_of_one_student_that_are_equally_new_a_person_chooses(tmp_path):
    put(tmp_path, {f"Jose\u0301/{NAME}/{BOOK}": WORK, f"Jos\xe9/{NAME}/{BOOK}": MORE})
    for path in tmp_path.rglob("*"):
        os.utime(path, (0, 0))
    (delivery,) = look(tmp_path, {})[0].values()
    assert kinds(delivery) == {Oddity.TWO_WORKED}
    assert "neither is newer" in delivery.notes[0]


def test_students_are_not_told_about_the_place_of_their_notebook(tmp_path):
    found, _ = look(tmp_path, {"bob/hw.ipynb": WORK})
    delivery = found[NAME, "bob"]
    assert delivery.unsaid == (f"it lay in 'bob' instead of 'bob/{NAME}'",)
    assert set(delivery.notes) > set(delivery.unsaid)


@pytest.mark.parametrize(
    ("files", "taken"),
    [
        ({f"a_1_20_{BOOK}": MORE, f"a_1_9_{BOOK}": WORK}, "more"),
        ({f"a_1_20_{NAME}-1.ipynb": MORE, f"a_1_9_{BOOK}": WORK, "a_1_19_notes.txt": b"x"}, "more"),
        (
            {
                f"H_a_attempt_2026-01-02-10-10-10_{BOOK}": MORE,
                f"H_a_attempt_2026-01-01-10-10-10_{BOOK}": WORK,
            },
            "more",
        ),
        ({f"a/{NAME}/{BOOK}": MORE, "a.zip": zipped({BOOK: WORK})}, "work"),
        ({"a.zip": zipped({BOOK: MORE}), f"a/{NAME}/{BOOK}": WORK}, "work"),
        ({f"a/{NAME}/{BOOK}": WORK, "a.zip": zipped({BOOK: UNTOUCHED})}, "work"),
    ],
)
def test_of_two_submissions_the_newest_with_work_is_marked_with_a_remark(tmp_path, files, taken):
    ((_, delivery),) = look(tmp_path, files)[0].items()
    assert NAMES[delivery.data] == taken
    assert kinds(delivery) & {Oddity.SEVERAL, Oddity.TWO_WORKED}


def test_two_people_with_one_name_are_kept_apart_by_a_platform_s_numbers(tmp_path):
    files = {f"Ann Lee_{n}_assignsubmission_file_/{BOOK}": data for n, data in ((7, WORK), (8, MORE))}
    files |= {f"Ann Lee_70_assignsubmission_file_/{OTHER}.ipynb": DIGITS}
    rows = [{"student": "lee", "id": "70", "name": "Someone Else"}]  # Moodle's numbers are not our ids
    found, _ = look(tmp_path, files, names=(NAME, OTHER), rows=rows)
    assert {key: NAMES[each.data] for key, each in found.items()} == {
        (NAME, "Ann Lee_7"): "work",
        (NAME, "Ann Lee_8"): "more",
        (OTHER, "Ann Lee"): "digits",
    }


def test_canvas_s_anonymous_submissions_belong_to_different_students(tmp_path):
    found, _ = look(tmp_path, {f"anon_a1B2c_99_{BOOK}": WORK, f"LATE_anon_Zz9_98_{BOOK}": MORE})
    assert marked(found) == {"anon_a1B2c": "work", "anon_Zz9": "more"}
    assert Oddity.LATE_MARK in kinds(found[NAME, "anon_Zz9"])


def test_gradescope_s_earlier_submissions_belong_to_their_student(tmp_path):
    told = (
        "submission_5:\n  :submitters:\n  - :name: Jane Doe\n    :sid: '77'\n    :email: jd@x.edu\n"
        "  :created_at: 2026-01-02 10:00:00.500000000 Z\n  :score: 0.0\n  :history:\n"
        "  - :id: 4\n    :created_at: 2026-01-01 09:00:00.000000000 Z\n    :score: 0.0\n"
    )
    files = {"submission_metadata.yml": told, f"submission_5/{BOOK}": MORE, f"submission_4/{BOOK}": WORK}
    found, _ = look(tmp_path, {f"assignment_1_export/{name}": data for name, data in files.items()})
    assert marked(found) == {"Jane Doe": "more"}
    assert found[NAME, "Jane Doe"].time.when.isoformat() == "2026-01-02T10:00:00.500000"
    assert Oddity.SEVERAL in kinds(found[NAME, "Jane Doe"])


def test_names_in_a_student_s_archive_create_no_other_student(tmp_path):
    fake = zipped({f"bob_1_2_{BOOK}": MORE, f"cy_3_4_{BOOK}": MORE})
    found, inbox = look(tmp_path, {f"bob/{NAME}/{BOOK}": WORK, "eve.zip": fake})
    assert marked(found)["bob"] == "work"
    assert found[NAME, "bob"].remarks == ()
    assert [each.path for each in inbox.not_understood()] == [f"eve.zip/bob_1_2_{BOOK}"]


COPIES = {
    "a worked copy": ({BOOK: UNTOUCHED, f"{NAME}-Copy1.ipynb": WORK}, "work", {Oddity.COPY, Oddity.NAME}),
    "a download's": ({BOOK: UNTOUCHED, f"{NAME} (1).ipynb": WORK}, "work", {Oddity.COPY, Oddity.NAME}),
    "a checkpoint": (
        {BOOK: UNTOUCHED, f".ipynb_checkpoints/{NAME}-checkpoint.ipynb": WORK},
        "work",
        {Oddity.COPY},
    ),
    "only a checkpoint": (
        {f".ipynb_checkpoints/{NAME}-checkpoint.ipynb": WORK},
        "work",
        {Oddity.CHECKPOINT},
    ),
    "a checkpoint beside what cannot be read": (
        {BOOK: BROKEN, f".ipynb_checkpoints/{NAME}-checkpoint.ipynb": WORK},
        "work",
        {Oddity.NOT_READ},
    ),
    "an untouched copy": ({BOOK: WORK, f"{NAME}-Copy1.ipynb": UNTOUCHED}, "work", set()),
    "an older checkpoint": ({BOOK: WORK, f".ipynb_checkpoints/{NAME}-checkpoint.ipynb": MORE}, "work", set()),
    "the same twice": ({BOOK: WORK, f"{NAME}-Copy1.ipynb": WORK + b" "}, "work", set()),
    "both": ({BOOK: WORK, f"{NAME}-Copy1.ipynb": MORE}, "work", {Oddity.TWO_WORKED}),
    "something else": ({BOOK: WORK, "notes.ipynb": b'{"cells": []}'}, "work", set()),
    "the right one is broken": (
        {BOOK: b"{", f"{NAME}-Copy1.ipynb": WORK},
        "work",
        {Oddity.NAME, Oddity.NOT_READ},
    ),
    "only a checkpoint beside what cannot be read": (
        {"hw 3.ipynb": BROKEN, f".ipynb_checkpoints/{NAME}-checkpoint.ipynb": UNTOUCHED},
        "broken",
        {Oddity.NAME},
    ),
    "a copy that is broken beside the untouched original": (
        {BOOK: UNTOUCHED, f"{NAME}-Copy1.ipynb": BROKEN},
        "broken",
        {Oddity.NAME, Oddity.COPY},
    ),
    "neither is touched": (
        {BOOK: UNTOUCHED, f"{NAME}-Copy1.ipynb": UNTOUCHED},
        "untouched",
        {Oddity.UNTOUCHED},
    ),
}


@pytest.mark.parametrize("copy", COPIES)
def test_of_several_copies_the_one_with_work_is_marked(tmp_path, copy):
    files, taken, odd = COPIES[copy]
    found, _ = look(tmp_path, {f"bob/{NAME}/{name}": data for name, data in files.items()})
    assert marked(found) == {"bob": taken}
    assert kinds(found[NAME, "bob"]) == odd


DOWNLOADS = [name for name, (_, _, odd) in LAYOUTS.items() if Oddity.DOWNLOAD in odd]


@pytest.mark.parametrize("layout", DOWNLOADS)
def test_names_given_by_a_platform_are_a_note_and_no_repair(tmp_path, layout):
    files, student, _ = LAYOUTS[layout]
    delivery = look(tmp_path, files)[0][NAME, student]
    assert delivery.repairs == ()
    assert any("it was taken from a download of " in note for note in delivery.notes)


@pytest.mark.parametrize(
    ("file", "odd"),
    [
        (f"doejane_1_2_{NAME}-1.ipynb", {Oddity.DOWNLOAD}),
        (f"doejane_1_2_{NAME}-12.ipynb", {Oddity.DOWNLOAD}),
        (f"doejane_1_2_{NAME}-Copy1.ipynb", {Oddity.DOWNLOAD, Oddity.NAME}),
        (f"Jane Doe_1_assignsubmission_file_{NAME}-1.ipynb", {Oddity.DOWNLOAD, Oddity.NAME}),
    ],
)
def test_canvas_s_number_in_a_file_name_does_not_count_as_another_name(tmp_path, file, odd):
    found, _ = look(tmp_path, {file: WORK})
    (delivery,) = found.values()
    assert kinds(delivery) == odd


def test_the_note_on_a_copy_says_both_names(tmp_path):
    found, _ = look(tmp_path, {f"bob/{NAME}/{BOOK}": UNTOUCHED, f"bob/{NAME}/{NAME}-Copy1.ipynb": WORK})
    assert found[NAME, "bob"].notes[-1] == (
        f"'{BOOK}' is as it was released, so the worked copy '{NAME}-Copy1.ipynb' was marked"
    )


def test_a_checkpoint_without_its_notebook_is_named_as_such(tmp_path):
    found, _ = look(tmp_path, {f"bob/{NAME}/.ipynb_checkpoints/{NAME}-checkpoint.ipynb": WORK})
    assert found[NAME, "bob"].notes[-1] == "only the copy that JupyterLab kept was handed in"


def a_socket(path):
    with socket.socket(socket.AF_UNIX) as made:
        at = os.getcwd()
        os.chdir(path.parent)  # names of sockets must be short
        try:
            made.bind(path.name)
        finally:
            os.chdir(at)


def to(target):
    return lambda path: path.symlink_to(target)


REFUSED = {
    "a link to another's notebook": (
        {f"eve/{NAME}/{BOOK}": to(f"../../bob/{NAME}/{BOOK}")},
        "what 'bob' handed in",
    ),
    "a link to another's folder": ({f"eve/{NAME}": to(f"../bob/{NAME}")}, "a symbolic link to what 'bob'"),
    "a link for a student": ({"eve": to("bob")}, "a symbolic link to what 'bob' handed in"),
    "a link elsewhere": (
        {f"eve/{NAME}/{BOOK}": to(COURSE.assignment(NAME).solution)},
        "is a symbolic link, and",
    ),
    "a link to itself": ({f"eve/{NAME}/{BOOK}": to(BOOK)}, "is a symbolic link, and is not read"),
    "a pipe": ({f"eve/{NAME}/{BOOK}": os.mkfifo}, f"'{BOOK}' is a named pipe"),
    "a pipe for a folder": ({f"eve/{NAME}": os.mkfifo}, "is a named pipe"),
    "a pipe for a student": ({"eve": os.mkfifo}, "is a named pipe"),
    "a pipe for a zip": ({"eve.zip": os.mkfifo}, "is a named pipe"),
    "a socket": ({f"eve/{NAME}/{BOOK}": a_socket}, "is a socket"),
    "a folder": ({f"eve/{NAME}/{BOOK}": None}, "is a folder, not a file"),
    "a folder with files": ({f"eve/{NAME}/{BOOK}/x.txt": "x"}, "is a folder, not a file"),
    "a file for a folder": ({f"eve/{NAME}": "x"}, f"(there is: {NAME})"),
    "nothing": ({f"eve/{NAME}": None}, "the folder is empty"),
    "an essay": ({f"eve/{NAME}/essay.pdf": "%PDF"}, "(there is: essay.pdf)"),
    "an essay elsewhere": ({"eve/essay.pdf": "%PDF"}, "it is not clear which assignment it is for"),
    "another archive": (
        {"eve.rar": "Rar!"},
        "'eve.rar': it is a rar archive; unpack it, or ask for a zip",
    ),
    "another archive with both names": (
        {f"eve_{NAME}.7z": "7z"},
        "': it is a 7z archive; unpack it, or ask for a zip",
    ),
    "another archive in its folder": ({f"eve/{NAME}/hw.rar": "Rar!"}, "it is a rar archive; unpack it"),
    "another archive in a zip": ({"eve.zip": zipped({"hw.7z": "7z"})}, "it is a 7z archive; unpack it"),
    "a packed notebook": ({"eve.ipynb.gz": "gz"}, "it is a gz archive; unpack it"),
    "a broken tar": ({"eve.tar.gz": b"\x1f\x8b no"}, "it is not a tar archive, or it is damaged"),
    "a tar that is none": ({"eve.tgz": b"no"}, "it is not a tar archive, or it is damaged"),
    "a broken zip": ({"eve.zip": b"PK\x03\x04 no"}, "it is not a zip archive, or it is damaged"),
    "too large": (
        {f"eve/{NAME}/{BOOK}": lambda path: (path.touch(), os.truncate(path, 10**9))},
        "more than 100 MB",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_an_unreadable_submission_has_a_row_with_a_sentence(tmp_path, what):
    files, sentence = REFUSED[what]
    found, _ = look(tmp_path, {f"bob/{NAME}/{BOOK}": WORK, **files})
    told = marked(found)
    assert told.pop("bob") == "work"
    assert sentence in told.pop("eve")
    assert told == {}


def test_a_hard_link_to_a_file_of_the_course_is_not_read(tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(WORK)
    told = secret.stat()
    files = {f"eve/{NAME}/{BOOK}": lambda path: os.link(secret, path)}
    found, _ = look(tmp_path / "in", files, ours={(told.st_dev, told.st_ino)})
    assert "a hard link" in found[NAME, "eve"]


def test_a_copy_that_shares_its_files_with_a_backup_is_read(tmp_path):
    backup = tmp_path / "backup.ipynb"
    backup.write_bytes(WORK)
    found, inbox = look(tmp_path / "in", {f"bob/{NAME}/{BOOK}": lambda path: os.link(backup, path)})
    assert marked(found) == {"bob": "work"}
    assert list(inbox.same_file()) == []


def test_two_students_with_the_same_file_are_marked_and_reported(tmp_path):
    first = tmp_path / "bob" / NAME / BOOK
    files = {f"bob/{NAME}/{BOOK}": WORK, f"eve/{NAME}/{BOOK}": lambda path: os.link(first, path)}
    found, inbox = look(tmp_path, files)
    assert marked(found) == {"bob": "work", "eve": "work"}
    assert [names for _, names in inbox.same_file()] == [["bob", "eve"]]


def test_a_file_that_disappears_while_it_is_read_gets_a_sentence(tmp_path):
    put(tmp_path, {f"bob/{NAME}/{BOOK}": WORK})
    inbox = Inbox(tmp_path, RELEASES)
    (tmp_path / "bob" / NAME / BOOK).unlink()
    with pytest.raises(Unreadable, match="it is not there any more"):
        inbox.read("bob", NAME)


def test_a_link_that_replaces_a_folder_is_not_followed(tmp_path):
    put(tmp_path / "in", {f"bob/{NAME}/{BOOK}": WORK})
    inbox = Inbox(tmp_path / "in", RELEASES)
    (tmp_path / "in" / "bob").rename(tmp_path / "elsewhere")
    (tmp_path / "in" / "bob").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unreadable, match="is a symbolic link"):
        inbox.read("bob", NAME)


def test_an_error_in_the_reader_gets_a_sentence(tmp_path, monkeypatch):
    found, inbox = look(tmp_path, {f"bob/{NAME}/{BOOK}": WORK})
    monkeypatch.setattr("grading.submitted.inbox.delivery", lambda *_: 1 / 0)
    inbox._reader.close()  # the reader was started before the change
    with pytest.raises(Unreadable, match=r"it trips the reader \(ZeroDivisionError\)"):
        inbox.read("bob", NAME)


ODD_NAMES = {
    b"b\xff".decode("utf-8", "surrogateescape"): r"b\xff",
    "a\nb": r"a\x0ab",
    "red\x1b[31m": r"red\x1b[31m",
    "\u202eeve": r"\u202eeve",
    "Zoë 李": "Zoë 李",
    "می\u200cخواهم": "می\u200cخواهم",
}


@pytest.mark.parametrize("name", ODD_NAMES, ids=ODD_NAMES.values())
def test_names_are_shown_without_control_characters(tmp_path, name):
    found, inbox = look(tmp_path, {f"{name}/{NAME}/{BOOK}": WORK, f"{name}/odd\x1b.txt": "x"})
    assert marked(found) == {ODD_NAMES[name]: "work"}
    assert [each.path for each in inbox.not_understood()] == [rf"{ODD_NAMES[name]}/odd\x1b.txt"]


def test_every_name_becomes_a_valid_folder_name():
    assert student_name("..") == "(..)"
    assert student_name("a/../b") == "a_.._b"
    assert len(student_name("\xe9" * 255).encode()) <= 200
    assert student_name("x" * 250 + "1") != student_name("x" * 250 + "2")
    assert shown("\ud800") == r"\ud800"


def test_files_that_belong_to_nobody_are_named(tmp_path):
    files = {
        "README.md": "x",
        BOOK: WORK,
        "empty": None,
        f"bob/{NAME}/{BOOK}": WORK,
        f"bob/{NAME}/data.csv": "1",
        "bob/notes.txt": "x",
        "bob/old/x.ipynb": "{",
        "bob/.DS_Store": "x",
        "__MACOSX/._x": "x",
        ".ipynb_checkpoints": None,
    }
    found, inbox = look(tmp_path, files)
    assert marked(found) == {"bob": "work"}
    paths = [each.path for each in inbox.not_understood()]
    assert paths == ["README.md", "bob/notes.txt", "bob/old", "empty", BOOK]


def test_one_folder_can_hold_two_assignments(tmp_path):
    files = {f"bob/{BOOK}": WORK, "bob/digits.ipynb": DIGITS, f"cy/{NAME}/{BOOK}": MORE}
    found, inbox = look(tmp_path, files, names=(NAME, OTHER))
    told = {key: NAMES[each.data] for key, each in found.items()}
    assert told == {(NAME, "bob"): "work", (OTHER, "bob"): "digits", (NAME, "cy"): "more"}
    assert inbox.not_understood() == []


def test_a_student_with_a_row_for_one_assignment_gets_none_for_another(tmp_path):
    files = {f"bob/{OTHER}/{OTHER}.ipynb": DIGITS, f"cy/{NAME}/{BOOK}": WORK, "bob/essay.pdf": "x"}
    assert marked(look(tmp_path, files)[0]) == {"cy": "work"}


BAD_ZIPS = {
    "a path that leads out": zipped({f"../../bob/{BOOK}": WORK}),
    "a path from the root": zipped({f"/etc/{BOOK}": WORK}),
    "a drive": zipped({f"C:/{BOOK}": WORK}),
    "a bomb": zipped({BOOK: bytes(101_000_000)}),
}


@pytest.mark.parametrize("bad", BAD_ZIPS)
def test_a_hostile_zip_gets_a_sentence(tmp_path, bad):
    found, _ = look(tmp_path, {"eve.zip": BAD_ZIPS[bad]})
    sentence = "has more than 100 MB" if bad == "a bomb" else "leads out of it"
    assert sentence in found[NAME, "eve"]
    assert [path.name for path in tmp_path.rglob("*")] == ["eve.zip"]


def linked(kind, to):
    def change(info):
        info.type, info.linkname = kind, to

    return change


BAD_TARS = {
    "a link": (tarred({BOOK: linked(tarfile.SYMTYPE, "/etc/passwd")}), "is a symbolic link, and is not read"),
    "a hard link": (tarred({BOOK: linked(tarfile.LNKTYPE, "x")}), "is a hard link, and is not read"),
    "a pipe": (tarred({BOOK: linked(tarfile.FIFOTYPE, "")}), "is a device, and is not read"),
    "a path that leads out": (tarred({f"../../bob/{BOOK}": WORK}), "leads out of it"),
    "a path from the root": (tarred({f"/etc/{BOOK}": WORK}), "leads out of it"),
    "a bomb": (tarred({BOOK: bytes(101_000_000)}), "has more than 100 MB"),
    "many names": (tarred({str(n): b"" for n in range(10_001)}), "its list of files is too long"),
    "cut off": (tarred({BOOK: WORK})[:-2000], "it is not a tar archive, or it is damaged"),
    "cut off before it was packed": (gzip.compress(tarred({BOOK: WORK}, "")[:3000]), "damaged"),
}


@pytest.mark.parametrize("bad", BAD_TARS)
def test_a_hostile_tar_gets_a_sentence(tmp_path, bad):
    data, sentence = BAD_TARS[bad]
    found, _ = look(tmp_path, {"eve.tar.gz": data})
    assert sentence in found[NAME, "eve"]
    assert [path.name for path in tmp_path.rglob("*")] == ["eve.tar.gz"]


def changed(data, **fields):
    """Return a zip in which the header of the file claims something else."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (info,) = archive.infolist()
        text = archive.read(info)
    for name, value in fields.items():
        setattr(info, name, value)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(info, text)
    return made.getvalue()


def test_links_and_encrypted_files_in_a_zip_are_not_read(tmp_path):
    link = changed(zipped({BOOK: b"/etc/passwd"}), external_attr=0o120777 << 16)
    locked = bytearray(zipped({BOOK: WORK}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    packed = changed(zipped({BOOK: WORK}), compress_type=zipfile.ZIP_LZMA)
    files = {"a.zip": link, "b.zip": bytes(locked), "c.zip": packed, "d.zip": zipped({BOOK: WORK})[:-30]}
    told = marked(look(tmp_path, files)[0])
    assert "is a symbolic link, and is not read" in told["a"]
    assert "is encrypted: ask for it without a password" in told["b"]
    assert "packed in a way that is not read" in told["c"]
    assert "not a zip archive, or it is damaged" in told["d"]


DEEP = "/".join("abcdefghijkl")


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize(
    "files",
    [
        {"eve": b"", f"eve/{BOOK}": WORK},  # some programs write a folder so
        {"eve": b"about me", f"eve/{BOOK}": WORK},
        {"eve": b"about me", "eve/eve": b"again", f"eve/{BOOK}": WORK},
        {f"{DEEP}/one/{BOOK}": UNTOUCHED, f"{DEEP}/two/{BOOK}": WORK},
        {f"{DEEP}/one/{BOOK}": WORK, f"{DEEP}/two/{BOOK}": UNTOUCHED},
    ],
)
def test_no_path_in_an_archive_replaces_another_path(tmp_path, files, pack):
    """The untouched notebook is not marked, so the student's work has to be found beside it."""
    ending = "zip" if pack is zipped else "tar.gz"
    found, _ = look(tmp_path, {f"eve.{ending}": pack(files)})
    assert marked(found) == {"eve": "work"}


def test_a_zip_with_very_many_names_is_not_opened(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for n in range(15_000):
            archive.writestr(f"{n:040}", "")
    assert "its list of files is too long" in look(tmp_path, {"eve.zip": made.getvalue()})[0][NAME, "eve"]


def test_names_in_a_zip_are_read_as_old_programs_wrote_them(tmp_path):
    utf8 = zipped({f"José/{BOOK}": WORK}).replace("José".encode(), b"Jos\xc3\xa9")
    unmarked = bytearray(utf8)
    for mark, place in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        unmarked[unmarked.index(mark) + place] &= ~8  # the zip no longer says that the names are UTF-8
    found, _ = look(tmp_path, {"eve.zip": bytes(unmarked)})
    assert "'eve.zip/José'" in " ".join(found[NAME, "eve"].notes)


def test_pictures_that_the_notebook_names_are_read(tmp_path):
    draft = right()
    draft.answer(
        "in-your-own-words", "![a](sketch.png) ![b](img/my%20photo.JPG) ![c](gone.png) ![d](link.png)"
    )
    work = json.dumps(draft.content).encode()
    files = {"sketch.png": b"1", "img/my photo.JPG": b"2", "other.png": b"3", "link.png": to("/etc/passwd")}
    files = {BOOK: work, "sketch.gif": b"4", **files}
    for place, at in (("on disk", f"bob/{NAME}/"), ("in a zip", "")):
        inside = {f"{at}{name}": data for name, data in files.items()}
        if not at:
            inside = {"bob.zip": zipped({name: data for name, data in inside.items() if not callable(data)})}
        found, _ = look(tmp_path / place, inside)
        empty = {"link.png": b""} if at else {}  # it is in the folder, but is not read
        assert found[NAME, "bob"].pictures == {"sketch.png": b"1", "img/my photo.JPG": b"2", **empty}


BESIDE = {"answer.txt": "x", "Answer.DOCX": "x", "in/a.pdf": "x", "my.md": "x", "no.png": "x", "run.py": "x"}


def test_files_of_text_beside_the_notebook_are_named(tmp_path):
    nothing = {
        "timestamp.txt": "2026-01-01 10:00",
        "requirements.txt": "x",
        "README.md": "x",
        "empty.txt": "",
    }
    files = {
        **BESIDE,
        **nothing,
        "link.txt": to("/etc/passwd"),
        ".ipynb_checkpoints/old.txt": "x",
        BOOK: WORK,
    }
    found, _ = look(tmp_path / "a", {f"bob/{NAME}/{name}": data for name, data in files.items()})
    packed = zipped({name: data for name, data in files.items() if not callable(data)})
    found |= look(tmp_path / "b", {"fay.zip": packed})[0]
    names = ("Answer.DOCX", "answer.txt", "my.md", "run.py", "in/a.pdf", "no.png")
    paths = {student: tuple(file.path for file in each.written) for (_, student), each in found.items()}
    assert paths == {"bob": names, "fay": names}


PAGE = "<span class='k'>def</span> <span class='nf'>compute_means</span>(data):\n  x = 1"
LOOKED_INTO = {
    "a.py": (
        "def EM(data):\n    pass\nfirst = second == 1\nclass A: pass",
        ("EM", "first", "A"),
        False,
        False,
    ),
    "b.html": (PAGE, ("compute_means", "x"), False, False),
    "c.txt": ("I think so", (), True, False),
    "d.pdf": ("%PDF", (), True, True),
    "e.rar": ("Rar!", (), True, True),
    "f.heic": ("x", (), True, False),
}


def test_the_content_of_files_beside_the_notebook_is_read(tmp_path):
    files = {f"bob/{NAME}/{name}": data for name, (data, *_) in LOOKED_INTO.items()}
    (found,) = look(tmp_path, {f"bob/{NAME}/{BOOK}": WORK, **files})[0].values()
    told = {each.path: (each.defines, each.prose, each.closed) for each in found.written}
    assert told == {name: tuple(due) for name, (_, *due) in LOOKED_INTO.items()}


def test_many_pictures_beside_the_notebook_are_not_taken_for_an_answer(tmp_path):
    files = {f"bob/{NAME}/{n}.png": "x" for n in range(4)}
    (found,) = look(tmp_path, {f"bob/{NAME}/{BOOK}": WORK, **files})[0].values()
    assert found.written == ()


@pytest.mark.parametrize("names", [(f"{BOOK}.txt",), ("my work.txt",), (BOOK, f"{BOOK}.txt")])
def test_a_notebook_saved_as_text_is_not_also_a_text_file_beside_it(names, tmp_path):
    (found,) = look(tmp_path, {f"bob/{NAME}/{name}": WORK for name in names})[0].values()
    assert found.written == ()


def test_the_schema_of_results_has_every_kind_of_remark():
    schema = json.loads(FILE.read_text(encoding="utf-8"))
    kinds = schema["properties"]["remarks"]["items"]["properties"]["kind"]["enum"]
    assert set(kinds) == {each.value for each in Oddity}
    where = {"type": "array", **schema["$defs"]["question"]["properties"]["elsewhere"]}
    assert Draft202012Validator(where).is_valid([Spot(0, file="a.txt").record, Spot(3, "above").record])
    how = {**schema["$defs"]["question"]["properties"]["cell"], "$defs": schema["$defs"]}
    for end in (CellEnd(Status.TIME_LIMIT), CellEnd(error="KeyError", skipped=(1, 2))):
        assert Draft202012Validator(how).is_valid(QuestionNote(Status.ERROR, 0.0, cell=end).record["cell"])


@pytest.mark.parametrize("student", ["yuki", "deep/yuki"])
def test_the_notebook_of_another_assignment_gets_no_marks_here(tmp_path, student):
    found, _ = look(tmp_path, {f"{student}/{NAME}/{BOOK}": DIGITS})
    assert list(found.values()) == [f"it is the notebook of '{OTHER}', not of '{NAME}'"]


def test_a_notebook_without_any_names_still_belongs_to_its_assignment(tmp_path):
    content = json.loads(WORK)
    for cell in content["cells"]:
        cell["metadata"] = {}
    bare = json.dumps(content).encode()
    found, _ = look(tmp_path, {f"bob/{NAME}/{BOOK}": bare})
    assert found[NAME, "bob"].data == bare
