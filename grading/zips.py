"""Zip archives that have the same bytes each time: sorted, with one date, without data of the machine."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

from grading.files import PART

NO_DAY = datetime.date(1980, 1, 1)  # the first date in a zip: for archives that belong to no release
SMALL = (".npz", ".png", ".gif", ".whl", ".zip")  # they are compressed already


def write_zip(
    path: Path, files: Mapping[str, bytes], day: datetime.date = NO_DAY, programs: Collection[str] = ()
) -> Path:
    """Write a zip, which is never half written. files: the contents of each file, by its name with slashes.

    programs: the names of files that can be run.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}{PART}")
    with zipfile.ZipFile(part, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(SMALL) else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix: with permissions
            entry.external_attr = (0o755 if name in programs else 0o644) << 16
            archive.writestr(entry, content, compresslevel=9)
    return part.replace(path)
