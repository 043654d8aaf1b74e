"""Pack a wheel again without the files that no notebook can use. The same wheel always gives the same bytes.

These files are left out: tests, sources in C and Cython, type stubs, and the files of LEFT_OUT. The other
files keep their bytes. In the largest wheels, the package becomes one solid archive, which is a third smaller
than in a normal wheel. The site's Python unpacks it when the package is first imported (kernel/__init__.py).
"""

from __future__ import annotations

import io
import lzma
import re
import tarfile
import zipfile
from pathlib import Path

# the earliest date of a zip, so that the bytes do not depend on the date of the build
EARLY = (1980, 1, 1, 0, 0, 0)

NEVER_READ = re.compile(r"(^|/)tests/|\.(a|build|c|cpp|h|pxd|pxi|pyi|pyx|tp)$")
LEFT_OUT = {
    # Fonts for PDF, and fonts that a similar font can replace, such as a bolder or a sloping one.
    "matplotlib": r"mpl-data/(sample_data|fonts/(afm|pdfcorefonts|ttf/DejaVu(Serif-|SansMono-|Sans-BoldO)))"
    r"|/backends/web_backend/|/sphinxext/|/testing/",
    "scipy": r"/_sobol_direction_numbers",  # for Sobol sequences, which no notebook draws
    "scikit_learn": r"^sklearn/datasets/(data|descr|images)/",
    # All languages except Python and the languages of IPython's magics.
    "pygments": r"^pygments/lexers/(?!__init__|_mapping|_css|css|html|javascript|markup|perl|python|ruby|"
    r"shell|special|data|jvm|web)",
    # Files for a Jupyter server.
    "anywidget": r"\.data/",
    "ipywidgets": r"\.data/",
    "ipython": r"\.data/",
    # The site has these data as separate files, and loads them when a cell needs them.
    "soft_assignments": r"^helpers/data/(digits|earth)\.npz$",
}
# The large packages, with the names under which they are imported.
SOLID = {"matplotlib": "matplotlib", "numpy": "numpy", "scikit_learn": "sklearn", "scipy": "scipy"}


def slim(wheel: Path) -> bytes:
    """Return the bytes of the wheel, packed again without the files that are left out."""
    files = kept(wheel)
    solid = SOLID.get(wheel.name.partition("-")[0])
    if solid:
        about = {name: content for name, content in files.items() if ".dist-info/" in name}
        packed = _solid({name: files[name] for name in files if name not in about})
        files = {**about, f"soft_assignments_packed/{solid}.tar.xz": packed}
    return zipped(files)


def kept(wheel: Path) -> dict[str, bytes]:
    """Return the files of a wheel that the site uses."""
    with zipfile.ZipFile(wheel) as given:
        files = {name: given.read(name) for name in given.namelist() if is_kept(wheel, name)}
    record = next(name for name in files if name.endswith(".dist-info/RECORD"))
    rows = files[record].decode().splitlines()
    files[record] = "".join(f"{row}\n" for row in rows if row.split(",")[0] in files).encode()
    return files


def is_kept(wheel: Path, name: str) -> bool:
    """Tell whether the site uses this file of a wheel."""
    left_out = LEFT_OUT.get(wheel.name.partition("-")[0], r"(?!)")
    metadata = ".dist-info/" in name
    return metadata or not (name.endswith("/") or NEVER_READ.search(name) or re.search(left_out, name))


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip of the files, always the same bytes. Files that are already packed are only stored."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, EARLY)
            entry.external_attr = 0o644 << 16
            how = zipfile.ZIP_STORED if name.endswith(".xz") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, how, compresslevel=9)
    return made.getvalue()


def _solid(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        # files of the same kind together
        for name in sorted(files, key=lambda name: (name.rpartition(".")[2], name)):
            entry = tarfile.TarInfo(name)
            entry.size = len(files[name])
            archive.addfile(entry, io.BytesIO(files[name]))
    return lzma.compress(made.getvalue(), preset=9)
