"""Before a run writes to a gradebook: is it one, is it whole, and may we write to it?

A gradebook has marks that people gave. So one that is broken is never overwritten or moved.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from grading.run.gradebook import GradebookError

PATIENCE = 5.0  # seconds that another program may write to it
WHAT_NOW = (
    "It is left as it is. Put back a copy that you have, or move it away, and give the same command again. "
    "Without it, a new one is made and all are marked again. Marks by hand, comments and due dates that only "
    "it holds are lost then."
)
LOCKED = "another program is writing to the gradebook {}. Close it, and give the same command again."
READ_ONLY = "the gradebook {} is read-only. Change its permissions, or name another folder with --out."


def require_sound(url: str) -> None:
    """Raise GradebookError, with what to do, if the gradebook cannot be used; no gradebook is none."""
    path = Path(make_url(url).database or "") if make_url(url).get_backend_name() == "sqlite" else None
    if path is None or not path.exists() or (path.is_file() and not path.stat().st_size):
        return
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", PATIENCE, uri=True)) as book:
            _look(book, path)
    except sqlite3.Error as error:
        raise GradebookError(_sentence(path, error)) from None


def _look(book: sqlite3.Connection, path: Path) -> None:
    told = book.execute("PRAGMA quick_check(1)").fetchone()[0]
    tables = {name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if told != "ok":
        raise GradebookError(_broken(path, "parts of it are damaged"))
    if tables and "submitted_assignment" not in tables:
        raise GradebookError(_broken(path, "it is a database of something else"))
    book.execute("BEGIN IMMEDIATE")
    book.execute("ROLLBACK")


def _sentence(path: Path, error: sqlite3.Error) -> str:
    """What to say of an error, by its number; the low eight bits say of which kind it is."""
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LOCKED.format(path)
    if kind in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return READ_ONLY.format(path)
    return _broken(path, str(error))


def _broken(path: Path, why: str) -> str:
    return f"the gradebook {path} cannot be used ({why}). {WHAT_NOW}"
