"""The course in a browser tab: the site is built, and a browser works through all four notebooks."""

import csv
import datetime
import hashlib
import json
import os
import zipfile
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT, copy_course
from lab import chromium, open_menu, run_all, run_cell, type_into_cell
from ours import COURSE
from static_site import ALONE, serving_files

from grading.run.course import grade_course
from grading.run.pool import Here
from release import wheel
from release.lite import build
from release.lite.fetching import expected, locked_lines
from release.lite.pages import with_notice
from release.lite.slim import kept, slim

DAY = datetime.date(2026, 1, 1)
DOWNLOADS = Path(os.environ.get("DOWNLOADS", ROOT / ".pytest_cache" / "downloads"))
FIRST_VISIT = 34e6  # bytes, from a server without compression
OURS = {"include": [["#course-notice"], ["#course-show"]]}
# Draw all cells immediately, so that cells far down are on the page as well.
WHOLE = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}


# Without a browser


def small_wheel(folder, name="numpy-1.0-py3-none-any.whl"):
    about = "numpy-1.0.dist-info"
    content = {f"{about}/METADATA": "Name: numpy", "numpy/core.so": "a" * 999, "numpy/core.py": "b" * 999}
    content |= {"numpy/tests/test_core.py": "c", "numpy/core.pyi": "d"}
    content[f"{about}/RECORD"] = "".join(f"{each},,\n" for each in [*content, f"{about}/RECORD"])
    with zipfile.ZipFile(folder / name, "w") as made:
        for each, text in content.items():
            made.writestr(each, text)
    return folder / name


def test_a_wheel_is_repacked_without_its_tests_and_always_with_the_same_bytes(tmp_path):
    given = small_wheel(tmp_path)
    files = kept(given)
    assert {"numpy/core.py", "numpy/core.so"} < set(files)
    assert not {"numpy/tests/test_core.py", "numpy/core.pyi"} & set(files)
    assert sorted(
        row.split(",")[0] for row in files["numpy-1.0.dist-info/RECORD"].decode().split()
    ) == sorted(files)
    assert slim(given) == slim(small_wheel(tmp_path))


def test_a_wheel_that_differs_from_the_lock_is_refused():
    content = b"not the wheel"
    entry = {"file_name": "numpy.whl", "sha256": hashlib.sha256(content).hexdigest()}
    assert expected(content, entry) == content
    with pytest.raises(
        SystemExit, match=r"numpy\.whl has sha256 \w+, but the lock of pyodide@[\d.]+ says 00"
    ):
        expected(content, {**entry, "sha256": "00"})


def test_pure_wheels_have_the_versions_of_the_lock():
    lock = "tqdm==4.1 ; sys_platform != 'x' \\\n    --hash=sha256:aa\n    # via us\n"
    lock += "six==1.0 \\\n    --hash=sha256:bb\n"
    assert locked_lines(("tqdm",), lock) == ["tqdm==4.1 \\\n    --hash=sha256:aa\n    # via us\n"]
    with pytest.raises(SystemExit, match="requirements.lock has no anywidget: add it"):
        locked_lines(("anywidget",), lock)


def test_an_unknown_version_of_the_page_is_refused():
    with pytest.raises(SystemExit, match="does not have '<html>' once"):
        with_notice("<title>Another page</title>")


# In a browser


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    build(folder / "course", wheel.build(ROOT, folder, DAY), DOWNLOADS)
    return folder / "course"


@pytest.fixture(scope="module")
def browser():
    with chromium(ALONE) as started:
        yield started


@pytest.fixture
def opened(site, browser):
    """Serve the site with all cells drawn, and yield the page of a new visitor."""
    settings = site / "jupyter-lite.json"
    told = json.loads(settings.read_text())
    told["jupyter-config-data"]["settingsOverrides"] |= WHOLE
    settings.write_text(json.dumps(told))
    with serving_files(site) as (address, sent):
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        page, asked = context.new_page(), []
        context.on("request", lambda request: asked.append(request.url))
        yield page, address, sent
        context.close()
        assert {each for each in asked if not each.startswith((address, "data:", "blob:"))} == set()


def open_notebook(page, address, name):
    page.goto(f"{address}/lab/index.html?path={name}/{name}.ipynb")
    ready(page)


def ready(page):
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=120_000)
    page.wait_for_selector("#jp-main-statusbar :text('| Idle')", timeout=300_000)


