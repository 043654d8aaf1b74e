"""Parse the names that learning platforms give to files and folders in the download of a whole class.

Canvas, Moodle, Blackboard and Brightspace write the student, and the time or the attempt, before the name
of the file. Gradescope has a folder for each submission, and a file that names its students.

The sources of these facts: Canvas makes its names in `lib/content_zipper.rb` of instructure/canvas-lms
(`get_filename`, `add_upload_submission`). A name has the sortable name in small letters and without signs,
LATE, the student's number, the file's number, and the file's name. If marking is anonymous, "anon_" and a
word replace the student's name. A file that is handed in again gets -1, -2 after its name.
Moodle makes its names in `mod/assign/classes/downloader.php` of moodle/moodle: the full name, the
participant's number, the plugin. Older versions have one more underscore. That number is the
"Participant 12345" of the grading worksheet.
Gradescope's file is YAML that Ruby writes, with keys such as ":submitters" and ":created_at".
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import yaml

from grading.repair.read import Unreadable
from grading.submitted.tree import Entry

CANVAS, MOODLE, GRADESCOPE = "Canvas", "Moodle", "Gradescope"
WHO = ":submitters"  # Gradescope's key for the students
LONGEST = 300  # characters of a platform's name
METADATA, MOST_METADATA = "submission_metadata.yml", 5_000_000  # bytes
CANVAS_FILE = re.compile(r"(?P<who>[^_]+)(?P<late>_LATE)?_(?P<id>\d+)_(?P<item>\d+)_(?P<file>.+)", re.DOTALL)
CANVAS_TEXT = re.compile(r"(?P<who>[^_]+)(?P<late>_LATE)?_(?P<id>\d+)_(?P<file>(?:text|link)\.html)")
CANVAS_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?(?P<who>anon_(?P<id>[A-Za-z0-9]+))_(?P<item>\d+)_(?P<file>.+)", re.DOTALL
)
MOODLE_NAME = re.compile(r"(?P<who>.+)_(?P<id>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.+)?)?", re.DOTALL)
BLACKBOARD = re.compile(
    r"(?P<who>.+)_attempt_(?P<attempt>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<receipt>\.txt))", re.DOTALL
)
BRIGHTSPACE = re.compile(
    r"\d+-\d+ - (?P<who>.+?) - (?P<when>\w+ \d+, \d{4} \d+ [AP]M)(?: ?- (?P<file>.+))?", re.DOTALL
)


@dataclass(frozen=True)
class FromPlatform:
    """The parts of a name that a platform has given to a file or folder.

    `who` is the student's name as the platform writes it. id: the student's number on the platform.
    file: the file name that the student gave; "" for a folder.
    attempt: of two submissions, the newer submission has the larger attempt.
    item: of two files of one submission, the newer file has the larger number.
    late: whether the platform calls the work late.
    """

    platform: str
    who: str
    id: str = ""
    file: str = ""
    attempt: str = ""
    item: int = 0
    late: bool = False
    receipt: bool = False  # whether the platform wrote the file, not the student
    with_title: bool = False  # whether `who` also has the assignment's name


def from_platform(name: str) -> FromPlatform | None:
    """Return the parts of a file's or folder's name; None if no platform makes such names."""
    ways = (_moodle, _blackboard, _brightspace, _canvas) if len(name) <= LONGEST else ()
    return next((made for read in ways if (made := read(name))), None)


def _canvas(name: str) -> FromPlatform | None:
    ways = (CANVAS_ANONYMOUS, CANVAS_FILE, CANVAS_TEXT)
    found = next((found for way in ways if (found := way.fullmatch(name))), None)
    if not found:
        return None
    told = found.groupdict()
    item, late = int(told.get("item") or 0), bool(told["late"])
    return FromPlatform(CANVAS, told["who"], told["id"], told["file"], item=item, late=late)


def _moodle(name: str) -> FromPlatform | None:
    found = MOODLE_NAME.fullmatch(name)
    return FromPlatform(MOODLE, found["who"], found["id"], found["file"] or "") if found else None


def _blackboard(name: str) -> FromPlatform | None:
    """Parse a name from Blackboard, which begins with the assignment's name."""
    found = BLACKBOARD.fullmatch(name)
    if not found:
        return None
    told = {"file": found["file"] or "", "attempt": found["attempt"], "receipt": bool(found["receipt"])}
    return FromPlatform("Blackboard", found["who"], **told, with_title=True)


def _brightspace(name: str) -> FromPlatform | None:
    found = BRIGHTSPACE.fullmatch(name)
    if not found:
        return None
    attempt = ""
    with contextlib.suppress(ValueError):
        attempt = datetime.strptime(found["when"], "%b %d, %Y %I%M %p").isoformat()
    return FromPlatform("Brightspace", found["who"].strip(), file=found["file"] or "", attempt=attempt)


@dataclass(frozen=True)
class Submitter:
    """A student of a Gradescope submission: a name, a number and an address. Each may be empty."""

    name: str = ""
    sid: str = ""
    email: str = ""


@dataclass(frozen=True)
class Metadata:
    """Gradescope's data about its submissions, by the names of their folders."""

    submitters: Mapping[str, tuple[Submitter, ...]] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)


def metadata_of(file: Entry) -> Metadata:
    """Return the content of submission_metadata.yml; an empty one if it cannot be read."""
    try:
        return gradescope(file.read(MOST_METADATA))
    except Unreadable:
        return Metadata()


def gradescope(data: bytes) -> Metadata:
    """Return the content of submission_metadata.yml from its bytes; an empty one if it cannot be parsed."""
    try:
        told = yaml.load(data.decode("utf-8"), Loader=yaml.BaseLoader)  # only texts, no objects
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError):
        return Metadata()
    found = {str(key): each for key, each in _items(told) if isinstance(each, dict) and WHO in each}
    whose = {key: tuple(_submitters(each.get(WHO))) for key, each in found.items()}
    earlier = {name: (whose[key], each) for key, now in found.items() for name, each in _history(now)}
    whose = {name: who for name, (who, _) in earlier.items()} | whose
    found = {name: each for name, (_, each) in earlier.items()} | found
    times = {key: str(each[":created_at"]) for key, each in found.items() if ":created_at" in each}
    return Metadata(whose, times)


def _history(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the earlier submissions of a submission, with the names that their folders would have."""
    listed = told.get(":history")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and each.get(":id"):
            yield f"submission_{each[':id']}", each


def _items(told: Any) -> list[tuple[Any, Any]]:
    return list(told.items()) if isinstance(told, dict) else []


def _submitters(told: Any) -> Iterator[Submitter]:
    for each in told if isinstance(told, list) else ():
        if isinstance(each, dict):
            name, sid, email = (str(each.get(f":{word}") or "") for word in ("name", "sid", "email"))
            yield Submitter(name, sid, email)
