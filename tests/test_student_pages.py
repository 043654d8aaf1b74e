"""The messages in the two pages for students are those that the course, Python and JupyterLab show."""

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import jupytext
import pytest
from ours import COURSE, LESSONS, ROOT, public

from checks.patience import SECONDS
from checks.run import _not_written

HOW = (ROOT / "docs/how-to-work.md").read_text(encoding="utf-8")
TROUBLE = (ROOT / "docs/when-it-does-not-work.md").read_text(encoding="utf-8")
WORDS = " ".join(TROUBLE.split())
CELLS = jupytext.read(ROOT / "solutions/gaussian-mixture.py").cells
FIRST = next(cell.source for cell in CELLS if cell.cell_type == "code")


def last_line(folder, source):
    """Return the last line of a program's error message, in a Python without packages."""
    (folder / "first.py").write_text(source)
    done = subprocess.run([sys.executable, "-S", "first.py"], cwd=folder, capture_output=True, text=True)
    return done.stderr.strip().splitlines()[-1]


def test_the_page_of_problems_has_ten_cases():
    assert re.findall(r"^## (\d+) ", TROUBLE, re.M) == [str(n) for n in range(1, 11)]


def test_messages_about_missing_or_other_helpers(tmp_path):
    said = last_line(tmp_path, FIRST)
    (shown,) = re.findall(r"`(ImportError: No module .*?) \.\.\.`", WORDS)
    assert said.startswith(shown)
    (tmp_path / "helpers.py").write_text("")
    (begin,) = re.findall(r"`(ImportError: cannot import .*?) \(\.\.\.\)`", WORDS)
    assert last_line(tmp_path, FIRST).startswith(f"{begin} ({tmp_path}")


def test_messages_of_python(tmp_path):
    assert f"`{last_line(tmp_path, 'check = compute_means')}`" in WORDS
    assert f"`{last_line(tmp_path, 'def f(x):' + chr(10) + 'return x')}`" in WORDS
    missing = subprocess.run(
        [sys.executable, "start.py"], cwd=tmp_path, capture_output=True, text=True
    ).stderr
    (begin, end) = re.search(r"`(can't open file ')\.\.\.(start\.py.*?)`", WORDS).groups()
    assert begin in missing
    assert end in missing


def test_messages_of_start_py():
    program = (ROOT / "release/students/start.py").read_text(encoding="utf-8")
    assert "The course needs Python 3.11 or later, but this is {sys.version" in program
    assert "`The course needs Python 3.11 or later, but this is " in WORDS
    (said,) = re.findall(r"`(pip could not .*?)`", WORDS)
    assert said in program


def test_messages_of_check_about_an_empty_function_and_an_endless_loop():
    line = _not_written()
    assert f"*{line.about}: {line.why}*" in WORDS
    ladders = (ROOT / "checks/errors.py").read_text(encoding="utf-8")
    assert '"it does not end"' in ladders
    assert "*it does not end*" in WORDS
    assert f"stops a case after {SECONDS:g} seconds" in WORDS


def test_messages_of_the_feedback_page_and_the_browser_course():
    feedback = (ROOT / "grading/pages/feedback.html").read_text(encoding="utf-8")
    notice = (ROOT / "release/lite/front/notice.js").read_text(encoding="utf-8")
    assert "No answer is written in this notebook" in feedback
    assert "*No answer is written in this notebook*" in WORDS
    assert "Warning: this window does not keep your work. It may be a private window." in notice
    assert "*Warning: this window does not keep your work.* | It may be a private window." in WORDS


def test_messages_of_jupyterlab():
    lab = Path(sysconfig.get_path("data")) / "share/jupyter/lab/static"
    if not lab.is_dir():
        pytest.skip("JupyterLab is not installed here")
    said = (
        "Kernel Restarting",
        "appears to have died. It will restart automatically.",
        "File Changed",
        "has changed on disk since the last time it was opened or saved",
        "Run All Above Selected Cell",
    )
    shown = "".join(path.read_text(encoding="utf-8") for path in lab.glob("*.js"))
    assert [each for each in said if each not in shown or each not in WORDS] == []
    assert "Restart Kernel and Run All Cells" in HOW


@pytest.mark.instructor
def test_limits_marks_and_hints_are_those_of_the_course():
    settings = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (seconds,) = re.findall(r"BoxedExecute\.cell_seconds = (\d+)", settings)
    assert f"with {seconds} seconds for each cell" in " ".join(HOW.split())
    assert f"marking stops a cell after {seconds} seconds" in WORDS
    assert any(cell.source == "check(compute_means, out_of=4)" for cell in CELLS)
    assert "check(compute_means, out_of=4)" in HOW
    assert public["compute_means"]
    hints = [
        len(each.hint.rungs)
        for name in LESSONS
        for found in COURSE.assignment(name).mistakes().values()
        for each in found
    ]
    assert hints.count(3) > 0.9 * len(hints)
