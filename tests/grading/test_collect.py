"""A platform's download is shown, then written into submitted/, and nothing that is there already is lost."""

import errno
import json
import os
import signal
import sys
import unicodedata
import zipfile
from contextlib import closing

import pytest
from downloads import (
    BOOK,
    DIGITS,
    MORE,
    MOST,
    NAMES,
    OTHER,
    UNTOUCHED,
    WORK,
    canvas,
    course_in,
    gradescope,
    moodle,
    zipped,
)
from often import often
from submissions.draft import NAME

from grading.__main__ import main
from grading.collect import writing
from grading.collect.attempts import Attempt, NotTaken, Order
from grading.collect.collecting import Collecting
from grading.collect.lying import remembered_in
from grading.collect.plan import Step, alike
from grading.collect.telling import lines_of
from grading.run.alone import alone
from grading.submitted.inbox import Inbox
from grading.submitted.released import Releases
from grading.submitted.remarks import Oddity

pytestmark = pytest.mark.instructor
JAN, FEB = (2026, 1, 31, 12, 0, 0), (2026, 2, 20, 12, 0, 0)


@pytest.fixture
def course(tmp_path):
    home = tmp_path / "course"
    home.mkdir()
    return course_in(home)


def saved(course, name, data):
    path = course.root.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def collected(course, *downloads, of=""):
    """Collect downloads, given as bytes of a zip or as paths; return what `collect` found in them."""
    paths = [
        each if not isinstance(each, bytes) else saved(course, f"{at}.zip", each)
        for at, each in enumerate(downloads)
    ]
    with closing(Collecting(course, paths, of)) as collecting:
        seen = collecting.look()
        assert not [each for each in collecting.write(seen.to_write) if isinstance(each, NotTaken)]
    return seen


def steps(seen):
    """Return the step for each submission, with its student, in the order of the table."""
    return [(each.attempt.student, str(each.step)) for plan in seen.plans for each in plan.decisions]


def lies(course):
    """Return all files of submissions in the course, by path; a known notebook by its name in this file."""
    found = {}
    for top in ("submitted", "attempts"):
        for path in sorted((course.root / top).rglob("*")):
            if path.is_file() and path.name != ".collected.json":
                data = path.read_bytes()
                name = path.relative_to(course.root).as_posix().replace(f"/{NAME}/", "/").replace(BOOK, "nb")
                found[name] = NAMES.get(data) or data.decode()
    return found


CLASS = {
    "submitted/ada/nb": "work",
    "submitted/bob/nb": "more",
    "submitted/cy/nb": "most",
}
SHAPES = {
    "Canvas": (canvas(), {"submitted/bob/notes.txt": "see below"}),
    "Moodle": (moodle(), {"submitted/bob/onlinetext.html": "<p>see the file</p>"}),
    "Moodle, flat": (moodle(flat=True), {"submitted/bob/onlinetext.html": "<p>see the file</p>"}),
    "a pile": (
        zipped({f"{who}_{NAME}.ipynb": data for who, data in (("ada", WORK), ("bob", MORE), ("cy", MOST))}),
        {},
    ),
    "a pile of folders": (
        zipped(
            {f"all/{who}/{NAME}/{BOOK}": data for who, data in (("ada", WORK), ("bob", MORE), ("cy", MOST))}
        ),
        {},
    ),
}


@pytest.mark.parametrize("packed", often([True, False]))
@pytest.mark.parametrize("shape", SHAPES)
def test_each_platforms_download_is_written_where_the_grader_looks(course, shape, packed):
    data, more = SHAPES[shape]
    path = saved(course, "download.zip", data)
    if not packed:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(course.root.parent / "unpacked")
        path = course.root.parent / "unpacked"
    seen = collected(course, path)
    assert lies(course) == CLASS | more
    assert steps(seen) == [("ada", "new"), ("bob", "new"), ("cy", "new")]
    assert seen.refused == []
    assert seen.unknown == []
    before = snapshot(course)
    assert {step for _, step in steps(collected(course, path))} == {"as before"}
    assert snapshot(course) == before


