"""A folder served as it is, a browser that reaches nothing else, and a wheel of the student's side."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ours import ROOT

from release.lite.slim import zipped

# No name leads anywhere but this machine's own.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
METADATA = b"""Metadata-Version: 2.4
Name: soft-assignments
Version: 0.1.0
License-Expression: BSD-3-Clause AND CC-BY-4.0
"""
TAGS = b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@contextlib.contextmanager
def serving_files(folder: Path) -> Iterator[tuple[str, Counter]]:
    """Serve a folder; yield its address, and how many bytes of each path were sent."""
    sent: Counter = Counter()

    class Files(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def copyfile(self, source, outputfile):
            content = source.read()
            sent[self.path.partition("?")[0]] += len(content)
            outputfile.write(content)

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()


def student_wheel(folder: Path) -> Path:
    """Write a wheel with what notebooks import, and the small files of data."""
    path, about = folder / "soft_assignments-0.1.0-py3-none-any.whl", "soft_assignments-0.1.0.dist-info"
    files = {f"{about}/METADATA": METADATA, f"{about}/WHEEL": TAGS}
    files[f"{about}/licenses/LICENSE"] = (ROOT / "LICENSE").read_bytes()
    for package in ("checks", "explorer", "helpers"):
        for each in _files(ROOT / package, "*.py", "static/*"):
            files[each.relative_to(ROOT).as_posix()] = each.read_bytes()
    for each in _files(ROOT / "data", "synthetic.csv", "checks/**/*"):
        files[f"soft_assignments_data/{each.relative_to(ROOT / 'data').as_posix()}"] = each.read_bytes()
    files[f"{about}/RECORD"] = "".join(f"{name},,\n" for name in sorted(files)).encode()
    path.write_bytes(zipped(files))
    return path


def _files(folder: Path, *patterns: str) -> list[Path]:
    return [each for pattern in patterns for each in folder.rglob(pattern) if each.is_file()]
