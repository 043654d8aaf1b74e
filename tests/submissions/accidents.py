"""Submissions that went wrong by accident: they get fair marks, and a sentence says what happened."""

import io
import json

import nbformat
from PIL import Image

from submissions.cases import registrar
from submissions.draft import QUIZ, RIGHT, TEXT, answered, code, points, role

ACCIDENTS = []
_, accident = registrar(ACCIDENTS)
ALL = tuple(points())
UNREADABLE = {"lost": ALL, "status": "needs a person", "whole": "cannot be read"}


def means(draft, line):
    """Add a line at the beginning of compute_means."""
    source = draft.cell("compute_means")["source"]
    draft.answer("compute_means", source.replace("    return", f"    {line}\n    return"))


@accident(43)
def warning_on_stderr(draft):
    means(draft, "import sys, warnings; warnings.warn('careful'); print('careful', file=sys.stderr)")
    draft.first("import warnings\nwarnings.warn('an innocent warning')")


@accident(44)
def prints_in_the_function(draft):
    means(draft, "print('here', data)")


@accident(45, lost=("test-compute_weights",), status="error", says="SyntaxError")
def syntax_error(draft):
    draft.answer("compute_weights", "def compute_weights(counts)\n    return counts / sum(counts)")


@accident(46, lost=("test-compute_means",), says="")
def asks_for_input(draft):
    means(draft, "alpha = float(input('alpha? '))")


@accident("46b", says="input() has nobody to ask")
def asks_for_input_in_a_cell(draft):
    draft.first("alpha = input('alpha? ')")


@accident(47, says="no_such_package is not installed where this is graded")
def package_that_is_not_there(draft):
    draft.first("import no_such_package")


@accident(48)
def lists_and_numpy_numbers(draft):
    draft.answer("compute_soft_counts", "def compute_soft_counts(resp): return list(np.sum(resp, axis=0))")
    draft.answer(
        "compute_weights",
        "def compute_weights(counts): return tuple(np.float64(c) / sum(counts) for c in counts)",
    )
    draft.answer(
        "compute_means",
        "def compute_means(data, resp, counts): return ((np.asarray(resp).T @ data) / np.reshape(counts, (-1, 1))).tolist()",
    )


@accident("48b", lost=("test-quiz-results",), status="failed", says="it is written with a decimal comma")
def decimal_commas(draft):
    draft.answer("quiz-results", "first_weight = 0,300\nsecond_mean, third_covariance = '4,938', '0,321'")


@accident(
    "48c",
    lost=("test-quiz-results",),
    earned=(("test-quiz-results", 1.0),),
    status="partly",
    says="cell of `quiz-results` has a decimal comma: `1,0123`. Python cannot read it. Write `1.0123`",
    whole="repaired",
)
def decimal_commas_that_python_cannot_read(draft):
    first = "first_weight = results['weights'][0]"
    draft.answer("quiz-results", f"{first}\nsecond_mean = 1,0123\nthird_covariance = 0,0512")


@accident("49a", says="would end Python: `exit()`", whole="repaired")
def exit_in_a_cell(draft):
    draft.after("compute_means", "exit()")


@accident("49b", says="would end Python: `sys.exit(1)`", whole="repaired")
def sys_exit_in_a_cell(draft):
    draft.after("compute_means", "import sys\nsys.exit(1)")


@accident("49c", says="the code ended Python itself")
def os_exit_in_a_cell(draft):
    draft.after("compute_means", "import os\nos._exit(0)")


@accident("49d", lost=("test-compute_means",), status="crashed", says="ended Python itself")
def os_exit_in_a_function(draft):
    means(draft, "import os; os._exit(0)")


@accident("49e", says="line 1 of cell 1 would end Python: `quit()`", whole="repaired")
def quit_above_the_imports(draft):
    draft.cells.insert(0, code("quit()"))


@accident("50a", says="more than once")
def solution_duplicated(draft):
    released = json.loads(json.dumps(draft.cell("compute_means")))
    released["source"] = "def compute_means(data, resp, counts):\n    raise NotImplementedError()"
    draft.cells.insert(draft.place("compute_means"), json.loads(json.dumps(draft.cell("compute_means"))))