def snapshot(course):
    """Return all files of submissions, with numbers that change if a file is written again."""
    files = (path for top in ("submitted", "attempts") for path in (course.root / top).rglob("*"))
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def test_gradescopes_groups_times_and_earlier_submissions(course):
    collected(course, gradescope())
    assert lies(course) == {
        "submitted/ada/nb": "work",
        "submitted/ada/timestamp.txt": "2026-01-30 17:34:00.861687 UTC\n",
        "submitted/bob/nb": "work",
        "submitted/bob/timestamp.txt": "2026-01-30 17:34:00.861687 UTC\n",
        "submitted/cy/nb": "most",
        "submitted/cy/timestamp.txt": "2026-01-31 23:59:58.000000 UTC\n",
        "attempts/ada/1/nb": "more",
        "attempts/ada/1/timestamp.txt": "2026-01-29 10:00:00.000000 UTC\n",
        "attempts/bob/1/nb": "more",
        "attempts/bob/1/timestamp.txt": "2026-01-29 10:00:00.000000 UTC\n",
    }
    found = Inbox(course.root / "submitted", Releases({NAME: course.assignment(NAME).release}))
    assert found.read("cy", NAME).time.when.isoformat() == "2026-01-31T23:59:58"


def ada(data, number, day=JAN, late="", name=BOOK):
    return zipped({f"hopperada{late}_101_{number}_{name}": data}, day)


def test_a_newer_submission_replaces_the_older_one_which_is_kept(course):
    collected(course, ada(WORK, 10))
    seen = collected(course, ada(MORE, 20, FEB, name=f"{NAME}-1.ipynb"))
    assert steps(seen) == [("ada", "newer")]
    assert lies(course) == {"submitted/ada/nb": "more", "attempts/ada/1/nb": "work"}
    assert steps(collected(course, ada(WORK, 10))) == [("ada", "as before")]
    collected(course, ada(MOST, 30, FEB))
    assert lies(course) == {
        "submitted/ada/nb": "most",
        "attempts/ada/1/nb": "work",
        "attempts/ada/2/nb": "more",
    }


def test_an_older_download_does_not_replace_a_newer_one(course):
    collected(course, ada(MORE, 20, FEB))
    assert steps(collected(course, ada(WORK, 10, FEB))) == [("ada", "earlier")]
    assert lies(course) == {"submitted/ada/nb": "more", "attempts/ada/1/nb": "work"}


@pytest.mark.long
def test_moodles_downloads_are_ordered_by_the_day_of_the_download(course):
    collected(course, moodle(FEB))
    collected(course, zipped({f"Ada Hopper_55501_assignsubmission_file/{BOOK}": MORE}, JAN))
    assert lies(course)["submitted/ada/nb"] == "work"
    collected(course, zipped({f"Ada Hopper_55501_assignsubmission_file/{BOOK}": MOST}, (2026, 3, 1, 0, 0, 0)))
    assert (lies(course)["submitted/ada/nb"], lies(course)["attempts/ada/1/nb"]) == ("most", "more")


def test_several_downloads_at_once_are_put_in_order(course):
    seen = collected(course, ada(MOST, 30), ada(WORK, 10), ada(MORE, 20), ada(WORK, 10))
    assert steps(seen) == [("ada", "earlier"), ("ada", "earlier"), ("ada", "new")]
    assert lies(course) == {
        "submitted/ada/nb": "most",
        "attempts/ada/1/nb": "work",
        "attempts/ada/2/nb": "more",
    }


@pytest.mark.long
def test_two_downloads_of_canvas_in_one_folder_are_two_submissions(course):
    files = {f"hopperada_101_10_{BOOK}": WORK, f"hopperada_101_20_{NAME}-1.ipynb": MORE}
    collected(course, zipped(files | {"hopperada_101_21_notes.txt": b"new"}))
    assert lies(course) == {
        "submitted/ada/nb": "more",
        "submitted/ada/notes.txt": "new",
        "attempts/ada/1/nb": "work",
    }


def test_an_untouched_notebook_does_not_replace_work(course):
    collected(course, ada(WORK, 10))
    assert steps(collected(course, ada(UNTOUCHED, 20, FEB))) == [("ada", "as released")]
    assert lies(course) == {"submitted/ada/nb": "work", "attempts/ada/1/nb": "untouched"}


