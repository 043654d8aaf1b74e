"""Turn errors of the gradebook's database into errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nbgrader.api import InvalidEntry
from sqlalchemy.exc import DatabaseError, OperationalError
from tornado.log import app_log

from grading.run.sound import gradebook_error


@contextmanager
def usable(url: str) -> Iterator[None]:
    """Raise GradebookError for errors that other submissions would get as well: a full disk, a lock, damage.

    nbgrader prints a long message for such an error, and raises another error instead.
    """
    said, app_log.disabled = app_log.disabled, True
    try:
        yield
    except (DatabaseError, InvalidEntry) as error:
        cause = error if isinstance(error, DatabaseError) else error.__context__
        if isinstance(cause, OperationalError) or type(cause) is DatabaseError:
            raise gradebook_error(url, cause.orig) from None
        raise
    finally:
        app_log.disabled = said
