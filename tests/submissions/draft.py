"""A submission that is being written: an assignment's cells, which can be answered, damaged and saved."""

import ast
import functools
import json
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from answers import arrays
from ours import COURSE

NAME = "gaussian-mixture"
TEXT = "A share: the probability of a component, given the point."
QUIZ = {
    "quiz-loglik": 'loglik_course = "increasing"\nsmall_gains_stay_small, twelve_begin_alike = False, True',
    "quiz-results": "first_weight = results['weights'][0]\n"
    "second_mean = results['means'][1][0]\n"
    "third_covariance = results['covs'][2][0][1]",
}
# The same answers as numbers, so that no mistake elsewhere in the notebook can change them.
NUMBERS = "first_weight, second_mean, third_covariance = 0.2999997395, 4.9384545452, 0.3211622011"


def functions(module):
    """Return the source of each exercise's function, with the code that it needs from its file."""
    text = Path(module.__file__).read_text(encoding="utf-8")
    body = ast.parse(text).body
    parts = {
        each.name: ast.get_source_segment(text, each) for each in body if isinstance(each, ast.FunctionDef)
    }
    imports = [ast.get_source_segment(text, each) for each in body if isinstance(each, ast.ImportFrom)]
    asked = points(NAME)
    first = "\n".join(imports + [source for name, source in parts.items() if f"test-{name}" not in asked])
    return {name: f"{first}\n\n{source}" for name, source in parts.items() if f"test-{name}" in asked}


@functools.cache
def points(name=NAME):
    """Return the tests of an assignment with their points."""
    cells = nbformat.read(COURSE.assignment(name).solution, as_version=4).cells
    roles = [cell.metadata.nbgrader for cell in cells if "nbgrader" in cell.metadata]
    return {role.grade_id: role.points for role in roles if role.grade and not role.solution}


@functools.cache
def _released(name):
    return json.dumps(nbformat.read(COURSE.assignment(name).release, as_version=4))


@dataclass
class Draft:
    """A notebook as plain data, as a student's editor could save it."""

    content: dict
    filename: str
    raw: bytes | None = None
    beside: dict = field(default_factory=dict)  # files in the same folder

    def cell(self, name):
        """Return the cell with this grade_id."""
        return next(cell for cell in self.cells if role(cell).get("grade_id") == name)

    @property
    def cells(self):
        return self.content["cells"]

    def answer(self, name, source):
        self.cell(name)["source"] = source

    def place(self, name):
        return self.cells.index(self.cell(name))

    def first(self, source):
        """Put a cell right after the imports."""
        self.cells.insert(1, code(source))

    def after(self, name, source):
        self.cells.insert(self.place(name) + 1, code(source))

    def save(self, folder):
        folder.mkdir(parents=True)
        data = json.dumps(self.content).encode() if self.raw is None else self.raw
        (folder / self.filename).write_bytes(data)
        for name, data in self.beside.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def role(cell):
    return cell.get("metadata", {}).get("nbgrader", {})


def code(source):
    return {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": source}


def answered(answers, name=NAME):
    """Return the released notebook with these answers, by grade_id. All other cells are as released."""
    draft = Draft(json.loads(_released(name)), f"{name}.ipynb")
    for each, source in answers.items():
        draft.answer(each, source)
    return draft


def short(answers, name=NAME):
    """Return the same notebook without cells that only show something: it has imports, answers and tests."""
    draft = answered(answers, name)
    imports = next(cell for cell in draft.cells if cell["cell_type"] == "code")
    draft.content["cells"] = [imports, *(cell for cell in draft.cells if role(cell))]
    return draft


RIGHT = {**functions(arrays), **QUIZ, "quiz-results": NUMBERS, "in-your-own-words": TEXT}
# These answers earn no mark.
WRONG = {
    **{
        name.removeprefix("test-"): f"def {name.removeprefix('test-')}(*args, **kwargs):\n    return 0.5"
        for name in points()
    },
    "quiz-loglik": 'loglik_course = "neither"\nsmall_gains_stay_small, twelve_begin_alike = True, False',
    "quiz-results": "first_weight = second_mean = third_covariance = 77",
}


def right():
    return short(RIGHT)


def wrong():
    return short(WRONG)
