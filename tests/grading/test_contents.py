"""From the bytes of a file to its cells.

Damage leaves one sensible reading, or a sentence names its cause.
"""

import contextlib
import gzip
import json
import subprocess
import time

import jupytext
import nbformat
import pytest
from nbconvert import HTMLExporter, PythonExporter
from ours import COURSE
from submissions.draft import NAME, RIGHT, TEXT, answered, role

from grading.marking.mark import CellResult, Job
from grading.marking.present import present
from grading.noted import Noted, beside_of, code_beside
from grading.repair import Unreadable, repaired
from grading.repair.merge import cells_in, settled
from grading.repair.read import understood
from grading.repair.twice import halves, once, versions, without
from grading.status import Status

GOOD = RIGHT["compute_means"]
OLD = "def compute_means(data, resp, counts):\n    return 0 * np.asarray(data)"
STUB = answered({}).cell("compute_means")["source"]
WORKED_ON = "`compute_means`: the file has two versions; the version that was worked on counts"
BOTH = "`compute_means`: the file has two versions that do the same, so one of them counts"
GIT = (
    "`compute_means`: git could not merge two versions and wrote lines that begin with '<<<<<<<', '=======' "
    "or '>>>>>>>' into it. They were left out"
)
CHOOSE = "`compute_means`: the file holds two versions of this answer"


def dumped(draft):
    return json.dumps(draft.content, indent=1, ensure_ascii=False)


def written(**others):
    return dumped(answered({**RIGHT, **others}))


WHOLE, GIVEN = written(), dumped(answered({}))


def understood_as(data):
    """Return the repaired notebook, its notes about itself, and the names of answers that are not right."""
    assignment = COURSE.assignment(NAME)
    both = (nbformat.read(path, as_version=4) for path in (assignment.solution, assignment.release))
    made = repaired(*both, data)
    texts = {role(cell)["grade_id"]: cell.source.strip() for cell in made.cells if role(cell)}
    return made, Noted.of(made), {name for name, source in RIGHT.items() if texts.get(name) != source.strip()}


def merged(ours, theirs, *how, base=GIVEN, tmp_path):
    """Return what git writes into a file where two people changed the same lines."""
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = [
        "git",
        "merge-file",
        "-p",
        "-L",
        "HEAD",
        "-L",
        "old",
        "-L",
        "main",
        *how,
        "ours",
        "base",
        "theirs",
    ]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout


def run(number):
    """Return the right notebook as it is saved after another run."""
    draft = answered(RIGHT)
    for at, cell in enumerate(cell for cell in draft.cells if cell["cell_type"] == "code"):
        cell["execution_count"] = 100 * number + at
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [f"{number}\n"] * number}]
    return dumped(draft)


def script(kind):
    notebook = nbformat.from_dict(json.loads(WHOLE))
    return (
        PythonExporter().from_notebook_node(notebook)[0]
        if kind == "script"
        else jupytext.writes(notebook, kind)
    )


def lines_without_ends():
    draft = answered(RIGHT)
    for cell in draft.cells:
        cell["source"] = "".join(cell["source"]).split("\n")
    return dumped(draft).encode()


SAME = {
    "lines without their ends": (lines_without_ends(), None),
    "UTF-16 without a mark": (WHOLE.encode("utf-16-le"), None),
    "UTF-16, the other way round": (WHOLE.encode("utf-16-be"), None),
    "UTF-32": (WHOLE.encode("utf-32"), None),
    "two byte-order marks": (b"\xef\xbb\xbf" * 2 + WHOLE.encode(), None),
    "filled with zeros": (WHOLE.encode() + bytes(500), "NUL bytes"),
    "zeros within": (WHOLE.encode().replace(b"share", b"sha\0re"), "NUL bytes"),
    "numbers that JSON lacks": (
        WHOLE.replace('"nbformat"', '"x": [NaN, -Infinity], "nbformat"').encode(),
        None,
    ),
    "a number without end": (WHOLE.replace('"nbformat"', f'"x": {"9" * 5000}, "nbformat"').encode(), None),
    "a comma at the end": (WHOLE.rstrip()[:-1].encode() + b",\n}", "a comma with nothing after it (line "),
    "a byte behind it": (WHOLE.encode() + b"x", "some text after the end of the notebook (line "),
    "the tail of an older one": ((WHOLE + WHOLE[-300:]).encode(), "some text after the end"),
    "there twice": ((WHOLE + "\n" + WHOLE).encode(), "the file has two notebooks"),
    "the given one in front": ((GIVEN + WHOLE).encode(), "the version that was worked on counts"),
    "the given one behind": ((WHOLE + GIVEN).encode(), "the version that was worked on counts"),
    "packed": (gzip.compress(WHOLE.encode()), "packed with gzip"),
    "in a text": (json.dumps(WHOLE).encode(), "inside a text of JSON"),
    "as a server sends it": (json.dumps({"type": "notebook", "content": json.loads(WHOLE)}).encode(), None),
    "jupytext, percent": (script("py:percent").encode(), "a script was handed in"),
    "jupytext, Markdown": (script("md").encode(), "a script was handed in"),
    "exported as a script": (script("script").encode(), "a script was handed in"),
}


