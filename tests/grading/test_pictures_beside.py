"""A picture beside the notebook is shown in a written answer.

If that is not possible, a sentence says why.
"""

import base64
import io
import json
import re
import time

import nbformat
import numpy as np
import pytest
from ours import COURSE
from PIL import Image
from submissions.draft import NAME, RIGHT, answered, role

from grading.pages.safe_html import markdown_to_safe_html, safe_html
from grading.pages.written import written
from grading.repair import repaired
from grading.repair.pictures import MOST
from grading.repair.shrink import NoPicture, shrunk
from grading.submitted.pictures import pictures_of

QUESTION = "in-your-own-words"


def picture(kind="PNG", size=(60, 40), noise=False, mode="RGB"):
    drawn = Image.new(mode, size, "red" if mode == "RGB" else 0)
    if noise:
        drawn = Image.fromarray(np.random.default_rng(0).integers(0, 255, (*size[::-1], 3), dtype=np.uint8))
    file = io.BytesIO()
    drawn.save(file, kind)
    return file.getvalue()


SMALL = picture()
BESIDE = {
    "sketch.png": SMALL,
    "my sketch.png": SMALL,
    "img/deep.jpg": picture("JPEG"),
    "loop.gif": picture("GIF"),
    "web.webp": picture("WEBP"),
    "É.png": SMALL,
    "fake.png": b"<script>alert(1)</script>",
    "huge.png": b"",  # it was not read
    "line.svg": b"<svg onload='alert(1)'/>",
}


def answer(text, beside=BESIDE, attachments=None):
    """Return the cell of the written answer in the notebook that is marked."""
    assignment = COURSE.assignment(NAME)
    draft = answered({**RIGHT, QUESTION: text})
    if attachments:
        draft.cell(QUESTION)["attachments"] = attachments
    both = (nbformat.read(path, as_version=4) for path in (assignment.solution, assignment.release))
    made = repaired(*both, json.dumps(draft.content).encode(), [], beside)
    (cell,) = [cell for cell in made.cells if role(cell).get("grade_id") == QUESTION]
    return cell


def pages(cell):
    """Return the cell's HTML on the feedback page, and in the formgrader."""
    return str(written(cell.source, cell.get("attachments"))), markdown_to_safe_html(
        {"cell": cell}, cell.source
    )


SHOWN = {
    "![x](sketch.png)": "png",
    "![](my%20sketch.png)": "png",
    "![](my sketch.png)": "png",
    "![](<my sketch.png>)": "png",
    '![x](sketch.png "a title")': "png",
    "![](./img/deep.jpg)": "jpeg",
    r"![](img\deep.jpg)": "jpeg",
    "![](deep.jpg)": "jpeg",
    "![](SKETCH.PNG)": "png",
    "![](E\u0301.png)": "png",
    "![](%C3%89.png)": "png",
    "![](sketch.png?raw=1)": "png",
    r"![](D:\me\Desktop\sketch.png)": "png",
    "![](file:///content/sketch.png)": "png",
    "![](attachment:sketch.png)": "png",
    "![x](loop.gif)": "png",
    "![x](web.webp)": "png",
    "<img src='sketch.png' width=100>": "png",
    '<p align="center"><img alt="x" src="my%20sketch.png"></p>': "png",
    "![x][mine]\n\n[mine]: sketch.png": "png",
    "[my sketch](sketch.png)": "png",
    "![[sketch.png]]": "png",
    "![[img/deep.jpg|200]]": "jpeg",
    f"![x](data:image/png;base64,{base64.b64encode(SMALL).decode()})": "png",
}


@pytest.mark.parametrize("text", SHOWN, ids=range(len(SHOWN)))
def test_a_picture_beside_the_notebook_is_shown(text):
    for html in pages(answer(text)):
        assert f'src="data:image/{SHOWN[text]};base64,' in html


NOT_SHOWN = {
    "![x](gone.png)": "x: the picture gone.png was not handed in",
    "![](attachment:image.png)": "the picture image.png was not handed in",
    "![](../../../etc/passwd)": "the picture ../../../etc/passwd was not handed in",
    "<img src='gone.png'>": "the picture gone.png was not handed in",
    "![[gone.png]]": "the picture gone.png was not handed in",
    "![[gone sketch.png|a share]]": "the picture gone sketch.png was not handed in",
    "![](line.svg)": "the picture line.svg is not shown: only .png, .jpg, .jpeg, .gif, .webp are",
    "![](photo.heic)": "the picture photo.heic is not shown",
    "![](fake.png)": "the picture fake.png cannot be read as a picture",
    "![](huge.png)": "the picture huge.png is too large to be shown",
    "![](a*b&c_d.png)": "the picture a*b&amp;c_d.png was not handed in",
    "![](data:image/png;base64,AAAA)": "the picture in the text cannot be read as a picture",
    "![](//example.org/a.png)": "the picture at //example.org/a.png was not loaded: only pictures",
}


