"""One assignment of a course: its files, its cells, and the recipe from which its cases are drawn."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grading.build.tested import is_check
from grading.imported import imports_for
from grading.own_words import ENGLISH
from grading.recipe import Recipe
from grading.rubrics import rubrics_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from checks.authors import Mistake, Rubric
    from grading.course import Course


ENGLISH_TEXT = "english"  # in a cell of a translation: the hash of the English cell


@dataclass(frozen=True)
class Assignment:
    """One assignment: its name and the files that belong to it."""

    name: str
    course: Course

    @property
    def source(self) -> Path:
        """The source in English. The reference is made from it."""
        return self.course.root / "solutions" / f"{self.name}.py"

    @property
    def text(self) -> Path:
        """The source from which the notebook is built: in the course's language, or else in English."""
        return self.text_in(self.course.words.language)

    def text_in(self, language: str) -> Path:
        """Return the source in a language, or in English if there is no translation."""
        other = self.source.with_suffix(f".{language}.py")
        return other if other.is_file() else self.source

    @property
    def language(self) -> str:
        """The language of the students' notebook: the course's, if there is a translation, or English."""
        return ENGLISH if self.text == self.source else self.course.words.language

    @property
    def solution(self) -> Path:
        return self.course.root / "solutions" / self.name / f"{self.name}.ipynb"

    @property
    def release(self) -> Path:
        return self.course.root / "notebooks" / self.name / f"{self.name}.ipynb"

    @property
    def package(self) -> str:
        """The package with its cases and mistakes. A Python name has no hyphens, so it has "_" instead."""
        return f"{self.course.exercises}.{self.name.replace('-', '_')}"

    @property
    def names(self) -> Mapping[str, str]:
        """The students' names of functions and arguments, by the names in the exercises."""
        return self.course.words.names

    def own_name(self, exercise: str) -> str:
        """Return the name in the exercises for a name that students use."""
        return next((own for own, other in self.names.items() if other == exercise), exercise)

    def mistakes(self) -> Mapping[str, list[Mistake]]:
        """Return the known mistakes, by exercise."""
        from checks.authors import mistakes_of

        known = mistakes_of(f"{self.package}.mistakes")
        return {self.names.get(exercise, exercise): found for exercise, found in known.items()}

    def rubrics(self) -> Mapping[str, Rubric]:
        """Return the rubrics of written answers, by question; nothing if there is no rubrics.py.

        Raises ValueError, which names the file, if a rubric cannot be used.
        """
        return rubrics_of(f"{self.package}.rubrics")

    def cells(self) -> NotebookNode:
        """Return the source as a notebook without outputs, in the course's language and with its names.

        If a cell includes a file, it gets the file's text. Raises ValueError if the file is not in the
        source's folder.
        """
        notebook = self.cells_of(self.text)
        if self.names:
            self._rename(notebook)
        return notebook

    def cells_of(self, path: Path) -> NotebookNode:
        """Return a source as a notebook, with unchanged names. If a cell includes a file, it gets its text.

        Raises ValueError if the file is not in the source's folder.
        """
        import jupytext

        notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
        for cell in notebook.cells:
            cell.metadata.pop(ENGLISH_TEXT, None)
            if "include" in cell.metadata:
                cell.source = included(path, cell.metadata.pop("include"), cell.source)
        return notebook

    def _rename(self, notebook: NotebookNode) -> None:
        from grading.names import renamed_code, renamed_text

        functions = [cell.metadata["solution"] for cell in notebook.cells if "solution" in cell.metadata]
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.source = renamed_code(cell.source, self.names, functions)
            else:
                cell.source = renamed_text(cell.source, self.names)
            for role in cell.metadata.keys() & {"solution", "test"}:
                cell.metadata[role] = self.names.get(cell.metadata[role], cell.metadata[role])

    def recipe(self) -> Recipe:
        """Return the recipe from which its cases are drawn."""
        cells = self.cells_of(self.source).cells
        imports, *code = [cell.source for cell in cells if cell.cell_type == "code"]
        tests = [cell for cell in cells if "test" in cell.metadata]
        tested = tuple(cell.metadata["test"] for cell in tests if is_check(cell.source))
        definitions = tuple(each for each in code if _only_defines(each))
        made = imports_for(imports, *definitions), definitions, tested, self.course.arrays
        own = self.names, self.language
        return Recipe(self.name, self.package, self.course.world.checker, self.source.name, *made, *own)

    def reference(self) -> dict[str, Any]:
        """Return the namespace of all definitions, and of the imports that they need."""
        return self.recipe().reference()


def included(source: Path, name: object, own: str) -> str:
    """Return the text of a file that several notebooks share, for a cell that includes the file and is empty.

    Raises ValueError if the file is not in the source's folder, or if the cell is not empty.
    """
    path = source.parent / Path(str(name)).name
    if path.name != name or not path.is_file() or own.strip():
        raise ValueError(
            f"a cell of {source.name} includes '{name}': it must be empty, and the name must be "
            f"that of a file in {path.parent}."
        )
    return path.read_text(encoding="utf-8-sig").strip()


def _only_defines(source: str) -> bool:
    return all(isinstance(node, ast.FunctionDef) for node in ast.parse(source).body)
