"""A JupyterHub from release to feedback, as docs/hub.md says: with users of the system and a browser.

Ada works in the browser and hands in late. Bob hands in twice, with nbgrader's commands. Both try to read
files of others.
"""

import csv
import json
import os
import re
from pathlib import Path

import nbformat
import pytest
from answers import arrays
from hubs import COURSE, HubMachine
from lab import chromium, open_menu, run_all, type_into_cell
from ours import ROOT
from playwright.sync_api import expect
from submissions.draft import NAME, functions

pytestmark = [
    pytest.mark.instructor,
    pytest.mark.box,
    pytest.mark.browser,
    pytest.mark.node,
    pytest.mark.long,
]
if os.geteuid() != 0:
    pytest.skip("only root can start a hub with users of the system", allow_module_level=True)

PAGE = (ROOT / "docs" / "hub.md").read_text(encoding="utf-8")
_, *PARTS = re.split(r"^##+ (.*)\n", PAGE, flags=re.M)
SECTIONS = dict(zip(PARTS[::2], PARTS[1::2]))
NAMES = {"EXCHANGE": "/srv/nbgrader/exchange", "ENV": "/srv/students-env", "COURSE": COURSE}
JUPYTER = "students-env/etc/jupyter"
DUE = "2026-01-31 17:00:00 Europe/Berlin"
ANSWERS = functions(arrays)
WRONG = "def compute_means(data, resp, counts):\n    return resp.T @ data / len(data)"
BROWSER = {"compute_soft_counts": ANSWERS["compute_soft_counts"], "compute_means": WRONG}
TRIES = """
import glob, json, os
found = []
for top in {tops}:
    for at, _, names in os.walk(top):
        for name in names:
            path = os.path.join(at, name)
            if os.access(path, os.R_OK):
                found.append(path)
print(json.dumps(found))
"""


def blocks(heading, language="sh"):
    """Return the blocks of this language in a section of docs/hub.md, with paths for names in capitals."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", SECTIONS[heading], re.M | re.S)
    return [re.sub(r"\b(EXCHANGE|ENV|COURSE)\b", lambda name: NAMES[name[0]], block) for block in found]


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """Yield a hub that was set up as the page says, with an assignment that is released and due."""
    made = HubMachine(tmp_path_factory.mktemp("hub"))
    try:
        for line in blocks("1. The exchange"):
            made.does("sh", "-ec", line)
        made.install(blocks("2. The students' environment")[0])
        write_settings(made)
        for line in blocks("3. The instructor's clone"):
            made.does("sh", "-ec", line, user="prof", cwd=COURSE)
        exchange, course = blocks("3. The instructor's clone", "python")
        prof(made, f"cat >> nbgrader_config.py <<'END'\n{exchange}END")
        prof(made, f"mkdir -p ~/.jupyter; cat > ~/.jupyter/nbgrader_config.py <<'END'\n{course}END")
        due, release, *_ = blocks("The week")
        assert DUE in due
        for line in (due, release):
            prof(made, line)
        made.address = made.start_hub()
        yield made
    finally:
        made.close()


def write_settings(made):
    """Write the students' three settings files from the page, and the one from the repository."""
    folder = made.folder / JUPYTER
    (config,) = blocks("2. The students' environment", "python")
    page, server = blocks("2. The students' environment", "json")
    told = {"nbgrader_config.py": config, "labconfig/page_config.json": page}
    told["jupyter_server_config.d/students.json"] = server
    overrides = "labconfig/default_setting_overrides.json"
    told[overrides] = (ROOT / "etc" / "jupyter" / overrides).read_text()
    for name, text in told.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def prof(made, line):
    """Run a line as an instructor types it in a terminal, in the clone."""
    return made.does("sh", "-ec", line, user="prof", cwd=COURSE)


def student(made, who, *words):
    """Run one of nbgrader's commands as in a student's terminal, in the home folder."""
    program = "/srv/students-env/bin/nbgrader"
    return made.does(program, *words, user=who, cwd=f"/srv/people/{who}")


@pytest.fixture(scope="module")
def browser():
    with chromium() as made:
        yield made


def signed_in(hub, browser, who):
    """Return a page with JupyterLab of a user, after signing in."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{hub.address}/hub/login")
    page.fill("#username_input", who)
    page.fill("#password_input", "any")
    page.click("#login_submit")
    page.wait_for_selector("#jp-main-dock-panel", timeout=120_000)
    return page


def assignment_list(page):
    page.click("li.lm-MenuBar-item:has-text('Nbgrader')")
    page.click("li.lm-Menu-item:has(.lm-Menu-itemLabel:text-is('Assignment List'))")
    page.wait_for_selector("#released_assignments_list", timeout=60_000)


def shot(page, name):
    if folder := os.environ.get("SCREENSHOTS"):
        Path(folder).mkdir(exist_ok=True)
        page.screenshot(path=Path(folder, f"hub-{name}.png"))


def answer(path, answers):
    """Write answers into a notebook, as a student does in an editor."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def handed_in(hub, browser):
    """Let Ada work and submit in the browser, and Bob submit twice from a terminal. Return Ada's page."""
    page = signed_in(hub, browser, "ada")
    assignment_list(page)
    page.locator("#released_assignments_list button:text-is('Fetch')").click(timeout=60_000)
    link = page.locator("#fetched_assignments_list .assignment-notebooks-link")
    shot(page, "fetched")
    link.click(timeout=60_000)
    page.locator("#fetched_assignments_list .nested_list_item a").click()
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    page.wait_for_selector("#jp-main-statusbar :text('| Idle')", timeout=60_000)
    for name, text in BROWSER.items():
        type_into_cell(page, f"def {name}(", text)
    run_all(page, 300)
    shot(page, "worked")
    open_menu(page, "File", "Save Notebook")
    saved = hub.folder / "people" / "ada" / NAME / f"{NAME}.ipynb"
    page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')", timeout=30_000)
    assert WRONG.splitlines()[1].strip() in saved.read_text()
    page.click(".lm-TabBar-tab:has-text('Assignments')")
    page.locator("#fetched_assignments_list button:text-is('Submit')").click()
    expect(page.locator("#submitted_assignments_list .list_item").first).to_be_visible(timeout=60_000)
    shot(page, "submitted")
    student(hub, "bob", "fetch_assignment", NAME)
    for answers in ({}, ANSWERS):
        answer(hub.folder / "people" / "bob" / NAME / f"{NAME}.ipynb", answers)
        student(hub, "bob", "submit", NAME)
    return page