def answers(name):
    """Yield the first line of each answer's cell, and the reference's answer."""
    assignment = COURSE.assignment(name)
    given = {cell.metadata.nbgrader.grade_id: cell for cell in cells(assignment.release) if is_answer(cell)}
    for cell in filter(is_answer, cells(assignment.solution)):
        yield given[cell.metadata.nbgrader.grade_id].source.partition("\n")[0], cell.source


def cells(path):
    return nbformat.read(path, as_version=4).cells


def is_answer(cell):
    return cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution", False)


def work_through(page, name):
    """Type the reference's answers, run all cells, and check that each answer earns its marks."""
    for marker, answer in answers(name):
        type_into_cell(page, marker, answer)
    run_all(page, seconds=600)
    assert not page.query_selector_all("[data-mime-type='application/vnd.jupyter.stderr']")
    assert not page.query_selector_all("[data-mime-type='application/vnd.jupyter.error']")
    text = page.inner_text(".jp-Notebook")
    for cell in cells(COURSE.assignment(name).solution):
        role = cell.metadata.get("nbgrader", {})
        if role.get("locked"):
            asked = "check_answer(" in cell.source  # in public a question is only recorded
            words = "worth {0:g} marks" if asked else "{0:g} of {0:g} marks"
            assert words.format(role.points) in text, role.grade_id


def download(page, path):
    """Save with the keyboard, and download with the menu."""
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    with page.expect_download() as started:
        open_menu(page, "File", "Download")
    path.parent.mkdir(parents=True)
    started.value.save_as(path)


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.box
@pytest.mark.instructor
def test_gaussian_mixture_from_the_first_hint_to_the_marks(opened, tmp_path):
    name, (page, address, sent) = "gaussian-mixture", opened
    page.goto(address)
    ready(page)
    run_cell(page, "import numpy as np", seconds=300)
    type_into_cell(
        page, "def compute_soft_counts", "def compute_soft_counts(resp):\n    return resp.sum(axis=1)"
    )
    run_cell(page, "def compute_soft_counts")
    run_cell(page, "check(compute_soft_counts")
    for words in ("summed along the rows", "Hint 1 of 3: You sum along the rows"):
        page.wait_for_selector(f".jp-OutputArea-output:has-text('{words}')")
    work_through(page, name)
    assert sum(sent.values()) < FIRST_VISIT
    assert not [path for path in sent if "scikit" in path or "digits.npz" in path]

    course = copy_course(tmp_path / "course")
    saved = course / "submitted" / "ada" / name / f"{name}.ipynb"
    download(page, saved)
    assert nbformat.read(saved, as_version=4).metadata.kernelspec.name == "python3"
    (marked,) = grade_course([name], course, pool=Here())
    assert marked.student == "ada"
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["total"], row["max"]) == ("36", "40")


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("name", ["image-clusters", "bernoulli-digits", "when-em-fails"])
def test_the_other_notebooks_run_to_their_end(name, opened):
    page, address, _ = opened
    open_notebook(page, address, name)
    work_through(page, name)
    few = "In the browser you work with the first 10,000 of the 70,000 images"
    assert (few in page.inner_text(".jp-Notebook")) == (name == "bernoulli-digits")


@pytest.mark.browser
@pytest.mark.long
def test_the_message_that_work_can_be_lost_can_be_hidden_and_shown_again(opened):
    page, address, _ = opened
    page.goto(address)
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=120_000)
    page.wait_for_selector("#course-storage:has-text('browser')")
    assert "kept in this browser only" in page.inner_text("#course-notice")
    assert Axe().run(page, context=OURS).violations_count == 0
    page.click("#course-hide")
    page.reload()
    page.wait_for_selector("#course-show:visible")
    assert page.locator("#course-notice").is_hidden()
    page.click("#course-show")
    page.wait_for_selector("#course-notice:visible")


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize("lack", ["WebAssembly", "indexedDB", "DecompressionStream"])
def test_a_browser_that_cannot_run_the_course_shows_a_message(lack, opened):
    page, address, _ = opened
    page.add_init_script(f"Object.defineProperty(window, '{lack}', {{ value: undefined }})")
    page.goto(f"{address}/lab/index.html")
    page.wait_for_selector("h1:has-text('This browser cannot run the notebooks')")
    assert page.locator("#course-notice").is_hidden()


@pytest.mark.long
def test_two_builds_give_the_same_bytes(site, tmp_path):
    build(tmp_path / "again", wheel.build(ROOT, tmp_path, DAY), DOWNLOADS)
    made, again = contents(site), contents(tmp_path / "again")
    assert set(made) == set(again)
    assert [name for name in made if made[name] != again[name]] in ([], ["jupyter-lite.json"])  # WHOLE


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
