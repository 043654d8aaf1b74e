"""Write a small notebook that shows a failed case again. It runs the student's function in the box."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4

from grading.files import keep_aside, replace_file
from grading.why.asked import Asked

PRIVATE, PRIVATE_FOLDER = 0o600, 0o700
ABOUT = """# Why: {student}, `{question}` in {assignment}

For the instructor alone: this notebook shows a hidden case. Do not give it to students.

Each call of `case.run()` runs the student's code in the box (a sandbox), never in this notebook."""
CHANGE = (
    "Change the input and call `case.run` again. Then the right answer is what the reference in `solutions/` "
    "returns for this input."
)


def write_notebook(
    asked: Asked, cases: Sequence[Mapping[str, Any]], lines: Sequence[str]
) -> tuple[Path, Path | None]:
    """Write the notebook, which only its owner may read. cases: the failed cases.

    Returns its path. If another notebook was there, it is kept, because somebody may have worked in it: the
    second path says where.
    """
    path, text = asked.folder / f"{asked.student}-{asked.name}.ipynb", _text(asked, cases, lines)
    asked.folder.mkdir(parents=True, exist_ok=True)
    asked.folder.chmod(PRIVATE_FOLDER)
    is_other = path.exists() and path.read_text(encoding="utf-8", errors="replace") != text
    aside = keep_aside(path, "before") if is_other else None
    replace_file(path, text).chmod(PRIVATE)
    return path, aside


def _text(asked: Asked, cases: Sequence[Mapping[str, Any]], lines: Sequence[str]) -> str:
    told = {"student": asked.student, "question": asked.name, "assignment": asked.assignment.name}
    first = next(iter(cases), None)
    code = [v4.new_code_cell(each) for each in (_code(asked, cases) if first else [])]
    said = v4.new_markdown_cell("```text\n" + "\n".join(lines).replace("```", "'''") + "\n```")
    cells = [v4.new_markdown_cell(ABOUT.format(**told)), said, *code[:2]]
    cells += [v4.new_markdown_cell(CHANGE), *code[2:]] if first else []
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"why-{number}"  # the same each time, so that the same notebook is the same file
    nb = v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    return nbformat.writes(nb) + "\n"


KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def _code(asked: Asked, cases: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the code of the cells: the case, the call, and a call with another input."""
    first = cases[0]
    names = "".join(f"\n#   {each['name']!r}" for each in cases)
    which = f"# The cases that failed:{names}\n" if len(cases) > 1 else ""
    argument = next(iter(first["args"]), "")
    change = f"{argument} = case.args[{argument!r}].copy()" if _has_copy(first, argument) else ""
    again = f"case.run({argument}={argument})" if change else "case.run()"
    import_it = "from grading.why import case_of"
    return [
        f"{import_it}\n\n{which}case = case_of({_arguments(asked, first['name'])})\ncase",
        "case.run()",
        f"{change}\n# Change it here.\n{again}".strip(),
    ]


def _has_copy(case: Mapping[str, Any], argument: str) -> bool:
    return hasattr(case["args"].get(argument), "copy")


def _arguments(asked: Asked, case: str) -> str:
    """Return the arguments of the call of `case_of`.

    If the course and the results are not around the notebook, the arguments also say where they are.
    """
    told = {"student": asked.student, "question": asked.name, "case": case}
    told |= {"assignment": asked.assignment.name}
    root = asked.run.course.root.resolve()
    if asked.run.out != root:
        told |= {"course": os.path.relpath(root, asked.folder), "out": ".."}
    return ", ".join(f"{name}={value!r}" for name, value in told.items())