@pytest.mark.long
def test_files_that_an_instructor_added_or_corrected_are_never_lost(course):
    place = course.root / "submitted" / "ada" / NAME
    place.mkdir(parents=True)
    (place / BOOK).write_bytes(MORE)
    (place / "timestamp.txt").write_text("2026-01-01 10:00:00 UTC")
    os.utime(place / BOOK, (1_700_000_000,) * 2)
    collected(course, ada(WORK, 10))
    assert lies(course) == {
        "submitted/ada/nb": "work",
        "attempts/ada/1/nb": "more",
        "attempts/ada/1/timestamp.txt": "2026-01-01 10:00:00 UTC",
    }
    (place / BOOK).write_bytes(MOST)  # corrected by hand: collecting the same download must not undo it
    assert steps(collected(course, ada(WORK, 10))) == [("ada", "as before")]
    assert lies(course)["submitted/ada/nb"] == "most"


def test_a_time_that_an_instructor_wrote_without_a_notebook_is_kept(course):
    place = course.root / "submitted" / "ada" / NAME
    place.mkdir(parents=True)
    (place / "timestamp.txt").write_text("2026-01-01 10:00:00 UTC")
    collected(course, ada(WORK, 10))
    assert lies(course) == {
        "submitted/ada/nb": "work",
        "submitted/ada/timestamp.txt": "2026-01-01 10:00:00 UTC",
    }


def test_a_time_in_a_student_s_zip_is_ignored(course):
    forged = {BOOK: WORK, "timestamp.txt": b"2020-01-01 10:00:00 UTC", ".collected.json": b"{}"}
    for data in (
        zipped({"hopperada_LATE_101_10_hw.zip": zipped(forged)}),
        zipped({"bob.zip": zipped(forged)}),
    ):
        collected(course, data)
    assert lies(course) == {"submitted/ada/nb": "work", "submitted/bob/nb": "work"}


@pytest.mark.long
def test_times_in_an_instructor_s_zip_are_kept(course):
    collected(
        course,
        zipped({f"ada/{NAME}/{BOOK}": WORK, f"ada/{NAME}/timestamp.txt": b"2026-01-02 03:04:05 +0200"}),
    )
    assert lies(course)["submitted/ada/timestamp.txt"] == "2026-01-02 01:04:05.000000 UTC\n"


def test_the_word_late_in_a_file_name_is_remembered_for_the_report(course):
    collected(course, canvas())
    folder = course.root / "attempts" / "ada" / NAME
    (remembered,) = remembered_in(folder).values()
    assert remembered.late
    assert remembered.origin.name == f"hopperada_LATE_101_7003_{NAME}-1.ipynb"
    from nbgrader.coursedir import CourseDirectory

    from grading.doors.nbgrader_api import load_config
    from grading.run.received import Received

    received = Received(course, CourseDirectory(config=load_config(course.root)), course.assignments()[:2])
    for who, late in (("ada", True), ("cy", False)):
        received.read(who, NAME)
        assert (Oddity.LATE_MARK in {each.kind for each in received.remarks[NAME, who]}) == late
    received.close()


def test_the_same_work_with_a_newer_name_is_remembered(course):
    collected(course, ada(WORK, 10))
    assert steps(collected(course, ada(WORK, 44, FEB))) == [("ada", "the same")]
    (remembered,) = remembered_in(course.root / "attempts" / "ada" / NAME).values()
    assert remembered.origin.told.item == 44
    assert lies(course) == {"submitted/ada/nb": "work"}


def test_students_csv_says_who_is_who_and_unknown_students_are_named(course, tmp_path):
    (course.root / "students.csv").unlink()
    assert "There is no students.csv" in "\n".join(lines_of(collected(course, canvas())))
    assert set(lies(course)) >= {"submitted/hopperada/nb", "submitted/zakcy/nb"}
    (tmp_path / "other").mkdir()
    seen = collected(course_in(tmp_path / "other"), zipped({f"stranger_999_1_{BOOK}": WORK}))
    assert "Not in students.csv: stranger." in "\n".join(lines_of(seen))


