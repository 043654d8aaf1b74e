"""Marks of an earlier run stand where what lies in submitted/ cannot be read or marked now.

So no mark that a person gave is lost because a folder is locked, a file is damaged, or we failed.
"""

from __future__ import annotations

from grading.run.journal import Record
from grading.run.schema import SCHEMA, is_ours, is_valid
from grading.status import SubmissionStatus
from grading.submitted.remarks import Oddity, Remark

SAYS = {
    Oddity.UNREADABLE_NOW: "what lies in submitted/ now cannot be read ({}); the marks are those of "
    "an earlier run",
    Oddity.FAILED_NOW: "the grader failed in this run ({}); the marks are those of an earlier run",
}
MEND = "mend"  # of a record: what a person can do so that it can be read


def has_given(record: Record) -> bool:
    """Whether people have given marks or comments; of another version nobody knows, so perhaps they have."""
    if not is_ours(record):
        return True
    given = any(each.get("by_hand") is not None for each in record.get("questions", {}).values())
    return given or bool(record.get("comments"))


def has_standing(record: Record) -> bool:
    """Whether a record must not be replaced by one without marks. Of another version, nobody knows."""
    return record.get("total") is not None or has_given(record)


def is_row_only(record: Record) -> bool:
    """Whether a record says no more than that something could not be read or marked."""
    status = SubmissionStatus.known(record.get("status"))
    return status is not None and not status.has_marks and not has_standing(record)


def said_of(kind: Oddity, why: str) -> Remark:
    """What is to be said of marks that stand. why: what keeps us from marking now."""
    return Remark(kind, SAYS[kind].format(why.rstrip(".")))


def standing(record: Record, remark: Remark, mend: str = "") -> Record:
    """Return the record with the remark, in the place of an earlier one of its kinds."""
    others = [each for each in record.get("remarks", ()) if each["kind"] not in SAYS]
    told = {"remarks": [*others, {"kind": str(remark.kind), "says": remark.says}]}
    return {**without_mend(record), **told, **({MEND: mend} if mend else {})}


def without_mend(record: Record) -> Record:
    """Return the record without what was to be done so that it can be read."""
    return {name: each for name, each in record.items() if name != MEND}


def stands(record: Record) -> bool:
    """Whether a record says that its marks are those of an earlier run."""
    return any(each["kind"] in SAYS for each in record.get("remarks", ()))


def has_failed(record: Record) -> bool:
    """Whether we failed at it in the last run, so that it is tried once more."""
    failed = any(each["kind"] == Oddity.FAILED_NOW for each in record.get("remarks", ()))
    return failed or record["status"] == SubmissionStatus.OUR_FAULT


def fits(record: Record) -> bool:
    """Whether this version can write the record; one with words of a later version is left as it is."""
    return is_valid({"schema": SCHEMA, **record})
