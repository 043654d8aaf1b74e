"""The course in German: what is built, printed and marked contains no English sentence of the course."""

import copy
import html
import re

import nbformat
import pytest
from german import NAME, GermanCourse, english_in, english_words_in
from ours import ROOT
from second import answer_of

pytestmark = [pytest.mark.long, pytest.mark.instructor]


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    made = GermanCourse(tmp_path_factory.mktemp("german"))
    made.python("-m", "grading", "build", NAME)
    return made


def notebook(german, kind):
    return nbformat.read(german.root / kind / NAME / f"{NAME}.ipynb", as_version=4)


def test_the_notebook_is_german_and_sets_the_language(german):
    released = notebook(german, "notebooks")
    text = "\n".join(cell.source for cell in released.cells)
    assert 'speak("de")' in text
    english = nbformat.read(ROOT / "notebooks" / NAME / f"{NAME}.ipynb", as_version=4)
    told = {cell.source for cell in english.cells if cell.cell_type == "markdown" and len(cell.source) > 30}
    assert not told & {cell.source for cell in released.cells}
    assert english_in(text) == []
    assert english_words_in("\n".join(c.source for c in released.cells if c.cell_type == "markdown")) == []


def test_what_the_cells_show_is_german(german):
    shown = [out for cell in notebook(german, "solutions").cells for out in cell.get("outputs", ())]
    text = "\n".join(str(out.get("text", "")) + str(out.get("data", "")) for out in shown)
    assert "Bewertungspunkten in den öffentlichen Fällen" in text
    assert english_in(html.unescape(text)) == []


def test_every_hint_of_every_mistake_is_german(german):
    hints = german.hints()
    assert len(hints) > 60
    assert {
        name: found for name, text in hints.items() if (found := english_in(text) + english_words_in(text))
    } == {}
    assert all("Es sieht danach aus: " in text for text in hints.values())


@pytest.fixture(scope="module")
def pages(german):
    """Return two feedback pages: one with many wrong answers, and one of a notebook without any work."""
    right = {answer_of(cell): cell.source for cell in notebook(german, "solutions").cells}
    wrong = {
        "compute_means": "def compute_means(data, resp, counts):\n    return resp.T @ data / len(data)",
        "compute_weights": "def compute_weights(counts):\n    return 1 / 0",
        "quiz-loglik": "loglik_course, small_gains_stay_small, twelve_begin_alike = 'decreasing', True, 0",
        "quiz-results": "first_weight, second_mean, third_covariance = 0.5, '1,5', None",
    }
    for student, answers in {"ada": {**right, **wrong}, "bob": {}}.items():
        made = copy.deepcopy(notebook(german, "notebooks"))
        for cell in made.cells:
            cell.source = answers.get(answer_of(cell), cell.source) if answer_of(cell) else cell.source
        path = german.root / "submitted" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(made, path)
    german.python("-m", "grading", "run", NAME)
    return [
        (german.root / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")
        for student in ("ada", "bob")
    ]


def test_the_feedback_pages_are_german(pages):
    for page in pages:
        assert '<html lang="de"' in page
        assert english_in(html.unescape(re.sub(r"<[^>]+>", "", page))) == []
        assert english_words_in(page) == []
    assert "durch N geteilt" in pages[0]
