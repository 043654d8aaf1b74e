"""Marking by hand, for real: JupyterLab, its formgrader in a browser, a rubric, the feedback page."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import copy_course
from desk_class import HOSTILE, QUESTION, make_class
from lab import chromium, jupyterlab, serving
from nbgrader.api import Gradebook
from ours import COURSE
from submissions.draft import NAME

from grading.rubrics import split_comment
from grading.run.journal import read_records

pytestmark = [pytest.mark.instructor, pytest.mark.box, pytest.mark.browser, pytest.mark.long]
LINES = COURSE.assignment(NAME).rubrics()[QUESTION].lines
ROSTER = 'student,name\nada,Ada Lovelace\nbob,"Ross, Bob"\n'


def grade(course):
    command = [sys.executable, "-m", "grading", "run", "--course", str(course)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=course)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return the class of six, marked once."""
    course = make_class(copy_course(tmp_path_factory.mktemp("desk") / "course"))
    (course / "students.csv").write_text(ROSTER)
    assert "6 submissions: 5 have marks, 1 has none" in grade(course)
    return course


@pytest.fixture(scope="module")
def desk(course, tmp_path_factory):
    """Yield the address of the formgrader in JupyterLab."""
    home = tmp_path_factory.mktemp("home")
    with serving(jupyterlab(course), course, home) as address:
        yield f"{address}/formgrader"


@pytest.fixture(scope="module")
def page(desk):
    """Yield a page in a browser. At the end, errors, dialogs and requests to other servers are failures."""
    wrong = []
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda sent: "127.0.0.1" in sent.url or wrong.append(f"elsewhere: {sent.url}"))
        yield page
    assert wrong == []


@pytest.fixture
def gradebook(course):
    return lambda: Gradebook(f"sqlite:///{course / 'gradebook.db'}", "soft-assignments")


def open_answer(page, desk, course, student):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "soft-assignments") as book:
        (notebook,) = book.find_submission(NAME, student).notebooks
        page.goto(f"{desk}/submissions/{notebook.id}/")
    page.wait_for_selector(".rubric[aria-busy=false]")
    shots(page, student)


def shots(page, name):
    if folder := os.environ.get("SCREENSHOTS"):
        Path(folder).mkdir(exist_ok=True)
        page.screenshot(path=Path(folder) / f"desk-{re.sub('[^a-z]', '', name)}.png")


def saved(page):
    page.wait_for_function("jQuery.active === 0")
    return page


def stored(gradebook, student):
    """Return the mark in the gradebook, a person's comment, and the points of each line."""
    with gradebook() as book:
        mark = book.find_grade(QUESTION, NAME, NAME, student).manual_score
        comment = book.find_comment(QUESTION, NAME, NAME, student).manual_comment or ""
    text, lines = split_comment(comment)
    return mark, text, {each.line: each.points for each in lines}


def ticks(page):
    return page.locator(".rubric-line input[type=checkbox]")


def test_ticks_by_keyboard_add_up_in_nbgraders_box_and_are_saved(page, desk, course, gradebook):
    open_answer(page, desk, course, "ada")
    assert page.locator(".rubric-line").count() == len(LINES)
    assert page.locator(".with-rubric math").count() > 0, "the formula of the answer"
    assert page.evaluate("document.activeElement.closest('.rubric-line') !== null")
    ticks(page).first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelectorAll('.rubric-line input')[2]")
    page.keyboard.press("Space")
    page.locator(".rubric-line input[type=number]").nth(2).fill("0.5")
    page.locator(".comment").last.focus()
    page.keyboard.type("Good example.")
    page.keyboard.press("Escape")
    saved(page)
    assert page.locator(f"[id='{QUESTION}']").input_value() == "2.5"
    given = {each.name: points for each, points in zip(LINES, (1, 1, 0.5, 0))}
    assert stored(gradebook, "ada") == (2.5, "Good example.", given)
    page.reload()
    page.wait_for_selector(".rubric[aria-busy=false]")
    assert [each.is_checked() for each in ticks(page).all()] == [True, True, False, False]
    assert page.locator(".rubric-sum").inner_text() == "Sum: 2.5 of 4"
    assert page.locator(f"[id='{QUESTION}-comment']").input_value() == "Good example."


def test_going_to_the_next_submission_by_keyboard_gives_no_marks(page, desk, course, gradebook):
    open_answer(page, desk, course, "cyd")
    with page.expect_navigation():
        ticks(page).first.focus()
        page.keyboard.press("Control+.")
    assert stored(gradebook, "cyd") == (None, "", {})


def test_the_last_tick_is_saved_before_the_page_is_left(page, desk, course, gradebook):
    open_answer(page, desk, course, "cyd")
    ticks(page).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Space")
        page.keyboard.press("Control+.")
    mark, _, lines = stored(gradebook, "cyd")
    assert (mark, lines[LINES[0].name]) == (1, 1)


def test_buttons_give_all_lines_and_a_different_typed_mark_is_reported(page, desk, course, gradebook):
    open_answer(page, desk, course, "bob")
    cell = page.locator(".with-rubric")
    cell.locator(".full-credit").click()
    saved(page)
    assert stored(gradebook, "bob")[0] == 4
    cell.locator(".no-credit").click()
    saved(page)
    assert stored(gradebook, "bob") == (0, "", {each.name: 0 for each in LINES})
    cell.locator(".score").fill("3")
    cell.locator(".score").press("Escape")
    saved(page)
    assert "these lines sum to 0" in page.locator(".rubric-told").inner_text()
    assert stored(gradebook, "bob")[0] == 3


def test_an_answer_elsewhere_and_a_hostile_one_have_the_rubric_too(page, desk, course):
    open_answer(page, desk, course, "dee")
    assert "Found in" in page.locator("#notebook-container").first.inner_text()
    open_answer(page, desk, course, HOSTILE)
    assert page.locator("a.name-shown").text_content().strip() == HOSTILE
    assert page.locator(".with-rubric script, .with-rubric img").count() == 0


def test_a_lost_connection_is_reported(page, desk, course):
    open_answer(page, desk, course, "dee")
    page.route("**/api/**", lambda route: route.abort())
    ticks(page).first.click()
    page.wait_for_selector(".rubric-told.warns:has-text('Not saved')")
    page.unroute("**/api/**")


def test_the_formgrader_shows_the_names_of_students_csv(page, desk):
    page.goto(f"{desk}/manage_submissions/{NAME}")
    page.locator("text=Lovelace, Ada").wait_for(state="attached")
    assert page.locator("text=Ross, Bob").count() == 1


def test_the_feedback_page_has_the_points_of_each_line(page, course):
    to_read = next(each for each in grade(course).splitlines() if each.startswith("To read: "))
    assert "2 answers" in to_read
    assert "dee" in to_read
    told = page.context.browser.new_page()
    told.goto((course / "feedback" / "ada" / NAME / f"{NAME}.html").as_uri())
    rows = [row.inner_text().split("\t") for row in told.locator(".rubric tbody tr").all()]
    assert [row[-1] for row in rows] == ["1 of 1", "1 of 1", "0.5 of 1", "0 of 1"]
    assert "Good example." in told.locator(".note").last.inner_text()
    assert "38.5 of 40 marks" in told.locator(".total").inner_text()
    assert "```" not in told.content()
    told.goto((course / "feedback" / "bob" / NAME / f"{NAME}.html").as_uri())
    assert (
        "The lines sum to 0; the person who read your answer gave 3." in told.locator("caption").inner_text()
    )
    record = read_records(course)[NAME, "ada"]
    assert record["questions"][QUESTION]["by_hand"] == 2.5
