"""Gradescope's autograder: the content of the zip, and the results that Gradescope gets for a submission."""

import json
import os
import re
import stat
import time
import zipfile

import nbformat
import pytest
from ours import COURSE
from submissions.draft import NAME, RIGHT, points, short

from grading.__main__ import main
from grading.box.kind import BoxKind
from grading.box.limits import Limits
from grading.commands.gradescope import VISIBILITIES
from grading.gradescope import container
from grading.gradescope.archive import FAULT, PROGRAMS, boxed_bundle, files_of
from grading.gradescope.container import CODE, MARKED, SOURCE, SUBMISSION, mark_container
from grading.gradescope.kinds import HOLDS, does_not_hold
from grading.gradescope.memory import LEAST_MB, OURS_MB, within_container
from grading.gradescope.packages import marking_lock, part_of
from grading.gradescope.packed import BUNDLE, Visibility, packed, read_packed
from grading.gradescope.plain_html import KEPT, MOST, plain_html
from grading.gradescope.ruled import OWN, for_everybody, left_out
from grading.gradescope.told import checked, not_marked, results_of, unreadable
from grading.marking.jobs import points_of
from grading.policies.policy import HandMark, Policy
from grading.run.task import Graded
from grading.zips import write_zip

pytestmark = [pytest.mark.instructor, pytest.mark.box]
ASSIGNMENT = COURSE.assignment(NAME)
ANOTHER = COURSE.assignment("image-clusters").release
BY_N = "def compute_means(data, resp, counts):\n    return resp.T @ data / len(data)"
ASKED = {name for name in points() if name != "in-your-own-words"}


@pytest.fixture(scope="module")
def held():
    return packed(ASSIGNMENT, boxed_bundle(ASSIGNMENT), Visibility.AFTER_DUE_DATE, 10)


@pytest.fixture
def at(held, tmp_path):
    """Return a folder with the layout of Gradescope. The code in it is the one that runs here."""
    for name in (SUBMISSION, MARKED):
        (tmp_path / name).mkdir()
    for name, data in held.files().items():
        path = tmp_path / SOURCE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def upload(at, name, content):
    (at / SUBMISSION / name).write_text(content, encoding="utf-8")


def result(at):
    return checked(json.loads((at / MARKED / "results.json").read_text(encoding="utf-8")))


def test_the_packed_bundle_is_read_back_unchanged(held, at):
    again = read_packed(at / SOURCE, at / SOURCE / CODE)
    assert again.bundle.key == held.bundle.key
    assert again.bundle.world.at == at / SOURCE / CODE
    assert (again.visibility, again.minutes, again.releases) == (held.visibility, 10, held.releases)


def test_the_zip_has_all_that_marking_needs_and_the_same_bytes_each_time(held, tmp_path):
    files = files_of(held)
    assert {*PROGRAMS, FAULT, "bundle.json", "source.ipynb", f"releases/{NAME}.ipynb"} <= files.keys()
    for package in ("grading", "checks", "helpers", "explorer", "exercises", "data"):
        assert any(name.startswith(f"{CODE}/{package}/") for name in files), package
    assert not [name for name in files if re.search(r"__pycache__|node_modules|seed|\.db$|\.venv", name)]
    few = {name: files[name] for name in (*PROGRAMS, FAULT, "bundle.json")}
    one, two = (write_zip(tmp_path / name, few, programs=PROGRAMS) for name in ("one.zip", "two.zip"))
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        modes = {each.filename: each.external_attr >> 16 for each in archive.infolist()}
    assert modes == {name: 0o755 if name in PROGRAMS else 0o644 for name in few}
    checked(json.loads(files[FAULT]))


def test_the_lock_file_has_only_what_marking_needs():
    lock = marking_lock(COURSE)
    names = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.M))
    assert {"numpy", "nbformat", "msgpack", "jsonschema", "ipython"} <= names
    assert not {"playwright", "sphinx", "ruff", "distributed"} & names
    block = "a==1 --hash=sha256:0\n    # via b\n"
    both = f"{block}a==2 ; python_version >= '3.12' --hash=sha256:1\n    # via b\n"
    others = "b==1 --hash=sha256:2\n    # via\n    #   x (pyproject.toml)\nd==1 --hash=sha256:3\n"
    assert part_of(both + others, ["b>1"]) == both + others.partition("d==")[0]
    with pytest.raises(ValueError, match="no package 'c' with a hash"):
        part_of(block, ["c"])


