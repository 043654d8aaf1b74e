"""How a submission is stored in submitted/: by hand, in a zip, or as a platform's bulk download has it.

Each function gets the work, the student's name and the folder, and writes the files. It returns the name that
the grader must read. Some also write files that belong to no student.
"""

import io
import json
import unicodedata
import zipfile
from dataclasses import dataclass

LAYOUTS = {}
PLATFORMS = ("Canvas", "Moodle", "Blackboard", "Gradescope", "Brightspace")


@dataclass(frozen=True)
class WayIn:
    """A way to hand in.

    told: whether a note says how it was understood.
    own: whether the student has a folder.
    text: whether a text file is beside the notebook. If an answer is missing, a person reads this file.
    """

    name: str
    write: object
    told: bool
    own: bool
    text: bool


def layout(told=True, own=True, text=False):
    def register(function):
        name = function.__name__.replace("_", " ")
        LAYOUTS[name] = WayIn(name, function, told, own, text)
        return function

    return register


def read_name(name):
    """Return a student's name as our tables have it: in one form of Unicode, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def save(work, folder, filename=None):
    """Write the notebook and the files beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / (filename or work.draft.filename)).write_bytes(work.draft.raw)
    for name, text in work.draft.beside.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def zipped(work, *, inside="", mac=False):
    """Return a zip with the notebook, perhaps in folders, perhaps as macOS packs it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{inside}{work.draft.filename}", work.draft.raw)
        if mac:
            file.writestr(
                f"__MACOSX/{inside}._{work.draft.filename}", b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"
            )
            file.writestr(f"{inside}.DS_Store", b"\x00\x00\x00\x01Bud1")
    return whole.getvalue()


def key(name):
    """Return what a platform makes of a name: only small letters and digits."""
    return "".join(
        each for each in unicodedata.normalize("NFKD", name.casefold()) if each.isascii() and each.isalnum()
    )


@layout(told=False)
def plain(work, name, folder):
    save(work, folder / name / work.assignment)
    return read_name(name)


@layout()
def capital_letters(work, name, folder):
    save(work, folder / name / work.assignment.title())
    return read_name(name)


@layout()
def underscores(work, name, folder):
    save(work, folder / name / work.assignment.replace("-", "_"))
    return read_name(name)


@layout()
def spaces(work, name, folder):
    save(work, folder / name / work.assignment.replace("-", " ").capitalize())
    return read_name(name)


@layout()
def one_level_more(work, name, folder):
    save(work, folder / name / work.assignment / work.assignment)
    return read_name(name)


@layout()
def in_a_folder_of_work(work, name, folder):
    save(work, folder / name / work.assignment / "my homework")
    return read_name(name)


@layout()
def one_level_less(work, name, folder):
    save(work, folder / name)
    return read_name(name)


@layout()
def a_zip_in_the_assignments_folder(work, name, folder):
    (folder / name / work.assignment).mkdir(parents=True)
    (folder / name / work.assignment / f"{work.assignment}.zip").write_bytes(zipped(work))
    return read_name(name)


@layout()
def a_zip_in_the_students_folder(work, name, folder):
    (folder / name).mkdir(parents=True)
    data = zipped(work, inside=f"{work.assignment}/", mac=True)
    (folder / name / f"{work.assignment}.zip").write_bytes(data)
    return read_name(name)


@layout(own=False)
def a_zip_named_for_the_student(work, name, folder):
    (folder / f"{name}.zip").write_bytes(zipped(work, inside=f"{work.assignment}/"))
    return read_name(name)


@layout(own=False)
def a_zip_of_macos_named_for_the_student(work, name, folder):
    data = zipped(work, inside=f"{name}/{work.assignment}/", mac=True)
    (folder / f"{name}.zip").write_bytes(data)
    return read_name(name)


def number(work):
    return int(work.rng.integers(100_000, 999_999))


@layout(told=False, own=False)
def Canvas_files(work, name, folder):
    (folder / f"{key(name)}_{number(work)}_{number(work)}_{work.draft.filename}").write_bytes(work.draft.raw)
    return key(name)


@layout(told=False, own=False)
def Canvas_late_files(work, name, folder):
    filename = f"{key(name)}_LATE_{number(work)}_{number(work)}_{work.assignment}-1.ipynb"
    (folder / filename).write_bytes(work.draft.raw)
    return key(name)


@layout(told=False, own=False)
def Canvas_zip_for_each(work, name, folder):
    filename = f"{key(name)}_{number(work)}_{number(work)}_{work.assignment}.zip"
    (folder / filename).write_bytes(zipped(work, inside=f"{work.assignment}/", mac=True))
    return key(name)


@layout(told=False)
def Moodle_folders(work, name, folder):
    save(work, folder / f"{name}_{number(work)}_assignsubmission_file_")
    return read_name(name)


@layout(told=False, text=True)
def Moodle_folders_of_newer_versions(work, name, folder):
    own = number(work)
    save(work, folder / f"{name}_{own}_assignsubmission_file")
    text = folder / f"{name}_{own}_assignsubmission_onlinetext"
    text.mkdir()
    (text / "onlinetext.html").write_text("<p>see my notebook</p>")
    return read_name(name)


@layout(told=False, own=False)
def Moodle_files(work, name, folder):
    filename = f"{name}_{number(work)}_assignsubmission_file_{work.draft.filename}"
    (folder / filename).write_bytes(work.draft.raw)
    return read_name(name)


@layout(told=False, own=False)
def Blackboard_files(work, name, folder):
    first = f"{work.assignment}_{key(name)}_attempt_2025-10-01-12-30-00"
    (folder / f"{first}_{work.draft.filename}").write_bytes(work.draft.raw)
    (folder / f"{first}.txt").write_text(f"Name: {name} ({key(name)})\nAssignment: {work.assignment}\n")
    return key(name)


@layout(own=False)
def Blackboard_files_of_two_attempts(work, name, folder):
    """Write two attempts: the older one cannot be read; the newer one counts."""
    older, newer = (f"{work.assignment}_{key(name)}_attempt_2025-10-0{n}-12-30-00" for n in (1, 2))
    (folder / f"{older}_{work.draft.filename}").write_bytes(work.draft.raw[:100])
    (folder / f"{newer}_{work.draft.filename}").write_bytes(work.draft.raw)
    return key(name)


@layout(told=False, own=False)
def Gradescope_folders(work, name, folder):
    export, own = folder / "assignment_4711_export", f"submission_{number(work)}"
    save(work, export / own)
    told = f"{own}:\n  :submitters:\n  - :name: {json.dumps(name)}\n    :email: {key(name)}@uni.example\n"
    with (export / "submission_metadata.yml").open("a", encoding="utf-8") as file:
        file.write(told)
    return read_name(name)


@layout(told=False)
def Brightspace_folders(work, name, folder):
    save(work, folder / f"{number(work)}-{number(work)} - {name} - Oct 1, 2025 130 PM")
    return read_name(name)
