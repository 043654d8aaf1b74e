"""The skeleton of an assignment or of an exercise, for `python -m grading new`.

It can be built and marked at once. Every file begins with a working example, which the author replaces.
The examples are a function that returns a mean, a question, a mistake with its hint, and correct answers
in three styles.
"""

from __future__ import annotations

import ast
import keyword
import re
from pathlib import Path
from string import Template

from grading.course import Assignment, Course

SKELETON = Path(__file__).parent / "skeleton"
EXERCISE = "average"  # the name of an exercise if the author gives none
FIRST_IMPORT = re.compile(r"^(?=from |import )(?!from __future__)", re.M)
CASE = "from checks.authors import Case\n"
Texts = dict[Path, str]  # the texts of files; nothing is written before all texts are known


def new(course: Course, name: str, exercise: str = "") -> list[Path]:
    """Write the skeleton of an assignment, or of a further exercise in an assignment that exists.

    Returns the files that were written or extended. No file is overwritten. Nothing is written before the
    texts of all files are complete.
    Raises ValueError with one sentence if a name cannot be used or is taken, or if a file is in the way.
    """
    _require_names(name, exercise)
    assignment = Assignment(name, course)
    texts: Texts = {}
    if not assignment.source.exists():
        texts = _beginning(assignment)
        exercise = exercise or EXERCISE
    elif not exercise:
        raise ValueError(f"there is an assignment '{name}' already: name an exercise to add to it.")
    texts |= _addition(assignment, exercise, texts)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(texts)


def _require_names(name: str, exercise: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise ValueError(
            f"'{name}' is no name for an assignment: use small letters, digits and single hyphens, "
            "and begin with a letter."
        )
    if exercise and (not exercise.isidentifier() or keyword.iskeyword(exercise)):
        raise ValueError(f"'{exercise}' is no name for an exercise: it must be a function's name in Python.")


def _beginning(assignment: Assignment) -> Texts:
    """Return the files of an assignment except those of its exercises.

    Raises ValueError if one of the files exists.
    """
    folder = _folder(assignment)
    texts = {
        assignment.source: _filled("notebook", assignment),
        folder / "__init__.py": "",
        folder / "cases.py": _filled("cases", assignment),
        folder / "mistakes" / "__init__.py": "",
        folder / "trials" / "__init__.py": "",
    }
    answers = _answers(assignment)
    if answers.parent.is_dir():
        texts[answers] = _filled("answers", assignment)
    for path in texts:
        _require_free(path)
    return texts


def _addition(assignment: Assignment, exercise: str, begun: Texts) -> Texts:
    """Return the texts of files after an exercise is added: cells, cases, a mistake, correct answers.

    begun: the texts of new files that are not written yet.
    """

    def text(path: Path) -> str:
        return begun[path] if path in begun else path.read_text(encoding="utf-8")

    if f'solution="{exercise}"' in text(assignment.source):
        raise ValueError(f"there is an exercise '{exercise}' in '{assignment.name}' already.")
    folder, answers = _folder(assignment), _answers(assignment)
    cases, mistakes = folder / "cases.py", folder / "mistakes" / f"{exercise}.py"
    trials = folder / "trials" / f"{exercise}.py"
    _require_free(mistakes)
    _require_free(trials)
    texts = {
        assignment.source: text(assignment.source) + _filled("exercise", assignment, exercise),
        cases: _with_cases(text(cases), cases, exercise) + _filled("draw", assignment, exercise),
        mistakes: _filled("mistakes", assignment, exercise),
        trials: _filled("trials", assignment, exercise),
    }
    if answers in begun or answers.exists():
        texts[answers] = text(answers) + _filled("right", assignment, exercise)
    return texts


def _require_free(path: Path) -> None:
    if path.exists():
        raise ValueError(f"{path} is there already: move it away first. Nothing was written.")


def _with_cases(text: str, path: Path, exercise: str) -> str:
    """Return the text of cases.py with one more entry in the dictionary that `cases` returns."""
    line = _line_after_the_entries(text)
    if line is None:
        raise ValueError(
            f"`cases` in {path} must return a dictionary with one entry on each line. Nothing was written."
        )
    lines = text.splitlines(keepends=True)
    lines.insert(line, f'        "{exercise}": _{exercise},\n')
    made = "".join(lines)
    known = re.search(r"^from checks\S* import .*\bCase\b", text, re.M)
    return made if known else FIRST_IMPORT.sub(CASE, made, count=1)


def _line_after_the_entries(text: str) -> int | None:
    """Return the line after the last entry, from 0; None if `cases` returns no dictionary display."""
    functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    last = next((node.body[-1] for node in functions if node.name == "cases"), None)
    value = last.value if isinstance(last, ast.Return) else None
    if not isinstance(value, ast.Dict) or not value.values:
        return None
    end = value.values[-1].end_lineno
    ends_alone = end < value.end_lineno and text.splitlines()[end - 1].rstrip().endswith(",")
    return end if ends_alone else None


def _filled(part: str, assignment: Assignment, exercise: str = "") -> str:
    title = assignment.name.replace("-", " ").capitalize()
    module = assignment.course.world.checker.partition(".")[0]
    text = (SKELETON / f"{part}.txt").read_text(encoding="utf-8")
    return Template(text).substitute(
        assignment=assignment.name, title=title, exercise=exercise, module=module
    )


def _folder(assignment: Assignment) -> Path:
    """Return the folder of the assignment's cases and mistakes. A name in Python cannot have a hyphen."""
    folder = assignment.course.root.joinpath(*assignment.package.split("."))
    if not folder.parent.is_dir():  # an installed package of that name belongs to another copy of the course
        raise ValueError(f"there is no folder {folder.parent}, where cases and mistakes are to be.")
    return folder


def _answers(assignment: Assignment) -> Path:
    """Return the file of correct answers, in a course that has tests."""
    return assignment.course.root / "tests" / "answers" / f"{assignment.package.rpartition('.')[2]}.py"
