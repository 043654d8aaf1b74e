"""More than one machine: a real scheduler and worker processes. Some workers die or do not fit."""

import json
import re
import shutil
import time
from dataclasses import replace

import psutil
import pytest
import tasks
from conftest import ROOT
from distributed import Client
from often import often
from ours import COURSE
from submissions.draft import NAME, right, wrong

from benchmarks.workers import end, machines
from grading.__main__ import main
from grading.box import BoxError, Limits
from grading.build.hidden import drawing_of
from grading.course import find_course
from grading.run import cluster
from grading.run.bundle import bundle_of
from grading.run.cluster import Cluster
from grading.run.course import ClassRun, grade_course
from grading.run.environment import _decides, environment
from grading.run.journal import read_records
from grading.run.local import Local
from grading.run.options import Options
from grading.run.pool import Gone, mark_all
from grading.run.task import HandedIn, grade

pytestmark = [pytest.mark.instructor, pytest.mark.box]
PATHS = (ROOT, ROOT / "tests")
SECONDS = 60  # seconds that anything may take


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Yield a scheduler with two workers. A task that has lost two workers (not four) is called guilty."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "1")
        with machines(tmp_path_factory.mktemp("machines"), 2, PATHS) as made:
            yield made


@pytest.fixture
def none(tmp_path):
    """Yield a scheduler without workers."""
    (tmp_path / "machines").mkdir()
    with machines(tmp_path / "machines", 0, PATHS) as made:
        yield made


@pytest.fixture(scope="module")
def bundle():
    assignment = COURSE.assignment(NAME)
    files = (assignment.solution, assignment.release, drawing_of(assignment))
    made = bundle_of(*files, Limits(), True, NAME, world=COURSE.world)
    return replace(made, figures=False)  # as in nbgrader_config.py


@pytest.fixture
def connect():
    """Yield a function that makes clusters and closes them in the end.

    `told` has their messages about workers.
    """
    made = []

    def connect(to, **options):
        told = []
        made.append(Cluster(to.address, say=told.append, **options))
        made[-1].told = told
        return made[-1]

    yield connect
    for each in made:
        each.close()


def until(true):
    """Wait until a condition is true; AssertionError if it never is."""
    latest = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < latest
        time.sleep(0.05)


def numbered(student):
    """Return a right notebook that no other student has."""
    draft = right()
    draft.first(f"number = {student}")
    return HandedIn(student, json.dumps(draft.content).encode())


def marks(graded):
    return graded.status, {name: each["mark"] for name, each in graded.questions.items()}


def written(folder):
    """Return what instructors and students get, except for the time that it took."""
    told = {student: {**each, "seconds": 0} for (_, student), each in read_records(folder).items()}
    pages = {path.parent.parent.name: path.read_text() for path in (folder / "feedback").rglob("*.html")}
    return told, pages, (folder / "marks.csv").read_text()


@pytest.mark.long
def test_workers_give_a_class_the_same_marks_as_this_machine(two, bundle, course, capsys):
    page, renamed = right(), right()
    page.raw, renamed.filename = b"<html>Sign in</html>", "mine.ipynb"
    for student, draft in {"ada": wrong(), "bob": renamed, "cem": page}.items():
        draft.save(course / "submitted" / student / NAME)
    assert main(["run", "--course", str(course), "--scheduler", two.address]) == 0
    assert " 1 has none." in capsys.readouterr().out
    told, pages, _ = written(course)
    for student in told:
        handed_in = ClassRun(Options([NAME], find_course(course))).received.read(student, NAME)
        here = grade(bundle, handed_in, environment(bundle.world))
        there = {name: each["mark"] for name, each in told[student]["questions"].items()}
        assert (told[student]["status"], there) == marks(here)
        assert (course / "autograded" / student / NAME / f"{NAME}.ipynb").read_text() == here.notebook
        assert pages[student] == here.page


