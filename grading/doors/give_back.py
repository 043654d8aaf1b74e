"""Feedback files, packed in the form in which a learning platform imports them for a whole class.

Canvas ("Re-Upload Submissions"; `infer_comment_context_from_filename` in
`app/models/abstract_assignment.rb` of instructure/canvas-lms) finds the student and the file by the two
numbers in the name of the download. It shows the file under the name that the student gave. So a file that
replaces a notebook must be a notebook, and the feedback page is packed into one.

Moodle ("Upload multiple feedback files in a zip"; `mod/assign/feedback/file/importziplib.php` of
moodle/moodle) finds the student by the number after the first underscore of the folder.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import nbformat
from nbformat import v4

from grading.collect.attempts import Origin
from grading.files import PART
from grading.roster import listed

DAY = (1980, 1, 1, 0, 0, 0)  # the time of every file in a zip, so that the same pages make the same bytes
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}  # so that Jupyter does not ask
OPEN_IT = "This is the feedback on your notebook. Open it in Jupyter, as you opened the notebook itself."
Packed = tuple[dict[str, bytes], list[str]]  # files by their names in the zip, and notes for the instructor


def pages_of(feedback: Path, name: str, students: Iterable[str]) -> dict[str, str]:
    """Return the feedback pages of an assignment, by student. feedback: the folder of all feedback."""
    places = {each: feedback / each / name / f"{name}.html" for each in students}
    return {who: path.read_text(encoding="utf-8") for who, path in places.items() if path.is_file()}


def for_canvas(name: str, pages: Mapping[str, str], origins: Mapping[str, Origin]) -> Packed:
    """Return the files of the zip, and sentences about students without a file."""
    files: dict[str, bytes] = {}
    unnamed, unlike = [], []
    for student, page in pages.items():
        origin = origins.get(student)
        told = origin.told if origin else None
        if not told:
            unnamed.append(student)
        elif (form := FORMS.get(PurePosixPath(told.file).suffix.lower())) and told.item:
            files[origin.name] = form(page, name)
        else:
            unlike.append(student)
    return files, [*_without("Canvas", unnamed), *_unlike(unlike)]


def for_moodle(name: str, pages: Mapping[str, str], people: Mapping[str, tuple[str, str]]) -> Packed:
    """Return the files of the zip, and sentences about students without a file.

    people: each student's name and number in Moodle.
    """
    files = {}
    for student, page in pages.items():
        if student in people:
            called, number = people[student]
            folder = f"{called.replace('_', ' ').replace('/', ' ')}_{number}_assignsubmission_file_"
            files[f"{folder}/{name}-feedback.html"] = page.encode()
    return files, list(_without("Moodle", [each for each in pages if each not in people]))


def write_private(path: Path, data: bytes) -> Path:
    """Write a file beside its place and move it there. Only the owner may read it. Return its path."""
    part = path.with_name(f"{path.name}{PART}")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
    return path


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip, in the order of their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, DAY)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o100600 << 16
            archive.writestr(info, data)
    return made.getvalue()


def notebook_with(page: str, name: str) -> bytes:
    """Return a notebook that shows the content of a feedback page, without the parts that need a browser."""
    body = page.partition("<main>")[2].rpartition("</main>")[0] or page
    shown = v4.new_output("display_data", data={"text/html": body, "text/plain": OPEN_IT})
    code = v4.new_code_cell("", outputs=[shown], metadata={"jupyter": {"source_hidden": True}})
    cells = [v4.new_markdown_cell(f"**{name}**: {OPEN_IT}"), code]
    for at, cell in enumerate(cells):
        cell.id = f"feedback-{at}"
    return nbformat.writes(v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})).encode()


def _page(page: str, name: str) -> bytes:
    return page.encode()


def _packed_page(page: str, name: str) -> bytes:
    return zipped({f"{name}-feedback.html": page.encode()})


FORMS: Mapping[str, Callable[[str, str], bytes]] = {
    ".ipynb": notebook_with,
    ".json": notebook_with,
    ".zip": _packed_page,
    ".html": _page,
    ".htm": _page,
}


def _without(platform: str, students: list[str]) -> Iterator[str]:
    if students:
        collected = f"not collected from {platform} with `python -m grading collect`"
        yield f"No feedback file for {listed(students, 20)}: their work was {collected}."


def _unlike(students: list[str]) -> Iterator[str]:
    if students:
        only = "with Canvas, only a student who handed in a notebook, a zip or an HTML page gets one"
        yield f"No feedback file for {listed(students, 20)}: {only}."
