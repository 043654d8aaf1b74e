"""Keep the marks of an earlier run if the submission cannot be read or marked now.

So no mark that a person gave is lost because a folder is locked, a file is damaged, or the grader failed.
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
MEND = "mend"  # the field of a record that says what a person can do so that the submission can be read


def has_given(record: Record) -> bool:
    """Tell whether people gave marks or comments. Assume it for records of another version: nobody knows."""
    if not is_ours(record):
        return True
    given = any(each.get("by_hand") is not None for each in record.get("questions", {}).values())
    return given or bool(record.get("comments"))


def has_standing(record: Record) -> bool:
    """Tell whether a record must not be replaced by one without marks. For another version, assume it."""
    return record.get("total") is not None or has_given(record)


def is_row_only(record: Record) -> bool:
    """Tell whether a record says only that something could not be read or marked."""
    status = SubmissionStatus.known(record.get("status"))
    return status is not None and not status.has_marks and not has_standing(record)


def said_of(kind: Oddity, why: str) -> Remark:
    """Return the remark on marks that are kept from an earlier run. why: why it cannot be marked now."""
    return Remark(kind, SAYS[kind].format(why.rstrip(".")))


def standing(record: Record, remark: Remark, mend: str = "") -> Record:
    """Return the record with the remark, which replaces an earlier remark of these kinds."""
    others = [each for each in record.get("remarks", ()) if each["kind"] not in SAYS]
    told = {"remarks": [*others, {"kind": str(remark.kind), "says": remark.says}]}
    return {**without_mend(record), **told, **({MEND: mend} if mend else {})}


def without_mend(record: Record) -> Record:
    """Return the record without the advice on how to make the submission readable."""
    return {name: each for name, each in record.items() if name != MEND}


def stands(record: Record) -> bool:
    """Tell whether a record says that its marks are those of an earlier run."""
    return any(each["kind"] in SAYS for each in record.get("remarks", ()))


def has_failed(record: Record) -> bool:
    """Tell whether the grader failed in the last run. Then it tries once more."""
    failed = any(each["kind"] == Oddity.FAILED_NOW for each in record.get("remarks", ()))
    return failed or record["status"] == SubmissionStatus.OUR_FAULT


def fits(record: Record) -> bool:
    """Tell whether this version can write the record. A record with a later version's words stays."""
    return is_valid({"schema": SCHEMA, **record})