def test_without_a_scheduler_the_command_says_that_none_answers(monkeypatch, capsys, course):
    monkeypatch.setattr(cluster, "CONNECTING", 1.0)
    assert main(["run", "--course", str(course), "--scheduler", "127.0.0.1:9"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Stopped: no scheduler answers at 127.0.0.1:9")
    assert said.count("\n") == 1


def kill_worker_of(nanny):
    """Kill a worker, but not the process that watches it and starts another one."""
    children = psutil.Process(nanny.pid).children()
    (worker,) = (each for each in children if "resource_tracker" not in " ".join(each.cmdline()))
    worker.kill()


def test_a_worker_killed_in_the_middle_loses_nothing_and_changes_no_mark(two, connect, bundle):
    students, found, pool = [str(n) for n in range(60)], {}, connect(two, task=tasks.quick)
    until(lambda: pool.size == 2)
    for handed_in, graded in mark_all(pool, bundle, students, numbered):
        assert handed_in.student not in found
        found[handed_in.student] = marks(graded)
        if len(found) == 15:
            kill_worker_of(two.workers[0])
    assert found == {student: marks(tasks.marked(bundle, numbered(student))) for student in students}


@pytest.mark.long
def test_a_class_of_60_loses_nothing_when_a_worker_is_killed(two, connect, course, tmp_path):
    for n in range(60):
        (right if n % 3 else wrong)().save(course / "submitted" / f"s{n:02}" / NAME)
    pool = connect(two)
    until(lambda: pool.size == 2)
    for done, _ in enumerate(grade_course([NAME], course, out=tmp_path / "there", pool=pool)):
        if done == 15:
            kill_worker_of(two.workers[0])
    undisturbed = Local(2)
    assert len(list(grade_course([NAME], course, out=tmp_path / "here", pool=undisturbed))) == 60
    undisturbed.close()
    assert written(tmp_path / "there") == written(tmp_path / "here")


@pytest.mark.parametrize("where", often(["here", "there"]))
def test_a_submission_that_always_ends_its_worker_has_its_own_status(two, connect, bundle, where):
    pool = connect(two, task=tasks.deadly) if where == "there" else Local(2, task=tasks.deadly)
    students = ["1", "deadly", *"23456"]
    read, found = lambda name: HandedIn(name, b"{}"), {}
    for handed_in, graded in mark_all(pool, bundle, students, read):
        assert handed_in.student not in found
        found[handed_in.student] = graded
    pool.close()
    deadly = found.pop("deadly")
    assert {student: graded.status for student, graded in found.items()} == dict.fromkeys("123456", "graded")
    assert deadly.status == "fault of ours"
    assert deadly.why.startswith("the process that marked it ended twice")


def test_a_worker_that_is_killed_while_it_sends_does_not_stop_the_run(bundle, tmp_path):
    """It leaves half a message, and a lock that stays closed. But each worker has a separate channel."""
    pool, students = Local(2, task=tasks.interrupted), ["1", "2", "once", "3", "4", "5"]
    file = str(tmp_path / "been here").encode()
    done = list(mark_all(pool, bundle, students, lambda name: HandedIn(name, file)))
    pool.close()
    assert sorted((each.student, graded.status) for each, graded in done) == sorted(
        (each, "graded") for each in students
    )


def test_nobody_waits_behind_a_slow_submission_while_a_worker_is_free(bundle, tmp_path):
    """An endless loop takes minutes until a limit ends it. Meanwhile the run names whose it is."""
    pool, students, awaited = Local(2, task=tasks.last), ["last", "1", "2", "3", "4", "5"], []
    file = str(tmp_path / "trace").encode()
    read = lambda name: HandedIn(name, file)  # noqa: E731
    marked = mark_all(pool, bundle, students, read, lambda names, seconds: awaited.append((names, seconds)))
    found = {handed_in.student: graded.status for handed_in, graded in marked}
    pool.close()
    assert found == dict.fromkeys(students, "graded")
    assert all(names and seconds >= 0 for names, seconds in awaited)
    assert all("last" in names for names, _ in awaited)


@pytest.mark.long
def test_a_worker_that_hangs_is_ended_and_the_others_finish(bundle, tmp_path):
    pool, students = Local(2, task=tasks.stopped), ["1", "once", "2", "always", "3", "4"]
    file = str(tmp_path / "been here").encode()
    found = dict(mark_all(pool, bundle, students, lambda name: HandedIn(name, file)))
    pool.close()
    statuses = {handed_in.student: graded.status for handed_in, graded in found.items()}
    assert statuses == {**dict.fromkeys(students, "graded"), "always": "fault of ours"}


def sent_away(pool):
    return [each for each in pool.told if "sent away" in each]


def other_helpers(folder):
    """Return a copy of the course's packages in which one file is different."""
    for name in ("grading", "helpers", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "hidden"))
    with (folder / "helpers" / "likelihood.py").open("a") as file:
        file.write("\n# another machine's\n")
    return "it has course "


def other_numpy(folder):
    """Return the metadata of an installation of another numpy."""
    known = folder / "numpy-1.99.0.dist-info"
    known.mkdir(parents=True)
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: numpy\nVersion: 1.99.0\n")
    return "it has numpy 1.99.0 instead of "


@pytest.mark.long
def test_a_worker_with_other_helpers_is_refused(two, connect, bundle, tmp_path):
    different, pool = other_helpers(tmp_path / "other"), connect(two, task=tasks.quick)
    worker = two.join(paths=(tmp_path / "other",))
    until(lambda: pool.size == 3)
    found = [graded.status for _, graded in mark_all(pool, bundle, map(str, range(1, 9)), numbered)]
    assert found == ["graded"] * 8
    (told,) = sent_away(pool)
    assert re.match(rf"the worker at tcp://\S+ is sent away: {different}", told)
    worker.wait(SECONDS)  # and it is not started again
    until(lambda: pool.size == 2)


@pytest.mark.long
def test_a_worker_with_another_numpy_that_joins_in_the_middle_is_refused(two, connect, bundle, tmp_path):
    different, pool, found = other_numpy(tmp_path / "other"), connect(two, task=tasks.quick), []
    until(lambda: pool.size == 2)
    for _, graded in mark_all(pool, bundle, map(str, range(1, 2000)), numbered):
        found.append(graded.status)
        if len(found) == 1:
            worker = two.join(paths=(tmp_path / "other",))
        if sent_away(pool):
            break
    assert different in sent_away(pool)[0]
    assert set(found) == {"graded"}
    worker.wait(SECONDS)


@pytest.mark.long
def test_if_no_worker_can_be_used_the_run_stops_and_says_why(none, connect, bundle, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 1.0)
    (tmp_path / "bin").mkdir()
    pool = connect(none)
    assert pool.size == 1
    none.join(settings={"PATH": str(tmp_path / "bin")})
    with pytest.raises(Gone, match="no worker may mark, see above"):
        list(mark_all(pool, bundle, "12", numbered))
    assert pool.told[0].startswith("no worker is there: waiting for one")
    assert "is sent away: bubblewrap is not installed, so there is no box to grade in" in pool.told[1]


def test_if_no_box_starts_here_the_run_stops_and_no_student_is_marked(bundle):
    pool = Local(1, task=tasks.boxless)
    with pytest.raises(BoxError, match="there is no box here"):
        list(mark_all(pool, bundle, ["ada"], lambda name: HandedIn(name, b"{}")))
    pool.close()


@pytest.mark.long
def test_a_scheduler_that_goes_away_stops_the_run(none, connect, bundle, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 2.0)
    none.join()
    found = []

    def run():
        for handed_in, graded in mark_all(connect(none, task=tasks.deadly), bundle, "1234", numbered):
            found.append((handed_in.student, graded.status))
            end(none.scheduler)

    with pytest.raises(Gone, match="scheduler at .* does not answer any more.* the same command again"):
        run()
    assert found
    assert {status for _, status in found} == {"graded"}


def test_a_scheduler_that_goes_away_during_a_request_stops_the_run(none, connect, bundle, monkeypatch):
    def lost():
        raise OSError("in <TCP (closed)>")

    pool = connect(none)
    monkeypatch.setattr(pool.client, "nthreads", lost)
    with pytest.raises(Gone, match="scheduler at .* does not answer any more"):
        pool.submit(bundle, numbered("1"))


@pytest.mark.long
def test_a_run_goes_on_with_another_scheduler(none, connect, course):
    students = {"ada", "bob", "cem", "dia", "eve", "fay"}
    for student in students:
        right().save(course / "submitted" / student / NAME)
    none.join()
    done = set()

    def first_run():
        for each in grade_course([NAME], course, pool=connect(none)):
            done.add(each.student)
            if none.scheduler.poll() is None:
                end(none.scheduler)

    with pytest.raises(Gone):
        first_run()
    assert done == {student for _, student in read_records(course)} < students
    none.start()
    none.join()
    results = {each.student: each for each in grade_course([NAME], course, pool=connect(none))}
    assert {student for student, each in results.items() if not each.ran} == done
    assert {each.status for each in results.values()} == {"graded"}


@pytest.mark.long
def test_after_a_run_no_new_task_begins(two, connect, bundle, tmp_path):
    trace, pool = tmp_path / "trace", connect(two, task=tasks.slow)
    trace.touch()
    until(lambda: pool.size == 2)
    for n in range(8):
        pool.submit(bundle, HandedIn(str(n), str(trace).encode()))
    until(trace.read_text)
    pool.close()
    begun = trace.read_text()
    with Client(two.address, set_as_default=False) as client:
        until(lambda: not any(client.processing().values()))
        until(lambda: not any(client.call_stack().values()))
    assert len(begun.split()) <= 2
    assert trace.read_text() == begun


def test_files_that_npm_installs_do_not_change_the_environment(tmp_path):
    inside = tmp_path / "view" / "node_modules" / "d3" / "index.js"
    inside.parent.mkdir(parents=True)
    inside.write_text("made meanwhile")
    assert not _decides(inside, tmp_path)
    own = inside.replace(tmp_path / "view" / "index.js")
    assert _decides(own, tmp_path)
