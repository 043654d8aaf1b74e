"""Check that the system packages of the tests are installed, and install missing packages if possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

# The possible names of each program, and the Debian package that has the program.
NEEDED = {
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"): "chromium",
    ("bwrap",): "bubblewrap",
    ("node",): "nodejs",
    ("npm",): "npm",
}
# More programs for `make test-all`. With them the tests start a machine with systemd (as a program), connect
# many machines, use two more browsers (and a screen for one of them), and make the root of a container.
NEEDED_BY_LONG = {
    ("linux.uml",): "user-mode-linux",
    ("systemd-run",): "systemd",
    ("dbus-daemon",): "dbus-user-session",
    ("slurmctld",): "slurm-wlm",
    ("munged",): "munge",
    ("sshd",): "openssh-server",
    ("ssh-keygen",): "openssh-client",
    ("openssl",): "openssl",
    ("firefox-esr", "firefox"): "firefox-esr",
    ("WebKitWebDriver",): "webkit2gtk-driver",
    ("Xvfb",): "xvfb",
    ("debootstrap",): "debootstrap",
}
# Debian starts the servers of these packages, and other machines can reach them. The tests start their own
# servers.
SERVERS = {"slurm-wlm", "munge", "openssh-server"}


def main() -> None:
    needed = NEEDED | (NEEDED_BY_LONG if "--long" in sys.argv else {})
    missing = [package for names, package in needed.items() if not any(map(is_there, names))]
    if not missing or sys.platform != "linux":
        return
    if can_install() and not (SERVERS & {*missing} and is_somebodys()) and install(missing):
        return
    print(
        f"The tests need {' and '.join(missing)}, which cannot be installed from here. Install it "
        f"yourself (on Debian and Ubuntu: sudo apt install {' '.join(missing)}), or leave out the tests "
        "that need it: make test ARGS=\"-m 'not browser and not box and not node and not long'\"",
        file=sys.stderr,
    )


def is_there(name: str) -> bool:
    """Tell whether there is such a program. An ordinary user's PATH does not have the folder of servers."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])) is not None


def is_somebodys() -> bool:
    """Tell whether a package would start its server on a machine that is not only for tests."""
    return os.path.isdir("/run/systemd/system") and "CI" not in os.environ


def can_install() -> bool:
    return shutil.which("apt-get") is not None and (os.geteuid() == 0 or silent_sudo())


def silent_sudo() -> bool:
    return bool(shutil.which("sudo")) and succeeds(["sudo", "-n", "true"])


def install(packages: list[str]) -> bool:
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "update", "-qq"]
    add = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    return all(succeeds([*prefix, *command], env) for command in (update, add))


def succeeds(command: list[str], env: dict[str, str] | None = None) -> bool:
    return subprocess.run(command, env=env, stdout=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    main()