@accident("50b")
def untouched_copy_behind_the_answer(draft):
    copy = json.loads(json.dumps(draft.cell("compute_means")))
    copy["source"] = next(
        cell["source"] for cell in answered({}).cells if role(cell).get("grade_id") == "compute_means"
    )
    draft.cells.insert(draft.place("compute_means") + 1, copy)


@accident("50c")
def solution_split(draft):
    first, _, rest = draft.cell("compute_means")["source"].partition("\ndef compute_means")
    copy = json.loads(json.dumps(draft.cell("compute_means")))
    copy["source"] = first
    draft.cells.insert(draft.place("compute_means"), copy)
    draft.answer("compute_means", "def compute_means" + rest)


@accident(51, says="had lost their metadata")
def metadata_stripped(draft):
    draft.content = answered(RIGHT | QUIZ).content
    for cell in draft.cells:
        cell["metadata"] = {}
        cell.pop("id", None)
    draft.content["metadata"] = {"colab": {"provenance": []}}
    draft.content["nbformat_minor"] = 0


@accident(52, says="instead of 'gaussian-mixture.ipynb'", whole="repaired")
def renamed(draft):
    draft.filename = "gaussian-mixture (1) final.ipynb"


@accident("52b", says="instead of 'gaussian-mixture.ipynb'", whole="repaired")
def renamed_without_ending(draft):
    draft.filename = "homework.json"


@accident("53a", says="the file is not a notebook", **UNREADABLE)
def not_json(draft):
    draft.raw = b"dear teacher, here is my homework"


@accident("53b", says="cut off in the middle", **UNREADABLE)
def truncated(draft):
    draft.raw = json.dumps(draft.content).encode()[:5000]


@accident("53c", says="the file is empty", **UNREADABLE)
def empty(draft):
    draft.raw = b""


@accident("53d", says="it is a web page", **UNREADABLE)
def html(draft):
    draft.raw = b"<!DOCTYPE html><html><body>Sign in</body></html>"


@accident("53e", says="not a text file", **UNREADABLE)
def binary(draft):
    draft.raw = bytes(range(256)) * 40


@accident("53f", says="it has no cells", **UNREADABLE)
def json_of_something_else(draft):
    draft.raw = b'{"cells": 3}'


@accident("53g", says="nested too deeply", **UNREADABLE)
def nested(draft):
    draft.raw = b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"


@accident("53h", says="it is only a pointer of Git LFS", **UNREADABLE)
def pointer_of_git_lfs(draft):
    draft.raw = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n"


@accident("54a")
def byte_order_mark(draft):
    draft.raw = b"\xef\xbb\xbf" + json.dumps(draft.content).encode()


@accident("54b")
def lines_of_windows(draft):
    for cell in draft.cells:
        cell["source"] = cell["source"].replace("\n", "\r\n")
    draft.raw = json.dumps(draft.content, indent=1).replace("\n", "\r\n").encode()


@accident("54c")
def format_3(draft):
    notebook = nbformat.from_dict(draft.content)
    draft.raw = nbformat.writes(nbformat.convert(notebook, 3), version=3).encode()


@accident("54d")
def no_ids_in_format_4_5(draft):
    for cell in draft.cells:
        cell.pop("id", None)
    draft.content["nbformat_minor"] = 5


@accident("54e")
def utf_16(draft):
    draft.raw = json.dumps(draft.content).encode("utf-16")


@accident(55)
def another_kernel(draft):
    draft.content["metadata"] = {
        "kernelspec": {"name": "xpython", "display_name": "XPython", "language": "python"}
    }


@accident(56)
def sixty_megabytes_of_output(draft):
    stream = {"output_type": "stream", "name": "stdout", "text": "x" * 60_000_000}
    draft.cell("compute_means")["outputs"] = [stream]


@accident("57", says="missing and has been put back")
def imports_deleted(draft):
    draft.content["cells"] = draft.cells[1:]


@accident("58")
def tests_moved_to_the_top(draft):
    tests = [cell for cell in draft.cells if role(cell).get("grade_id") in points()]
    draft.content["cells"] = tests + [cell for cell in draft.cells if cell not in tests]