@pytest.mark.parametrize("damage", SAME)
def test_damage_with_one_sensible_reading_is_repaired(damage):
    data, says = SAME[damage]
    _, noted, differ = understood_as(data)
    assert noted.readable, noted.unreadable
    assert differ == set()
    assert noted.untouched == noted.disputed == []
    assert any(says in note for note in noted.repaired) if says else noted.repaired == []


def test_a_byte_that_is_not_utf_8_costs_nothing_and_its_line_is_named():
    odd = TEXT.replace("share", "sh\xe9re \u201cof\u201d")
    (line,) = [at for at, text in enumerate(WHOLE.split("\n"), 1) if TEXT in text]
    for data in (
        written(**{"in-your-own-words": odd}).encode("cp1252", "replace"),
        WHOLE.encode().replace(TEXT.encode(), TEXT.encode().replace(b"share", b"sh\xe9re")),
    ):
        made, noted, differ = understood_as(data)
        assert differ == {"in-your-own-words"}
        assert "sh\xe9re" in [cell.source for cell in made.cells if role(cell)][-1]
    assert noted.repaired == [f"a byte in line {line} of the file is not UTF-8 and was read as Windows-1252"]


@pytest.mark.parametrize("how", [(), ("--diff3",)], ids=["two sides", "and their ancestor"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["Unix", "Windows"])
def test_conflicts_in_outputs_and_counts_cost_nothing(how, ends, tmp_path):
    text = merged(run(1), run(2), *how, tmp_path=tmp_path)
    assert text.count("<<<<<<< HEAD") > 5
    _, noted, differ = understood_as(text.replace("\n", ends).encode())
    assert differ == set()
    (note,) = noted.repaired
    assert note.startswith(
        "git could not merge two versions of your file and wrote lines that begin with '<<<<<<<'"
    )


def test_the_worked_on_side_of_a_conflict_counts_and_two_such_sides_wait_for_a_person(tmp_path):
    old = written(compute_means="def compute_means(data, resp, counts):\n    ...")
    one = merged(WHOLE, written(compute_means=STUB), base=old, tmp_path=tmp_path)
    assert "<<<<<<< HEAD" in one
    _, noted, differ = understood_as(one.encode())
    assert (differ, noted.disputed, noted.repaired[1:]) == (set(), [], [WORKED_ON])
    two = merged(WHOLE, written(compute_means=OLD), base=old, tmp_path=tmp_path)
    made, noted, differ = understood_as(two.encode())
    assert (differ, noted.disputed, noted.repaired[1:]) == (set(), ["test-compute_means"], [CHOOSE])
    (other,) = [cell for cell in made.cells if beside_of(cell) == "test-compute_means"]
    assert OLD in other.source
    assert code_beside(other) == OLD


def test_a_disputed_answer_waits_for_a_person_whatever_its_test_says():
    made, *_ = understood_as(cell_of(f"<<<<<<< HEAD\n{GOOD}\n=======\n{OLD}\n>>>>>>> main"))
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    results = [
        CellResult(status=Status.PASSED, mark=1.0) if role(cell).get("grade") else CellResult()
        for cell in code
    ]
    questions = Noted.of(present(made, Job([]), results, "")).questions
    assert questions["test-compute_means"].status is Status.NEEDS_PERSON
    assert questions["test-compute_means"].mark is None
    assert questions["test-compute_weights"].status is Status.PASSED


def cell_of(source):
    return written(compute_means=source).encode()


def nbdime(*sides):
    """Return a notebook in which nbdime left a conflict, with separate cells for the conflict markers."""
    draft = answered(RIGHT)
    at = draft.place("compute_means")
    cells = [{**draft.cells[at], "source": side} for side in sides]
    marks = [
        {"cell_type": "markdown", "metadata": {}, "source": f'<span style="color:red">**{words}**</span>'}
        for words in ("<<<<<<< local", "=======", ">>>>>>> remote")
    ]
    draft.cells[at : at + 1] = [marks[0], cells[0], marks[1], cells[1], marks[2]]
    return dumped(draft).encode()


def double_key(first, second):
    key = '"source": ' + json.dumps(GOOD)
    both = f'"source": {json.dumps(first)}, "source": {json.dumps(second)}'
    assert WHOLE.count(key) == 1
    return WHOLE.replace(key, both).encode()


ONCE = "`compute_means`: the text was in the cell twice, and counts once"
IN_ONE_CELL = {
    "the same, joined": (cell_of(GOOD + GOOD), ONCE),
    "the same, on its own line": (cell_of(GOOD + "\n" + GOOD), ONCE),
    "the same, three times": (cell_of(GOOD * 3), ONCE),
    "the same, after spaces": (cell_of(GOOD + "  \n \n" + GOOD), ONCE),
    "each line twice": (cell_of("\n".join(f"{line}\n{line}" for line in GOOD.split("\n"))), ONCE),
    "the stub behind it, joined": (cell_of(GOOD + STUB), WORKED_ON),
    "the stub behind it": (cell_of(GOOD + "\n\n" + STUB), WORKED_ON),
    "the stub before it, joined": (cell_of(STUB + GOOD), WORKED_ON),
    "the stub before it": (cell_of(STUB + "\n\n" + GOOD), WORKED_ON),
    "half of one behind it": (
        cell_of(GOOD + "\n\ndef compute_means(data, resp, counts):\n    return ("),
        WORKED_ON,
    ),
    "git's marks around a comment": (
        cell_of(f"<<<<<<< HEAD\n{GOOD}  # mine\n=======\n{GOOD}\n>>>>>>> main"),
        BOTH,
    ),
    "git's marks, and the stub": (cell_of(f"<<<<<<< HEAD\n{STUB}\n=======\n{GOOD}\n>>>>>>> main"), WORKED_ON),
    "nbdime's cells, and the stub": (nbdime(STUB, GOOD), WORKED_ON),
    "a double key, the stub first": (double_key(STUB, GOOD), WORKED_ON),
    "a double key, the stub last": (double_key(GOOD, STUB), WORKED_ON),
    "an older one behind it, joined": (cell_of(GOOD + OLD), CHOOSE),
    "git's marks, and an older one": (cell_of(f"<<<<<<< HEAD\n{GOOD}\n=======\n{OLD}\n>>>>>>> main"), CHOOSE),
    "nbdime's cells, and an older one": (nbdime(GOOD, OLD), CHOOSE),
}


@pytest.mark.parametrize("what", IN_ONE_CELL)
def test_two_versions_in_one_cell_are_settled(what):
    data, note = IN_ONE_CELL[what]
    _, noted, differ = understood_as(data)
    assert differ == set()
    assert noted.repaired == [*([GIT] if what.startswith("git's marks") else []), note]
    assert noted.disputed == (["test-compute_means"] if note is CHOOSE else [])
    assert noted.untouched == []


def test_of_two_definitions_that_run_the_later_one_counts():
    _, noted, differ = understood_as(cell_of(OLD + "\n\n\n" + GOOD))
    assert differ == {"compute_means"}  # the cell is not changed
    assert noted.repaired == [
        "`compute_means`: defined twice in its cell; the later definition counts, as in Python"
    ]
    assert noted.disputed == []


def test_a_written_answer_that_occurs_twice_counts_once():
    _, noted, differ = understood_as(written(**{"in-your-own-words": f"{TEXT}\n\n{TEXT}"}).encode())
    assert differ == set()
    assert noted.repaired == ["`in-your-own-words`: the text was in the cell twice, and counts once"]


def test_code_that_may_run_twice_is_kept():
    assert once("code", "step(model, data, rate)\n" * 2) is None
    assert once("code", "def f(x):\n    return x + 1\n" * 2) == "def f(x):\n    return x + 1"
    assert once("markdown", "ha ha") is None
    assert halves("def f(x):\n    return x\n\ndef g(x):\n    return x") is None
    assert without("def f(x):\n    ...", "def f(x):\n    ...\n    return x") is None
    assert versions("a\n=======\nb") is None


R = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("f <- function(x) { x }")])
R.metadata.language_info = {"name": "R"}
HTML = HTMLExporter().from_notebook_node(nbformat.from_dict(json.loads(GIVEN)))[0]
NOT_READ = {
    "a page exported": (HTML.encode(), "a web page that was exported from a notebook"),
    "a page": (b"<html>Sign in</html>", "it is a web page, not a notebook"),
    "gzip of something else": (gzip.compress(b"hello"), "it is a compressed archive"),
    "Python without cells": (
        b"import numpy as np\ndef f(x): return x",
        "it is a Python script, not a notebook",
    ),
    "jupytext, light": (script("py:light").encode(), "it is a Python script, not a notebook"),
    "another language": (
        nbformat.writes(R).encode(),
        "it is a notebook in R, and this assignment is in Python",
    ),
    "cut": (WHOLE[:5000].encode(), "it is cut off in the middle"),
    "a mark without its end": (b'{"cells": [\n<<<<<<< HEAD\n', "or '>>>>>>>' into it (first in line 2)"),
    "text in text": (
        json.dumps(json.dumps("dear teacher")).encode(),
        "the file is not a notebook, or it is damaged",
    ),
    "bytes": (b"\xff\xfe\xfd" * 99, "it is not a text file"),
}


