"""A server of a folder's files, and a browser that reaches nothing else."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# No name leads to any other machine than this one.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


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