@pytest.fixture(scope="module")
def marked(hub, handed_in):
    """Let the instructor list, collect, mark and release the feedback, with the lines of docs/hub.md."""
    _, _, *lines = blocks("The week")
    return [prof(hub, line) for line in lines]


@pytest.fixture(scope="module")
def fetched(hub, handed_in, marked):
    """Let Ada fetch the feedback in the browser and open it; return the page that she sees."""
    page = handed_in
    page.locator("#submitted_assignments_list button:text-is('Fetch Feedback')").click(timeout=60_000)
    page.locator("#submitted_assignments_list a:has-text('view feedback')").click(timeout=60_000)
    page.locator(f".jp-DirListing-item:has-text('{NAME}.html')").dblclick(timeout=60_000)
    page.wait_for_selector(".jp-HTMLViewer iframe", timeout=60_000)
    return page


def rows(hub):
    with (hub.folder / "people" / "prof" / "course" / "marks.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_the_marks_are_those_of_the_answers_and_late_hours_are_counted(hub, marked):
    made = rows(hub)
    assert float(made["ada"]["test-compute_soft_counts"]) > 0
    assert (made["ada"]["test-compute_means"], made["bob"]["test-EM"]) == ("0", "10")
    assert all(float(row["late_hours"]) > 24 for row in made.values())


def test_the_page_in_the_students_browser_is_ours_byte_for_byte(hub, fetched):
    shown = fetched.frame_locator(".jp-HTMLViewer iframe")
    expect(shown.locator("h1").first).to_be_visible(timeout=60_000)
    expect(shown.locator("body")).to_contain_text("It looks like this: divided by N")
    shot(fetched, "feedback")
    (own,) = (hub.folder / "people" / "ada" / NAME / "feedback").glob("*/*.html")
    assert own.read_bytes() == page_of(hub, "ada").read_bytes()
    student(hub, "bob", "fetch_feedback", NAME)
    got = [path.read_bytes() for path in (hub.folder / "people" / "bob" / NAME / "feedback").rglob("*.html")]
    assert got == [page_of(hub, "bob").read_bytes()]  # Bob's last submission was marked


def test_the_first_submission_of_two_is_kept_as_an_attempt(hub, marked):
    kept = hub.folder / "people" / "prof" / "course" / "attempts" / "bob" / NAME / "1" / f"{NAME}.ipynb"
    assert "NotImplementedError" in kept.read_text()


def readable(hub, who, *tops):
    """Return the files below some folders that a student's Python can read. A kernel has the same rights."""
    code = TRIES.format(tops=list(tops))
    return json.loads(
        hub.does("/srv/students-env/bin/python", "-c", code, user=who, cwd=f"/srv/people/{who}")
    )


@pytest.mark.parametrize(("who", "other"), [("ada", "bob"), ("bob", "ada")])
def test_a_student_can_read_no_file_of_the_instructor_or_of_another_student(hub, marked, who, other):
    exchange = f"{NAMES['EXCHANGE']}/soft-assignments"
    assert readable(hub, who, "/srv/people/prof/course", f"/srv/people/{other}") == []
    assert readable(hub, who, f"{exchange}/inbound", f"{exchange}/feedback") == []
    assert readable(hub, who, f"{exchange}/outbound") == [f"{exchange}/outbound/{NAME}/{NAME}.ipynb"]


def test_the_students_environment_has_no_package_of_the_instructor(hub):
    code = "import importlib.util as u; print([n for n in {names!r} if u.find_spec(n)])"
    names = [
        "checks",
        "helpers",
        "explorer",
        "nbgrader",
        "grading",
        "exercises",
        "solutions",
        "course",
        "tests",
    ]
    said = hub.does("/srv/students-env/bin/python", "-c", code.format(names=names), user="ada")
    assert said.strip() == str(names[:4])


def test_the_formgraders_buttons_do_the_same(hub, marked, browser):
    page = signed_in(hub, browser, "prof")
    before = page_of(hub, "ada").read_bytes()
    page_of(hub, "ada").write_text("another page</html>")
    page.goto(f"{hub.address}/user/prof/formgrader/manage_assignments")
    page.wait_for_timeout(2_000)
    shot(page, "formgrader")
    row = page.locator(f"#main-table tr:has-text('{NAME}')")
    for column in ("collect", "generate-feedback", "release-feedback"):
        row.locator(f".{column} a").click(timeout=60_000)
        told = page.locator(".modal.in, .modal.show")
        expect(told).to_contain_text("Success", timeout=60_000)
        shot(page, column)
        told.locator("button:has-text('OK')").click()
        expect(told).to_have_count(0)
    assert page_of(hub, "ada").read_bytes() == before


def page_of(hub, who):
    return hub.folder / "people" / "prof" / "course" / "feedback" / who / NAME / f"{NAME}.html"
