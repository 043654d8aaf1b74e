"""The calls of the kernel that a submission may not make.

The less of the kernel a submission can reach, the fewer of its faults can be used. Notebooks need none of
these calls: namespaces, mounts, the kernel's keys, its programs (bpf), its counters, its rings, access to
other processes. They also need no calls through which two boxes could communicate. Such calls watch or lock
files that both see, use sockets of the machine, or tell which files are in the kernel's cache. Nor do they
need memory that is counted for no process.

The numbers are those of the kernel's tables for each processor. For another processor there is no filter:
only the other walls protect there.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grading.inside.spaces import libc

LOAD, EQUAL, AT_LEAST, ANY_BIT, SAY = 0x20, 0x15, 0x35, 0x45, 0x06  # the filter's own words
NUMBER, PROCESSOR, ARGUMENTS = 0, 4, 16  # places in the data that the filter sees
ALLOW = 0x7FFF0000
FAIL = 0x00050000  # with an error's number; with 0, nothing is done, and the call seems to succeed
PR_SET_SECCOMP, FILTER = 22, 2
PROCESSORS = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}  # in audit.h; the column below
OTHER_TABLE = 0x40000000  # x86_64 has a second set of numbers for the same calls

# The numbers of the calls, for the two processors; None where there is no such call.
Numbers = tuple[int | None, int | None]
NEW_SPACES = 0x7E020080  # every flag of clone that makes a namespace
CLONE, FCNTL, SOCKET, SOCKETPAIR = (56, 220), (72, 25), (41, 198), (53, 199)
FORBIDDEN: Mapping[str, Numbers] = {
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "open_by_handle_at": (304, 265),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "fanotify_init": (300, 262),
}
# Programs work without these calls, because some kernels do not have them.
NOT_THERE: Mapping[str, Numbers] = {
    "clone3": (435, 435),  # the C library then uses clone, whose flags can be examined
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "preadv2": (327, 286),  # it can tell which files are in the cache, as can the next two
    "mincore": (27, 232),
    "cachestat": (451, 451),
    "memfd_create": (319, 279),  # memory that belongs to no process; the same holds for those below
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
}
# Locks and hints about files, which seem to succeed: alone in its box, no process has to wait for them, and
# other boxes must not notice them.
IN_VAIN: Mapping[str, Numbers] = {"flock": (73, 32), "fadvise64": (221, 223), "readahead": (187, 213)}
LOCKS = (6, 7, 37, 38)  # of fcntl: F_SETLK, F_SETLKW, and the same two for an open file
WATCHES = (
    1024,
    1025,
    1026,
)  # F_SETLEASE, F_GETLEASE, F_NOTIFY; asking for locks tells nothing, because no locks exist
FAMILIES = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK)


@dataclass(frozen=True)
class Refusal:
    """The answer to one call. The call is always refused, or only for some of its arguments.

    number: the number of the call.
    answer: the number of the error; 0 if the call seems to succeed.
    argument: the place of the argument that is examined.
    values: the call is refused if the argument is one of these values.
    bits: the call is refused if the argument has one of these bits.
    unless: the values of the argument with which the call is allowed.
    """

    number: int
    answer: int
    argument: int = 0
    values: Collection[int] = ()
    bits: int = 0
    unless: Collection[int] = ()


def refusals(column: int, network: bool = True) -> Iterator[Refusal]:
    """Yield the refused calls for a processor.

    column: of the tables above. network: whether the box has its own network, with nobody else in it.
    """
    for calls, error in ((FORBIDDEN, errno.EPERM), (NOT_THERE, errno.ENOSYS), (IN_VAIN, 0)):
        for numbers in calls.values():
            if numbers[column] is not None:
                yield Refusal(numbers[column], error)
    yield Refusal(CLONE[column], errno.EPERM, bits=NEW_SPACES)
    yield Refusal(FCNTL[column], 0, 1, values=LOCKS)
    yield Refusal(FCNTL[column], errno.EINVAL, 1, values=WATCHES)
    for call in (SOCKET, SOCKETPAIR):
        yield Refusal(call[column], errno.EAFNOSUPPORT, unless=FAMILIES if network else FAMILIES[:1])


def refuse_calls(network: bool = True) -> None:
    """Refuse the calls to this process and to everything that it starts, for good.

    network: False where the process shares the network of the machine: then it cannot make sockets of any
    network. Raises OSError if that cannot be refused.
    """
    known = PROCESSORS.get(platform.machine())
    if known is None:
        if not network:
            raise OSError(errno.ENOSYS, f"no filter of calls is known for {platform.machine()}")
        return
    lines = list(program(*known, network))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(lines), ctypes.addressof(code)))
    if libc.prctl(PR_SET_SECCOMP, FILTER, ctypes.c_ulong(ctypes.addressof(head)), 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter of calls")


Line = tuple[int, int, int, int]


def program(processor: int, column: int, network: bool = True) -> Iterator[Line]:
    """Yield the filter's lines: an operation, how many lines to skip if it holds and if not, a value."""
    yield LOAD, 0, 0, PROCESSOR
    yield EQUAL, 1, 0, processor
    yield SAY, 0, 0, FAIL | errno.EPERM
    yield LOAD, 0, 0, NUMBER
    yield from _if(AT_LEAST, OTHER_TABLE, _say(errno.EPERM))
    for each in refusals(column, network):
        yield from _if(EQUAL, each.number, _lines(each))
    yield SAY, 0, 0, ALLOW


def _lines(refusal: Refusal) -> Sequence[Line]:
    """Return the lines for a call with this refusal's number; the last one loads the number again."""
    said = _say(refusal.answer)
    if not (refusal.values or refusal.bits or refusal.unless):
        return said
    again = [(LOAD, 0, 0, NUMBER)]
    lines = [(LOAD, 0, 0, ARGUMENTS + 8 * refusal.argument)]
    for value in refusal.values:
        lines += _if(EQUAL, value, said)
    if refusal.bits:
        lines += _if(ANY_BIT, refusal.bits, said)
    for left, value in zip(range(len(refusal.unless), 0, -1), refusal.unless):
        lines += [(EQUAL, left, 0, value)]  # skip the other values and the answer
    return [*lines, *(said if refusal.unless else []), *again]


def _if(test: int, value: int, lines: Sequence[Line]) -> list[Line]:
    return [(test, 0, len(lines), value), *lines]


def _say(error: int) -> list[Line]:
    return [(SAY, 0, 0, FAIL | int(error))]