@pytest.mark.parametrize("text", NOT_SHOWN)
def test_where_a_picture_cannot_be_shown_a_sentence_says_why(text):
    cell = answer(text)
    for html in pages(cell):
        assert NOT_SHOWN[text] in html
        assert "<img" not in html
    assert "attachments" not in cell


def test_a_remote_picture_is_named_and_not_loaded():
    for html in pages(answer("![x](https://example.org/a.png) and [a paper](https://example.org/b.png)")):
        assert "was not loaded: only pictures that are handed in are shown" in html
        assert '<a href="https://example.org/b.png">a paper</a>' in html
        assert "<img" not in html


@pytest.mark.long
def test_pictures_are_reduced_each_and_all_together():
    large = {f"{n}.png": picture(size=(900, 700), noise=True) for n in range(4)}
    cell = answer("".join(f"![{n}]({n}.png)\n" for n in range(4)), large)
    sizes = [len(text) for each in cell.attachments.values() for text in each.values()]
    assert len(sizes) == 4
    assert max(sizes) < 200_000 * 4 / 3
    assert sum(sizes) < 400_000 * 4 / 3
    many = {f"{n}.png": SMALL for n in range(MOST + 5)}
    cell = answer("".join(f"![{n}]({n}.png)\n" for n in range(MOST + 5)), many)
    assert len(cell.attachments) == MOST
    assert cell.source.count(f"these are more than {MOST} pictures") == 5


@pytest.mark.long
def test_a_pasted_picture_is_reduced_too():
    pasted = {"a.png": {"image/png": base64.b64encode(picture(size=(900, 700), noise=True)).decode()}}
    cell = answer("![](attachment:a.png)", {}, pasted)
    ((mime, text),) = cell.attachments["a.png"].items()
    assert mime == "image/jpeg"
    assert len(text) < 200_000 * 4 / 3
    Image.open(io.BytesIO(base64.b64decode(text))).load()


def test_files_that_are_no_small_picture_are_refused():
    for data in (b"", b"<svg/>", SMALL[:40], b"%!PS-Adobe-3.0 EPSF-3.0", picture("BMP"), picture("TIFF")):
        with pytest.raises(NoPicture, match="cannot be read as a picture"):
            shrunk(data, 10_000)
    for side in (9_000, 20_000):
        with pytest.raises(NoPicture, match="is too large to be shown"):
            shrunk(picture(size=(side, side), mode="1"), 10_000)
    assert shrunk(SMALL, 10_000) == ("image/png", SMALL, 2400)


def test_a_turned_photograph_is_shown_upright():
    photo, file = Image.new("RGB", (2000, 1000), "red"), io.BytesIO()
    exif = photo.getexif()
    exif[0x0112] = 6  # this value means a quarter turn
    photo.save(file, "JPEG", exif=exif, quality=100)
    _, small, _ = shrunk(file.getvalue(), 10_000)
    wide, high = Image.open(io.BytesIO(small)).size
    assert high > wide


def test_only_pictures_of_the_cell_itself_come_into_its_html():
    html = '<img src="attachment:a"><img src="attachment:b">'
    hostile = {"a": {"image/png": 'AA" onerror="alert(1)'}, "b": {"image/svg+xml": "AAAA"}}
    assert safe_html(html, hostile) == html


@pytest.mark.parametrize(
    "piece", ["![", "![](", "<img ", "![x](a(", "[a]: b\n", '<img src="', "![x](data:image/png;base64,A"]
)
def test_odd_references_are_read_quickly(piece):
    begin = time.process_time()
    answer(piece * (300_000 // len(piece)))
    assert time.process_time() - begin < 3


class File:
    def __init__(self, data):
        self.data = data

    def read(self, most):
        from grading.repair import Unreadable

        if len(self.data) > most:
            raise Unreadable("it is too large")
        return self.data


def test_a_picture_that_is_too_large_to_read_still_counts_as_handed_in():
    found = pictures_of(b"![](a.png) ![](b.png)", {"a.png": File(bytes(13_000_000)), "b.png": File(SMALL)})
    assert found == {"a.png": b"", "b.png": SMALL}
    assert re.search("a.png is too large to be shown", answer("![](a.png)", found).source)
