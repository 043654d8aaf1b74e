"""nbgrader's exchange, from release to feedback, with its own commands; all of them lead to our page.

tests/grading/test_hub.py does the same on a JupyterHub, with users of the system and a browser.
"""

import getpass
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import nbgrader.api
import pytest
from answers import arrays
from conftest import ROOT, copy_course
from nbgrader.api import Gradebook
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.utils import notebook_hash
from submissions.draft import NAME, functions

from grading.doors.nbgrader_api import load_config, open_api
from grading.doors.programs import version_of_a_new_gradebook
from grading.run.course import grade_course
from grading.run.pool import Here
from grading.submitted.attempts import stamp_in

pytestmark = [pytest.mark.instructor]
STAMPS = "%Y-%m-%d %H:%M:%S.%f UTC"


@dataclass
class Exchange:
    """A course with an exchange. Each student has a separate folder; all are this user of the system."""

    folder: Path

    def __post_init__(self):
        self.course = copy_course(self.folder / "course")
        self.root = self.folder / "exchange"
        self.root.mkdir()
        with (self.course / "nbgrader_config.py").open("a") as file:
            file.write(f"c.Exchange.root = {str(self.root)!r}\nc.ExchangeCollect.check_owner = False\n")
        self.config = load_config(self.course)

    @property
    def api(self):
        return open_api(self.config)

    @property
    def inbound(self):
        return self.root / "soft-assignments" / "inbound"

    def student(self, who, verb, **settings):
        """Run one of nbgrader's own student commands, as a student with stock nbgrader does."""
        home = self.folder / "homes" / who
        home.mkdir(parents=True, exist_ok=True)
        config = load_config(self.course)
        del config["ExchangeFactory"]
        config.Exchange.cache, config.Exchange.assignment_dir = str(home / "cache"), str(home)
        config.CourseDirectory.student_id, config.CourseDirectory.assignment_id = who, NAME
        config.CourseDirectory.root = str(home)
        coursedir = CourseDirectory(config=config)
        means = {"coursedir": coursedir, "authenticator": Authenticator(config=config), "config": config}
        app = getattr(ExchangeFactory(config=config), verb)(**means, **settings)
        app.start()
        return home

    def submits(self, who, answers=(), names=(f"{NAME}.ipynb",)):
        """Let a student fetch the assignment, if it is not there, answer, and submit it under some names."""
        home = self.folder / "homes" / who
        if not (home / NAME).exists():
            self.student(who, "FetchAssignment")
        path = home / NAME / f"{NAME}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = dict(answers).get(name, cell.source)
        path.unlink()
        for each in names:
            nbformat.write(notebook, path.with_name(each))
        self.student(who, "Submit")
        return max(self.inbound.glob(f"{who}+*"), key=lambda each: each.stat().st_ctime)

    def page(self, who):
        return self.course / "feedback" / who / NAME / f"{NAME}.html"

    def fetched(self, who):
        """Return the pages that a student has fetched."""
        home = self.student(who, "FetchFeedback")
        return [path.read_bytes() for path in sorted((home / NAME / "feedback").rglob("*.html"))]


def ok(result):
    assert result["success"], result
    return result.get("log", "")


