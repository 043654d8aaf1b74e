"""Gradescope's container as far as this machine can have it: its folders and its rights.

The root is a small Debian instead of Gradescope's Ubuntu. setup.sh installs in it what it installs in the
real container. A submission runs with the default rights of a container, with which root may make no
namespaces.
"""

import json
import os
import shutil
import stat
import subprocess
import zipfile
from pathlib import Path

from grading.gradescope.told import checked

CERTIFICATES = Path("etc/ssl/certs/ca-certificates.crt")
PACKAGES = "ca-certificates,python3,python3-venv"
# The rights of root in a container by default.
RIGHTS = ("chown", "dac_override", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap")
RIGHTS += ("net_bind_service", "net_raw", "sys_chroot", "mknod", "audit_write", "setfcap")
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
ENVIRONMENT = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/", "LANG=C.UTF-8"]
MOUNT = "\n".join(
    [
        'set -e; root="$1"; shift',
        'if [ "$1" = mounted ]; then mount --bind "$root" "$root"; fi; shift',
        'mount -t proc proc "$root/proc"; mount -t tmpfs -o mode=755 tmpfs "$root/dev"',
        *(f'touch "$root/dev/{each}"; mount --bind /dev/{each} "$root/dev/{each}"' for each in DEVICES),
        'ln -s /proc/self/fd "$root/dev/fd"; mkdir "$root/dev/shm"',
        'mount -t tmpfs -o mode=1777,size=64m tmpfs "$root/dev/shm"; exec chroot "$root" "$@"',
    ]
)


class Container:
    """A root folder in which /autograder has the files that Gradescope puts there."""

    def __init__(self, root):
        self.root, self.at = root, root / "autograder"
        self.said = ""  # output of the last run

    @classmethod
    def make(cls, root):
        """Make a new root. It takes a minute."""
        made = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", str(root)]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        if Path("/", CERTIFICATES).exists():
            shutil.copy(Path("/", CERTIFICATES), root / CERTIFICATES)
        shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
        return cls(root)

    def unpack(self, archive):
        """Unpack the zip as Gradescope does."""
        for name in ("source", "submission", "results"):
            (self.at / name).mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(self.at / "source")
        program = shutil.copy(self.at / "source/run_autograder", self.at)
        for each in (Path(program), self.at / "source/run_autograder", self.at / "source/setup.sh"):
            each.chmod(0o755)

    def set_up(self):
        """Run setup.sh once with a network, as Gradescope does."""
        return self._run(["bash", "/autograder/source/setup.sh"], ["--mount"], all_rights=True)

    def marks(self, files, mounted=False):
        """Mark a submission of these files, by name; return the results.

        mounted: whether root has all rights, and bwrap works.
        """
        shutil.rmtree(self.at / "submission")
        for name, data in files.items():
            path = self.at / "submission" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        (self.at / "submission").mkdir(exist_ok=True)
        (self.at / "submission_metadata.json").write_text('{"users": []}')
        spaces = ["--mount", "--pid", "--fork", "--ipc", "--net"]
        done = self._run(["/autograder/run_autograder"], spaces, all_rights=mounted)
        self.said = done.stdout + done.stderr
        return checked(json.loads((self.at / "results/results.json").read_text()))

    def left(self):
        """Return files of other users than root in shared folders, and folders that are no longer closed."""
        places = [each for name in ("tmp", "var/tmp") for each in (self.root / name).iterdir()]
        places = [each for each in places if each.lstat().st_uid]
        closed = [self.at / name for name in ("source", "submission", "results")]
        return places + [each for each in closed if stat.S_IMODE(each.stat().st_mode) & 0o077]

    def _run(self, command, spaces, all_rights):
        kept = [] if all_rights else [f"--bounding-set=-all,{','.join(f'+{each}' for each in RIGHTS)}"]
        rights = ["setpriv", "--inh-caps=-all", *kept] if kept else []
        inside = [*rights, "env", "-i", *ENVIRONMENT, *command]
        mounted = "mounted" if all_rights else "not"
        outside = ["unshare", *spaces, "bash", "-c", MOUNT, "mount", str(self.root), mounted]
        return subprocess.run(
            [*outside, *inside], capture_output=True, text=True, check=False, env=os.environ
        )