def test_a_submission_is_marked_and_gradescope_gets_the_results(at):
    answers = {name: RIGHT[name] for name in ("compute_soft_counts", "quiz-loglik", "in-your-own-words")}
    upload(at, "My work.ipynb", json.dumps(short({**answers, "compute_means": BY_N}).content))
    results = mark_container(at)
    assert results == result(at)
    scores = {f"test-{each['name']}": each["score"] for each in results["tests"] if "score" in each}
    right = {"test-compute_soft_counts", "test-quiz-loglik"}
    assert scores == {name: points()[name] if name in right else 0 for name in ASKED}
    assert results["score"] == sum(scores.values()) > 0
    assert results["visibility"] == "after_due_date"
    assert results["stdout_visibility"] == "hidden"
    first, *_, last = results["tests"]
    assert first["visibility"] == "visible"
    assert "after the due date" in first["output"]
    assert not re.search(r"\d|mistake", first["output"].replace("<p>", ""))  # before it no mark and no reason
    means = next(each for each in results["tests"] if each["name"] == "compute_means")
    assert "divided by N" in means["output"]
    assert means["status"] == "failed"
    hidden = [each for each in results["tests"] if each.get("visibility") == "hidden"]
    assert [each["name"].split(":")[0] for each in hidden] == ["in-your-own-words", "How this was marked"]
    assert "score" not in hidden[0]
    assert "A share: the probability" in hidden[0]["output"]
    assert all(each.split("'")[0] in last["output"] for each in HOLDS)
    assert all("visibility" not in each for each in results["tests"] if "score" in each)
    assert stat.S_IMODE((at / SOURCE).stat().st_mode) & 0o077 == 0
    for each in results["tests"]:
        assert set(re.findall(r"</?([a-z0-9]+)", each["output"])) <= KEPT
        assert not re.search(r"<[a-z0-9]+ ", each["output"])
        assert not re.search(r"assert |def check|BEGIN HIDDEN", each["output"])


def test_policies_for_everybody_count_in_gradescope_too(held, at):
    """Gradescope itself has dates and single students. Such policies are named, and left out of the zip."""
    decided = Policy(
        dropped=("test-quiz-loglik",),
        full_marks=("in-your-own-words",),
        points={"test-compute_means": 12},
        by_hand={("ada", "test-EM"): HandMark(1)},
    )
    there = packed(ASSIGNMENT, held.bundle, held.visibility, held.minutes, decided)
    (at / SOURCE / BUNDLE).write_bytes(there.files()[BUNDLE])
    assert read_packed(at / SOURCE, COURSE.root).policy == for_everybody(decided) != decided
    assert left_out(decided) == [OWN["by_hand"]]
    answers = {name: RIGHT[name] for name in ("compute_means", "compute_soft_counts", "quiz-loglik")}
    upload(at, "mine.ipynb", json.dumps(short(answers).content))
    results = mark_container(at)
    told = {each["name"]: each for each in results["tests"]}
    there_are = points_of(nbformat.reads(held.bundle.source.decode(), as_version=4))
    most = there_are["in-your-own-words"]
    assert (told["quiz-loglik"]["score"], told["quiz-loglik"]["max_score"]) == (0, 0)
    assert "was dropped" in told["quiz-loglik"]["output"]
    assert (told["compute_means"]["score"], told["compute_means"]["max_score"]) == (12, 12)
    assert "now counts 12 marks" in told["compute_means"]["output"]
    assert told["in-your-own-words"]["score"] == most  # no person needs to read it
    assert results["score"] == 12 + most + points()["test-compute_soft_counts"]
    counts = decided.points_by(there_are)
    shown = sum(each.get("max_score", 0) for each in results["tests"])
    lost = there_are["test-quiz-loglik"] + there_are["test-compute_means"]
    assert sum(counts.values()) == shown == sum(there_are.values()) - lost + 12


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("", "", "empty"),
        ("notes.txt", "later", "no notebook"),
        (f"{NAME}.ipynb", "<html>", "cannot be read"),
        (f"{NAME}.ipynb", ANOTHER.read_text(encoding="utf-8"), "image-clusters"),
    ],
    ids=["nothing", "a text", "a web page", "another assignment"],
)
def test_an_unreadable_submission_has_no_score_and_is_told_what_to_do(at, name, content, says):
    if name:
        upload(at, name, content)
    results = mark_container(at)
    assert results == result(at)
    assert "score" not in results
    assert not [each for each in results["tests"] if "score" in each]
    assert says in results["output"]
    assert "This does not mean 0 marks" in results["output"]


