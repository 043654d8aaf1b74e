"""Rubrics: those of the course, those that a build refuses, and how a comment keeps the points."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from ours import ASSIGNMENTS, ROOT
from searching import rubric_lines, text_of

from checks.authors import line, rubric, sample
from grading.__main__ import main
from grading.build.rubrics import require_rubrics, written_questions
from grading.course import World
from grading.doors.desk import OURS, TEMPLATES
from grading.rubrics import GivenLine, join_comment, require_points, split_comment
from grading.run.environment import environment

pytestmark = pytest.mark.instructor
LINES = [
    GivenLine("slope", 1, 1, "It names the slope."),
    GivenLine("sign", 0.5, 2, 'A "sign" — ```with``` \\ all.'),
]
HEAD = "from checks.authors import line, rubric\n"
COMMENTS = [
    "",
    "Good.",
    "Good.\n\n```python\nx = 1\n```",
    "```rubric\nnot JSON\n```",
    '```rubric\n{"line": "a"}\n```\n',
    '```rubric\n{"line": "a", "points": NaN, "of": 1, "says": "b"}\n```\n',
    '```rubric\n{"line": "a", "points": 1, "of": 1, "says": "b"}\n```\nand more below it',
]


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.name)
def test_each_written_question_has_a_rubric_with_three_marked_samples(assignment):
    require_rubrics(assignment)
    rubrics = assignment.rubrics()
    assert set(rubrics) == set(written_questions(assignment))
    for each in rubrics.values():
        assert [sample.name for sample in each.samples] == ["full", "middle", "weak"]
        full, middle, weak = (sample.points for sample in each.samples)
        assert full == each.points > middle > weak


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: line("a b", 1, "Says."), "'a b' is no name of a line"),
        (lambda: line("a", 0, "Says."), "a line is worth more than 0"),
        (lambda: line("a", float("nan"), "Says."), "a line is worth more than 0"),
        (lambda: line("a", 1, " "), "must say in one sentence"),
        (lambda: line("a", 1, "One.\nTwo."), "must say in one sentence"),
        (lambda: rubric(), "needs a line"),
        (lambda: rubric(line("a", 1, "Says."), line("a", 1, "Says.")), "two lines 'a'"),
        (lambda: rubric(line("a", 1, "Says."), samples=[sample("weak", "x")]), "points for each line"),
        (lambda: rubric(line("a", 1, "Says."), samples=[sample("weak", "x", a=(2, "y"))]), "has 2 of 1"),
        (lambda: rubric(line("a", 1, "Says."), samples=[sample("weak", "x", a=(1, ""))]), "one sentence why"),
    ],
)
def test_a_rubric_that_cannot_be_used_is_refused(made, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        made()


def test_a_rubric_must_fit_its_question():
    one = {"words": rubric(line("a", 1, "Says."))}
    require_points(one, {"words": 1.0}, "rubrics.py")
    with pytest.raises(ValueError, match=r"^rubrics.py: the lines of 'words' sum to 1 points.* has 4"):
        require_points(one, {"words": 4.0}, "rubrics.py")
    with pytest.raises(ValueError, match="no written question 'words'; written questions: others"):
        require_points(one, {"others": 4.0}, "rubrics.py")


def test_a_build_names_the_file_of_a_rubric_that_does_not_fit(tmp_path, capsys):
    course = tmp_path / "course"
    shutil.copytree(ROOT / "tests" / "second_course", course, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("line_exercises", "line_helpers"):
        (course / name).rename(course / f"rubric_{name}")
    for path in course.rglob("*.py"):
        path.write_text(path.read_text().replace("line_exercises", "rubric_line_exercises"))
    for path in course.rglob("*.py"):
        path.write_text(path.read_text().replace("line_helpers", "rubric_line_helpers"))
    made = course / "rubric_line_exercises" / "straight_lines" / "rubrics.py"
    made.write_text(f'{HEAD}RUBRICS = {{"x": rubric(line("A", 1, "x"))}}\n')
    assert main(["build", "--course", str(course)]) == 1
    assert f"Stopped: {made}: 'A' is no name of a line" in capsys.readouterr().err
    made.write_text(
        'from checks.authors import line, rubric\nRUBRICS = {"x": rubric(line("a", 1, "x"))}  #\n'
    )
    assert main(["build", "--course", str(course)]) == 1
    assert f"Stopped: {made}: there is no written question 'x'" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "Good.", "Good.\n\nTwo `parts`.", "```python\nx\n```"])
def test_text_and_points_are_read_back_from_a_comment(text):
    assert split_comment(join_comment(text, LINES)) == (text, LINES)
    assert join_comment(text, []) == text


@pytest.mark.parametrize("comment", COMMENTS)
def test_a_block_that_is_no_rubric_stays_in_the_text(comment):
    assert split_comment(comment) == (comment, [])


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_formgrader_page_reads_and_writes_comments_in_the_same_way(tmp_path):
    script = (OURS / "formgrade" / "comment.js").read_text()
    asked = [*COMMENTS, *(join_comment(text, LINES) for text in COMMENTS[:3])]
    script += """
const asked = JSON.parse(process.argv[2]);
const told = asked.map(each => rubricComment.split(each));
const again = told.map(each => rubricComment.join(each.text, each.lines));
console.log(JSON.stringify({told, again}));
"""
    (tmp_path / "page.js").write_text(script)
    command = ["node", tmp_path / "page.js", json.dumps(asked)]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    for comment, told, again in zip(asked, found["told"], found["again"]):
        text, lines = split_comment(comment)
        assert (told["text"], [GivenLine(**each) for each in told["lines"]]) == (text, lines)
        assert split_comment(again) == (text, lines)


def test_students_notebooks_have_nothing_of_a_rubric():
    secret = rubric_lines()
    assert len(secret) > 60
    for each in ASSIGNMENTS:
        text = text_of(each.release.name, each.release.read_bytes())
        assert [line for line in secret if line in text] == []


def test_after_a_changed_rubric_nobody_is_marked_again(tmp_path, monkeypatch):
    world = World(packages=("rubric_course",))
    package = tmp_path / "rubric_course"
    package.mkdir()
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    keys = []
    for name in ("rubrics.py", "rubrics.py", "cases.py"):
        (package / name).write_text(f"X = {len(keys)}")
        environment.cache_clear()
        keys.append(environment(world)["course"])
    environment.cache_clear()
    assert keys[0] == keys[1] != keys[2]


def test_nbgrader_has_the_templates_that_ours_extend():
    assert all((Path(folder) / "formgrade" / "index.html.j2").is_file() for folder in TEMPLATES)
