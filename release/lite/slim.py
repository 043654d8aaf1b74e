"""Pack a wheel anew: the same bytes from the same wheel, without what no notebook can use.

What is left out: tests, sources in C and Cython, type stubs, and the fonts, sample data and
languages of LEFT_OUT. Compiled modules are packed with LZMA, a quarter smaller than a wheel's
own packing; Python's zipfile reads both. The files that stay keep their bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

EARLY = (1980, 1, 1, 0, 0, 0)  # a zip's first moment: no date of a build in the bytes

NEVER_READ = re.compile(r"(^|/)tests/|\.(a|build|c|cpp|h|pxd|pxi|pyi|pyx|pyx\.tp|pxd\.tp|tp)$")
LEFT_OUT = {
    "matplotlib": r"mpl-data/(sample_data|fonts/(afm|pdfcorefonts|ttf/DejaVuSerif))"
    r"|/backends/web_backend/|/sphinxext/|/testing/",
    "numpy": r"^numpy/_pyinstaller/",
    # Python's own highlighting, and those of IPython's magics.
    "pygments": r"^pygments/lexers/(?!__init__|_mapping|_css|css|html|javascript|markup|perl|python|ruby|"
    r"shell|special|_builtins|data|jvm|web|unicode|_tsql|xml)",
    "scikit_learn": r"^sklearn/datasets/(data|descr|images)/",
    "anywidget": r"\.data/",
    "ipywidgets": r"\.data/",
    "ipython": r"\.data/",
    "soft_assignments": r"^helpers/data/(digits|earth)\.npz$",
}


def slim(wheel: Path) -> bytes:
    """Return the wheel's bytes, packed anew without what is left out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(wheel) as given, zipfile.ZipFile(packed, "w") as made:
        names = sorted(name for name in given.namelist() if is_kept(wheel, name))
        for name in names:
            _add(made, name, _content(given, name, names))
    return packed.getvalue()


def is_kept(wheel: Path, name: str) -> bool:
    """Tell whether the site ships this file of a wheel."""
    left_out = LEFT_OUT.get(wheel.name.partition("-")[0], r"(?!)")
    metadata = ".dist-info/" in name
    return metadata or not (name.endswith("/") or NEVER_READ.search(name) or re.search(left_out, name))


def _content(given: zipfile.ZipFile, name: str, names: list[str]) -> bytes:
    content = given.read(name)
    if not name.endswith(".dist-info/RECORD"):
        return content
    kept = set(names)
    rows = content.decode().splitlines()
    return "".join(f"{row}\n" for row in rows if row.rsplit(",", 2)[0].strip('"') in kept).encode()


def _add(made: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EARLY)
    entry.external_attr = 0o644 << 16
    how = zipfile.ZIP_LZMA if name.endswith(".so") else zipfile.ZIP_DEFLATED
    made.writestr(entry, content, how, compresslevel=9)
