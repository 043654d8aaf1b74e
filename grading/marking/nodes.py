"""Cells and outputs of notebooks, made without a check against the schema.

nbformat's functions check each cell and each output with a slow validator. It takes longer than all other
work on them. The whole notebook is checked when it is written.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.corpus.words import generate_corpus_id

DEFAULTS: dict[str, dict[str, Any]] = {
    "code": {"execution_count": None, "outputs": []},
    "display_data": {"metadata": {}},
    "execute_result": {"metadata": {}, "execution_count": None},
}


def new_cell(kind: str, source: str, id: str = "") -> NotebookNode:
    """Return a cell of this kind: code, markdown or raw."""
    own = {"cell_type": kind, "id": id or generate_corpus_id(), "metadata": {}, "source": source}
    return from_dict({**own, **DEFAULTS.get(kind, {})})


def new_output(kind: str, **fields: Any) -> NotebookNode:
    """Return an output: a stream, an error, display_data or an execute_result, with its fields."""
    return from_dict({"output_type": kind, **DEFAULTS.get(kind, {}), **fields})
