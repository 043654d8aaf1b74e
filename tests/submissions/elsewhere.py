"""Lines that fail only where a notebook is marked, and answers in other cells than their own.

No mark is lost.
"""

import re

from submissions.cases import registrar
from submissions.draft import RIGHT, answered, code, points, role

ELSEWHERE = []
_, case = registrar(ELSEWHERE)
STUBS = {role(cell)["grade_id"]: cell["source"] for cell in answered({}).cells if role(cell)}
FUNCTIONS = [name for name in RIGHT if f"test-{name}" in points() and not name.startswith("quiz")]
ALL = "\n\n".join(RIGHT[name] for name in FUNCTIONS)
WEIGHTS = "def compute_weights(counts):\n    return np.asarray(counts) / np.sum(counts)"
REPAIRED = {"whole": "repaired"}
BEGINS = " (it begins with `from scipy.special import logsumexp, softmax`)"


def imports(draft, before="", after=""):
    draft.cells[0]["source"] = before + draft.cells[0]["source"] + after


def stubs(draft, *names):
    for name in names:
        draft.answer(name, STUBS[name])


def last(draft, source):
    draft.cells.append(code(source))


@case("64a", says="line 1 of cell 1 failed: `import seaborn` (seaborn is not installed where", **REPAIRED)
def import_that_fails_above_the_imports(draft):
    imports(draft, "import seaborn\n")


@case(
    "64b", says="line 2 of cell 1 (it begins with `import os`) failed: `os.chdir('/content/x')`", **REPAIRED
)
def folder_of_another_machine(draft):
    imports(draft, "import os\nos.chdir('/content/x')\n")


@case("64c", says="google is not installed where this is graded", **REPAIRED)
def drive_of_colab(draft):
    imports(
        draft, "from google.colab import drive\ndrive.mount('/content/drive')\n%cd /content/drive/MyDrive\n"
    )


@case("64d", says="`%matplotlib widget` (", **REPAIRED)
def magics_above_the_imports(draft):
    lines = [
        "%matplotlib inline",
        "%load_ext autoreload",
        "%autoreload 2",
        "!pip install seaborn",
        "%cd /content",
    ]
    imports(draft, "\n".join([*lines, "%pip install seaborn", "%matplotlib widget", ""]))


@case(
    "64e", says="`print 'hello'` (SyntaxError). It was skipped, and the rest of the cell was run", **REPAIRED
)
def syntax_error_among_the_imports(draft):
    imports(draft, "", "\nprint 'hello'\n")


@case("64f", says="imports that were given are missing, and were run first: `np`", **REPAIRED)
def numpy_under_another_name(draft):
    draft.cells[0]["source"] = draft.cells[0]["source"].replace("import numpy as np", "import numpy")


@case("64g", says="helper is not installed where this is graded", **REPAIRED)
def name_of_a_module_mistyped(draft):
    draft.cells[0]["source"] = draft.cells[0]["source"].replace("from helpers import", "from helper import")


@case("64h", says="the cell with the imports is below cells that need it", **REPAIRED)
def imports_at_the_end(draft):
    draft.cells.append(draft.cells.pop(0))


@case(
    "64i",
    says="line 19 of cell 1 (it begins with `import os`) failed: `1 / 0` (ZeroDivisionError)",
    **REPAIRED,
)
def own_lines_among_the_imports_fail(draft):
    imports(draft, "import os\n", "\n1 / 0\ndef share(counts): return np.asarray(counts) / np.sum(counts)")
    draft.answer("compute_weights", "def compute_weights(counts): return share(counts)")


@case("64j", says="line 1 of the cell of `compute_weights` failed: `import seaborn as sns`", **REPAIRED)
def import_that_fails_above_a_function(draft):
    draft.answer("compute_weights", f"import seaborn as sns\nsns.set()\n{RIGHT['compute_weights']}")


@case("64k", says="line 1 of the cell of `compute_weights` failed: `%%nothing here` (UsageError)", **REPAIRED)
def magic_that_is_not_known(draft):
    draft.answer("compute_weights", f"%%nothing here\n{RIGHT['compute_weights']}")