def test_two_students_of_one_name_are_kept_apart(course):
    files = {f"Ada Hopper_{n}_assignsubmission_file/{BOOK}": data for n, data in ((1, WORK), (2, MORE))}
    seen = collected(course, zipped(files))
    assert seen.unknown == ["ada_1", "ada_2"]
    assert lies(course) == {"submitted/ada_1/nb": "work", "submitted/ada_2/nb": "more"}


def johns(**works):
    """Return a download of Canvas with students who are all called John Smith, by their numbers."""
    return zipped({f"smithjohn_{n[1:]}_{7000 + int(n[1:])}_{BOOK}": data for n, data in works.items()})


@pytest.mark.parametrize("class_list", [True, False])
def test_canvas_numbers_keep_students_with_the_same_name_apart(course, class_list):
    """No student is marked for another's work, whether both are in one download or in several."""
    roster = course.root / "students.csv"
    roster.write_text('student,name,id\nsmithjohn,"Smith, John",102\n' if class_list else "student\n")
    if not class_list:
        roster.unlink()
    collected(course, johns(n102=WORK))
    collected(course, johns(n103=MORE))
    assert lies(course) == {"submitted/smithjohn/nb": "work", "submitted/smithjohn_103/nb": "more"}
    collected(course, johns(n102=WORK, n103=MORE, n104=MOST))
    now = {"submitted/smithjohn/nb": "work", "submitted/smithjohn_103/nb": "more"}
    assert lies(course) == now | {"submitted/smithjohn_104/nb": "most"}


def test_a_name_in_two_forms_of_unicode_with_two_numbers_is_two_students(course):
    (course.root / "students.csv").unlink()
    one, other = (unicodedata.normalize(form, "müllerjörg") for form in ("NFC", "NFD"))
    collected(course, zipped({f"{one}_102_1_{BOOK}": WORK, f"{other}_103_2_{BOOK}": MORE}))
    assert sorted(unicodedata.normalize("NFC", each) for each in lies(course)) == [
        "submitted/müllerjörg_102/nb",
        "submitted/müllerjörg_103/nb",
    ]


@pytest.mark.parametrize(
    "told",
    [b"submission_1:\n  :submitters: []\n", b"submission_1:\n  :created_at: x\n", b"a: [", b"\xff", b"a: 1"],
)
def test_a_gradescope_submission_without_a_name_is_taken_and_reported(course, told):
    files = {"e/submission_metadata.yml": told, f"e/submission_1/{BOOK}": WORK}
    seen = collected(course, zipped(files))
    assert lies(course) == {"submitted/submission_1/nb": "work"}
    shown = "\n".join(lines_of(seen))
    assert "Not in students.csv: submission_1." in shown
    assert ("it does not say who submitted what" in shown) == (b":submitters" not in told)


def test_moodles_worksheet_gives_times_also_if_it_comes_later(course, capsys):
    header = "Identifier,Full name,Status,Grade,Maximum Grade,Last modified (submission)\n"
    ada, bob = '55501,A,,,40,"Wednesday, 28 January 2026, 9:00 PM"', "55502,B,,,40,-"
    sheet = saved(course, "Grades.csv", f"{header}Participant {ada}\nParticipant {bob}\n".encode())
    command = ["collect", str(saved(course, "m.zip", moodle())), "--yes", "--course", str(course.root)]
    assert main(command) == 0
    assert "submitted/ada/timestamp.txt" not in lies(course)
    assert main([*command, "--worksheet", str(sheet)]) == 1
    assert "--worksheet and --zone go together" in capsys.readouterr().err
    for zone in ("Europe/Berlin", "UTC"):  # a time that is known already is not overwritten
        assert main([*command, "--worksheet", str(sheet), "--zone", zone]) == 0
        assert lies(course)["submitted/ada/timestamp.txt"] == "2026-01-28 20:00:00.000000 UTC\n"
    assert "submitted/bob/timestamp.txt" not in lies(course)


