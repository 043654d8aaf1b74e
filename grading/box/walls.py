"""The walls: bubblewrap's command line.

If an ordinary user starts bubblewrap, it makes a user namespace. If root starts it, it makes none: root in
the box would be root outside. So only the grader's own program runs there as root, with only the rights
that it needs. That program runs each submission as a user without a name, see grading/inside/spaces.py.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grading.inside.spaces import WRITABLE

MEGABYTE = 2**20
HOME = "/student"
NAMESPACES = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
# The files of the system that the interpreter and its libraries need, and the fonts for plots.
SYSTEM = ["/usr", "/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime"]
LINKS = ["/bin", "/lib", "/lib64", "/sbin"]
# Rights for forks that make walls around themselves: namespaces, a user without a name, a loopback.
PARENTS_RIGHTS = ("CAP_SYS_ADMIN", "CAP_NET_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")
# There is no network: without these settings, pip tries for a quarter of a minute.
NO_NETWORK = {"PIP_RETRIES": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
# Options of Python: ignore the user's own folders. Python reads its variables: all of them are set here.
ALONE = ("-P", "-s")
SAME_ORDER = {"PYTHONHASHSEED": "0"}  # of texts in a set: the same notebook has the same mark
SETTINGS = ("OPENBLAS_",)  # how linear algebra works on this machine may be known in the box


@dataclass(frozen=True)
class Walls:
    """The files that a box sees, and its rights.

    seen: folders and files, read-only, by their place in the box.
    home_mb: the size of each place where something can be written; 0 if there is no such place.
    environment: further variables of the box.
    rights: the rights of the box if root starts it. If a user starts it, any right lets it make namespaces.
    """

    seen: Mapping[str, Path]
    home_mb: int = 0
    environment: Mapping[str, str] = field(default_factory=dict)
    rights: Sequence[str] = ()

    def command(self, program: Sequence[str]) -> list[str]:
        """Return the command line that runs the program within the walls."""
        return ["bwrap", *self._options(), "--", *program]

    def _options(self) -> Iterator[str]:
        yield from [*_user_options(self.rights), *NAMESPACES, "--die-with-parent", "--new-session"]
        yield from ["--hostname", "box", "--clearenv"]
        for name, value in (own_settings() | dict(self.environment)).items():
            yield from ["--setenv", name, value]
        # The places to write come first: the folder of Python may be below one of them.
        yield from ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"]
        for place in WRITABLE if self.home_mb else []:
            yield from ["--perms", "1777", "--size", str(self.home_mb * MEGABYTE), "--tmpfs", place]
        yield from self._mounts()
        yield from ["--remount-ro", "/", "--chdir", "/tmp" if self.home_mb else "/"]

    def _mounts(self) -> Iterator[str]:
        made = set(WRITABLE)
        outside = {path: Path(path) for path in SYSTEM} | python_folders() | dict(self.seen)
        for inside, source in outside.items():
            if source.exists():
                yield from _parents(inside, made)
                yield from ["--ro-bind", str(source), inside]
        for link in LINKS:
            if os.path.islink(link):
                yield from ["--symlink", os.readlink(link), link]
            elif os.path.isdir(link):
                yield from ["--ro-bind", link, link]


def is_root() -> bool:
    return os.geteuid() == 0


def python_folders() -> dict[str, Path]:
    """Return the folders of the interpreter and of its environment, if they are not in /usr."""
    folders = dict.fromkeys([sys.base_prefix, sys.prefix, os.path.dirname(os.path.realpath(sys.executable))])
    outer: list[str] = []
    for folder in sorted(folders, key=len):
        if not any(Path(folder).is_relative_to(other) for other in ["/usr", *outer]):
            outer.append(folder)
    return {folder: Path(folder) for folder in outer}


def own_settings() -> dict[str, str]:
    """Return the whole environment of a box."""
    programs = os.pathsep.join([os.path.dirname(sys.executable), "/usr/bin", "/bin"])
    passed = {name: value for name, value in os.environ.items() if name.startswith(SETTINGS)}
    return {"PATH": programs, "LANG": "C.UTF-8", "HOME": HOME, **SAME_ORDER, **NO_NETWORK, **passed}


def _user_options(rights: Sequence[str]) -> list[str]:
    if is_root():
        return ["--cap-drop", "ALL", *(word for right in rights for word in ("--cap-add", right))]
    closed = ["--disable-userns"] if knows_disable_userns() and not rights else []
    return ["--unshare-user", *closed, "--cap-drop", "ALL", "--uid", "1000", "--gid", "1000"]


@functools.cache
def knows_disable_userns() -> bool:
    """Tell whether this bubblewrap can forbid further user namespaces (0.8 and later)."""
    said = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False)
    return "--disable-userns" in said.stdout + said.stderr


def _parents(inside: str, made: set[str]) -> Iterator[str]:
    """Make the folders above a place readable: those that bubblewrap makes are for root alone."""
    for parent in reversed(Path(inside).parents[:-1]):
        if str(parent) not in made and not any(str(parent).startswith(f"{done}/") for done in SYSTEM[:1]):
            made.add(str(parent))
            yield from ["--perms", "0755", "--dir", str(parent)]