@case("64l")
def imports_that_end_their_process(draft):
    imports(draft, "import os; os._exit(1)\n")


@case("64m", lost=("test-compute_weights",), status="failed", says="It was skipped, and", **REPAIRED)
def wrong_answer_below_a_line_that_fails(draft):
    draft.answer("compute_weights", "import seaborn\ndef compute_weights(counts):\n    return counts")


@case("64n")
def right_answer_above_a_line_that_fails_and_a_scrap(draft):
    scrap = "def compute_weights(counts):\n    return counts\nscale = 3"
    draft.answer("compute_weights", f"{RIGHT['compute_weights']}\n1 / 0\n{scrap}")


@case(
    "65a",
    says=f"`compute_means` was found in cell 2{BEGINS}, and it was marked there. Its own cell has no code",
    **REPAIRED,
)
def answer_in_a_cell_above(draft):
    stubs(draft, "compute_means")
    draft.first(RIGHT["compute_means"])


@case("65b", says="`compute_means` was found in cell 19", **REPAIRED)
def answer_in_the_last_cell(draft):
    stubs(draft, "compute_means")
    last(draft, RIGHT["compute_means"])


@case(
    "65c",
    says=f"`EM` was found in cell 2{BEGINS}, and it was marked there. Their own cells have no code",
    **REPAIRED,
)
def all_answers_in_one_cell_above(draft):
    stubs(draft, *FUNCTIONS)
    draft.first(ALL)


@case(
    "65d",
    says=f"`EM` was found in cell 19{BEGINS}, and it was marked there. Their own cells have no code",
    **REPAIRED,
)
def all_answers_in_one_cell_below(draft):
    stubs(draft, *FUNCTIONS)
    last(draft, ALL)


@case("65e", says="`compute_covariances` was found in the cell of `EM`", **REPAIRED)
def all_answers_in_the_cell_of_one(draft):
    stubs(draft, *FUNCTIONS)
    draft.answer("EM", ALL)


@case("65f", says="`compute_means` was found in the cell of `compute_weights`", **REPAIRED)
def answers_in_each_others_cells(draft):
    draft.answer("compute_means", RIGHT["compute_weights"])
    draft.answer("compute_weights", RIGHT["compute_means"])


@case("65g", says="`compute_means` was found in cell 2", **REPAIRED)
def stub_with_a_comment_and_another_docstring(draft):
    stub = STUBS["compute_means"].replace("# YOUR CODE HERE", "# above").replace('"""Return', '"""I return')
    draft.answer("compute_means", f"# see above\n\n{stub}  \n\n")
    draft.first(RIGHT["compute_means"])


@case("65h", lost=("test-compute_means",), status="failed", says="was found in cell 10", **REPAIRED)
def right_answer_and_a_broken_one_below(draft):
    stubs(draft, "compute_means")
    draft.first(RIGHT["compute_means"])
    draft.after("compute_means", "def compute_means(data, resp, counts):\n    return 3")


@case("65i", says="`EM` was found in the cell of `compute_responsibilities`", **REPAIRED)
def stubs_deleted_and_all_answers_in_one_cell(draft):
    for name in FUNCTIONS:
        draft.cells.remove(draft.cell(name))
    last(draft, ALL)


@case("65j", says="`compute_weights` was found in cell 2", **REPAIRED)
def answer_by_assignment(draft):
    stubs(draft, "compute_weights")
    draft.first("compute_weights = lambda counts: np.asarray(counts) / np.sum(counts)")


@case("65k", says="`compute_weights` was found in cell 2", **REPAIRED)
def answer_under_a_condition(draft):
    stubs(draft, "compute_weights")
    draft.first("if True:\n    " + WEIGHTS.replace("\n", "\n    "))


@case("65l", says="`compute_weights` was found in cell 8", **REPAIRED)
def answer_from_a_file_that_a_cell_writes(draft):
    stubs(draft, "compute_weights")
    draft.first(f"%%writefile mine.py\nimport numpy as np\n{WEIGHTS}")
    draft.after("compute_weights", "from mine import compute_weights")