def test_an_error_of_the_grader_gives_no_score_and_only_instructors_see_the_cause(at, monkeypatch):
    def broken(*_):
        raise OSError("<the disk> is gone")

    monkeypatch.setattr(container, "grade", broken)
    upload(at, "a.ipynb", json.dumps(short(RIGHT).content))
    results = mark_container(at)
    assert results == result(at)
    assert "score" not in results
    assert "an error on our side" in results["output"]
    assert "the disk" not in results["output"]
    told = [each for each in results["tests"] if "&lt;the disk&gt;" in each["output"]]
    assert [each["visibility"] for each in told] == ["hidden"]


def test_marking_stops_when_gradescope_s_time_is_used(at, monkeypatch):
    monkeypatch.setattr(container, "grade", lambda *_: time.sleep(60))
    monkeypatch.setattr(container, "SPARE", 10 * 60 - 0.2)
    upload(at, "a.ipynb", json.dumps(short(RIGHT).content))
    results = mark_container(at)
    assert "score" not in results
    assert "10 minutes" in str(results["tests"])


def test_without_a_box_that_holds_there_are_no_marks(at, monkeypatch):
    monkeypatch.setattr(
        container, "require_box", lambda *_: (_ for _ in ()).throw(container.BoxError("a hole"))
    )
    upload(at, "a.ipynb", json.dumps(short(RIGHT).content))
    assert "score" not in mark_container(at)


def test_students_see_marks_when_the_instructor_says_so():
    nb = nbformat.v4.new_notebook()
    graded = Graded("key", "graded", notebook=nbformat.writes(nb))
    for each in Visibility:
        told = results_of(graded, each)
        assert told["visibility"] == each
        assert told["score"] == 0


def test_results_that_gradescope_would_not_understand_are_refused():
    told = not_marked(unreadable("it is empty"))
    for wrong in ({"scor": 1}, {"visibility": "later"}, {"tests": [{"score": "3"}]}, {"tests": []}):
        with pytest.raises(ValueError, match="Gradescope would not accept this results.json"):
            checked({**told, **wrong})


def test_reports_are_reduced_to_html_elements_that_gradescope_keeps():
    hint = '<div><p>a</p><div style="border-left: 3px"><p><b>b</b> &lt;c</p></div><p>d</p></div>'
    assert plain_html(hint) == "<p>a</p><blockquote><p><strong>b</strong> &lt;c</p></blockquote><p>d</p>"
    hostile = '<script>x()</script><img src=x onerror=x()><p onclick="x()" style="position: fixed">e'
    assert plain_html(hostile) == "<p>e</p>"
    assert plain_html("<table><tr><td>1</td><td>2</td></tr></table>") == "<br>1 2 "
    assert len(plain_html("<p>a" * MOST)) < 200


def test_memory_for_a_submission_fits_into_the_container():
    assert within_container(Limits(), 768).memory_mb == 768 - OURS_MB
    assert within_container(Limits(memory_mb=300), 6000).memory_mb == 300
    assert within_container(Limits(), 100).memory_mb == LEAST_MB


def test_without_namespaces_more_is_not_protected():
    assert set(does_not_hold(BoxKind.NAMESPACES)) < set(does_not_hold(BoxKind.USER))


def test_the_command_refuses_what_it_cannot_do(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for options, says in (
        (["--minutes", "60"], "from 5 to 40"),
        (["--out", str(tmp_path)], "is a folder"),
    ):
        assert main(["gradescope", NAME, "--course", str(COURSE.root), *options]) == 1
        assert says in capsys.readouterr().err
    assert os.listdir(tmp_path) == []
    assert tuple(Visibility) == VISIBILITIES
