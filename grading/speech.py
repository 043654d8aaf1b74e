"""The language of an assignment, used where its submissions are marked and its pages are made."""

from __future__ import annotations

import importlib
from contextlib import AbstractContextManager, nullcontext

from nbformat import NotebookNode

from checks.checker import TEXTS
from checks.texts import ENGLISH, add_texts, speaking
from grading.course import package_folder
from grading.recipe import Recipe

KEY = "grading_language"  # in the metadata of a built notebook that is not in English


def in_language_of(recipe: Recipe) -> AbstractContextManager[None]:
    """Use an assignment's language inside the `with` block, with texts for marking (not for students)."""
    importlib.import_module(recipe.checker)  # adds its texts; texts added later have priority
    add_texts(package_folder(recipe.package.partition(".")[0]) / TEXTS)
    return speaking(recipe.language)


def in_language_of_built(notebook: NotebookNode) -> AbstractContextManager[None]:
    """Use a built notebook's language inside the `with` block, in a process that already has its texts."""
    language = notebook.metadata.get(KEY, ENGLISH)
    return speaking(language) if language != ENGLISH else nullcontext()
