"""The memory of a container, and the part of it that is left for a submission."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import psutil

from grading.box.limits import Limits

MEGABYTE = 2**20
LIMITS = tuple(
    Path("/sys/fs/cgroup", name) for name in ("memory.max", "memory/memory.limit_in_bytes")
)  # the limits of a container, in version 2 and in version 1
OURS_MB = 350  # for the grader, the scorer and the warm parent: 330 were measured, with a submission
LEAST_MB = 150  # with less memory no notebook runs


def within_container(limits: Limits, megabytes: int | None = None) -> Limits:
    """Return limits that keep a submission within the memory of this container.

    megabytes: the memory of the container; if None, it is measured. If a submission took more, the grader
    would be ended.
    """
    there = memory_here() if megabytes is None else megabytes
    most = max(LEAST_MB, min(limits.memory_mb, there - OURS_MB))
    return dataclasses.replace(limits, memory_mb=most)


def memory_here() -> int:
    """Return the megabytes of this container, or of this machine if the container has no limit."""
    return min([*_limits(), psutil.virtual_memory().total]) // MEGABYTE


def _limits() -> Iterator[int]:
    for path in LIMITS:
        text = path.read_text(encoding="ascii").strip() if path.is_file() else ""
        if text.isdigit():
            yield int(text)
