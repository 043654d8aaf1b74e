"""A search for text and numbers that students must never get, in every file, and in files inside files."""

import ast
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import nbformat
import numpy as np
from ours import ASSIGNMENTS, ROOT

MARKED = r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)\n\s*### END (?:SOLUTION|HIDDEN TESTS)"
SHORT = 18  # characters; shorter lines of code are the same in all programs


def files_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of every file in a folder or file, after unpacking all archives."""
    found = sorted(path.rglob("*")) if path.is_dir() else [path]
    for each in filter(Path.is_file, found):
        yield from unpacked(each.relative_to(path.parent).as_posix(), each.read_bytes())


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file; or the files in it, if it is an archive, or has data that zlib packed."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for each in archive.namelist():
                yield from unpacked(f"{name}!{each}", archive.read(each))
    elif content.startswith(b"\x1f\x8b"):
        yield from unpacked(f"{name}!", zlib.decompress(content, wbits=31))
    elif tarfile.is_tarfile(io.BytesIO(content)):
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for each in filter(tarfile.TarInfo.isfile, archive):
                yield from unpacked(f"{name}!{each.name}", archive.extractfile(each).read())
    elif name.endswith(".npy") and (array := np.load(io.BytesIO(content))).dtype == np.uint8:
        yield from ((name, each) for each in _from_zlib(array.tobytes()))
    else:
        yield name, content


def _from_zlib(content: bytes) -> Iterator[bytes]:
    try:
        yield zlib.decompress(content)
    except zlib.error:
        yield content


def text_of(name: str, content: bytes) -> str | None:
    """Return the text that a person can read in a file, with single spaces; None if it has only numbers."""
    if name.endswith(".npy"):
        array = _array(content)
        return " ".join(map(str, array.ravel())) if array is not None and array.dtype.kind in "US" else None
    if name.endswith(".ipynb"):
        content = "\n".join(cell.source for cell in nbformat.reads(content.decode(), 4).cells).encode()
    return _plain(content.decode("utf-8", errors="ignore"))


def numbers_of(name: str, content: bytes) -> np.ndarray:
    """Return the numbers in a file that can show a secret: in double precision, or with many digits.

    Single precision has so few values that different cases share some of them.
    """
    if name.endswith(".npy"):
        array = _array(content)
        found = array.ravel() if array is not None and array.dtype == np.float64 else np.empty(0)
    else:
        written = re.findall(rb"(?<![\w.])-?\d+\.\d{7,}(?:e-?\d+)?", content)
        found = np.array([float(each) for each in written])
    return telling(found.astype(float))


def telling(numbers: np.ndarray) -> np.ndarray:
    """Return the numbers that nobody writes by chance: no fraction of a small number, and none near 0."""
    finite = numbers[np.isfinite(numbers) & (np.abs(numbers) > 1e-3)]
    is_fraction = np.isin(np.round(finite[:, None] * np.arange(1, 61), 9) % 1, [0, 1]).any(axis=1)
    return np.unique(finite[~is_fraction])


def _array(content: bytes) -> np.ndarray | None:
    try:
        return np.load(io.BytesIO(content))
    except ValueError:
        return None


def _plain(text: str) -> str:
    return " ".join(text.split())


def solution_lines() -> set[str]:
    """Return the lines of solutions, of hidden tests, and of written sample answers."""
    lines: set[str] = set()
    for assignment in ASSIGNMENTS:
        for cell in nbformat.read(assignment.solution, 4).cells:
            for block in re.findall(MARKED, cell.source, re.DOTALL):
                lines.update(block.splitlines())
            if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("solution"):
                lines.update(cell.source.splitlines())
    return _long(lines)


def rubric_lines() -> set[str]:
    """Return the texts of rubrics, their sample answers line by line, and the reasons for points."""
    texts: set[str] = set()
    for each in (each for assignment in ASSIGNMENTS for each in assignment.rubrics().values()):
        texts.update(line.says for line in each.lines)
        texts.update(line for sample in each.samples for line in sample.text.splitlines())
        texts.update(told.why for sample in each.samples for told in sample.earned.values())
    return _long(texts)


def mistakes_lines() -> set[str]:
    """Return the lines of code of all known mistakes. Their docstrings are hints, which students may get."""
    lines: set[str] = set()
    for path in (ROOT / "exercises").rglob("mistakes/*.py"):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines.update(line for each in body for line in ast.unparse(each).splitlines())
                lines.update(
                    line for each in body for line in ast.get_source_segment(source, each).splitlines()
                )
    return _long(lines)


def hidden_numbers(folder: Path) -> np.ndarray:
    """Return all numbers of the hidden cases in a folder that can show a secret."""
    found = [numbers_of(name, content) for path in folder.rglob("*.npz") for name, content in files_in(path)]
    return np.unique(np.concatenate(found))


def _long(lines: object) -> set[str]:
    plain = (_plain(line) for line in lines)
    return {line for line in plain if len(line) >= SHORT and not line.startswith("#")}
