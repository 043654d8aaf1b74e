"""`python -m grading new`: the skeleton of an assignment, or of an exercise, that builds and marks at once.

Every file begins with an example that works, to be replaced: a function that returns a mean, a question,
a mistake with its hint, right answers in three styles.
"""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from grading.course import Assignment, Course, package_folder

SKELETON = Path(__file__).parent / "skeleton"
EXERCISE = "average"  # what an exercise is called if nobody says
FIRST_IMPORT = re.compile(r"^(?=from |import )(?!from __future__)", re.M)
CASE = "from checks.authors import Case\n"
CASES = re.compile(r"^def cases\(.*?^    return \{\n", re.M | re.S)


def new(course: Course, name: str, exercise: str = "") -> list[Path]:
    """Write the skeleton of an assignment or, in one that is there, of another exercise.

    Returns the files that were written or added to. Nothing is overwritten. Raises ValueError with one
    sentence if a name cannot be used or is taken.
    """
    _require_names(name, exercise)
    assignment = Assignment(name, course)
    if assignment.source.exists():
        if not exercise:
            raise ValueError(f"there is an assignment '{name}' already: name an exercise to add to it.")
        return _add(assignment, exercise)
    return _begin(assignment) + _add(assignment, exercise or EXERCISE)


def _require_names(name: str, exercise: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise ValueError(
            f"'{name}' is no name for an assignment: use small letters, digits and single hyphens, "
            "and begin with a letter."
        )
    if exercise and not exercise.isidentifier():
        raise ValueError(f"'{exercise}' is no name for an exercise: it must be a function's name in Python.")


def _begin(assignment: Assignment) -> list[Path]:
    """Write what an assignment has besides its exercises."""
    folder = _folder(assignment)
    texts = {
        assignment.source: _filled("notebook", assignment),
        folder / "__init__.py": "",
        folder / "cases.py": _filled("cases", assignment),
        folder / "mistakes" / "__init__.py": "",
    }
    answers = _answers(assignment)
    if answers.parent.is_dir():
        texts[answers] = _filled("answers", assignment)
    return [_write(path, text) for path, text in texts.items()]


def _add(assignment: Assignment, exercise: str) -> list[Path]:
    """Add an exercise: its cells, its cases, a mistake, right answers."""
    folder = _folder(assignment)
    if f'solution="{exercise}"' in assignment.source.read_text(encoding="utf-8"):
        raise ValueError(f"there is an exercise '{exercise}' in '{assignment.name}' already.")
    cases = _with_cases(folder / "cases.py", assignment, exercise)  # first: it may find that it cannot
    mistakes = _write(folder / "mistakes" / f"{exercise}.py", _filled("mistakes", assignment, exercise))
    changed = [_append(assignment.source, _filled("exercise", assignment, exercise))]
    changed += [cases, mistakes]
    if _answers(assignment).exists():
        changed.append(_append(_answers(assignment), _filled("right", assignment, exercise)))
    return changed


def _with_cases(path: Path, assignment: Assignment, exercise: str) -> Path:
    """Add the exercise's cases to what `cases` returns, and the function that draws them."""
    text = path.read_text(encoding="utf-8")
    found = CASES.search(text)
    if not found:
        raise ValueError(
            f"{path} has no function `cases` that returns a dictionary: add '{exercise}' by hand."
        )
    line = f'        "{exercise}": _{exercise}(reference, rng),\n'
    made = text[: found.end()] + line + text[found.end() :] + _filled("draw", assignment, exercise)
    if not re.search(r"^from checks\S* import .*\bCase\b", text, re.M):
        made = FIRST_IMPORT.sub(CASE, made, count=1)
    path.write_text(made, encoding="utf-8")
    return path


def _filled(part: str, assignment: Assignment, exercise: str = "") -> str:
    title = assignment.name.replace("-", " ").capitalize()
    module = assignment.course.world.checker.partition(".")[0]
    text = (SKELETON / f"{part}.txt").read_text(encoding="utf-8")
    return Template(text).substitute(
        assignment=assignment.name, title=title, exercise=exercise, module=module
    )


def _folder(assignment: Assignment) -> Path:
    """Where the assignment's cases and mistakes are: a name of Python's has no hyphen."""
    return package_folder(assignment.course.exercises) / assignment.package.rpartition(".")[2]


def _answers(assignment: Assignment) -> Path:
    """Where right answers are, in a course that has tests of its own."""
    return assignment.course.root / "tests" / "answers" / f"{assignment.package.rpartition('.')[2]}.py"


def _write(path: Path, text: str) -> Path:
    if path.exists():
        raise ValueError(f"{path} is there already: nothing was overwritten.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _append(path: Path, text: str) -> Path:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
    return path
