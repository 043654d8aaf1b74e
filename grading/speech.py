"""The language of an assignment, where its submissions are marked and its pages are made."""

from __future__ import annotations

import importlib
from contextlib import AbstractContextManager, nullcontext

from nbformat import NotebookNode

from checks.checker import TEXTS
from checks.texts import ENGLISH, add_texts, speaking
from grading.course import package_folder
from grading.recipe import Recipe

KEY = "grading_language"  # in the metadata of a built notebook that is in another language than English


def in_language_of(recipe: Recipe) -> AbstractContextManager[None]:
    """Speak the language of an assignment within, with the texts for marking, which students do not get."""
    importlib.import_module(recipe.checker)  # whose texts are used before those of exercises
    add_texts(package_folder(recipe.package.partition(".")[0]) / TEXTS)
    return speaking(recipe.language)


def in_language_of_built(notebook: NotebookNode) -> AbstractContextManager[None]:
    """Speak the language of a built notebook within, in a process that has its texts already."""
    language = notebook.metadata.get(KEY, ENGLISH)
    return speaking(language) if language != ENGLISH else nullcontext()
