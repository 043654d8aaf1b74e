"""Before anything is graded: try to break out of a box, and refuse to grade if that works."""

from __future__ import annotations

import functools
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from grading.box.limits import Limits
from grading.box.process import BoxError, Process
from grading.box.session import COURSE, session_walls
from grading.box.slots import Slot
from grading.box.totals import forget_empty
from grading.box.walls import Walls, own_settings
from grading.guest.plain import Garbage
from grading.guest.wire import Closed, Late

PROBE = Path(__file__).with_name("probe.py")
SECONDS = 60.0
SHELLS_OWN = {"PWD", "OLDPWD", "SHLVL", "_"}  # variables that every shell sets anew
NO_BOX = "or grade without a box, only people whom you trust, with --no-box"
INSTALL = (
    "bubblewrap is not installed, so there is no box to grade in: install it "
    f"(on Debian and Ubuntu: sudo apt install bubblewrap), {NO_BOX}."
)
ELSEWHERE = (
    f"there is no box on {{}}: grade on Linux (on Windows, in WSL2), {NO_BOX}. See INSTRUCTORS.md, 'The box'."
)
APPARMOR = (
    "this system's AppArmor forbids bubblewrap to make a box. Allow it once: sudo cp etc/apparmor.d/bwrap "
    f"/etc/apparmor.d/bwrap && sudo apparmor_parser -r /etc/apparmor.d/bwrap, {NO_BOX}."
)
NOT_ALLOWED = f"bubblewrap cannot make a box here ({{}}): allow user namespaces, {NO_BOX}."
CODE = "import sys; sys.path[:0] = [{course!r}, '/probe']; from probe import start; start()"


def require_box(limits: Limits, secrets: list[Path]) -> str:
    """Return how totals are kept. Raises BoxError with what mends it if there is no tight box here.

    secrets: what a submission must not read, such as the solutions and the gradebook.
    """
    return _require(limits, tuple(str(path) for path in secrets))


@functools.cache
def _require(limits: Limits, secrets: tuple[str, ...]) -> str:
    if sys.platform != "linux":
        raise BoxError(ELSEWHERE.format(sys.platform))
    if shutil.which("bwrap") is None:
        raise BoxError(INSTALL)
    forget_empty()
    found, in_force = attempt(limits, secrets)
    if found:
        raise BoxError(f"the box is not tight: {'; '.join(found)}. Nothing was graded; see INSTRUCTORS.md.")
    return in_force


def attempt(limits: Limits, secrets: tuple[str, ...]) -> tuple[list[str], str]:
    """Run the probe in a box; return what it could do, and how totals are kept."""
    slot = Slot()
    seen = session_walls(slot.user, limits).seen
    walls = Walls({**seen, "/probe/probe.py": PROBE}, slot.user, limits.file_mb)
    with tempfile.NamedTemporaryFile() as secret, socket.create_server(("127.0.0.1", 0)) as listening:
        known = ["/etc/shadow", os.path.expanduser("~/.ssh"), secret.name, *secrets]
        process = Process([sys.executable, "-I", "-c", CODE.format(course=COURSE)], walls, limits, slot)
        asked = {
            "secrets": list(filter(os.path.exists, known)),
            "ports": [listening.getsockname()[1]],
            "variables": sorted(set(os.environ) - set(own_settings()) - SHELLS_OWN),
            "grader": os.getpid(),
            "memory_mb": limits.memory_mb,
            "file_mb": limits.file_mb,
            "processes": limits.processes,
        }
        try:
            return list(process.link.request(asked, SECONDS)), process.totals.in_force
        except (Late, Closed, Garbage):
            raise BoxError(_why_not(process.what_it_said())) from None
        finally:
            process.close()


def _why_not(said: str) -> str:
    """What bubblewrap's refusal means, and what mends it."""
    line = said.splitlines()[-1] if said else "it says nothing"
    denied = "denied" in said.lower() or "not permitted" in said.lower()
    if denied and _restricted_by_apparmor():
        return APPARMOR
    return NOT_ALLOWED.format(line)


def _restricted_by_apparmor() -> bool:
    """Ubuntu 24.04 and later let only programs with a profile make user namespaces."""
    setting = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
    return os.path.exists(setting) and Path(setting).read_text().strip() == "1"
