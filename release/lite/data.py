"""The large files of data, which the site loads only when a cell asks for one."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import numpy as np

from release.lite.fetching import ROOT
from release.lite.slim import EARLY

# A browser takes about forty times as long for a matrix product. With this number of images, the longest
# cells of bernoulli-digits end within about a minute.
DIGITS = 10_000


def write_data(folder: Path) -> None:
    """Write the large files of data into the folder. Of the digits, only the first images are written."""
    folder.mkdir(parents=True)
    shutil.copyfile(ROOT / "data" / "earth.npz", folder / "earth.npz")
    with np.load(ROOT / "data" / "digits.npz") as stored:
        first = {name: stored[name][:DIGITS] for name in ("images", "labels")}
    (folder / "digits.npz").write_bytes(packed(first))


def packed(arrays: dict[str, np.ndarray]) -> bytes:
    """Return an .npz file with the arrays. The same arrays always give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, array)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", EARLY), content.getvalue(), zipfile.ZIP_LZMA)
    return made.getvalue()
