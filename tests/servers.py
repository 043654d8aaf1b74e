"""A Slurm with one node and an SSH server, each with its own settings, keys, ports and folders."""

import getpass
import os
import shutil
import socket

from recipes import MINE, until

SLURM = """
ClusterName=tests
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmdPort={node}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
SchedulerParameters=sched_interval=1
KillWait=5
NodeName={host} NodeAddr=127.0.0.1 CPUs=16 RealMemory=64000 State=UNKNOWN
PartitionName=tests Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""
SSHD = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
PermitRootLogin prohibit-password
SetEnv {settings}
"""
CLIENT = """
Host host1 host2 host3
HostName 127.0.0.1
Port {port}
User {user}
IdentityFile {folder}/user_key
"""
HANDED_ON = ("PYTHONPATH", "PATH", "DASK_TEMPORARY_DIRECTORY")
# If root runs it, sshd needs a folder in /run, which a system makes when it starts. Here /run is a separate
# one.
IN_ITS_RUN = [
    "unshare",
    "--mount",
    "sh",
    "-c",
    'mount -t tmpfs run /run && mkdir -m 755 /run/sshd && exec "$@"',
    "-",
]


def server(name):
    """Return the path of a server's program, even if it is not in the PATH."""
    found = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], "/usr/sbin"]))
    assert found, f"{name} is not installed: see .ci/system_packages.py"
    return found


def free_ports(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def start_slurm(machine):
    """Start a Slurm controller and a node, both on this machine, with munge between them."""
    for name in ("state", "spool"):
        (machine.folder / name).mkdir()
    key = machine.folder / "munge.key"
    key.write_bytes(os.urandom(1024))
    key.chmod(0o600)
    places = {name: machine.folder / f"munge.{name}" for name in ("socket", "pid", "log", "seed")}
    own = [f"--{option}={places[name]}" for option, name in MUNGE.items()]
    machine.start(server("munged"), "--foreground", "--force", f"--key-file={key}", *own)
    until(places["socket"].exists)
    settings = machine.folder / "slurm.conf"
    controller, node = free_ports(2)
    host = {"host": socket.gethostname().split(".")[0], "user": getpass.getuser(), "folder": machine.folder}
    settings.write_text(SLURM.format(controller=controller, node=node, **host))
    (machine.folder / "cgroup.conf").write_text("")
    machine.environment["SLURM_CONF"] = str(settings)
    machine.start(server("slurmctld"), "-D", "-i")
    machine.start(server("slurmd"), "-D")
    until(lambda: machine.run("sinfo", "-h", "-o", "%t").stdout.strip() == "idle")


MUNGE = {"socket": "socket", "pid-file": "pid", "log-file": "log", "seed-file": "seed"}


def start_sshd(machine):
    """Start a server that accepts the key in the folder.

    The settings in the machine's home say how to reach it.
    """
    folder, (port,) = machine.folder, free_ports(1)
    for name in ("host_key", "user_key"):
        machine.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name)
    settings = {name: machine.environment[name] for name in (MINE, *HANDED_ON)}
    told = {"port": port, "folder": folder, "user": getpass.getuser()}
    told["settings"] = " ".join(f'"{name}={value}"' for name, value in settings.items())
    (folder / "sshd_config").write_text(SSHD.format(**told))
    home = folder / ".ssh"
    home.mkdir(mode=0o700)
    (home / "config").write_text(CLIENT.format(**told))
    public = (folder / "host_key.pub").read_text()
    (home / "known_hosts").write_text(f"[127.0.0.1]:{port} {public}")
    own = IN_ITS_RUN if os.geteuid() == 0 else []
    machine.start(*own, server("sshd"), "-D", "-e", "-f", folder / "sshd_config")
    until(lambda: machine.run("ssh-keyscan", "-p", port, "127.0.0.1").stdout)
