"""A busy marking machine costs no student marks, and a limit of time costs only its own question."""

import contextlib
import subprocess
import sys

import nbformat
import pytest
from conftest import copy_course
from ours import COURSE
from submissions import abuse
from submissions.classes import LIMITS, Class
from submissions.controls import controls
from submissions.draft import NAME, answered, points

from grading.box import slots
from grading.box.totals import Watch
from grading.run.course import grade_course
from grading.run.journal import read_records
from grading.run.pool import Here

pytestmark = [pytest.mark.instructor, pytest.mark.box, pytest.mark.long]
SPINNERS = 8
# These processes end when the test's process ends in any way.
SPIN = "import sys\nfrom ctypes import CDLL\nCDLL(None).prctl(1, 9)\nwhile True: pass"


@pytest.fixture(scope="module")
def busy():
    """Keep this machine busy with other work."""
    with contextlib.ExitStack() as ends:
        for _ in range(SPINNERS):
            ends.callback(subprocess.Popen([sys.executable, "-c", SPIN]).kill)
        yield


def told(drafts, folder, assignment, limits=LIMITS):
    """Mark these drafts, by student; return what is recorded of each."""
    course = copy_course(folder)
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(limits)
    for student, draft in drafts.items():
        draft.save(course / "submitted" / student / assignment)
    list(grade_course([assignment], course, pool=Here()))
    return {student: read_records(course)[assignment, student]["questions"] for student in drafts}


@pytest.mark.parametrize("keeper", ["group", "watch"])
def test_right_answers_keep_every_mark(keeper, busy, monkeypatch, tmp_path):
    if keeper == "watch":
        monkeypatch.setattr(slots, "open_totals", Watch)
    every = controls(NAME, wrong=False)
    chosen = every if keeper == "group" else every[:4]
    marked = told({each.student: each.draft() for each in chosen}, tmp_path, NAME)
    for control in chosen:
        marks = {name: marked[control.student][f"test-{name}"]["mark"] for name in control.chosen}
        assert marks == {name: points()[f"test-{name}"] for name in control.chosen}, control


CASES = [case for case in abuse.ABUSES if case.number in ("29", "29b", "30", "31", "32", "35")]


@pytest.fixture(scope="module")
def hostile(busy, tmp_path_factory):
    return Class(CASES, tmp_path_factory.mktemp("class")).marked()


def test_code_that_does_not_stop_is_stopped_and_reported(case, hostile):
    expected = {name: 0.0 if name in case.lost else most for name, most in points().items()}
    assert hostile.marks(case.student) == expected
    asked = hostile.told(case.student)["questions"]
    assert {asked[name]["status"] for name in case.lost} <= {case.status}
    assert case.says in nbformat.writes(hostile.graded(case.student))


# These are correct, but much too slow for 70,000 images.
LOOPS = {
    "m_step": """def m_step(X, log_resp, alpha=1e-8):
    resp = np.exp(log_resp)
    resp = resp if len(resp) == len(X) else resp.T
    ink, counts = np.zeros((resp.shape[1], len(X[0]))), np.zeros(resp.shape[1])
    for n in range(len(X)):
        for k in range(len(counts)):
            ink[k] += resp[n][k] * X[n]
            counts[k] += resp[n][k]
    log_p = np.log((ink + alpha) / (counts + 2 * alpha)[:, None])
    return log_p, np.log((counts + alpha) / np.sum(counts + alpha))""",
    "e_step": """def e_step(X, log_p, log_mix):
    log_p, log_mix = np.asarray(log_p), np.ravel(log_mix)
    log_q = np.log1p(-np.exp(log_p))
    rows = []
    for x in np.asarray(X):
        row = np.array([log_mix[k] + np.sum(x * log_p[k] + (1 - x) * log_q[k]) for k in range(len(log_p))])
        rows.append(row - log_sum_exp(row))
    return np.array(rows)""",
}
HURRIED = LIMITS + "c.BoxedExecute.cell_seconds = 6\nc.BoxedExecute.notebook_seconds = 40\n"


def test_right_but_slow_answers_keep_every_mark_when_the_notebooks_time_is_used(tmp_path):
    name = "bernoulli-digits"
    cells = nbformat.read(COURSE.assignment(name).solution, as_version=4).cells
    roles = [(cell.metadata.get("nbgrader", {}), cell.source) for cell in cells]
    right = {role["grade_id"]: source for role, source in roles if role.get("solution")}
    marked = told({"slow": answered({**right, **LOOPS}, name)}, tmp_path, name, HURRIED)["slow"]
    asked = {test: most for test, most in points(name).items()}
    assert {test: marked[test]["mark"] for test in asked} == asked, marked
