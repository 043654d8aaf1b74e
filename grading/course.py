"""Where the parts of the course are, and the reference functions in its sources."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Assignment:
    """One assignment: its name and the files that belong to it."""

    name: str
    root: Path = ROOT

    @property
    def source(self) -> Path:
        return self.root / "solutions" / f"{self.name}.py"

    @property
    def solution(self) -> Path:
        return self.root / "solutions" / self.name / f"{self.name}.ipynb"

    @property
    def release(self) -> Path:
        return self.root / "notebooks" / self.name / f"{self.name}.ipynb"

    def cells(self) -> NotebookNode:
        """Return the source as a notebook without outputs."""
        return jupytext.reads(self.source.read_text(encoding="utf-8"), fmt="py:percent")

    def definitions(self) -> list[str]:
        """Return the sources of the cells that only define functions, given or to be written."""
        code = [cell.source for cell in self.cells().cells if cell.cell_type == "code"]
        return [source for source in code[1:] if _only_defines(source)]

    def reference(self) -> dict[str, Any]:
        """Return the namespace of the first code cell, the imports, and of all definitions."""
        imports = next(cell.source for cell in self.cells().cells if cell.cell_type == "code")
        namespace: dict[str, Any] = {}
        for source in [imports, *self.definitions()]:
            exec(compile(source, str(self.source), "exec"), namespace)
        return namespace


def assignments(root: Path = ROOT) -> list[Assignment]:
    """Return all assignments: every file solutions/<name>.py is one."""
    return [Assignment(path.stem, root) for path in sorted((root / "solutions").glob("*.py"))]


def find_assignment(name: str, root: Path = ROOT) -> Assignment:
    """Return the assignment of that name; ValueError lists the names there are."""
    found = {assignment.name: assignment for assignment in assignments(root)}
    if name not in found:
        raise ValueError(f"there is no assignment '{name}'; there are: {', '.join(found)}.")
    return found[name]


def _only_defines(source: str) -> bool:
    return all(isinstance(node, ast.FunctionDef) for node in ast.parse(source).body)