def test_an_unreadable_time_or_zone_is_reported(course, capsys):
    header = "Identifier,Full name,Status,Grade,Maximum Grade,Last modified (submission)\n"
    path = str(saved(course, "m.zip", moodle()))
    for text, zone, says in (
        (
            f"{header}Participant 1,A,,,40,Mittwoch um neun\n",
            "UTC",
            "has the time 'Mittwoch um neun', which is not",
        ),
        (f"{header}Participant 1,A,,,40,-\n", "Nowhere/City", "there is no time zone 'Nowhere/City'"),
        ("Identifier,Grade\nParticipant 1,2\n", "UTC", "has no column Last modified (submission)"),
    ):
        sheet = str(saved(course, "Grades.csv", text.encode()))
        assert (
            main(["collect", path, "--worksheet", sheet, "--zone", zone, "--course", str(course.root)]) == 1
        )
        assert says in capsys.readouterr().err


def test_a_name_that_two_students_have_is_reported(course):
    roster = course.root / "students.csv"
    roster.write_text('student,name\nann1,"Lee, Ann"\nann2,Ann Lee\nbob,Bob\n')
    seen = collected(course, zipped({f"Ann Lee_5_assignsubmission_file/{BOOK}": WORK}))
    assert "'Ann Lee' could be ann1 or ann2: these students have the same name." in "\n".join(lines_of(seen))


def test_names_that_would_be_the_same_folder_are_refused(course):
    (course.root / "students.csv").unlink()
    (course.root / "submitted" / "Ada").mkdir(parents=True)
    seen = collected(course, zipped({f"ada/{NAME}/{BOOK}": WORK, f"bob/{NAME}/{BOOK}": MORE}))
    (refused,) = seen.refused
    assert refused.student == "ada"
    assert "they would be the same folder" in refused.why
    assert lies(course) == {"submitted/bob/nb": "more"}
    assert alike({"\u00c5", "A\u030a", "x"}, ()) == {"\u00c5": "A\u030a"}


@pytest.mark.long
def test_work_for_several_assignments_is_separated(course):
    pile = {f"ada/{NAME}/{BOOK}": WORK, f"ada/{OTHER}/{OTHER}.ipynb": DIGITS, "ada/notes.txt": b"mine"}
    collected(course, zipped(pile))
    assert set(lies(course)) == {
        "submitted/ada/nb",
        "submitted/ada/notes.txt",
        f"submitted/ada/{OTHER}/{OTHER}.ipynb",
        f"submitted/ada/{OTHER}/notes.txt",
    }


@pytest.mark.long
def test_a_file_without_a_notebook_keeps_its_row_in_the_marks(course):
    collected(course, zipped({"hopperada_101_1_scan.pdf": b"%PDF"}), of=NAME)
    assert lies(course) == {"submitted/ada/scan.pdf": "%PDF"}


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


def hostile(tmp_path, add):
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"Cy Żak_3_assignsubmission_file/{BOOK}", WORK)
        add(archive)
    return path


BAD = {
    "a path out": lambda a: a.writestr(f"Bob Müller_2_assignsubmission_file/../../../{BOOK}", WORK),
    "an absolute path": lambda a: a.writestr(f"/Bob Müller_2_assignsubmission_file/{BOOK}", WORK),
    "a drive": lambda a: a.writestr(f"C:\\Bob Müller_2_assignsubmission_file\\{BOOK}", WORK),
    "a link": lambda a: a.writestr(link(f"Bob Müller_2_assignsubmission_file/{BOOK}"), "/etc/passwd"),
    "a bomb": lambda a: a.writestr(f"Bob Müller_2_assignsubmission_file/{BOOK}", b"\0" * 101_000_000),
    "many files": lambda a: [
        a.writestr(
            f"Bob Müller_2_assignsubmission_file/{n}.txt"
            if n
            else f"Bob Müller_2_assignsubmission_file/{BOOK}",
            WORK,
        )
        for n in range(1_002)
    ],
    "a zip that is none": lambda a: a.writestr("Bob Müller_2_assignsubmission_file/hw.zip", b"PK"),
}