def test_a_file_that_was_cut_off_anywhere_is_called_cut_off():
    """This includes cuts within `null`, `true` or `false`, where a JSON parser only expects a value."""
    whole = json.dumps({"cells": [{"execution_count": None, "metadata": {"a": True, "b": False}}]})
    for end in range(2, len(whole)):
        with pytest.raises(Unreadable, match="it is cut off in the middle"):
            understood(whole[:end].encode())


@pytest.mark.parametrize("what", NOT_READ)
def test_unreadable_files_get_a_sentence_with_the_cause(what):
    data, says = NOT_READ[what]
    _, noted, _ = understood_as(data)
    assert not noted.readable
    assert says in noted.unreadable


def test_another_kernel_costs_nothing():
    draft = answered(RIGHT)
    draft.content["metadata"] = {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}
    assert understood_as(dumped(draft).encode())[2] == set()


MEGABYTES = 4
HOSTILE = {
    "no text": b"{" + b"\xff" * 1_000_000 * MEGABYTES,
    "odd bytes": b'{"cells":["' + b"a\xe9" * 500_000 * MEGABYTES + b'"]}',
    "commas": b'{"cells":[' + b"1,  ]" * 200_000 * MEGABYTES,
    "commas and lines": b'{"cells":[' + b",\n" * 500_000 * MEGABYTES + b"]}",
    "quotes": b'{"cells":[,' + b'\\"' * 500_000 * MEGABYTES,
    "marks": b'{"cells":[\n' + b"<<<<<<< a\n=======\n>>>>>>> b\n" * 33_000 * MEGABYTES + b"]}",
    "objects": b'{"cells":[' + b"{}," * 330_000 * MEGABYTES + b"{}]}",
    "double keys": b'{"cells":[{' + b'"source":"a",' * 77_000 * MEGABYTES + b'"source":"b"}]}',
    "a script of marks": b"# %%\n" * 190_000,
    "a script of fences": b"---\njupytext:\n---\n" + b"```python\n" * 99_000,
    "cells that nearly repeat": json.dumps(
        {"cells": [{"cell_type": "code", "source": "ab" * 10_000 + "c"}] * 200}
    ).encode(),
}


