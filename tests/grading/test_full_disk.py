"""A disk that really fills up: there is one sentence, an exit code other than 0, and the next run goes on."""

import os
import shutil
import subprocess

import pytest
from canned import Canned, course_with, run
from often import often
from submissions.draft import NAME

from grading.files import in_words
from grading.run.journal import read_records
from grading.run.sound import GradebookError

pytestmark = [pytest.mark.instructor, pytest.mark.box]
STUDENTS = ["ada", "bob", "zoe"]
# Sizes from "no room for a gradebook" to "room for the first pages".
SIZES = often([192, 16, 64, 128, 256, 320])


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return course_with(tmp_path_factory.mktemp("course"), *STUDENTS)


@pytest.fixture
def disk(tmp_path):
    """Yield a function that makes a small disk of so many kilobytes, or enlarges it ("remount")."""
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root can make a small disk")

    def sized(size, *more):
        options = ",".join([*more, f"size={size}k"])
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "small", tmp_path], capture_output=True)
        if done.returncode and not more:
            pytest.skip(f"no disk can be made here: {done.stderr.decode()}")
        return tmp_path / "out"

    yield sized
    # A gradebook that could not be written may still be open.
    subprocess.run(["umount", "--lazy", tmp_path], capture_output=True, check=False)


@pytest.mark.parametrize("size", SIZES)
def test_a_full_disk_is_reported_and_the_next_run_goes_on(course, disk, size, capfd):
    out, pool = disk(size), Canned()
    with pytest.raises((OSError, GradebookError)) as ended:
        run(course, pool, out=out)
    assert "disk is full" in in_words(ended.value) or "disk is not full" in in_words(ended.value)
    assert "Traceback" not in capfd.readouterr().err
    disk(20_000, "remount")
    _, found = run(course, pool, out=out)
    assert {name: each.has_marks for name, each in found.items()} == dict.fromkeys(STUDENTS, True)
    assert {student for _, student in read_records(out)} == set(STUDENTS)
    assert all((out / "feedback" / each / NAME / f"{NAME}.html").exists() for each in STUDENTS)
    assert len((out / "marks.csv").read_text().splitlines()) == 1 + len(STUDENTS)
    assert not list(out.glob("*.part"))