OFTEN = ("a path out", "a link", "a zip that is none")


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=[] if each in OFTEN else pytest.mark.long) for each in BAD]
)
def test_harmful_files_are_refused_with_a_sentence_and_others_are_taken(course, tmp_path, name):
    seen = collected(course, hostile(tmp_path, BAD[name]))
    assert lies(course) == {"submitted/cy/nb": "work"}
    said = [line for line in lines_of(seen) if line.startswith("Not taken: ")]
    assert said
    assert all(line.endswith(".") for line in said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course", "hostile.zip"]


@pytest.mark.long
def test_files_beside_a_notebook_stay_in_their_folder_and_clashes_are_reported(course, tmp_path):
    home = "Bob Müller_2_assignsubmission_file"
    path = hostile(
        tmp_path,
        lambda a: [
            a.writestr(f"{home}/{BOOK}", MORE),
            a.writestr(f"{home}/Data.csv", "1"),
            a.writestr(f"{home}/data.csv", "2"),
            a.writestr(f"{home}/a\nb\x1b[31m.txt", "4"),
            a.writestr(link(f"{home}/passwd"), "/etc/passwd"),
        ],
    )
    seen = collected(course, path)
    found = {key: data for key, data in lies(course).items() if "/bob/" in key}
    assert found == {
        "submitted/bob/nb": "more",
        "submitted/bob/Data.csv": "1",
        "submitted/bob/a\\x0ab\\x1b[31m.txt": "4",
    }
    assert len([line for line in lines_of(seen) if line.startswith("Left out of the work of bob: ")]) == 2


def test_only_the_owner_may_read_collected_files(course):
    before = os.umask(0o022)
    try:
        collected(course, canvas())
    finally:
        os.umask(before)
    for top in ("submitted", "attempts"):
        for path in [course.root / top, *(course.root / top).rglob("*")]:
            assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_link_instead_of_a_student_s_folder_is_not_followed(course, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (course.root / "submitted").mkdir()
    (course.root / "submitted" / "ada").symlink_to(tmp_path / "elsewhere")
    seen = collected(course, ada(WORK, 10))
    assert "'submitted/ada' is a link, but must be a folder: move it away" in seen.refused[0].why
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_after_a_full_disk_there_is_no_half_submission(course, monkeypatch, capsys):
    collected(course, ada(WORK, 10))
    before, write, left = lies(course), writing._write, [1]

    def full(path, data):
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        left.pop()
        write(path, data)

    monkeypatch.setattr(writing, "_write", full)
    path = saved(
        course, "new.zip", zipped({f"hopperada_101_20_{BOOK}": MORE, "hopperada_101_21_a.txt": b"x"}, FEB)
    )
    assert main(["collect", str(path), "--yes", "--course", str(course.root)]) == 1
    assert "the disk is full" in capsys.readouterr().err
    assert lies(course) == before
    assert not list(course.root.rglob(".new*"))
    monkeypatch.undo()
    collected(course, path)
    assert lies(course)["submitted/ada/nb"] == "more"


def test_ctrl_c_waits_until_both_moves_are_done(course, monkeypatch):
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored after `&` in a shell
    collected(course, ada(WORK, 10))
    move = writing._move

    def interrupted(*args):
        os.kill(os.getpid(), signal.SIGINT)
        move(*args)

    monkeypatch.setattr(writing, "_move", interrupted)
    try:
        with pytest.raises(KeyboardInterrupt):
            collected(course, ada(MORE, 20, FEB))
    finally:
        signal.signal(signal.SIGINT, before)
    assert lies(course) == {"submitted/ada/nb": "more", "attempts/ada/1/nb": "work"}


def test_after_a_power_cut_between_two_moves_the_next_collect_puts_it_in_place(course, monkeypatch):
    collected(course, ada(WORK, 10))
    new = ada(MORE, 20, FEB)
    collected(course, new)
    (course.root / "submitted" / "ada" / NAME / BOOK).unlink()
    (course.root / "submitted" / "ada" / NAME).rmdir()
    assert steps(collected(course, new)) == [("ada", "new")]
    assert lies(course) == {"submitted/ada/nb": "more", "attempts/ada/1/nb": "work"}


def test_while_the_grader_is_at_work_nothing_is_written(course, capsys):
    path = saved(course, "c.zip", canvas())
    with alone(course.root):
        assert main(["collect", str(path), "--yes", "--course", str(course.root)]) == 1
    assert (
        f"Stopped: another command of the grader is running in {course.root}. Wait until it ends."
        in capsys.readouterr().err
    )
    assert lies(course) == {}


def raising(error):
    def asks(text):
        raise error

    return asks


def test_the_command_asks_where_somebody_can_answer(course, capsys, monkeypatch):
    path = saved(course, "c.zip", canvas())
    command = ["collect", str(path), "--course", str(course.root)]
    assert main(command) == 1
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Nothing was written. To write the files, run the same command again with --yes."
    )
    assert main([*command, "--dry-run"]) == 0
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda text: "n")
    assert main(command) == 1
    assert not (course.root / "submitted").exists()
    assert not (course.root / "attempts").exists()
    for leaves in (EOFError, KeyboardInterrupt):
        monkeypatch.setattr("builtins.input", raising(leaves))
        assert main(command) == 1
    monkeypatch.setattr("builtins.input", lambda text: " Y ")
    assert main(command) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[-1] == "Written: 3 submissions. Next: make grade"
    assert main(command) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["3 as before.", "There is nothing to write."]


