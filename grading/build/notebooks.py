"""Build the notebooks: the executed reference from its text, then the students' notebook."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from traitlets.config import Config

from checks.texts import say
from grading.build.given import keep_given
from grading.build.hidden import FOLDER_VARIABLE, hidden_folder
from grading.build.stamp import fingerprint, is_untouched, stamped
from grading.build.tested import points_of, was_check, with_hidden_part
from grading.course import ENGINE, Assignment
from grading.doors.nbgrader_api import generate_assignment, load_config
from grading.files import keep_aside
from grading.own_words import ENGLISH
from grading.owned import own_folder
from grading.speech import KEY as LANGUAGE_KEY
from grading.speech import in_language_of

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET = "application/vnd.jupyter.widget-view+json"
SPEAK = '\n\nfrom checks.texts import speak\n\nspeak("{}")'
ROLES = ("solution", "test", "manual")
OTHERS = ("points", "tags", "nbgrader", "editable", "deletable", "slideshow")  # further settings of a cell
LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}


def build_solution(assignment: Assignment) -> Path:
    """Write the reference notebook, executed. Raises RuntimeError if it does not get full marks."""
    notebook = execute(solution_notebook(assignment), assignment)
    poor = list(_short_of_marks(notebook))
    if poor:
        raise RuntimeError(f"the reference of '{assignment.name}' lacks marks in: {', '.join(poor)}.")
    assignment.solution.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, assignment.solution)
    return assignment.solution


def solution_notebook(assignment: Assignment) -> NotebookNode:
    """Return the reference notebook without outputs, with nbgrader's metadata.

    Raises ValueError if two exercises have the same name and a test cell does not say which one it tests.
    """
    _require_full_names(assignment)
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL, "language_info": LANGUAGE})
    if assignment.language != ENGLISH:
        notebook.metadata[LANGUAGE_KEY] = assignment.language
    taken: set[str] = set()
    cells = assignment.cells().cells
    _speak(next(cell for cell in cells if cell.cell_type == "code"), assignment.language)
    for cell in cells:
        cell.metadata.pop("lines_to_next_cell", None)  # written by jupytext
        _apply_role(cell, assignment.name)
        cell.id = _cell_id(cell, taken)
        notebook.cells.append(cell)
    nbformat.validate(notebook)
    return notebook


def _speak(cell: NotebookNode, language: str) -> None:
    """Add to the first cell of code the call that sets the language, if that is not English."""
    if language != ENGLISH:
        cell.source += SPEAK.format(language)


def execute(notebook: NotebookNode, assignment: Assignment) -> NotebookNode:
    """Run all cells in the solution's folder and return the notebook with its outputs."""
    client = NotebookClient(
        notebook,
        timeout=120,
        record_timing=False,
        coalesce_streams=True,  # a text arrives in more or fewer pieces, which depends on the moment
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": assignment.source.parent}},
    )
    try:
        client.execute(env=_environment(assignment))
    except CellExecutionError as error:
        raise RuntimeError(f"a cell of {assignment.source.name} fails:\n{error}") from None
    notebook.metadata.language_info = LANGUAGE  # without the version of this Python
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        if "no-stored-output" in cell.metadata.get("tags", []):
            cell.outputs = []  # a widget's model has a new name every time
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)  # the other forms are kept: words, a still figure
    return notebook


