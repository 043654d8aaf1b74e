"""Find code that cells write into files, as with `%%writefile`, and cells that run or import these files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grading.repair.names import CELL_MAGIC, Bindings, bindings
from grading.repair.read import Submitted

WRITES = re.compile(r"\s*%%(?:writefile|file)[ \t]+(?:-a[ \t]+|--append[ \t]+)?[\"']?([^\s\"']+)")
# Ways to run a file so that its names are defined in the notebook. One of the groups is the file's name.
RUNS = re.compile(
    r"^[ \t]*(?:%run[ \t]+(?:-\w[ \t]+)*[\"']?([^\s\"'#]+)"
    r"|from[ \t]+([\w.]+)[ \t]+import[ \t]*\(?\*"
    r"|exec\(.*?[\"']([^\"'\n]+)[\"'])",
    re.MULTILINE,
)
USES = re.compile(r"^[ \t]*(?:import|from)[ \t]+(.*)", re.MULTILINE)


def with_files(cells: Sequence[tuple[int, Submitted]]) -> Iterator[tuple[int, Bindings]]:
    """Yield the names that each cell binds, also from a file that a cell above it writes."""
    written: dict[str, Bindings] = {}
    for at, cell in cells:
        found = dict(bindings(cell.source))
        for name in _run_here(cell.source) if written else ():
            for each, values in written.get(name, {}).items():
                found[each] = [*found.get(each, ()), *values]
        path = file_of(cell.source)
        if path:
            written[path] = {**written.get(path, {}), **bindings(text_of(cell.source))}
        yield at, found


def file_of(source: str) -> str:
    """Return the file that a cell writes, as a module's name; "" if it writes no file."""
    magic = WRITES.match(source)
    return _module(magic.group(1)) if magic else ""


def text_of(source: str) -> str:
    """Return the text that a cell writes into its file."""
    magic = CELL_MAGIC.match(source)
    return source[magic.end() :] if magic else ""


def is_used(path: str, submitted: Sequence[Submitted]) -> bool:
    """Tell whether any cell imports a file or runs it, in any way."""
    return any(
        path in _run_here(cell.source)
        or any(re.search(rf"\b{re.escape(path)}\b", line) for line in USES.findall(cell.source))
        for cell in submitted
        if not file_of(cell.source)
    )


def _run_here(source: str) -> set[str]:
    return {_module(next(filter(None, groups))) for groups in RUNS.findall(source) if any(groups)}


def _module(path: str) -> str:
    return path.removeprefix("./").removesuffix(".py")
