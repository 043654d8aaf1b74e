"""Gradescope's container, set up by setup.sh. Whatever a submission does in it, no mark is forged."""

import io
import json
import os
import shutil
import zipfile

import pytest
from gradescope_container import Container
from ours import COURSE
from submissions.container import ATTACKS, HARM_THEMSELVES, attacker
from submissions.draft import NAME, answered, points, right, wrong

from grading.gradescope.archive import write_autograder
from grading.gradescope.packed import Visibility

needed = ("debootstrap", "unshare", "setpriv")
pytestmark = [
    pytest.mark.instructor,
    pytest.mark.long,
    pytest.mark.skipif(
        os.geteuid() != 0 or not all(map(shutil.which, needed)), reason="needs root and these"
    ),
]
ALL = sum(value for name, value in points().items() if name != "in-your-own-words")
FILE = f"{NAME}.ipynb"


@pytest.fixture(scope="module")
def container(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gradescope")
    write_autograder(COURSE.assignment(NAME), folder / "zip", Visibility.AFTER_DUE_DATE, 10)
    made = Container.make(folder / "root")
    made.unpack(folder / "zip")
    done = made.set_up()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The reference notebook has full marks." in done.stdout
    return made


def test_a_right_submission_gets_all_marks_that_gradescope_can_give(container):
    results = container.marks({"My homework.ipynb": json.dumps(right().content)})
    assert results["score"] == ALL, container.said
    assert results["visibility"] == "after_due_date"
    assert "as another user in the same container" in results["tests"][-1]["output"]
    assert container.left() == []


def test_a_wrong_submission_gets_no_marks_and_reasons(container):
    results = container.marks({FILE: json.dumps(wrong().content)})
    assert results["score"] == 0, container.said
    assert all("<p>" in each["output"] for each in results["tests"])


def test_bubblewrap_is_used_if_it_works_and_not_needed_if_it_is_missing(container):
    files = {FILE: json.dumps(answered({}).content)}
    results = container.marks(files, mounted=True)
    assert "bubblewrap" in results["tests"][-1]["output"], container.said
    assert results["score"] == 0
    program = container.root / "usr/bin/bwrap"
    program.rename(program.with_name("away"))
    results = container.marks(files)
    program.with_name("away").rename(program)
    assert "as another user" in results["tests"][-1]["output"], container.said
    assert results["score"] == 0


def zipped(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"homework/{name}.ipynb", text)
    return data.getvalue()


@pytest.mark.parametrize(
    ("files", "score"),
    [
        ({}, None),
        ({"notes.txt": "I will hand it in later"}, None),
        ({FILE: "<html>not found</html>"}, None),
        ({"hw.zip": zipped(final=json.dumps(right().content))}, ALL),
        ({FILE: json.dumps(answered({}).content), "work/copy.ipynb": json.dumps(right().content)}, ALL),
    ],
    ids=["nothing", "a text", "a web page", "a zip", "two notebooks"],
)
def test_every_upload_is_marked_or_gets_no_score_and_a_sentence(container, files, score):
    results = container.marks(files)
    assert results.get("score") == score, container.said
    if score is None:
        assert "This does not mean 0 marks" in results["output"]
        assert "What to do" in results["output"]


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_reaches_nothing_and_right_answers_keep_their_marks(container, name):
    results = container.marks({FILE: json.dumps(attacker(name, is_right=True).content)})
    asked = {each["name"]: each["score"] for each in results["tests"] if "score" in each}
    lost = {each for each, mark in asked.items() if mark < points()[f"test-{each}"]}
    assert lost == set() or name in HARM_THEMSELVES, (lost, container.said)
    assert results["score"] <= ALL
    assert container.left() == []


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_forges_no_mark(container, name):
    results = container.marks({FILE: json.dumps(attacker(name, is_right=False).content)})
    assert results["score"] == 0, container.said
    assert container.left() == []