@pytest.mark.long
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_takes_time_by_its_length_only(what):
    begin = time.process_time()
    with contextlib.suppress(Unreadable):
        cells_in(understood(HOSTILE[what]))
    assert time.process_time() - begin < 5


LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n"
COLAB = b"https://colab.research.google.com/drive/1abc"
STAND_INS = {
    "a pointer of Git LFS": (
        LFS,
        "it is only a pointer of Git LFS, and the notebook itself was not handed in",
    ),
    "an address": (COLAB, "it holds only a link to Google Colab, and the notebook itself was not handed in"),
    "of Windows": (b"[InternetShortcut]\r\nURL=" + COLAB, "only a link to Google Colab"),
    "of Linux": (
        b"[Desktop Entry]\nType=Link\nURL=https://drive.google.com/x",
        "only a link to Google Drive",
    ),
    "of macOS": (
        b'<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "-//Apple" "http://www.apple.com/x.dtd">\n'
        b"<plist><dict><key>URL</key><string>" + COLAB + b"</string></dict></plist>",
        "only a link to Google Colab",
    ),
    "of Google Drive": (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "to Google Drive"),
    "of elsewhere": (b"https://example.org/x.ipynb\n", "it holds only a link, and the notebook itself"),
}


@pytest.mark.parametrize("what", STAND_INS)
def test_a_link_or_pointer_to_a_notebook_is_named_with_what_to_do(what):
    data, says = STAND_INS[what]
    with pytest.raises(Unreadable) as refused:
        understood(data)
    assert says in str(refused.value)
    assert str(refused.value).endswith("and hand in that file")


def test_a_notebook_with_an_address_in_it_is_a_notebook():
    small = b'{"cells": [], "metadata": {"doc_id": "https://colab.research.google.com"}, "nbformat": 4}'
    assert understood(small).content["cells"] == []


def test_git_conflict_markers_in_a_cell_are_reported():
    source = "<<<<<<< HEAD\nOne view.\n=======\nAnother one.\n>>>>>>> main"
    cells = cells_in(
        understood(json.dumps({"cells": [{"cell_type": "markdown", "source": source}]}).encode())
    )
    chosen = settled([], cells, {})
    assert chosen.notes == [
        "cell 1 (it begins with `One view.`): git could not merge two versions and wrote lines that begin "
        "with '<<<<<<<', '=======' or "
        "'>>>>>>>' into it. They were left out"
    ]