@accident("59", says="had become a markdown cell")
def answer_made_markdown(draft):
    cell = draft.cell("compute_means")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


@accident("60")
def half_a_character(draft):
    draft.first("word = '\ud800'\nprint(word, chr(0xd800), chr(0))")


@accident("61")
def module_named_like_a_library(draft):
    draft.beside["numpy.py"] = "raise RuntimeError('not the right numpy')"
    draft.beside["helpers.py"] = "raise RuntimeError('not the right helpers')"


@accident("62")
def broken_outputs_and_metadata(draft):
    for cell in draft.cells:
        cell["metadata"]["collapsed"], cell["outputs"] = "yes", [{"output_type": "nonsense", "data": 7}]
    draft.cells[0]["source"] = draft.cells[0]["source"].splitlines(keepends=True)
    draft.cells.append({"cell_type": "strange", "source": None})
    draft.cells.append("no cell at all")


def elsewhere(draft, at, cell, left="*Write your answer here.*"):
    """Put the written answer into another cell, and leave the placeholder."""
    draft.answer("in-your-own-words", left)
    draft.cells.insert(at if at is not None else len(draft.cells), cell)


def text(source, kind="markdown"):
    return {"cell_type": kind, "metadata": {}, "source": source}


@accident("66", says="the answer may be in another place: cell")
def written_answer_below_its_cell(draft):
    elsewhere(draft, draft.place("in-your-own-words") + 1, text(TEXT))


@accident("66b", says="the answer may be in another place: cell 1")
def written_answer_on_top(draft):
    elsewhere(draft, 0, text(TEXT))


@accident("66c", says=TEXT)
def written_answer_in_a_comment(draft):
    elsewhere(draft, None, code(f"# {TEXT}"))


@accident("66d", says="the answer may be in another place")
def written_answer_in_a_docstring(draft):
    means(draft, f'"""{TEXT}"""')
    draft.answer("in-your-own-words", "")


@accident("66e", says="the answer may be in another place")
def written_answer_in_a_raw_cell_and_its_own_deleted(draft):
    draft.cells.remove(draft.cell("in-your-own-words"))
    draft.cells.append(text(TEXT, "raw"))


def conflict(ours, theirs):
    """Return what git writes where two sides changed the same lines."""
    return f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> main\n"


@accident("70", says="into it (first in line ", whole="repaired")
def conflicts_in_counts(draft):
    text, line = json.dumps(draft.content, indent=1), '   "execution_count": null,\n'
    counts = [line.replace("null", number) for number in ("3", "4")]
    assert text.count(line) > 3
    draft.raw = text.replace(line, conflict(*counts)).encode()


@accident(
    "70b",
    lost=("test-compute_means",),
    status="needs a person",
    says="the file holds two versions of this answer",
    whole="repaired",
)
def conflict_in_an_answer(draft):
    other = "def compute_means(data, resp, counts):\n    return data"
    draft.answer("compute_means", conflict(draft.cell("compute_means")["source"] + "\n", other + "\n"))


@accident("70c", says="the text was in the cell twice, and counts once", whole="repaired")
def a_cell_that_stands_twice_in_itself(draft):
    draft.answer("compute_means", draft.cell("compute_means")["source"] * 2)


@accident("70d", says="is not UTF-8 and was read as Windows-1252", whole="repaired")
def one_byte_in_latin_1(draft):
    draft.raw = json.dumps(draft.content).encode().replace(b"A share", b"A sh\xe9re")


@accident("70e", says="a script was handed in, not a notebook", whole="repaired")
def script_that_colab_made(draft):
    header = '"""Homework.ipynb\n\nAutomatically generated by Colab.\n"""\n\n'
    texts = [
        '"""{}"""'.format(cell["source"].replace("\\", "/"))
        if cell["cell_type"] == "markdown"
        else cell["source"]
        for cell in answered(RIGHT).cells
    ]
    draft.raw = (header + "\n\n".join(texts)).encode()


