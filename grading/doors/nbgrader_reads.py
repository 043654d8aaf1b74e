"""Functions that replace nbgrader's own readers of a submission's folder. They trust nothing there.

nbgrader opens timestamp.txt, and copies all files beside a notebook, of any kind. A named pipe would stop
nbgrader forever, a link would lead it to other files, and an invalid time would end its run.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import nbgrader.converters.base as base
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

import grading.doors.programs  # noqa: F401  (nbgrader finds what it starts by name)
from grading.repair.decode import MOST_BYTES, Unreadable
from grading.submitted import times
from grading.submitted.files import read_file

ASKED_BY_NBGRADER = base.find_all_files


def timestamp_of(self: CourseDirectory, dest_path: str) -> datetime | None:
    """Return when something was handed in; replaces CourseDirectory.get_existing_timestamp."""
    if not os.path.lexists(Path(dest_path) / times.FILE):
        return None
    try:
        told = times.time_of(read_file(Path(dest_path), (times.FILE,), times.MOST_BYTES))
    except Unreadable as error:
        told = times.no_time(f"cannot be read ({error})")
    if told.remark:
        self.log.warning("%s: %s", dest_path, told.remark.says)
    return told.when


def submitted_timestamp(self: NbGraderAPI, assignment_id: str, student_id: str) -> datetime | None:
    """Return when something was handed in, for the formgrader; replaces nbgrader's own method."""
    folder = self.coursedir.format_path(self.coursedir.submitted_directory, student_id, assignment_id)
    return timestamp_of(self.coursedir, os.path.abspath(folder))


def files_in(path: str, exclude: Sequence[str] | None = None) -> list[str]:
    """Return the files that may be copied: regular files, not reached through a link."""
    if os.path.islink(path.rstrip("/")) or os.path.islink(os.path.dirname(path.rstrip("/"))):
        return []
    return [each for each in ASKED_BY_NBGRADER(path, exclude) if is_plain(each) and os.access(each, os.R_OK)]


def is_plain(path: str) -> bool:
    """Tell whether this is a regular file that is not too large to be read."""
    try:
        told = os.lstat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(told.st_mode) and told.st_size <= MOST_BYTES


CourseDirectory.get_existing_timestamp = timestamp_of
NbGraderAPI.get_submitted_timestamp = submitted_timestamp
base.find_all_files = files_in
