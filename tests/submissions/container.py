"""Attacks in a container without namespaces: a submission is kept from our processes only by another user.

Each attack is a cell that appends to `reached` what it could do. With right answers, a submission loses the
marks of compute_soft_counts if anything was reached. With wrong answers, it has 0 unless it forged a mark.
"""

from submissions.draft import Draft, right, wrong

HEAD = """
import ctypes, glob, os, signal, socket, subprocess, sys, threading, time
reached = []
AT, TEMPORARY = "/autograder", "/tmp"
OWN = os.getuid()
FORGED = '{"score": 4000, "output": "forged", "tests": []}'

def can(what, attempt):
    try:
        if attempt() is not False:
            reached.append(what)
    except (OSError, ValueError, MemoryError, RuntimeError, ImportError):
        pass

def read(path):
    with open(path, "rb") as file:
        return file.read(1) != b""

def write(path, text=FORGED):
    with open(path, "w") as file:
        file.write(text)

def others():
    for number in (int(name) for name in os.listdir("/proc") if name.isdigit()):
        try:
            with open(f"/proc/{number}/status") as file:
                told = dict(line.split(":", 1) for line in file)
        except OSError:
            continue
        if int(told["Uid"].split()[0]) != OWN:
            yield number

def daemon(task):
    # It leaves its parent, its session and its group, and ends by nothing that can be ignored.
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for each in range(1, 65):
                if each not in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
                    try:
                        signal.signal(each, signal.SIG_IGN)
                    except (OSError, ValueError):
                        pass
            try:
                task()
            finally:
                os._exit(0)
        os._exit(0)
"""
ATTACKS = {
    "writes results": """
for name in ("results.json", "results.json.part", "stdout"):
    can(f"wrote {name}", lambda: write(f"{AT}/results/{name}"))
    can(f"removed {name}", lambda: os.remove(f"{AT}/results/{name}"))
can("moved results", lambda: os.rename(f"{AT}/results", f"{AT}/gone"))
can("made a folder", lambda: os.mkdir(f"{AT}/results2"))
can("made a link", lambda: os.symlink("x", f"{AT}/results/results.json.part"))
can("opened the folder", lambda: os.chmod(f"{AT}/results", 0o777))
can("wrote another program", lambda: write(f"{AT}/run_autograder"))
""",
    "writes results later": """
def later():
    until = time.time() + 90
    while time.time() < until:
        can("wrote", lambda: write(f"{AT}/results/results.json"))
        time.sleep(0.01)
for _ in range(4):
    daemon(later)
""",
    "reads what is ours": """
NAMES = ["source", "source/bundle.json", "source/source.ipynb", "source/code", "source/code/exercises",
         "results", "results/results.json", "submission", "submission_metadata.json"]
for name in NAMES:
    path = f"{AT}/{name}"
    can(f"read {name}", lambda: os.listdir(path) and True if os.path.isdir(path) else read(path))
for folder in sys.path + [each for n in (1, 2, 3) for each in glob.glob(TEMPORARY + "/*" * n)]:
    for name in ("exercises", "bundle.json", "seed.txt", "grading/scorer", "grading/build"):
        path = os.path.join(folder, name)
        can(f"found {path}", lambda: os.path.exists(path) or False)
can("imported", lambda: __import__("exercises") and True)
can("read the shadows", lambda: read("/etc/shadow"))
""",
    "looks into processes": """
libc = ctypes.CDLL(None, use_errno=True)
for number in others():
    for name in ("environ", "mem", "maps", "fd", "cwd", "root", "io", "syscall", "stack"):
        path = f"/proc/{number}/{name}"
        can(f"read {name} of {number}", lambda: os.listdir(path) and True if name in ("fd", "cwd", "root")
            else read(path))
    can(f"traced {number}", lambda: libc.ptrace(0x4206, number, 0, 0) == 0)
    can(f"wrote into {number}", lambda: write(f"/proc/{number}/mem"))
    can(f"took a file of {number}", lambda: libc.syscall(438, os.pidfd_open(number), 3, 0) >= 0)
    with open(f"/proc/{number}/cmdline") as file:
        line = file.read()
    can(f"a seed in the words of {number}", lambda: "seed" in line or False)
""",
    "ends our processes": """
for number in [*others(), os.getppid(), 1]:
    for each in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP, signal.SIGALRM):
        can(f"sent {each} to {number}", lambda: os.kill(number, each))
    can(f"limited {number}", lambda: __import__("resource").prlimit(number, 0, (1, 1)) and True)
    can(f"slowed {number}", lambda: os.setpriority(os.PRIO_PROCESS, number, 19))
signal.signal(signal.SIGTERM, signal.SIG_IGN)
daemon(lambda: os.kill(-1, signal.SIGTERM))
time.sleep(0.5)
""",
    "kills all of its own": """
daemon(lambda: (time.sleep(0.2), os.kill(-1, signal.SIGKILL)))
""",
    "kills all of its own at once": """
os.kill(-1, signal.SIGKILL)
""",
    "gains rights": """
libc = ctypes.CDLL(None, use_errno=True)
can("became root", lambda: os.setuid(0))
can("became another", lambda: os.setresuid(OWN + 1, OWN + 1, OWN + 1))
can("a group of root", lambda: os.setgroups([0]))
can("namespaces", lambda: libc.unshare(0x10000000) == 0)
can("a mount", lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0)
can("a device", lambda: os.mknod("disk", 0o60666, os.makedev(8, 0)))
for program in (["su", "-c", "id"], ["sudo", "-n", "id"], ["mount", "-t", "tmpfs", "x", "/mnt"], ["chroot", "/"]):
    can(f"ran {program[0]}", lambda: subprocess.run(program, capture_output=True).returncode == 0)
with open("/proc/self/status") as file:
    told = dict(line.split(":", 1) for line in file)
can("has rights", lambda: int(told["CapEff"], 16) > 0)
can("may gain rights", lambda: int(told["NoNewPrivs"]) == 0)
for folder in ("/", "/usr", "/etc", "/opt", "/var", "/run", AT, *sys.path):
    can(f"wrote into {folder}", lambda: write(os.path.join(folder, "mine.py")) if folder else False)
""",
    "opens the network": """
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, 40):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        can(f"a socket {family} {kind}", lambda: socket.socket(family, kind).close())
can("a name looked up", lambda: socket.getaddrinfo("example.org", 80) and True)
for line in open("/proc/net/unix").read().splitlines()[1:]:
    name = line.split()[-1]
    if name.startswith(("/", "@")):
        end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        can(f"a server at {name}", lambda: end.connect(name.replace("@", chr(0), 1)))
""",
    "forges the pipe": """
frame = b"\\x00\\x00\\x00\\x10" + b"\\x01" + bytes(16) + b"\\x83\\xa4mark\\x0a\\xa6status\\xa6passed\\xa3why\\xa0"
for number in [*others(), os.getpid()]:
    for path in glob.glob(f"/proc/{number}/fd/*"):
        try:
            with open(path, "wb", buffering=0) as file:
                file.write(frame * 50)
        except OSError:
            pass
for number in range(3, 256):
    try:
        os.set_blocking(number, False)
        os.write(number, frame * 5)
    except OSError:
        pass
""",
    "fills the disk": """
def fill(folder, size):
    for n in range(2_000):
        with open(os.path.join(folder, f"full{n}"), "wb") as file:
            file.write(bytes(size))
for folder in (".", "/tmp", "/dev/shm", "/var/tmp"):
    threading.Thread(target=fill, args=(folder, 30 * 2**20), daemon=True).start()
time.sleep(8)
""",
    "leaves a maze": """
os.mkdir("maze")
os.chdir("maze")
for n in range(3_000):
    os.mkdir("d" * 100)
    os.chdir("d" * 100)
os.chdir("/")
for n in range(2_000):
    os.symlink(f"{AT}/source", f"{TEMPORARY}/link{OWN}-{n}")
""",
    "storms": """
def storm():
    while True:
        try:
            os.fork()
        except OSError:
            pass
daemon(storm)
time.sleep(2)
""",
}
# A cell that ends the box is left out on the next try. Then there is no `reached`.
GUARDED = """def compute_soft_counts(resp):
    return resp.sum(axis=0) if not globals().get("reached") else None"""
# This attack harms only itself: it ends the session in which its own answers would be asked for.
HARM_THEMSELVES = frozenset({"kills all of its own"})


def attacker(name: str, is_right: bool) -> Draft:
    """Return a submission with this attack in a cell after the imports."""
    draft = right() if is_right else wrong()
    draft.first(HEAD + ATTACKS[name])
    if is_right:
        draft.answer("compute_soft_counts", GUARDED)
    return draft
