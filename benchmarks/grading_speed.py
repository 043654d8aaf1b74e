"""Marking a class: `python -m grading run` with its box, compared with unchanged nbgrader in the same run.

Every student hands in the reference, so both must give all students the same marks. The additional time of
several machines is measured, too: for a task on a dask worker, and in the process that writes the results.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
from nbgrader.api import Gradebook

from benchmarks.documents import MACHINES, MEASUREMENTS, Texts
from benchmarks.marking_tables import NAME, WORKERS, ClassTimes, line, sums, table
from benchmarks.watch import Taken, Tree, watch, whole
from benchmarks.workers import machines
from grading.box.limits import Limits
from grading.build.cases import build_hidden
from grading.build.hidden import FOLDER_VARIABLE, drawing_of, hidden_folder
from grading.build.hints import hint_names
from grading.course import find_course
from grading.report.page import write_report
from grading.run.bundle import Bundle, bundle_of
from grading.run.cluster import Cluster
from grading.run.course import grade_course
from grading.run.environment import environment
from grading.run.local import cores
from grading.run.pool import Here, mark_all
from grading.run.task import Graded, HandedIn, grade

COURSE = find_course()
ROOT = COURSE.root
MANY, FEW, TASKS = 60, 10, 20
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
"""
Marks = Mapping[str, Mapping[str, float]]  # marks by student and test


def measured(many: int = MANY, few: int = FEW) -> Texts:
    """Measure everything, and return what the documents say."""
    # all copies of the course use these hidden cases
    os.environ.setdefault(FOLDER_VARIABLE, str(hidden_folder(COURSE)))
    found = measure(many, few)
    return {MEASUREMENTS: f"{line(found)}\n\n{table(found)}", MACHINES: sums(found)}


def measure(many: int, few: int) -> ClassTimes:
    """Mark the reference for `many` students here, and for `few` students with stock nbgrader."""
    build_hidden(COURSE)
    with _course(few, STOCK) as course:
        stock = _by_stock(course)
        expected = marks(course)
    drawn, _ = _by_ours(many, expected, "\nc.BoxedExecute.figures = True\n")
    ours, report = _by_ours(many, expected, "")
    with _course(2 * cores()) as course:
        memory = watch(_ours(course), of_workers).memory
    task, writing = seconds_of_a_task(), seconds_of_writing(many)
    return ClassTimes(stock, few, drawn, ours, many, memory, task, writing, report)


@contextmanager
def _course(students: int, config: str = "", more: str = "") -> Iterator[Path]:
    """Yield a course in which so many students have handed in the reference.

    config: the settings of nbgrader; by default this course's settings. more: settings that are added.
    """
    with tempfile.TemporaryDirectory() as folder:
        course, solution = Path(folder), COURSE.assignment(NAME).solution
        for part in ("solutions", "notebooks"):
            shutil.copytree(ROOT / part, course / part)
        shutil.copy(ROOT / "course.py", course)
        own = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
        (course / "nbgrader_config.py").write_text((config or own) + more, encoding="utf-8")
        for n in range(students):
            handed_in = course / "submitted" / f"s{n:04}" / NAME
            handed_in.mkdir(parents=True)
            shutil.copy(solution, handed_in / f"{NAME}.ipynb")
        yield course


def _by_stock(course: Path) -> Taken:
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    shared = {"GRADING_HIDDEN": str(hidden_folder()), "PYTHONPATH": str(ROOT), "PATH": path}
    options = {"cwd": course, "env": {**os.environ, **shared}}
    nbgrader = [sys.executable, "-m", "nbgrader"]
    watch([*nbgrader, "generate_assignment", NAME, "--force"], **options)
    return watch([*nbgrader, "autograde", NAME], whole, **options)


def _by_ours(students: int, expected: Marks, more: str) -> tuple[Taken, float]:
    """Return what the marking took, and how many seconds the class report took."""
    with _course(students, more=more) as course:
        taken = watch(_ours(course))
        require_same(expected, marks(course))
        begin = time.perf_counter()
        write_report(course)
        return taken, time.perf_counter() - begin


def _ours(course: Path) -> list[str]:
    return [sys.executable, "-m", "grading", "run", "--course", str(course)]


def of_workers(root: psutil.Process) -> list[Tree]:
    """Return each worker process with all processes below it: its parent of boxes, its scorer and its box."""
    servers = {each.pid for each in root.children() if "forkserver" in " ".join(each.cmdline())}
    below = root.children(recursive=True)
    return [[each, *each.children(recursive=True)] for each in below if each.ppid() in servers]


def marks(course: Path) -> Marks:
    """Return the marks of the tests from the gradebook."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        return {
            each.student.id: {
                grade.name: grade.auto_score
                for notebook in each.notebooks
                for grade in notebook.grades
                if grade.name.startswith("test-")
            }
            for each in book.find_assignment(NAME).submissions
        }


def require_same(expected: Marks, found: Marks) -> None:
    """Raise RuntimeError if a student who was marked by both has different marks, or no marks."""
    different = sorted(student for student, each in expected.items() if not each or found[student] != each)
    if different:
        raise RuntimeError(f"stock nbgrader gives other marks than the box to {', '.join(different)}.")


def bundle() -> Bundle:
    """Return the bundle with everything that is needed to mark the assignment."""
    assignment = COURSE.assignment(NAME)
    settings = (Limits(), True, NAME, False, COURSE.world)  # no figures, as nbgrader_config.py has it
    paths = (assignment.solution, assignment.release, drawing_of(assignment))
    return bundle_of(*paths, *settings, hint_names(assignment))


def one_second(bundle: Bundle, handed_in: HandedIn, asked: Mapping[str, str]) -> Graded:
    """Sleep for one second on a worker. As much data is sent and returned as for a real submission."""
    time.sleep(1)
    return Graded(handed_in.key(bundle), "graded", notebook=handed_in.data.decode())


def seconds_of_a_task(tasks: int = TASKS, task: Callable[..., Graded] = one_second) -> float:
    """Return the average seconds that a dask worker takes for a task."""
    what, read = bundle(), lambda student: HandedIn(student, COURSE.assignment(NAME).solution.read_bytes())
    with (
        tempfile.TemporaryDirectory() as folder,
        machines(Path(folder), WORKERS) as there,
        closing(Cluster(there.address, say=lambda _: None, task=task)) as pool,
    ):
        while pool.size < WORKERS:
            time.sleep(0.1)
        # the first tasks import modules, and are not timed
        list(mark_all(pool, what, [f"first{n}" for n in range(2 * WORKERS)], read))
        begin = time.perf_counter()
        list(mark_all(pool, what, [f"s{n}" for n in range(tasks)], read))
        return (time.perf_counter() - begin) * WORKERS / tasks


class Known(Here):
    """A pool that returns a finished result at once, without marking."""

    def __init__(self, graded: Graded):
        self.graded = graded

    def submit(self, bundle: Bundle, handed_in: HandedIn) -> Future[Graded]:
        future: Future[Graded] = Future()
        future.set_result(self.graded)
        return future


def seconds_of_writing(students: int) -> float:
    """Return the seconds that it takes to read one submission and to write its results."""
    solution = HandedIn("s", COURSE.assignment(NAME).solution.read_bytes())
    pool = Known(grade(bundle(), solution, environment(bundle().world)))
    with _course(students) as course:
        times = [time.perf_counter() for _ in grade_course([NAME], course, pool=pool)]
    return (times[-1] - times[0]) / (len(times) - 1)