def _environment(assignment: Assignment) -> dict[str, str]:
    """Return the kernel's environment, so that it finds the course's packages and the hidden cases."""
    course = assignment.course
    paths = [str(ENGINE), str(course.world.at or course.root), os.environ.get("PYTHONPATH", "")]
    hidden = {FOLDER_VARIABLE: str(hidden_folder(course))}
    return {**os.environ, **hidden, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def build_release(assignment: Assignment) -> Path | None:
    """Write the student's notebook; return the new path of a changed notebook, if one was renamed."""
    with own_folder() as folder:
        generate_assignment(assignment.name, _config(assignment), folder, keep_cells=False)
        built = Path(folder) / assignment.name / f"{assignment.name}.ipynb"
        keep_given(assignment)
        saved = set_aside(assignment.release)
        assignment.release.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(stamped(nbformat.read(built, as_version=4)), assignment.release)
    return saved


def is_built(assignment: Assignment) -> bool:
    """Tell whether the cells and the roles of the reference notebook are those of its text."""
    if not assignment.solution.exists():
        return False
    built, now = nbformat.read(assignment.solution, as_version=4), solution_notebook(assignment)
    roles = [[(c.source, c.metadata.get("nbgrader")) for c in each.cells] for each in (built, now)]
    return roles[0] == roles[1]


def require_untouched(root: Path, chosen: Iterable[str]) -> None:
    """Raise ValueError if a notebook for students is missing, or if somebody worked in it.

    root: the course's folder. chosen: the names of assignments.
    """
    for name in chosen:
        path = root / "notebooks" / name / f"{name}.ipynb"
        if not path.exists():
            raise ValueError(f"notebooks/{name}/{name}.ipynb is missing. `make build` builds it.")
        if not is_untouched(path):
            raise ValueError(
                f"notebooks/{name}/{name}.ipynb was changed after it was built. "
                "Run `make build`: it keeps your copy under another name, and builds the notebook again."
            )


def _config(assignment: Assignment) -> Config:
    """Return the course's settings. The text that replaces an answer is in the assignment's language."""
    config = load_config(assignment.course.root)
    if stub := config.ClearSolutions.get("text_stub"):
        with in_language_of(assignment.recipe()):
            config.ClearSolutions.text_stub = say(stub)
    return config


def set_aside(path: Path) -> Path | None:
    """Rename a notebook that somebody worked in, so that a build never overwrites it."""
    if not path.exists() or is_untouched(path):
        return None
    return keep_aside(path, "saved")


def _apply_role(cell: NotebookNode, assignment: str) -> None:
    """Turn the short roles of the source (solution, test, manual) into nbgrader's metadata."""
    role = next((role for role in ROLES if role in cell.metadata), None)
    unknown = cell.metadata.keys() - {*ROLES, *OTHERS}
    if unknown:
        raise ValueError(
            f"a cell of '{assignment}' begins with `{min(unknown)}=`, which says nothing: "
            f"a cell's role is one of {', '.join(ROLES)}."
        )
    if role is None:
        return
    name = cell.metadata.pop(role)
    points = cell.metadata.get("points") if role == "manual" else None
    if role == "test":
        points = points_of(cell, f"the test cell '{name}' of '{assignment}'")
        cell.source = with_hidden_part(cell.source, f"{assignment}/{name}")
    cell.metadata.pop("points", None)
    cell.metadata.nbgrader = _nbgrader(role, name, points)


def _nbgrader(role: str, name: str, points: float | None) -> dict:
    graded = {"points": points} if role != "solution" else {}
    return {
        "grade": role != "solution",
        "grade_id": f"test-{name}" if role == "test" else name,
        "locked": role == "test",
        **graded,
        "schema_version": 3,
        "solution": role != "test",
        "task": False,
    }


def _require_full_names(assignment: Assignment) -> None:
    others = {
        name: other.name
        for other in assignment.course.assignments()
        if other.name != assignment.name
        for name in _tested(other)
    }
    for name, source in _tested(assignment).items():
        full = f"{assignment.name}/{name}"
        if name in others and full not in source:
            raise ValueError(
                f"'{others[name]}' has an exercise '{name}' as well: let the test cell in "
                f"{assignment.source.name} say '{full}', as CONTRIBUTING.md shows."
            )


def _tested(assignment: Assignment) -> dict[str, str]:
    """Return the sources of an assignment's test cells, by exercise or question."""
    cells = assignment.cells().cells
    return {cell.metadata["test"]: cell.source for cell in cells if "test" in cell.metadata}


def _cell_id(cell: NotebookNode, taken: set[str]) -> str:
    """Name a cell by its grade_id or its text, so that a change in another cell does not change the name."""
    own = cell.metadata.get("nbgrader", {}).get("grade_id")
    tries = (fingerprint(cell.cell_type, cell.source, str(n))[:8] for n in range(len(taken) + 1))
    name = own or next(each for each in tries if each not in taken)
    taken.add(name)
    return name


def _short_of_marks(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        role = cell.metadata.get("nbgrader", {})
        if role.get("grade") and not role.get("solution"):
            shown = [each for each in cell.outputs if each.output_type == "execute_result"]
            marks = _marks(shown[-1]) if shown else None
            is_said = marks is not None or was_check(cell.source)  # an author's own test may show none
            if is_said and marks != role["points"]:
                yield role["grade_id"]


def _marks(shown: NotebookNode) -> float | None:
    """Return the marks that the last line of a test cell shows; None if it is not a number."""
    try:
        return float(shown.data["text/plain"])
    except ValueError:
        return None
