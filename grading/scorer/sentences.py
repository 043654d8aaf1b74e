"""The sentences about a limit that a call or a test has hit."""

from __future__ import annotations

from checks.texts import later
from grading.status import Status

ONE_CALL = later("a call ran for more than {seconds:g} seconds and was stopped ({busy})")
TOGETHER = later("the calls of this test ran for more than {seconds:g} seconds together ({busy})")
TOO_MUCH = later("the answers were so large that the grader stopped reading them")
ENDED = later("the code ended Python itself, as `os._exit()` does, or a crash in a package")
# If the error of the code itself shows which limit it has hit.
MET = {
    Status.MEMORY_LIMIT: later("the code asked for more memory than a submission may have"),
    Status.PROCESS_LIMIT: later("the code started more processes than a submission may have"),
    Status.FILE_LIMIT: later("the code wrote a file larger than a submission may have"),
}
