"""Walls that a process builds around itself: namespaces, empty places to write, no rights.

bubblewrap builds walls around a program that it starts. A fork starts no program, so it makes the same
calls of the kernel itself. It makes them within bubblewrap's own walls, which stay around it.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import socket
import struct
import tempfile

from grading.protocol.limits import MEGABYTE

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
SPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000
PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 4, 24, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
CAPABILITY_VERSION = 0x20080522  # version 3: two words for each set
MOST_CAPABILITIES = 64
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
MOST_FILES = 20_000  # in each of these places: an empty file takes a kilobyte of the kernel's memory
WRITABLE = ("/tmp", "/dev/shm", "/student")

libc = ctypes.CDLL(None, use_errno=True)


def leave(own_user: bool) -> None:
    """Leave the namespaces of the parent. The next child is the first process of a new namespace.

    own_user: whether to make a user namespace as well, and to forbid further ones. A process without the
    rights of root needs it.
    """
    user, group = os.getuid(), os.getgid()
    _done(libc.unshare(SPACES | (CLONE_NEWUSER if own_user else 0)), "unshare")
    if own_user:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")
        _write("/proc/sys/user/max_user_namespaces", "0")


def furnish(megabytes: int, kept: list[str]) -> None:
    """Put empty places of this size where something can be written, and show only the box's processes.

    kept: folders below such a place that are visible all the same, read-only as before.
    """
    _mount("none", "/", None, MS_REC | MS_PRIVATE)
    _mount("proc", "/proc", "proc", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC)
    handles = {path: os.open(path, os.O_PATH) for path in kept}
    for place in WRITABLE:
        options = f"size={megabytes * MEGABYTE},nr_inodes={MOST_FILES},mode=1777".encode()
        _mount("tmpfs", place, "tmpfs", MS_NOSUID | MS_NODEV, options)
    for path, handle in handles.items():
        os.makedirs(path)
        _mount(f"/proc/self/fd/{handle}", path, None, MS_BIND | MS_REC)
        os.close(handle)
    _open_loopback()


def become(user: int | None) -> None:
    """Become this user, or keep the user (None), and give up all rights for good.

    bubblewrap does not let the process gain them again.
    """
    for right in range(MOST_CAPABILITIES):
        libc.prctl(PR_CAPBSET_DROP, right, 0, 0, 0)  # it fails for rights that this kernel does not know
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    header = struct.pack("Ii", CAPABILITY_VERSION, 0)
    _done(libc.capset(header, bytes(24)), "capset")


def gain_nothing() -> None:
    """Gain no rights from any program that is started, for good. Within walls bubblewrap ensures this."""
    _done(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new rights")


def end_me_first() -> None:
    """Let the kernel end this process before the grader's, where a whole machine has no memory left."""
    with contextlib.suppress(OSError):  # not every kernel has this file
        _write("/proc/self/oom_score_adj", "1000")


def move_in(home: str) -> None:
    """Use this folder as home, and as the folder for temporary files."""
    os.environ.update(HOME=home, TMPDIR=home)
    tempfile.tempdir = None  # forget the folder that was found before
    os.umask(0o077)


def show_own_files() -> None:
    """Let this process read its own folder in /proc again, as a program that was started can."""
    libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)


def hide_own_files() -> None:
    """Let only root read or trace this process, not even a process of the same user."""
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def _open_loopback() -> None:
    """Start the network of the box, in which there is no other machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        name = b"lo".ljust(16, b"\0")
        found = fcntl.ioctl(any_socket, SIOCGIFFLAGS, name + bytes(16))
        (flags,) = struct.unpack_from("H", found, 16)
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, name + struct.pack("H14x", flags | IFF_UP))


def _mount(source: str, target: str, kind: str | None, flags: int, options: bytes | None = None) -> None:
    done = libc.mount(
        source.encode(), target.encode(), kind and kind.encode(), ctypes.c_ulong(flags), options
    )
    _done(done, f"mount {target}")


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def _done(result: int, what: str) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
