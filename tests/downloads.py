"""Downloads as each platform makes them, of people who do not exist; and a course that can collect them."""

import io
import json
import shutil
import zipfile

from ours import COURSE, ROOT
from submissions.draft import NAME, answered, right

BOOK = f"{NAME}.ipynb"
OTHER = "bernoulli-digits"
WORK = json.dumps(right().content).encode()
MORE = WORK.replace(b"A share", b"A part")
MOST = WORK.replace(b"A share", b"A piece")
UNTOUCHED = json.dumps(answered({}).content).encode()
DIGITS = json.dumps(answered({}, OTHER).content).encode()
NAMES = {WORK: "work", MORE: "more", MOST: "most", UNTOUCHED: "untouched", DIGITS: "digits"}
DAY = (2026, 1, 31, 12, 0, 0)

STUDENTS = """\
student,id,sis_id,login,name,email,idnumber
ada,101,S1,ahopper,"Hopper, Ada",ada@example.org,9001
bob,102,S2,bmüller,Bob Müller,bob@example.org,9002
cy,103,S3,czak,Cy Żak,cy@example.org,9003
"""


def zipped(files, day=DAY):
    """Return a zip of these files, all with the time of one day, as a platform writes them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, day)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return made.getvalue()


def canvas(day=DAY, **more):
    """Return Canvas's submissions.zip: ada was late and handed in for the second time; bob sent a zip."""
    files = {
        f"hopperada_LATE_101_7003_{NAME}-1.ipynb": WORK,
        "müllerbob_102_7001_my homework.zip": zipped({f"hw/{BOOK}": MORE, "hw/notes.txt": b"see below"}),
        f"zakcy_103_7002_{BOOK}": MOST,
    }
    return zipped(files | more, day)


def moodle(day=DAY, flat=False, **more):
    """Return Moodle's zip, with a folder for each student or without folders (flat)."""
    between = "_" if flat else "/"
    files = {
        f"Ada Hopper_55501_assignsubmission_file{between}{BOOK}": WORK,
        f"Bob Müller_55502_assignsubmission_file{between}{BOOK}": MORE,
        f"Bob Müller_55502_assignsubmission_onlinetext{between}onlinetext.html": b"<p>see the file</p>",
        f"Cy Żak_55503_assignsubmission_file{between}{BOOK}": MOST,
    }
    return zipped(files | more, day)


METADATA = """\
---
submission_409194023:
  :submitters:
  - :name: Ada Hopper
    :sid: '9001'
    :email: ada@example.org
  - :name: Bob Müller
    :sid: '9002'
    :email: bob@example.org
  :created_at: 2026-01-30 17:34:00.861687000 Z
  :score: 2.0
  :results:
    score: 2.0
    output: |-
      =====
      Final Score: 2.0
  :history:
  - :id: 409190001
    :created_at: 2026-01-29 10:00:00.000000000 Z
    :score: 0.0
submission_409194555:
  :submitters:
  - :name: Cy Żak
    :sid: 9003
    :email: cy@example.org
  :created_at: 2026-01-31 23:59:58.000000000 Z
  :score: 0.0
"""


def gradescope(day=DAY, **more):
    """Return Gradescope's export: ada and bob handed in together, for the second time."""
    files = {
        "submission_metadata.yml": METADATA.encode(),
        f"submission_409194023/{BOOK}": WORK,
        f"submission_409190001/{BOOK}": MORE,
        f"submission_409194555/{BOOK}": MOST,
    }
    return zipped({f"assignment_77_export/{name}": data for name, data in (files | more).items()}, day)


def course_in(folder, students=STUDENTS):
    """Make the folder a separate course with this course's notebooks; return it."""
    for name in ("course.py", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder)
    for name in ("notebooks", "solutions"):
        (folder / name).symlink_to(ROOT / name)
    if students:
        (folder / "students.csv").write_text(students, encoding="utf-8")
    return COURSE.at(folder)
