"""Try to break out of a box before anything is graded, and refuse to grade if that works."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import sys
from pathlib import Path

from grading.box.groups import forget_empty
from grading.box.kind import BoxKind, box_kind
from grading.box.limits import Limits
from grading.box.parent import Parent, parent_walls
from grading.box.process import BoxError
from grading.box.walls import own_settings
from grading.course import BARE, World
from grading.owned import forget_orphans, own_folder
from grading.protocol.plain import Garbage
from grading.protocol.wire import Closed, Late

SECONDS = 300.0  # the most that the probe may take; a busy machine is slow
SHELLS_OWN = {"PWD", "OLDPWD", "SHLVL", "_"}  # variables that every shell sets again
NO_BOX = "or grade without a box, only people whom you trust, with --no-box"
INSTALL = (
    "bubblewrap is not installed, so there is no box to grade in: install it "
    f"(on Debian and Ubuntu: sudo apt install bubblewrap), {NO_BOX}."
)
ELSEWHERE = (
    f"there is no box on {{}}: grade on Linux (on Windows, in WSL2), {NO_BOX}. See docs/trust.md, 'The box'."
)
APPARMOR = (
    "this system's AppArmor forbids bubblewrap to make a box. Allow it once: sudo cp etc/apparmor.d/bwrap "
    f"/etc/apparmor.d/bwrap && sudo apparmor_parser -r /etc/apparmor.d/bwrap, {NO_BOX}."
)
NOT_ALLOWED = f"bubblewrap cannot make a box here ({{}}): allow user namespaces, {NO_BOX}."


def require_box(limits: Limits, secrets: list[Path], world: World) -> str:
    """Return how the totals of a box are limited. Raises BoxError if there is no tight box here.

    The message of BoxError says how to fix that. secrets: files that a submission must not read, such as
    the solutions and the gradebook.
    """
    return _require(limits, tuple(str(path) for path in secrets), world, box_kind())


def require_means(kind: BoxKind) -> None:
    """Raise BoxError if this machine lacks the system or the program for a box. This takes no time."""
    if sys.platform != "linux":
        raise BoxError(ELSEWHERE.format(sys.platform))
    if kind is BoxKind.NAMESPACES and shutil.which("bwrap") is None:
        raise BoxError(INSTALL)


@functools.cache
def _require(limits: Limits, secrets: tuple[str, ...], world: World, kind: BoxKind) -> str:
    require_means(kind)
    forget_empty()
    forget_orphans()
    found, in_force = attempt(limits, secrets, world)
    if found:
        raise BoxError(f"the box is not tight: {'; '.join(found)}. Nothing was graded; see docs/trust.md.")
    return in_force


def attempt(limits: Limits, secrets: tuple[str, ...], world: World = BARE) -> tuple[list[str], str]:
    """Run the probe in a box; return what the probe could do, and how the totals are limited."""
    given = SHELLS_OWN.union(own_settings(), parent_walls().environment)
    has_spaces = box_kind() is BoxKind.NAMESPACES
    with own_folder() as room, socket.create_server(("127.0.0.1", 0)) as listening:
        known = ["/etc/shadow", os.path.expanduser("~/.ssh"), _secret(room), *secrets]
        asked = {
            "secrets": list(filter(os.path.exists, known)),
            "ports": [listening.getsockname()[1]],
            "variables": sorted(set(os.environ) - given),
            "grader": os.getpid(),
            "words": Path("/proc/self/cmdline").read_bytes(),
            "memory_mb": limits.memory_mb,
            "file_mb": limits.file_mb,
            "processes": limits.processes,
            "spaces": has_spaces,
        }
        try:
            with (
                contextlib.closing(Parent(boxed=True, world=world, warm=False)) as parent,
                contextlib.closing(parent.fork(limits, "probe")) as box,
            ):
                asked["folders"] = [f"{parent.course}/{name}" for name in world.folders()]
                return list(box.link.request(asked, SECONDS)), box.totals.in_force
        except BoxError as error:
            raise BoxError(_why_not(str(error)) if has_spaces else str(error)) from None
        except (Late, Closed, Garbage):
            why = "the probe has ended"
            raise BoxError(_why_not(why) if has_spaces else why) from None


def _secret(room: str) -> str:
    """Make a file of this user, which a box must not read; return its path."""
    path = Path(room, "secret")
    path.touch(mode=0o600)
    return str(path)


def _why_not(said: str) -> str:
    """Return what bubblewrap's refusal means, and how to fix the cause."""
    line = said.splitlines()[-1] if said else "it says nothing"
    denied = "denied" in said.lower() or "not permitted" in said.lower()
    if denied and _restricted_by_apparmor():
        return APPARMOR
    return NOT_ALLOWED.format(line)


def _restricted_by_apparmor() -> bool:
    """Tell whether only programs with a profile may make user namespaces, as in Ubuntu 24.04 and later."""
    setting = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
    return os.path.exists(setting) and Path(setting).read_text().strip() == "1"