@pytest.fixture
def exchange(tmp_path):
    made = Exchange(tmp_path)
    ok(made.api.release_assignment(NAME))
    return made


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Return a class that was marked.

    All but Cem used the exchange; Dee's file is no notebook, Fay has none.
    """
    made = Exchange(tmp_path_factory.mktemp("exchange"))
    ok(made.api.release_assignment(NAME))
    made.submits("ada", functions(arrays))
    made.submits("bob")
    (made.submits("dee") / f"{NAME}.ipynb").unlink()
    (next(made.inbound.glob("dee+*")) / f"{NAME}.ipynb").write_text("<html>Sign in</html>")
    made.submits("eve", functions(arrays), ["my work (2).ipynb"])
    made.submits("fay", names=[])
    made.submits("gus", functions(arrays), [f"{NAME}.ipynb", f"{NAME}-Copy1.ipynb"])
    ok(made.api.collect(NAME))
    by_mail = made.course / "submitted" / "cem" / NAME
    by_mail.mkdir(parents=True)
    shutil.copy(made.course / "notebooks" / NAME / f"{NAME}.ipynb", by_mail)
    list(grade_course([NAME], made.course, pool=Here()))
    return made


@pytest.mark.long
@pytest.mark.box
def test_a_student_fetches_our_page_byte_for_byte(marked):
    said = ok(marked.api.release_feedback(NAME))
    for who in ("ada", "bob", "dee"):
        assert marked.fetched(who) == [marked.page(who).read_bytes()]
    assert "Not released: cem." in said


@pytest.mark.long
@pytest.mark.box
def test_a_student_finds_the_page_under_each_name_of_a_notebook(marked):
    """nbgrader asks for feedback by the names of the notebooks that were handed in."""
    said = ok(marked.api.release_feedback(NAME))
    assert marked.fetched("eve") == [marked.page("eve").read_bytes()]
    assert marked.fetched("gus") == 2 * [marked.page("gus").read_bytes()]
    assert "Not released: fay. These students handed in no notebook" in said
    assert marked.fetched("fay") == []


@pytest.mark.long
@pytest.mark.box
@pytest.mark.parametrize("force", [True, False])
def test_nbgraders_generate_feedback_writes_the_page_of_marking(marked, force):
    before = {who: marked.page(who).read_bytes() for who in ("ada", "bob", "cem", "dee")}
    marked.page("ada").write_text("another page</html>")
    ok(marked.api.generate_feedback(NAME, force=force))
    assert {who: marked.page(who).read_bytes() for who in before} == before
    ok(marked.api.release_feedback(NAME))
    assert marked.fetched("ada") == [before["ada"]]


@pytest.mark.long
@pytest.mark.box
@pytest.mark.parametrize("verb", ["generate_feedback", "release_feedback"])
def test_a_page_has_the_marks_that_people_gave_since(marked, verb):
    with Gradebook(f"sqlite:///{marked.course}/gradebook.db") as book:
        grade = book.find_grade("test-compute_means", NAME, NAME, "bob")
        grade.manual_score = 1.5 if verb == "generate_feedback" else 2.5
        book.db.commit()
    before = marked.page("bob").read_bytes()
    ok(getattr(marked.api, verb)(NAME))
    after = marked.page("bob").read_bytes()
    assert after != before
    list(grade_course([NAME], marked.course, pool=Here()))
    assert marked.page("bob").read_bytes() == after


@pytest.mark.long
@pytest.mark.box
def test_other_users_can_read_none_of_the_feedback(marked):
    for name in ("submitted", "autograded", "feedback"):
        for path in [marked.course / name, *(marked.course / name).rglob("*")]:
            assert path.is_relative_to(marked.course / "submitted" / "cem") or not path.stat().st_mode & 0o77
    for name in ("gradebook.db", "marks.csv", "results.jsonl"):
        assert (marked.course / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.long
@pytest.mark.box
def test_a_released_page_can_be_read_by_its_student_and_listed_by_nobody(marked):
    ok(marked.api.release_feedback(NAME))
    secret = (marked.course / "submitted" / "ada" / NAME / "submission_secret.txt").read_text()
    folder = marked.root / "soft-assignments" / "feedback"
    assert folder.stat().st_mode & 0o777 == 0o711
    released = folder / f"{notebook_hash(secret=secret, notebook_id=NAME)}.html"
    assert released.stat().st_mode & 0o777 == 0o644


@pytest.mark.long
@pytest.mark.box
def test_nbgraders_secret_file_is_not_taken_for_an_answer(marked):
    text = marked.page("bob").read_text()
    assert "submission_secret" not in text
    assert "timestamp.txt" not in text


def test_a_notebook_that_somebody_worked_in_is_not_released(exchange):
    path = exchange.course / "notebooks" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source += "\n# mine"
    nbformat.write(notebook, path)
    exchange.config.ExchangeReleaseAssignment.force = True
    told = exchange.api.release_assignment(NAME)
    assert not told["success"]
    assert f"notebooks/{NAME}/{NAME}.ipynb was changed after it was built. Run `make build`" in told["log"]


def test_students_get_the_built_notebook_and_the_files_beside_its_solution(exchange):
    folder = exchange.course / "notebooks" / NAME
    for name in (f"{NAME}.saved1.ipynb", "Untitled.ipynb", ".ipynb_checkpoints/x.ipynb", "mine.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("{}")
    beside = exchange.course / "solutions" / NAME / "data"
    beside.mkdir()
    (beside / "table.csv").write_text("1,2\n")
    exchange.config.ExchangeReleaseAssignment.force = True
    said = ok(exchange.api.release_assignment(NAME))
    there = exchange.root / "soft-assignments" / "outbound" / NAME
    names = sorted(str(path.relative_to(there)) for path in there.rglob("*") if path.is_file())
    assert names == ["data/table.csv", f"{NAME}.ipynb"]
    assert (there / f"{NAME}.ipynb").read_bytes() == (folder / f"{NAME}.ipynb").read_bytes()
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in there.rglob("*"))
    assert f"Not released from {folder}: .ipynb_checkpoints/x.ipynb, Untitled.ipynb, {NAME}.saved1" in said


def test_generate_assignment_gives_what_make_build_gives_and_loses_no_work(exchange):
    path = exchange.course / "notebooks" / NAME / f"{NAME}.ipynb"
    built = path.read_bytes()
    other = path.with_name("Untitled.ipynb")
    other.write_text("{}")
    path.write_bytes(built.replace(b"NotImplementedError", b"ValueError", 1))
    said = ok(exchange.api.generate_assignment(NAME))
    assert path.read_bytes() == built
    assert b"ValueError" in path.with_name(f"{NAME}.saved1.ipynb").read_bytes()
    assert other.exists()
    assert f"set aside as {NAME}.saved1.ipynb" in said
    with Gradebook(f"sqlite:///{exchange.course}/gradebook.db") as book:
        assert book.find_notebook(NAME, NAME).max_score == 40


def test_generate_assignment_refuses_a_solution_that_was_changed_since_it_was_built(exchange):
    source = exchange.course / "solutions" / f"{NAME}.py"
    source.write_text(source.read_text() + "\n# %%\nprint(1)\n")
    before = (exchange.course / "notebooks" / NAME / f"{NAME}.ipynb").read_bytes()
    told = exchange.api.generate_assignment(NAME)
    assert not told["success"]
    assert f"Run `make build ARGS={NAME}`" in told["log"]
    assert (exchange.course / "notebooks" / NAME / f"{NAME}.ipynb").read_bytes() == before


def times_in(folder):
    return [stamp_in(each) for each in sorted(folder.iterdir(), key=lambda each: int(each.name))]


def test_earlier_submissions_are_kept_as_attempts_the_oldest_first(exchange):
    stamps = []
    for number in range(4):
        stamps.append(stamp_in(exchange.submits("ada", {"compute_means": f"# {number}"})))
        if number in (0, 3):  # the second and third submission are collected with the fourth
            ok(exchange.api.collect(NAME))
    assert stamp_in(exchange.course / "submitted" / "ada" / NAME) == stamps[-1]
    assert times_in(exchange.course / "attempts" / "ada" / NAME) == stamps[:-1]
    ok(exchange.api.collect(NAME))
    assert times_in(exchange.course / "attempts" / "ada" / NAME) == stamps[:-1]


def test_attempts_are_in_order_even_if_one_was_collected_late(exchange):
    stamps = [stamp_in(exchange.submits("ada", {"compute_means": "# 0"}))]
    first = next(exchange.inbound.glob("ada+*"))
    stamps.append(stamp_in(exchange.submits("ada", {"compute_means": "# 1"})))
    away = exchange.folder / "away"
    first.rename(away)  # as if stock nbgrader had collected only the second one
    ok(exchange.api.collect(NAME))
    away.rename(first)
    stamps += [stamp_in(exchange.submits("ada", {"compute_means": f"# {n}"})) for n in (2, 3)]
    ok(exchange.api.collect(NAME, update=False))
    assert not (exchange.course / "attempts").exists()
    ok(exchange.api.collect(NAME))
    assert times_in(exchange.course / "attempts" / "ada" / NAME) == stamps[:-1]


def hostile(made, name, kind):
    """Put something into a submission that no honest student would put there."""
    folder = made.submits(name)
    target = folder / f"{NAME}.ipynb"
    if kind == "link":
        target.unlink()
        target.symlink_to(made.course / "solutions" / NAME / f"{NAME}.ipynb")
    elif kind == "hard link":
        target.unlink()
        os.link(made.course / "solutions" / NAME / f"{NAME}.ipynb", target)
    elif kind == "pipe":
        os.mkfifo(folder / "data.csv")
    elif kind == "folder link":
        moved = folder.with_name("elsewhere")
        folder.rename(moved)
        folder.symlink_to(made.course)
    elif kind == "deep":
        (folder / "/".join("d" * 40)).mkdir(parents=True)
    return folder


@pytest.mark.parametrize("kind", ["link", "hard link", "pipe", "folder link", "deep"])
def test_whatever_one_student_submits_others_are_collected_and_no_solution_is(exchange, kind):
    hostile(exchange, "eve", kind)
    exchange.submits("zoe")
    solution = (exchange.course / "solutions" / NAME / f"{NAME}.ipynb").read_bytes()
    told = exchange.api.collect(NAME)
    assert told["success"] == (kind != "deep")
    assert "eve" in told["log"]
    assert (exchange.course / "submitted" / "zoe" / NAME / f"{NAME}.ipynb").exists()
    collected = [each for each in (exchange.course / "submitted").rglob("*") if each.is_file()]
    assert all(path.read_bytes() != solution for path in collected)
    assert not list(exchange.course.glob(".collect-*"))


def test_folders_that_are_no_submissions_stop_nothing(exchange):
    exchange.submits("zoe")
    for name in (f"eve+{NAME}+yesterday", f"+{NAME}+2026-01-01 00:00:00 UTC", f"..+{NAME}+2026-01-01 UTC+x"):
        (exchange.inbound / name).mkdir()
    said = ok(exchange.api.collect(NAME))
    assert said.count("does not have the name of a submission") == 3
    assert [each.name for each in (exchange.course / "submitted").iterdir()] == ["zoe"]


def test_a_submission_in_another_student_s_name_is_refused_and_reported(exchange):
    exchange.config.ExchangeCollect.check_owner = True
    exchange.submits("ada")
    said = ok(exchange.api.collect(NAME))
    assert f"has the name of the student ada, but belongs to the user {getpass.getuser()}" in said
    assert not (exchange.course / "submitted").exists()


def test_a_time_that_was_written_by_hand_is_noticed(exchange):
    folder = exchange.submits("ada")
    name, assignment, _, end = folder.name.split("+")
    earlier = (datetime.now(UTC) - timedelta(days=2)).strftime(STAMPS)
    folder.rename(folder.with_name("+".join([name, assignment, earlier, end])))
    said = ok(exchange.api.collect(NAME))
    assert "ada: the submission was changed at" in said


def test_collecting_before_the_due_date_takes_the_last_in_time(exchange):
    first = exchange.submits("ada", {"compute_means": "# in time"})
    time.sleep(0.01)
    due = datetime.now(UTC).replace(tzinfo=None)
    exchange.submits("ada", {"compute_means": "# late"})
    with Gradebook(f"sqlite:///{exchange.course}/gradebook.db") as book:
        book.update_or_create_assignment(NAME, duedate=due)
    exchange.config.ExchangeCollect.before_duedate = True
    ok(exchange.api.collect(NAME))
    assert stamp_in(exchange.course / "submitted" / "ada" / NAME) == stamp_in(first)


def test_missing_feedback_is_reported(exchange):
    told = exchange.api.release_feedback(NAME)
    assert not told["success"]
    assert "Run `make grade` first" in told["log"]


def test_a_student_without_feedback_cannot_fetch_any(exchange):
    with pytest.raises(ExchangeError):
        exchange.student("ada", "FetchFeedback")


@pytest.mark.long
def test_nbgrader_finds_its_programs_where_no_environment_is_activated(exchange):
    """This is about `alembic`, which nbgrader starts by name; but here no longer for a new gradebook."""
    assert shutil.which("alembic", path=os.environ["PATH"])
    assert nbgrader.api.get_alembic_version is version_of_a_new_gradebook
    code = "import os, sys; sys.path[:0] = %r; from grading.doors.nbgrader_api import load_config; "
    code += "from pathlib import Path; load_config(Path(%r)); print(os.environ['PATH'])"
    command = [sys.executable, "-c", code % ([str(ROOT)], str(exchange.course))]
    done = subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
    assert done.stdout.split(os.pathsep)[0] == str(Path(sys.executable).parent)


def test_a_team_and_its_group_can_work_with_what_nbgrader_writes(exchange):
    exchange.course.chmod(0o2770)
    exchange.submits("ada")
    ok(exchange.api.collect(NAME))
    collected = exchange.course / "submitted" / "ada" / NAME
    assert collected.stat().st_mode & 0o7777 == 0o2770
    assert (collected / f"{NAME}.ipynb").stat().st_mode & 0o777 == 0o660
