"""The feedback page that nbgrader's commands and buttons write: the grader's page, with the marks of now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from traitlets import default
from traitlets.config import Config

from grading.noted import Noted
from grading.pages.feedback import feedback_page
from grading.run.journal import Key, Record, read_records
from grading.settings import Settings

Resources = dict[str, Any]


class FeedbackPage(Exporter):
    """An exporter from a graded notebook to its student's page; replaces nbconvert's HTMLExporter."""

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_filename(
        self, filename: str, resources: Resources | None = None, **kwargs: Any
    ) -> tuple[str, Resources]:
        """Return the page of a graded notebook, and the resources that nbgrader needs to write it."""
        names = resources["nbgrader"]
        key = (names["assignment"], names["student"])
        page = page_now(self.config, key, Path(filename))
        return page, {**resources, "output_extension": ".html"}


def page_now(config: Config, key: Key, graded: Path, record: Record | None = None) -> str:
    """Return the page with the marks, comments and penalties that the gradebook has now.

    key: the assignment and the student.
    graded: the path of the graded notebook.
    record: its record in results.jsonl, if known. Then "" is returned if the gradebook still agrees with
    it.
    Raises ValueError if the graded notebook is broken.
    """
    from grading.doors.counting import ruled  # imported here: the class runner imports this package
    from grading.run.records import with_told

    nb = read_graded(graded)
    boxed = Settings(config=config).box and not Noted.of(nb).unboxed
    with ruled(config) as marks:
        marks.settle(key[0], read_records(Path(CourseDirectory(config=config).root)))
        told = marks.told(*key, boxed)
    same = record is not None and "questions" in record and with_told(record, told) == record
    return "" if same else feedback_page(nb, told)


def read_graded(path: Path) -> NotebookNode:
    """Return a graded notebook. Raises ValueError if it is broken."""
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:
        raise ValueError(f"{path} is broken ({type(error).__name__}): run `make grade`.") from None
