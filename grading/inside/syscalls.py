"""What a submission may not ask of the kernel: less of the kernel in reach, fewer holes in it.

Notebooks need none of these calls: namespaces, mounts, the kernel's keys, its programs (bpf), its
counters, its rings. They fail as if one had no right to them. Numbers are those of the kernel's
tables for each processor; for another processor there is no filter, and the other walls hold alone.
"""

from __future__ import annotations

import ctypes
import platform
import struct
from collections.abc import Iterator

from grading.inside.spaces import libc

# The processor's name in the kernel's audit.h, `clone`, and what is refused.
EVERYWHERE = [
    425,
    426,
    427,
    428,
    429,
    430,
    431,
    432,
    433,
    442,
]  # io_uring_*, open_tree to fspick, mount_setattr
TABLES = {
    # unshare setns mount umount2 pivot_root keyctl add_key request_key bpf perf userfaultfd by_handle
    "x86_64": (0xC000003E, 56, [272, 308, 165, 166, 155, 250, 248, 249, 321, 298, 323, 304]),
    "aarch64": (0xC00000B7, 220, [97, 268, 40, 39, 41, 219, 217, 218, 280, 241, 282, 265]),
}
CLONE3 = 435  # "not there", so that the C library takes clone, whose flags can be looked at
NEW_SPACES = 0x7E020080  # every flag of clone that makes a namespace
OTHER_TABLE = 0x40000000  # x86_64 has a second set of numbers for the same calls
NUMBER, PROCESSOR, FIRST_ARGUMENT = 0, 4, 16  # places in what the filter sees
LOAD, EQUAL, AT_LEAST, ANY_BIT, SAY = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE, NOT_THERE = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38  # errno EPERM, ENOSYS
PR_SET_SECCOMP, FILTER = 22, 2


def refuse_calls() -> None:
    """Refuse them to this process and all that it starts, for good."""
    known = TABLES.get(platform.machine())
    if known is None:
        return
    lines = list(program(*known))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(lines), ctypes.addressof(code)))
    if libc.prctl(PR_SET_SECCOMP, FILTER, ctypes.c_ulong(ctypes.addressof(head)), 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter of calls")


Lines = Iterator[tuple[int, int, int, int]]


def program(processor: int, clone: int, refused: list[int]) -> Lines:
    """Yield the filter's lines: what to do, how many lines to skip if it holds and if not, a value."""
    yield LOAD, 0, 0, PROCESSOR
    yield EQUAL, 1, 0, processor
    yield SAY, 0, 0, REFUSE
    yield LOAD, 0, 0, NUMBER
    yield from _say_if(AT_LEAST, OTHER_TABLE, REFUSE)
    for number in refused + EVERYWHERE:
        yield from _say_if(EQUAL, number, REFUSE)
    yield from _say_if(EQUAL, CLONE3, NOT_THERE)
    yield EQUAL, 0, 3, clone
    yield LOAD, 0, 0, FIRST_ARGUMENT
    yield from _say_if(ANY_BIT, NEW_SPACES, REFUSE)
    yield SAY, 0, 0, ALLOW


def _say_if(test: int, value: int, what: int) -> Lines:
    yield test, 0, 1, value
    yield SAY, 0, 0, what