@accident("70f", says="a web page that was exported from a notebook", **UNREADABLE)
def exported_page(draft):
    draft.raw = b'<!DOCTYPE html><html><body class="jp-Notebook"><p>My answers</p></body></html>'


@accident("70g", says="it is a notebook in R", **UNREADABLE)
def another_language(draft):
    draft.content["metadata"] = {"language_info": {"name": "R"}}
    draft.content["cells"] = [code("f <- function(x) { x }")]


def drawn(size=(60, 40)):
    """Return a picture that is completely black: it has few bytes, however large it is."""
    file = io.BytesIO()
    Image.new("1", size).save(file, "PNG")
    return file.getvalue()


@accident("71", says="![mine](attachment:picture-1)")
def picture_beside_the_notebook(draft):
    draft.answer("in-your-own-words", f"{TEXT}\n\n![mine](img/my%20sketch.png)")
    draft.beside["img/my sketch.png"] = drawn()


@accident("71b", says="the picture sketch.png was not handed in")
def picture_that_was_not_handed_in(draft):
    draft.answer("in-your-own-words", f'{TEXT}\n\n<img src="sketch.png">')


@accident("71c", says="attachment:picture-1")
def only_a_picture_and_not_in_its_cell(draft):
    elsewhere(draft, None, text("![](Sketch.PNG)"))
    draft.beside["sketch.png"] = drawn()


@accident("71d", says="the picture bomb.png is too large to be shown")
def picture_that_would_fill_the_memory(draft):
    draft.answer("in-your-own-words", f"{TEXT} ![](bomb.png) ![](line.svg)")
    draft.beside["bomb.png"] = drawn(size=(20_000, 20_000))
    draft.beside["line.svg"] = "<svg onload='alert(1)'/>"


@accident("71e", says="![](attachment:picture-1)")
def picture_as_obsidian_names_it(draft):
    draft.answer("in-your-own-words", f"{TEXT}\n\n![[sketch.png|300]]")
    draft.beside["sketch.png"] = drawn()


@accident("71f", says="This text was in an HTML comment")
def answer_in_a_comment_of_html(draft):
    draft.answer("in-your-own-words", f"<!-- {TEXT} -->")


@accident("97", says="timestamp.txt holds no time", whole="repaired")
def words_for_a_time(draft):
    draft.beside["timestamp.txt"] = "sorry, I was ill"


@accident("97b", says="the time zone 'EDT' in timestamp.txt is not known", whole="repaired")
def a_zone_that_nobody_knows(draft):
    draft.beside["timestamp.txt"] = "2026-01-01 14:30:00 EDT"


@accident("98", says="so the worked copy 'gaussian-mixture-Copy1.ipynb' was marked", whole="repaired")
def worked_copy_beside_the_untouched_original(draft):
    draft.beside[draft.filename] = json.dumps(answered({}).content)
    draft.filename = "gaussian-mixture-Copy1.ipynb"


@accident("98b", says="two notebooks were worked on", whole="repaired")
def two_worked_notebooks(draft):
    other = answered({"compute_means": "def compute_means(data, resp, counts):\n    return data"})
    draft.beside["gaussian-mixture-Copy1.ipynb"] = json.dumps(other.content)


@accident("63d", says="Python cannot open one more file")
def files_that_nobody_closes(draft):
    draft.first(
        "import os\nkept = []\ntry:\n    while True: kept.append(open(os.__file__))\nexcept OSError: pass"
    )


@accident("63e", says="Python cannot start another process in time")
def a_hook_that_hangs_when_python_is_copied(draft):
    draft.after("compute_means", "import os, time\nos.register_at_fork(before=lambda: time.sleep(1000))")


@accident("63f", says="Python cannot start another process in time")
def a_limit_of_ones_own_on_processes(draft):
    draft.after("compute_means", "import resource\nresource.setrlimit(resource.RLIMIT_NPROC, (1, 1))")


@accident("63g")
def a_limit_of_ones_own_on_memory(draft):
    draft.after(
        "compute_means",
        "import resource\nwith open('/proc/self/statm') as file: used = int(file.read().split()[0]) * 4096\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used // 2,) * 2)",
    )
