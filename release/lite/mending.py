"""Small changes in files of JupyterLite. A version in which one change is not possible is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

EXTENSION = "extensions/@jupyterlite/pyodide-kernel-extension/static"
WORKERS = f"{EXTENSION}/*.worker.*.js"
PACKED = "pyodide.asm.wasm.packed"
MENDS = {
    # A saved notebook names the kernel that every Jupyter has, so that it opens in every Jupyter.
    'spec:{name:"python",display_name:"Python (Pyodide)"': (
        'spec:{name:"python3",display_name:"Python 3 (ipykernel)"'
    ),
    # jedi is 1.6 MB, and IPython can complete the names of live objects without it.
    '"pyodide-kernel","jedi","ipython"': '"pyodide-kernel","ipython"',
}
# Many servers send WebAssembly without compression. So the site has it packed, and the worker unpacks it.
UNPACK = """{
  const given = self.fetch;
  self.fetch = async (what, how) => {
    const address = String(what?.url ?? what);
    if (!address.endsWith("/pyodide.asm.wasm")) return given(what, how);
    const packed = await given(`${address}.packed`, how);
    if (!packed.ok) return packed;
    const content = packed.body.pipeThrough(new DecompressionStream("gzip"));
    return new Response(content, { headers: { "Content-Type": "application/wasm" } });
  };
}
"""


def mend(folder: Path) -> None:
    """Make the changes in the files of the site."""
    for old, new in MENDS.items():
        _replace(sorted(folder.glob(f"{EXTENSION}/*.js")), old, new)
    for worker in sorted(folder.glob(WORKERS)):
        worker.write_text(UNPACK + worker.read_text(encoding="utf-8"), encoding="utf-8")


def pack_core(path: Path, folder: Path) -> None:
    """Write Pyodide's WebAssembly into the folder in packed form. The worker unpacks it."""
    (folder / PACKED).write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def _replace(paths: list[Path], old: str, new: str) -> None:
    found = [path for path in paths if old in path.read_text(encoding="utf-8")]
    if not found:
        raise SystemExit(
            f"No script of the kernel has {old!r}: this is another version of the kernel. See {__name__}."
        )
    for path in found:
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
