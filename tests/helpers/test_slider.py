"""A slider draws again for each value, and shows still pictures where no widget runs."""

import re

import matplotlib.pyplot as plt
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook

from explorer.widget import VIEW
from helpers import figures, load_synthetic, plot_data, slide, slider

DATA = load_synthetic()


def number(n):
    return plot_data(DATA[: 2 * n], f"Number {n}")


@pytest.fixture
def outputs(monkeypatch):
    """Return what a cell shows if its last line is a slider."""
    shown = []
    monkeypatch.setattr(slider, "display", lambda data, raw: shown.append(data))
    slide(number, 1, 30, name="draw < this")._ipython_display_()
    return shown


def test_a_slider_draws_again():
    box = slide(number, 1, 30)
    handle, picture = box.children
    assert (handle.min, handle.max, handle.value) == (1, 30, 1)
    first = picture.value
    handle.value = 17
    assert 'alt="Number 17. Scatter of 34 points' in picture.value
    assert picture.value != first
    assert plt.get_fignums() == []


def test_without_a_widget_the_first_and_last_picture_are_shown_with_their_alt_text(outputs):
    live, still = outputs
    assert live.keys() == {VIEW, "text/plain"}
    assert live["text/plain"] == slider.ABSENT
    alts = re.findall(r'<p>draw &lt; this (\d+):</p><img alt="([^"]*)"', still["text/html"])
    assert [(n, alt.split(" points")[0]) for n, alt in alts] == [
        ("1", "Number 1. Scatter of 2"),
        ("30", "Number 30. Scatter of 60"),
    ]
    assert re.findall(r"draw < this (\d+): Number", still["text/plain"]) == ["1", "30"]
    assert plt.get_fignums() == []


def test_a_slider_with_one_value_has_one_still_picture():
    assert slide(number, 3, 3).still()["text/html"].count("<img") == 1


def test_where_figures_are_not_drawn_words_are_shown_instead(monkeypatch):
    monkeypatch.setattr(figures, "drawing", False)
    drawn = []
    box = slide(lambda n: drawn.append(n) or number(n), 1, 3)
    assert "(not drawn)" in box.children[1].value
    assert "iteration 1: Number 1. Scatter of 2 points" in box.still()["text/plain"]
    shown = []
    monkeypatch.setattr(slider, "display", lambda data, raw: shown.append(data["text/plain"]))
    box._ipython_display_()
    assert shown == [box.still()["text/plain"]]  # no word about a slider or pictures
    assert drawn == [1]  # nobody looks at it, so nothing more is computed


@pytest.mark.long
def test_an_html_page_of_a_notebook_shows_the_still_pictures():
    source = "from helpers import *\nslide(lambda n: plot_data(load_synthetic()[:n], f'First {n}'), 1, 9)"
    notebook = new_notebook(cells=[new_code_cell(source)])
    NotebookClient(notebook).execute()
    notebook.metadata.pop("widgets")  # as in a notebook that was saved without the state of widgets
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert re.findall(r'<img alt="(First \d)\.', page) == ["First 1", "First 9"]