@case("65m", lost=("test-compute_weights",), status="failed", says="no cell imports it", **REPAIRED)
def answer_in_a_file_that_nothing_imports(draft):
    stubs(draft, "compute_weights")
    draft.first(f"%%writefile mine.py\n{WEIGHTS}")


@case("65n", says="`compute_weights` was found in cell 2", **REPAIRED)
def answer_as_a_class_with_a_decorator(draft):
    stubs(draft, "compute_weights")
    body = "    def __new__(cls, counts):\n        return np.asarray(counts) / np.sum(counts)"
    draft.first(f"def same(what):\n    return what\n\n\n@same\nclass compute_weights:\n{body}")


@case("65o", says="`compute_weights` was found in cell 2", **REPAIRED)
def helper_below_the_function_that_calls_it(draft):
    stubs(draft, "compute_weights")
    draft.first("def compute_weights(counts):\n    return share(counts)")
    last(draft, WEIGHTS.replace("compute_weights", "share"))


@case("65p", says="`compute_weights` was found in the cell of `test-compute_weights`", **REPAIRED)
def answer_in_the_cell_of_the_test(draft):
    stubs(draft, "compute_weights")
    draft.answer("test-compute_weights", f"{WEIGHTS}\ncheck(compute_weights, out_of=2)")


@case("65q", says="`compute_weights` had become a markdown cell", **REPAIRED)
def answer_in_a_cell_that_became_a_text(draft):
    stubs(draft, "compute_weights")
    draft.cells.insert(1, {"cell_type": "markdown", "metadata": {}, "source": WEIGHTS})


@case("65r", says="`quiz-loglik` was found in cell 2", **REPAIRED)
def quiz_answered_above(draft):
    stubs(draft, "quiz-loglik")
    draft.first(RIGHT["quiz-loglik"])


@case("65s", lost=("test-compute_weights",), status="not attempted", whole="graded")
def stub_and_nothing_else(draft):
    draft.answer("compute_weights", f"# later\n{STUBS['compute_weights']}")


@case("65t", says="`EM` was found in cell 2", **REPAIRED)
def all_answers_in_one_cell_without_metadata(draft):
    stubs(draft, *FUNCTIONS)
    draft.first(ALL)
    for cell in draft.cells:
        cell["metadata"] = {}
        cell.pop("id", None)


@case("65u")
def names_bound_anew_below_all_tests(draft):
    given = "return loglikelihood(data, *parameters)"
    draft.answer("EM", re.sub(r"return logsumexp\(log_scores.*", given, RIGHT["EM"]))
    last(draft, "np = 3\nloglikelihood = len(str(loglikelihood))\nfor check in 'ab': pass")


@case("65v", says="`compute_weights` was found in cell 2", **REPAIRED)
def stub_that_returns_nothing(draft):
    draft.answer("compute_weights", "def compute_weights(counts):\n    return None")
    draft.first(RIGHT["compute_weights"])


@case("65w", says="It was run without the annotations and decorators that need", **REPAIRED)
def annotations_and_decorators_of_packages_that_are_not_there(draft):
    imports(draft, "import torch_ as torch\n", "\nfrom numba_ import njit\n")
    annotated = RIGHT["compute_weights"].replace(
        "def compute_weights(counts)", "def compute_weights(counts: torch.Tensor)"
    )
    draft.answer("compute_weights", annotated)
    draft.answer(
        "compute_means", RIGHT["compute_means"].replace("def compute_means", "@njit\ndef compute_means")
    )


@case("65x", says="`compute_weights` was found in cell 3", **REPAIRED)
def answer_from_a_file_that_is_run_above_the_stub(draft):
    stubs(draft, "compute_weights")
    draft.first("%run mine.py")
    draft.first(f"%%writefile mine.py\nimport numpy as np\n{WEIGHTS}")


@case(
    "65y",
    lost=("test-compute_weights",),
    status="needs a person",
    says="the answer may be in another place",
)
def answer_between_fences_in_a_text(draft):
    stubs(draft, "compute_weights")
    text = f"```python\n{RIGHT['compute_weights']}\n```"
    draft.cells.insert(1, {"cell_type": "markdown", "metadata": {}, "source": text})