def test_the_table_says_how_each_file_was_understood(course):
    collected(course, ada(MORE, 20, JAN))
    with closing(Collecting(course, [saved(course, "c.zip", canvas(FEB))])) as collecting:
        lines = list(lines_of(collecting.look()))
    assert lines[0].split() == ["student", "assignment", "handed", "in", "late", "what", "goes", "to", "from"]
    assert "late  newer  submitted/ (before: attempt 1)" in lines[1]
    assert lines[1].endswith(f"hopperada_LATE_101_7003_{NAME}-1.ipynb")
    assert lines[-1] == "2 new; 1 newer than the work in submitted/, which becomes an attempt."


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nothing.zip", "there is no"),
        ("broken.zip", "broken.zip cannot be read: it is not a zip archive, or it is damaged."),
        ("course/submitted", "is where collected work goes"),
    ],
)
def test_an_unreadable_download_is_reported_in_a_sentence(course, tmp_path, capsys, name, says):
    (course.root / "submitted").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK")
    assert main(["collect", str(tmp_path / name), "--course", str(course.root)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("Stopped: ")
    assert says in error
    assert error.count("\n") == 1


@pytest.mark.long
def test_work_in_another_place_of_submitted_is_reported(course):
    saved(course, f"course/submitted/hopperada_101_5_{BOOK}", WORK)
    says = "\n".join(lines_of(collected(course, ada(MORE, 20, FEB))))
    assert (
        f"Look at this: submitted/hopperada_101_5_{BOOK} is also work of a student in the table above,"
        in says
    )


def test_the_newer_of_two_submissions_is_found_by_the_best_common_information():
    assert Order(changed=1, time=5).is_newer(Order(changed=9, time=4))
    assert not Order(changed=9, platform="Canvas", item=4).is_newer(
        Order(changed=1, platform="Canvas", item=5)
    )
    assert Order(changed=9, platform="Canvas", item=4).is_newer(Order(changed=1, platform="Other", item=5))
    assert not Order(changed=1).is_newer(Order(changed=1))


@pytest.mark.long
def test_a_broken_record_of_downloads_is_ignored(course):
    collected(course, ada(WORK, 10))
    path = course.root / "attempts" / "ada" / NAME / ".collected.json"
    for broken in ("[", '{"a": {}}', json.dumps({"a": {"platform": 1}})):
        path.write_text(broken)
        assert remembered_in(path.parent) == {}
    assert steps(collected(course, ada(WORK, 10))) == [("ada", "the same")]
    assert len(remembered_in(path.parent)) == 1


def test_steps_tell_what_is_marked_and_what_is_written():
    assert {each for each in Step if each.is_marked} == {Step.NEW, Step.NEWER}
    assert {each for each in Step if not each.is_written} == {Step.SAME}
    assert Attempt("ada", "x", 0, "", "", Order()).key == ("x", "ada")
