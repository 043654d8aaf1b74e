"""Check a gradebook before a run: is it a gradebook, is it complete, and may this program write to it?

A gradebook has marks that people gave. So a run never overwrites or moves a gradebook that is broken.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

PATIENCE = 5.0  # seconds for which the run waits while another program writes to the gradebook
WHAT_NOW = (
    "It is left as it is. If you have a copy, put it back, and run the same command again. If not, run "
    "`.venv/bin/python -m grading doctor`: it sets the file aside, and makes a new one from results.jsonl, "
    "which also has the marks by hand and comments of the last run. Later ones, and due dates, are lost."
)
LOCKED = "another program is writing to the gradebook {}. Close it, and run the same command again."
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
NO_BOOK = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
CELLS = {"grade_cells": "GradeCell", "solution_cells": "SolutionCell", "task_cells": "TaskCell"}
OF_ASSIGNMENTS = {"course", "assignment", "notebook", "base_cell", "source_cell", *CELLS}
OF_STUDENTS = {"student", "submitted_assignment", "submitted_notebook", "grade", "comment"}
TABLES = OF_ASSIGNMENTS | OF_STUDENTS
CLOSED = (
    "the gradebook {} cannot be opened ({}). See that you may read and write it, and run the command again."
)
DAMAGED = "{} is damaged, so what you see here is of the last run. `python -m grading doctor` repairs it"
FULL = "the disk is full: the gradebook {} cannot be written. Make room, and run the same command again."
AGAIN = "See that the server answers and has room, and run the same command again."
FAILING = (
    "the gradebook {} cannot be written ({}). See that the disk is not full, and run the same command again."
)
ROOM = 2**18  # bytes; the marks of one submission take less
A_FOLDER = "the gradebook {} is a folder. Move it away, and run the same command again."
READ_ONLY = "the gradebook {} is read-only. Change its permissions, or name another folder with --out."


class GradebookError(RuntimeError):
    """The gradebook cannot be used; the message says what to do. It concerns everybody, and ends the run."""


class DamagedGradebook(GradebookError):
    """The file is not a complete gradebook, for any program that opens it."""


def require_sound(url: str) -> None:
    """Raise GradebookError, with what to do, if the gradebook cannot be used. It may be missing."""
    path = book_file(url)
    if path is None or is_empty(path):
        return
    if path.is_dir():
        raise GradebookError(A_FOLDER.format(path))
    if path.is_file() and not os.access(path, os.W_OK):
        raise GradebookError(READ_ONLY.format(path))
    try:
        with _opened(path, "rw") as book:
            _require_whole(book, path)
            book.execute("BEGIN IMMEDIATE")
            book.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise _error(path, error) from None


def require_room(url: str) -> None:
    """Raise GradebookError if the gradebook cannot get larger, because the disk is full."""
    path = book_file(url)
    if path is None:
        return
    try:
        with _opened(path, "rw") as book:
            book.execute("CREATE TABLE room (bytes BLOB)")
            book.execute("INSERT INTO room VALUES (zeroblob(?))", (ROOM,))
            book.execute("DROP TABLE room")
            book.commit()
    except sqlite3.Error as error:
        raise _error(path, error) from None


def new_book(url: str) -> str:
    """Return the name of a gradebook's file if it is missing or empty; otherwise ""."""
    path = book_file(url)
    return path.name if path and is_empty(path) else ""


def damage(path: Path) -> list[str]:
    """Say that a gradebook is damaged, for programs that only read the results of runs; [] if it is not."""
    if is_empty(path):
        return []
    try:
        with _opened(path, "ro") as book:
            _require_whole(book, path)
    except sqlite3.Error as error:
        return [] if _kind(error) in BUSY else [DAMAGED.format(path.name)]
    except GradebookError:
        return [DAMAGED.format(path.name)]
    return []


def is_empty(path: Path) -> bool:
    """Tell whether there is no gradebook, or it is empty."""
    return not path.exists() or (path.is_file() and not path.stat().st_size)


def book_file(url: str) -> Path | None:
    """Return the file of a gradebook; None if it is on a server."""
    from sqlalchemy.engine import make_url  # half a second, which only a run needs

    made = make_url(url)
    return Path(made.database or "") if made.get_backend_name() == "sqlite" else None


def gradebook_error(url: str, error: BaseException | None) -> GradebookError:
    """Return the GradebookError for an error that the gradebook's database has raised."""
    path = book_file(url)
    if path is None or not isinstance(error, sqlite3.Error):
        return GradebookError(f"the gradebook cannot be used ({error}). {AGAIN}")
    return _error(path, error)


def _opened(path: Path, mode: str) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", PATIENCE, uri=True))


def _require_whole(book: sqlite3.Connection, path: Path) -> None:
    told = book.execute("PRAGMA quick_check(1)").fetchone()[0]
    tables = {name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if told != "ok":
        raise DamagedGradebook(_broken(path, "parts of it are damaged"))
    if tables and not tables & TABLES:
        raise DamagedGradebook(_broken(path, "it is a database of something else"))
    if lost := sorted(TABLES - tables if tables else ()):
        raise DamagedGradebook(_broken(path, f"its table '{lost[0]}' is lost"))
    if tables and (torn := _torn(book)):
        raise DamagedGradebook(_broken(path, f"rows of its table '{torn}' are lost"))


def _torn(book: sqlite3.Connection) -> str:
    """Return the table that has lost rows of an assignment, which nbgrader needs; "" if no table has."""
    broken = book.execute("PRAGMA foreign_key_check").fetchall()
    lost = [parent for table, _, parent, _ in broken if table in OF_ASSIGNMENTS]
    alone = "SELECT count(*) FROM base_cell WHERE type = ? AND id NOT IN (SELECT id FROM {})"
    cells = (name for name, kind in CELLS.items() if book.execute(alone.format(name), [kind]).fetchone()[0])
    return next(iter(lost), "") or next(cells, "")


def _error(path: Path, error: sqlite3.Error) -> GradebookError:
    """Return the GradebookError for an error of SQLite, by its number."""
    kind = _kind(error)
    if kind in BUSY:
        return GradebookError(LOCKED.format(path))
    if kind == sqlite3.SQLITE_FULL:
        return GradebookError(FULL.format(path))
    if kind == sqlite3.SQLITE_IOERR:
        return GradebookError(FAILING.format(path, error))
    if kind in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return GradebookError(READ_ONLY.format(path))
    if kind in NO_BOOK:
        return DamagedGradebook(_broken(path, str(error)))
    return GradebookError(CLOSED.format(path, error))


def _kind(error: sqlite3.Error) -> int:
    """Return the kind of an error: the low eight bits of its number."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _broken(path: Path, why: str) -> str:
    return f"the gradebook {path} cannot be used ({why}). {WHAT_NOW}"
